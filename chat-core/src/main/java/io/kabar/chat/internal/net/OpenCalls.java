package io.kabar.chat.internal.net;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a program has asked for and has no answer to. Commands run on the loop's thread, and their futures complete on
 * the callback executor, whatever becomes of the loop. All methods may be called from any thread.
 */
public final class OpenCalls {

    /** A command on the loop's thread, which is given an id to answer to, and the loop's time. */
    public interface Command {
        void run(long callId, long now);
    }

    private final Consumer<LongConsumer> loop;
    private final Callbacks callbacks;
    private final Map<Long, CompletableFuture<?>> open = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean over;

    /**
     * Nothing is asked yet.
     *
     * @param loop runs what it is given on the loop's thread, with the loop's time; nothing once the loop has ended
     */
    public OpenCalls(Consumer<LongConsumer> loop, Callbacks callbacks) {
        this.loop = loop;
        this.callbacks = callbacks;
    }

    /** Runs a command whose answer completes the future. */
    public <T> CompletableFuture<T> call(Command command) {
        CompletableFuture<T> future = callbacks.future();
        long callId = ids.incrementAndGet();
        open.put(callId, future);
        if (over) {
            failNow(callId, ChatException.of(Refusal.CLOSED));
            return future;
        }
        loop.accept(now -> {
            try {
                command.run(callId, now);
            } catch (Throwable e) { // whoever called is not left waiting for it
                fail(callId, ChatException.of(Refusal.DEFECT));
                throw e;
            }
        });
        return future;
    }

    /** The call has its answer. */
    public void complete(long callId, @Nullable Object value) {
        callbacks.execute(() -> {
            @SuppressWarnings("unchecked")
            var call = (CompletableFuture<@Nullable Object>) open.remove(callId);
            if (call != null) {
                call.complete(value);
            }
        });
    }

    /** Nothing comes of the call. */
    public void fail(long callId, ChatException failure) {
        callbacks.execute(() -> failNow(callId, failure));
    }

    /** The loop has ended: nothing is answered any more. */
    public void end() {
        over = true;
        callbacks.execute(() -> open.keySet().forEach(callId -> failNow(callId, ChatException.of(Refusal.CLOSED))));
    }

    private void failNow(long callId, ChatException failure) {
        CompletableFuture<?> call = open.remove(callId);
        if (call != null) {
            call.completeExceptionally(failure);
        }
    }
}
