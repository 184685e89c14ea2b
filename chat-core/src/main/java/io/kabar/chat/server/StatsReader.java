package io.kabar.chat.server;

import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.internal.server.ServerEndpoint;
import io.kabar.chat.internal.server.core.ServerCounters;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes the figures of a server on its loop's thread, and keeps those that were taken last. */
final class StatsReader {

    private static final long WAIT_MILLIS = 2000;

    private final ServerEndpoint endpoint;
    private final UdpEventLoop loop;
    private final Machine machine;
    private volatile ServerStats last;
    private volatile boolean over;

    /** Of a loop that does not turn yet. */
    StatsReader(ServerEndpoint endpoint, UdpEventLoop loop, Machine machine) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.machine = machine;
        last = take();
    }

    /** The loop ends: these figures do not change any more. On its thread. */
    void end() {
        last = take();
        over = true;
    }

    /** The figures as of now, or those taken last if the loop does not take any. */
    ServerStats now() {
        if (over) {
            return last;
        }
        CompletableFuture<ServerStats> taken = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                ServerStats stats = take();
                last = stats;
                taken.complete(stats);
            } catch (Throwable e) {
                taken.completeExceptionally(e);
                throw e;
            }
        });
        try {
            boolean isTurned = machine.turnUntil(taken::isDone, WAIT_MILLIS);
            return taken.get(isTurned ? 0 : WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return last;
        } catch (ExecutionException | TimeoutException e) {
            return last; // closed meanwhile, or busy with something long
        }
    }

    private ServerStats take() {
        ServerCounters counters = endpoint.counters();
        UdpEventLoop.Health health = loop.health();
        return new ServerStats(
                endpoint.activeSessions(),
                endpoint.handshaking(),
                endpoint.rooms(),
                counters.committed(),
                endpoint.delivered(),
                counters.datagramsIn(),
                counters.datagramsOut(),
                counters.bytesIn(),
                counters.bytesOut(),
                counters.logins(),
                counters.resumptions(),
                counters.loginsRefused(),
                counters.roamed(),
                counters.notStored(),
                endpoint.drops(),
                health.receiveBuffer(),
                health.errors(),
                health.reopened());
    }
}
