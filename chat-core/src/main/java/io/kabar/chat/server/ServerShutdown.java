package io.kabar.chat.server;

import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.Journal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How a server ends: clients are told, then the network, the journal, the accounts, the records and the calls to the
 * listener are closed, each whatever became of the one before. A thread of its own does it, since whoever begins it may
 * be the listener, the window that takes the calls, or the network thread at its end.
 */
final class ServerShutdown {

    /** Time for the clients to be told. */
    private static final long FAREWELL_MILLIS = 3_000;
    /** Time for the journal to store what is open: as much as it takes. */
    static final long CLOSING_MILLIS = TimeUnit.DAYS.toMillis(365);
    /** Time for the listener to take its last calls. */
    private static final long LAST_CALLS_MILLIS = 5_000;

    private final ServerDriver driver;
    private final UdpEventLoop loop;
    private final Journal journal;
    private final AccountStore accounts;
    private final RecordCalls records;
    private final ListenerCalls listener;
    private final Callbacks callbacks;
    private final Machine machine;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Completes behind the last call. */
    private final CompletableFuture<Void> over;

    private volatile @Nullable Throwable failure;

    ServerShutdown(
            ServerDriver driver,
            UdpEventLoop loop,
            Journal journal,
            AccountStore accounts,
            RecordCalls records,
            ListenerCalls listener,
            Callbacks callbacks,
            Machine machine) {
        this.driver = driver;
        this.loop = loop;
        this.journal = journal;
        this.accounts = accounts;
        this.records = records;
        this.listener = listener;
        this.callbacks = callbacks;
        this.machine = machine;
        over = callbacks.future();
    }

    /** Begins it, once. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            try {
                machine.begin("kabar-server-closing", this::closeAll);
            } catch (Throwable e) { // no room for another thread: whoever waits for the end must not wait in vain
                closeAll();
            }
        }
    }

    private void closeAll() {
        driver.stop();
        loop.close(FAREWELL_MILLIS);
        Throwable thrown = closing(records::close, closing(accounts::close, closing(journal::close, null)));
        failure = thrown;
        driver.discard();
        listener.stopped(() -> {
            if (thrown == null) {
                over.complete(null);
            } else {
                over.completeExceptionally(thrown);
            }
        });
        closed.countDown();
    }

    /**
     * Waits until all is closed, and for the last call if it is not the listener that waits; tells what failed, once.
     */
    void finish() {
        begin();
        if (callbacks.isInside()) {
            return;
        }
        try {
            boolean unused = callbacks.await(() -> closed.getCount() == 0, CLOSING_MILLIS)
                    && callbacks.await(listener::isOver, LAST_CALLS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it goes on by itself
        }
        Throwable e = failure;
        failure = null;
        if (e instanceof RuntimeException thrown) {
            throw thrown;
        } else if (e instanceof Error thrown) {
            throw thrown;
        } else if (e != null) {
            throw new IllegalStateException("The server is closed, but its storage could not be closed.", e);
        }
    }

    /** Begins it, and does not wait for its end. */
    CompletableFuture<Void> finishLater() {
        begin();
        return over.copy(); // what its caller does to it is nothing to others
    }

    void awaitClosed() throws InterruptedException {
        if (!machine.turnUntil(() -> closed.getCount() == 0, CLOSING_MILLIS)) {
            closed.await();
        }
    }

    /** Closes one thing, whatever became of the one before. */
    static @Nullable Throwable closing(Runnable close, @Nullable Throwable before) {
        try {
            close.run();
            return before;
        } catch (Throwable e) {
            if (before == null) {
                return e;
            }
            before.addSuppressed(e);
            return before;
        }
    }
}
