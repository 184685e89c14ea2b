package io.kabar.chat.server;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.internal.server.core.ServerEvent;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the host program has asked for and has no answer to. Commands run on the loop's thread, and their futures
 * complete on the callback executor, whatever becomes of the loop.
 */
final class ServerCalls {

    /** A command on the loop's thread, which is given an id to answer to, and the loop's time. */
    interface Command {
        void run(long callId, long now);
    }

    private final UdpEventLoop loop;
    private final Callbacks callbacks;
    private final Map<Long, CompletableFuture<?>> open = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean over;

    ServerCalls(UdpEventLoop loop, Callbacks callbacks) {
        this.loop = loop;
        this.callbacks = callbacks;
    }

    /** Runs a command whose answer completes the future. */
    <T> CompletableFuture<T> call(Command command) {
        CompletableFuture<T> future = new CompletableFuture<>();
        long callId = ids.incrementAndGet();
        open.put(callId, future);
        if (over) {
            fail(callId, ChatException.of(Refusal.CLOSED));
            return future;
        }
        loop.execute(() -> {
            try {
                command.run(callId, loop.now());
            } catch (Throwable e) { // whoever called is not left waiting for it
                callbacks.execute(() -> fail(callId, ChatException.of(Refusal.DEFECT)));
                throw e;
            }
        });
        return future;
    }

    void answered(ServerEvent.HostAnswer answer) {
        callbacks.execute(() -> complete(answer.callId(), answer.value()));
    }

    void refused(ServerEvent.HostRefusal refusal) {
        ChatException failure = ChatException.of(refusal.refusal(), refusal.sentence(), null);
        callbacks.execute(() -> fail(refusal.callId(), failure));
    }

    /** The loop has ended: nothing is answered any more. */
    void end() {
        over = true;
        callbacks.execute(() -> open.keySet().forEach(callId -> fail(callId, ChatException.of(Refusal.CLOSED))));
    }

    private void complete(long callId, @Nullable Object value) {
        @SuppressWarnings("unchecked")
        CompletableFuture<@Nullable Object> call = (CompletableFuture<@Nullable Object>) open.remove(callId);
        if (call != null) {
            call.complete(value);
        }
    }

    private void fail(long callId, ChatException failure) {
        CompletableFuture<?> call = open.remove(callId);
        if (call != null) {
            call.completeExceptionally(failure);
        }
    }
}
