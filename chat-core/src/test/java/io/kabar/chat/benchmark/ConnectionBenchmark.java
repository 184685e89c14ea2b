package io.kabar.chat.benchmark;

import io.kabar.chat.internal.connection.Agreement;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionOptions;
import io.kabar.chat.internal.connection.DeafSink;
import io.kabar.chat.internal.connection.Side;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Two connections in memory: eight packets of 100 bytes one way, and the acknowledgement of all eight back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConnectionBenchmark {

    private static final int PACKETS = 8;
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2120);
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);
    private static final long STEP = 1_000_000;
    /** Within it, whatever waits for an acknowledgement has got it. */
    private static final long ACK_DELAY = ConnectionOptions.SERVER.maxAckDelayNanos();

    private final byte[] message = new byte[100];
    private final byte[] datagram = new byte[1500];
    private Connection server = connection(Side.SERVER, 1, 2, CLIENT);
    private Connection client = connection(Side.CLIENT, 2, 1, SERVER);
    private long now;

    @Setup
    public void connect() {
        now = 0;
        server = connection(Side.SERVER, 1, 2, CLIENT);
        client = connection(Side.CLIENT, 2, 1, SERVER);
    }

    private static Connection connection(Side side, long local, long remote, InetSocketAddress peer) {
        return new Connection(
                side,
                ConnectionOptions.SERVER,
                new Agreement(new byte[32], new byte[32], local, remote, null),
                peer,
                new DeafSink(),
                new Random(local),
                0);
    }

    /** Of each packet: written, sealed, opened, delivered; and an eighth of an acknowledgement. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long exchanging() {
        for (int i = 0; i < PACKETS; i++) {
            now += STEP;
            server.lane(1).offer(message);
            transfer(server, client, SERVER);
        }
        now += ACK_DELAY;
        client.handleTimeout(now);
        transfer(client, server, CLIENT);
        if (server.lane(1).queuedBytes() > 0) {
            throw new IllegalStateException("not acknowledged");
        }
        return now;
    }

    private void transfer(Connection from, Connection to, InetSocketAddress sender) {
        for (int length = from.pollTransmit(datagram, now); length > 0; length = from.pollTransmit(datagram, now)) {
            to.handleDatagram(sender, datagram, 0, length, now);
        }
    }
}
