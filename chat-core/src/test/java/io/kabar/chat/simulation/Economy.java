package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.History;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.endpoint.ClientEndpoint;
import io.kabar.chat.internal.endpoint.ClientEvent;
import io.kabar.chat.internal.endpoint.ClientSettings;
import io.kabar.chat.internal.endpoint.ServerEndpoint;
import io.kabar.chat.internal.endpoint.ServerEvent;
import io.kabar.chat.internal.room.LogEntry;
import io.kabar.chat.internal.wire.ClientMessage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * One room on a perfect network, and a server to which every datagram is work: it turns as the real loop does, and a turn
 * takes the time that its datagrams take. So what coalesces under load coalesces here, and what a delivery costs in
 * datagrams, bytes and garbage is the same in every run.
 */
final class Economy {

    /** What a datagram costs a server of today, in nanoseconds; the order of magnitude is what matters. */
    private static final long RECEIVE = 1_500;

    private static final long SEND = 4_000;
    private static final long WIRE = 100_000;
    private static final long COMMIT = 200_000;
    private static final long MILLI = 1_000_000;
    /** As in the real loop. */
    private static final int PER_TURN = 160;

    private static final int CONSUMED_STEP = 64;
    private static final RoomName ROOM = new RoomName("lobby");

    private record Action(long at, long order, Runnable run) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Datagram(InetSocketAddress from, byte[] bytes) {}

    private final Random random = new Random(5);
    private final AllocatedBytes allocated = new AllocatedBytes();
    private final PriorityQueue<Action> actions =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
    private final ServerEndpoint server;
    private final List<Member> members = new ArrayList<>();
    private final ArrayDeque<Datagram> inbox = new ArrayDeque<>();
    private final ArrayDeque<Runnable> commands = new ArrayDeque<>();
    private final byte[] in = new byte[2048];
    private final byte[] out = new byte[1500];
    private long now;
    private long order;
    private long turnAt = Long.MAX_VALUE;
    private long freeAt;
    private long committed;
    /** Events that were asked for so far: joins, and what was said. */
    private long asked;

    long deliveries;
    long datagramsOut;
    long datagramsIn;
    long bytesOut;
    /** Allocated by the server's thread. */
    long garbage;
    /** Of real time, in the server's own code; for people to look at, never for a test to assert. */
    long serverNanos;

    /** A room of so many members, all of them in it. */
    Economy(int size) {
        SimSettings settings = new SimSettings();
        settings.sessionsPerAddress = size;
        server = new ServerEndpoint(settings.build(), random, () -> Instant.ofEpochMilli(now / MILLI));
        for (int i = 0; i < size; i++) {
            members.add(new Member(i));
            run(Duration.ofMillis(1));
        }
        run(Duration.ofSeconds(5));
        assertThat(members).allMatch(member -> member.inside);
        asked = size;
        forget();
    }

    /** Everything counts from here. */
    void forget() {
        deliveries = 0;
        datagramsOut = 0;
        datagramsIn = 0;
        bytesOut = 0;
        garbage = 0;
        serverNanos = 0;
    }

    double perDelivery(long amount) {
        return (double) amount / deliveries;
    }

    /** {@code perSecond} messages of 100 bytes, of ten members in turn, for some time. */
    void talk(int perSecond, Duration time) {
        long interval = 1_000_000_000L / perSecond;
        long end = now + time.toNanos();
        for (int i = 0; now < end; i++) {
            asked++;
            members.get(i % 10).say("x".repeat(100));
            run(Duration.ofNanos(interval));
        }
    }

    /** As many messages as the slowest member takes, {@code window} of them under way, for some time. */
    void talkWithoutEnd(int window, Duration time) {
        long end = now + time.toNanos();
        for (int i = 0; now < end; ) {
            long slowest =
                    members.stream().mapToLong(member -> member.seen).min().orElseThrow();
            while (asked - slowest < window) {
                asked++;
                members.get(i++ % 10).say("x".repeat(100));
            }
            run(Duration.ofMillis(1));
        }
    }

    void run(Duration time) {
        long end = now + time.toNanos();
        while (!actions.isEmpty() && actions.peek().at <= end) {
            Action next = actions.remove();
            now = Math.max(now, next.at);
            next.run.run();
        }
        now = end;
    }

    private void at(long time, Runnable run) {
        actions.add(new Action(time, order++, run));
    }

    // The server
    // ----------------------------------------------------------------------------------------------------------------

    private void turnBy(long time) {
        long at = Math.max(time, freeAt);
        if (at < turnAt) {
            turnAt = at;
            at(at, () -> {
                if (turnAt == at) {
                    turnAt = Long.MAX_VALUE;
                    turn();
                }
            });
        }
    }

    private void turn() {
        int received = 0;
        for (; received < PER_TURN && !inbox.isEmpty(); received++) {
            Datagram datagram = inbox.remove();
            int length = datagram.bytes.length;
            System.arraycopy(datagram.bytes, 0, in, 0, length);
            measured(() -> server.handleDatagram(datagram.from, in, length, now));
        }
        datagramsIn += received;
        if (server.nextTimeout() <= now) {
            measured(() -> server.handleTimeout(now));
        }
        for (int i = 0; i < PER_TURN && !commands.isEmpty(); i++) {
            measured(commands.remove());
        }
        for (ServerEvent event = server.pollEvent(); event != null; event = server.pollEvent()) {
            handle(event);
        }
        int sent = 0;
        int[] length = new int[1];
        for (; sent < PER_TURN; sent++) {
            measured(() -> length[0] = server.pollTransmit(out, now));
            if (length[0] == 0) {
                break;
            }
            bytesOut += length[0];
            byte[] bytes = Arrays.copyOf(out, length[0]);
            Member member = members.get(server.transmitTo().getPort() - 1);
            at(now + received * RECEIVE + sent * SEND + WIRE, () -> member.receive(bytes));
        }
        datagramsOut += sent;
        freeAt = now + received * RECEIVE + sent * SEND;
        turnBy(
                sent == PER_TURN || !inbox.isEmpty() || !commands.isEmpty()
                        ? freeAt
                        : Math.max(server.nextTimeout(), now + MILLI));
    }

    private void measured(Runnable work) {
        long bytes = allocated.byThisThread();
        long start = System.nanoTime();
        work.run();
        serverNanos += System.nanoTime() - start;
        garbage += allocated.byThisThread() - bytes;
    }

    private void handle(ServerEvent event) {
        if (event instanceof ServerEvent.Work e) {
            e.work().run();
            command(() -> server.handleWork(e.work(), now));
        } else if (event instanceof ServerEvent.FindAccount e) {
            command(() -> server.handleAccount(e.ticket(), null, now));
        } else if (event instanceof ServerEvent.Register e) {
            command(() -> server.handleRegistered(e.ticket(), e.account(), now));
        } else if (event instanceof ServerEvent.Propose e) {
            LogEntry entry = new LogEntry(SimJournal.numbered(e.draft(), ++committed), e.id());
            command(() -> server.handleCommit(e.ticket(), entry, now));
        } else if (event instanceof ServerEvent.Defect e) {
            throw new AssertionError(e.where(), e.cause());
        } else if (event instanceof ServerEvent.Read) {
            throw new AssertionError("nobody is so slow: " + event);
        }
    }

    private void command(Runnable command) {
        at(now + COMMIT, () -> {
            commands.add(command);
            turnBy(now);
        });
    }

    // A member
    // ----------------------------------------------------------------------------------------------------------------

    private final class Member {
        private final InetSocketAddress address;
        private final ClientEndpoint endpoint;
        private final byte[] datagram = new byte[1500];
        private long wakeAt = Long.MAX_VALUE;
        private boolean inside;
        private long seen;

        Member(int number) {
            address = SimNetwork.address(1, 1, number + 1);
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            endpoint = new ClientEndpoint(
                    new ClientSettings(
                            SimNetwork.SERVER,
                            ServerKey.of(SimSettings.IDENTITY.publicKey()),
                            new UserName("user" + number),
                            null,
                            secret,
                            Duration.ofSeconds(60).toNanos(),
                            Duration.ofSeconds(15).toNanos(),
                            Duration.ofSeconds(60).toNanos(),
                            Duration.ofMinutes(3).toNanos(),
                            10_000,
                            false),
                    random,
                    now);
            endpoint.join(1, ROOM, History.NONE, now);
            drain();
        }

        void say(String text) {
            endpoint.say(2, ROOM, ClientMessage.Kind.TEXT, text, now);
            drain();
        }

        void receive(byte[] bytes) {
            endpoint.handleDatagram(SimNetwork.SERVER, bytes, bytes.length, now);
            drain();
        }

        private void drain() {
            for (ClientEvent event = endpoint.pollEvent(); event != null; event = endpoint.pollEvent()) {
                if (event instanceof ClientEvent.Event e) {
                    seen = e.event().sequence();
                    deliveries += e.event() instanceof ChatEvent.Said ? 1 : 0;
                    if (e.event().sequence() % CONSUMED_STEP == 0) {
                        endpoint.consumed(ROOM, e.event().sequence(), now);
                    }
                }
                inside |= event instanceof ClientEvent.Entered;
                assertThat(event).isNotInstanceOfAny(ClientEvent.Closed.class, ClientEvent.Failed.class);
            }
            for (int length = endpoint.pollTransmit(datagram, now);
                    length > 0;
                    length = endpoint.pollTransmit(datagram, now)) {
                Datagram sent = new Datagram(address, Arrays.copyOf(datagram, length));
                at(now + WIRE, () -> {
                    inbox.add(sent);
                    turnBy(now);
                });
            }
            wakeBy(endpoint.nextTimeout());
        }

        private void wakeBy(long timeout) {
            if (timeout != Long.MAX_VALUE && timeout != wakeAt) {
                wakeAt = timeout;
                at(Math.max(now, timeout), () -> {
                    if (wakeAt == timeout) {
                        wakeAt = Long.MAX_VALUE;
                        endpoint.handleTimeout(now);
                        drain();
                    }
                });
            }
        }
    }
}
