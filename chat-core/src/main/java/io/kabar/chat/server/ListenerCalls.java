package io.kabar.chat.server;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.NewestCalls;
import io.kabar.chat.internal.server.core.ServerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
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
    private final List<BiConsumer<ChatServerListener, ChatServer>> early = new ArrayList<>();
    private final NewestCalls<SignalKind, byte[]> signals = new NewestCalls<>(this::runs);
    private volatile @Nullable ChatServer server;
    private volatile boolean over;

    ListenerCalls(ChatServerListener listener, Callbacks callbacks) {
        this.listener = listener;
        this.callbacks = callbacks;
    }

    /** The server is about to serve: the calls come from it. What was to be told before is told now. */
    void serves(ChatServer source) {
        synchronized (early) {
            server = source;
            early.forEach(call -> tell(source, call));
            early.clear();
        }
    }

    /** A signal's kind: of one person, in one room, under one key. */
    private record SignalKind(RoomName room, UserName from, String key) {}

    /** Tells of a signal, unless a newer one of its kind comes first. */
    void tell(ServerEvent.Signalled signal) {
        ChatServer source = server;
        if (source != null) { // else nobody is here who could signal
            signals.tell(
                    new SignalKind(signal.room(), signal.from(), signal.key()),
                    signal.bytes(),
                    bytes -> listener.onSignal(source, signal.room(), signal.from(), signal.key(), bytes));
        }
    }

    /** Whether calls wait for the program's executor to make them. */
    boolean isOwed() {
        return callbacks.isOwed();
    }

    private boolean runs(Runnable call) {
        if (untold.get() >= MAX_UNTOLD) {
            return false;
        }
        callbacks.execute(call);
        return true;
    }

    /** Tells of a login that was refused; nobody has looked at the name yet. */
    void tell(ServerEvent.LoginRefused event) {
        tell((l, server) -> l.onLoginRefused(server, harmless(event.name()), event.address(), event.refusal()));
    }

    private static String harmless(String name) {
        StringBuilder shown = new StringBuilder(32);
        name.codePoints()
                .limit(32)
                .map(c -> Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' ? c : '?')
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    /** Tells what has happened; of a server that never serves, nothing is told. */
    void tell(BiConsumer<ChatServerListener, ChatServer> call) {
        ChatServer source = server;
        if (source == null) {
            synchronized (early) {
                source = server;
                if (source == null) {
                    early.add(call);
                    return;
                }
            }
        }
        tell(source, call);
    }

    private void tell(ChatServer source, BiConsumer<ChatServerListener, ChatServer> call) {
        if (untold.get() >= MAX_UNTOLD) {
            missed.incrementAndGet();
            return;
        }
        untold.incrementAndGet();
        callbacks.execute(() -> {
            untold.decrementAndGet();
            call.accept(listener, source);
            long lost = missed.getAndSet(0);
            if (lost > 0) {
                LOG.warn("The listener was too slow; it was not told of {} things.", lost);
                listener.onWarning(source, "The listener was too slow; it was not told of " + lost + " things.");
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
        tell((l, source) -> l.onWarning(source, sentence));
    }

    /** Something of the host program failed. */
    void failed(String what, Throwable e) {
        LOG.warn("{} failed.", what, e);
        warnLogged(what + " failed: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    }

    /** Makes the last call; none follows but what completes futures behind it. */
    void stopped(Runnable behind) {
        ChatServer source = server;
        callbacks.execute(() -> {
            try {
                if (source != null) {
                    listener.onStopped(source);
                }
            } finally {
                over = true;
            }
        });
        callbacks.execute(behind);
        callbacks.close();
    }

    /** Whether the last call was made. */
    boolean isOver() {
        return over;
    }
}
