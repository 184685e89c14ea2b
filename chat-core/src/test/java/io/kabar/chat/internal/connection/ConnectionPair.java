package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.loss.SentPacket;
import io.kabar.chat.internal.connection.loss.SentPackets;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client and a server connection, a virtual clock, and a network between them that loses, repeats, delays and
 * reorders as its seed says. Invariants are checked at each step.
 */
public final class ConnectionPair {
    public static final InetSocketAddress SERVER = address(1, 2120);
    static final byte[] RESET_TOKEN = "sixteen bytes...".getBytes(StandardCharsets.US_ASCII);
    private static final long CLIENT_CID = 0x1111_2222_3333_4444L;
    private static final long SERVER_CID = 0x5555_6666_7777_8888L;

    /** A datagram on its way. */
    @SuppressWarnings("ArrayRecordComponent")
    record Datagram(long at, long order, boolean toServer, InetSocketAddress from, byte[] bytes) {}

    final Random random;
    final RecordingSink clientSink = new RecordingSink();
    final RecordingSink serverSink = new RecordingSink();
    final Connection client;
    final Connection server;
    private final byte[] up = new byte[32];
    private final byte[] down = new byte[32];

    /** Chances out of 1, and one-way times in nanoseconds. */
    double loss;

    double duplication;
    long delay = Duration.ofMillis(15).toNanos();
    long jitter;

    /** Longer datagrams vanish. */
    int mtu = Integer.MAX_VALUE;

    /** Nothing gets through, either way. */
    boolean blackHole;

    /** Where the client's packets come from; what goes elsewhere vanishes. */
    InetSocketAddress clientAddress = address(2, 5000);

    long now;
    long steps;
    long timeouts;

    /** Datagrams sent, if anybody wants to see them. */
    @Nullable
    List<Datagram> log;

    private final PriorityQueue<Datagram> network = new PriorityQueue<>(
            (a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.order(), b.order()));
    private final byte[] out = new byte[WireLimits.LARGEST_DATAGRAM];
    private long order;

    ConnectionPair(long seed) {
        this(seed, ConnectionOptions.CLIENT, ConnectionOptions.SERVER);
    }

    ConnectionPair(long seed, ConnectionOptions clientOptions, ConnectionOptions serverOptions) {
        random = new Random(seed);
        now = random.nextLong() >> 8; // any value, as of System.nanoTime
        random.nextBytes(up);
        random.nextBytes(down);
        client = new Connection(
                Side.CLIENT,
                clientOptions,
                new Agreement(up.clone(), down.clone(), CLIENT_CID, SERVER_CID, RESET_TOKEN),
                SERVER,
                clientSink,
                new Random(seed + 1),
                now);
        server = new Connection(
                Side.SERVER,
                serverOptions,
                new Agreement(down.clone(), up.clone(), SERVER_CID, CLIENT_CID, null),
                clientAddress,
                serverSink,
                new Random(seed + 2),
                now);
    }

    static InetSocketAddress address(int host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host}), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs until the condition holds; false if it does not within {@code limit} of virtual time. */
    boolean runUntil(BooleanSupplier condition, Duration limit) {
        long end = now + limit.toNanos();
        flush();
        while (!condition.getAsBoolean()) {
            if (!step(end)) {
                now = end;
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    void runFor(Duration time) {
        runUntil(() -> false, time);
    }

    /** Goes to the next thing that happens, unless that is after {@code end}. */
    private boolean step(long end) {
        long next = Math.min(client.nextTimeout(), server.nextTimeout());
        Datagram first = network.peek();
        next = first == null ? next : Math.min(next, first.at());
        if (next > end) {
            return false;
        }
        steps++;
        assertThat(steps).as("no storm of timers").isLessThan(200_000);
        now = Math.max(now, next);
        while (first != null && first.at() <= now) {
            deliver(network.remove());
            first = network.peek();
        }
        flush();
        handleTimeouts(client);
        handleTimeouts(server);
        return true;
    }

    private void handleTimeouts(Connection connection) {
        for (int turns = 0; connection.nextTimeout() <= now; turns++) {
            assertThat(turns).as("timeouts handled at one moment").isLessThan(3);
            timeouts++;
            connection.handleTimeout(now);
            flush();
        }
    }

    void deliver(Datagram datagram) {
        Connection to = datagram.toServer() ? server : client;
        byte[] bytes = datagram.bytes().clone();
        to.handleDatagram(datagram.from(), bytes, 0, bytes.length, now);
        ConnectionCheck.check(to);
    }

    /** Sends whatever the two have to say now. */
    void flush() {
        flush(client, true);
        flush(server, false);
    }

    private void flush(Connection from, boolean toServer) {
        for (int length = from.pollTransmit(out, now); length > 0; length = from.pollTransmit(out, now)) {
            ConnectionCheck.check(from);
            boolean reachable = toServer || from.transmitTo().equals(clientAddress);
            InetSocketAddress source = toServer ? clientAddress : SERVER;
            Datagram datagram = new Datagram(now + delay(), order++, toServer, source, Arrays.copyOf(out, length));
            if (log != null) {
                log.add(datagram);
            }
            if (reachable && !blackHole && length <= mtu && random.nextDouble() >= loss) {
                network.add(datagram);
                if (random.nextDouble() < duplication) {
                    network.add(new Datagram(now + delay(), order++, toServer, source, datagram.bytes()));
                }
            }
        }
    }

    private long delay() {
        return delay + (jitter == 0 ? 0 : random.nextLong(jitter));
    }

    /** A client with the right keys that says whatever it likes. */
    Liar liar() {
        return new Liar(server, new KeySchedule(up.clone(), down.clone(), KeyLimits.DEFAULT, random, now));
    }

    /** A server with the right keys that says whatever it likes; its address is {@link #SERVER}. */
    Liar lyingServer() {
        return new Liar(client, new KeySchedule(down.clone(), up.clone(), KeyLimits.DEFAULT, random, now));
    }

    /** The keys of the client's end as they are at the beginning, to seal by hand what no sender of ours would. */
    KeySchedule keysOfClient() {
        return new KeySchedule(up.clone(), down.clone(), KeyLimits.DEFAULT, random, now);
    }

    /** Sends packets that no honest client would. Of use only while the honest one is silent. */
    final class Liar {
        private final Connection victim;
        private final SentPackets numbers = new SentPackets(random);
        private final PacketBuilder builder;

        private Liar(Connection victim, KeySchedule keys) {
            this.victim = victim;
            builder = new PacketBuilder(keys, numbers, victim.localCid());
        }

        /** Returns the number of the packet. */
        long say(InetSocketAddress from, Consumer<FrameWriter> frames) {
            byte[] packet = new byte[WireLimits.DATAGRAM];
            frames.accept(builder.begin(packet, -1, WireLimits.DATAGRAM));
            int length = builder.finish(packet);
            numbers.add(new SentPacket(builder.number(), now, client.path(), length, false, -1, null));
            victim.handleDatagram(from, packet, 0, length, now);
            return builder.number();
        }
    }

    List<Datagram> startLog() {
        List<Datagram> started = new ArrayList<>();
        log = started;
        return started;
    }

    /** What is on its way is lost. */
    void clearNetwork() {
        network.clear();
    }
}
