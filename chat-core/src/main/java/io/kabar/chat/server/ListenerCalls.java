package io.kabar.chat.server;

import io.kabar.chat.internal.net.Callbacks;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener, unless it lags hopelessly: then it misses calls, and is told how many. */
final class ListenerCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ChatServer.class);

    /** Calls that may wait for a slow listener: some seconds of a busy server. */
    private static final int MAX_UNTOLD = 100_000;

    private final ChatServerListener listener;
    private final Callbacks callbacks;
    private final AtomicInteger untold = new AtomicInteger();
    private final AtomicLong missed = new AtomicLong();
    private volatile boolean over;

    ListenerCalls(ChatServerListener listener, Callbacks callbacks) {
        this.listener = listener;
        this.callbacks = callbacks;
    }

    void tell(Consumer<ChatServerListener> call) {
        if (untold.get() >= MAX_UNTOLD) {
            missed.incrementAndGet();
            return;
        }
        untold.incrementAndGet();
        callbacks.execute(() -> {
            untold.decrementAndGet();
            call.accept(listener);
            long lost = missed.getAndSet(0);
            if (lost > 0) {
                LOG.warn("The listener was too slow; it was not told of {} things.", lost);
                listener.onWarning("The listener was too slow; it was not told of " + lost + " things.");
            }
        });
    }

    /** Writes a warning to the log and tells the listener. */
    void warn(String sentence) {
        LOG.warn("{}", sentence);
        warnLogged(sentence);
    }

    /** Tells the listener a warning that whoever found it has written to the log. */
    void warnLogged(String sentence) {
        tell(l -> l.onWarning(sentence));
    }

    /** Something of the host program failed. */
    void failed(String what, Throwable e) {
        LOG.warn("{} failed.", what, e);
        warnLogged(what + " failed: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    }

    /** Makes the last call; none follows. */
    void stopped() {
        callbacks.execute(() -> {
            try {
                listener.onStopped();
            } finally {
                over = true;
            }
        });
        callbacks.close();
    }

    /** Whether the last call was made. */
    boolean isOver() {
        return over;
    }
}
