package io.kabar.chat.server;

import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.WorkPool;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.spi.ServerRecords;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the store of records, on a thread of its own: one at a time, in the order in which they hold. It is not
 * ours: whatever it throws, an {@code Error} too, is an answer.
 */
final class RecordCalls {

    private final ServerRecords records;
    private final ListenerCalls listener;
    private final Machine machine;
    private final WorkPool pool;

    RecordCalls(ServerRecords records, ListenerCalls listener, Machine machine) {
        this.records = records;
        this.listener = listener;
        this.machine = machine;
        pool = machine.pool("kabar-server-records", 1);
    }

    /** What it has, before the server serves. */
    Collection<ServerRecords.Entry> load() {
        return Objects.requireNonNullElse(records.load(), List.of());
    }

    /** Keeps a record, and tells whether it is kept. */
    void keep(ServerEvent.KeepRecord event, Consumer<Boolean> then) {
        pool.execute(() -> then.accept(took(() -> records.put(event.entry()))));
    }

    /** Removes a record, and tells whether it is removed. */
    void remove(ServerEvent.RemoveRecord event, Consumer<Boolean> then) {
        pool.execute(() -> then.accept(took(() -> records.remove(event.kind(), event.key()))));
    }

    /** Closes the store behind what is still to be kept; throws what it throws. */
    void close() {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        CountDownLatch closed = new CountDownLatch(1);
        pool.execute(() -> {
            try {
                failure.set(ServerShutdown.closing(records::close, null));
            } finally {
                closed.countDown();
            }
        });
        pool.close();
        try {
            if (!machine.turnUntil(() -> closed.getCount() == 0, ServerShutdown.CLOSING_MILLIS)) {
                closed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it goes on by itself
        }
        if (failure.get() instanceof RuntimeException thrown) {
            throw thrown;
        } else if (failure.get() instanceof Error thrown) {
            throw thrown;
        } else if (failure.get() != null) {
            throw new IllegalStateException(failure.get()); // what the interface does not allow
        }
    }

    private boolean took(Runnable call) {
        try {
            call.run();
            return true;
        } catch (Throwable e) {
            listener.failed("The store of the server's records", e);
            return false;
        }
    }
}
