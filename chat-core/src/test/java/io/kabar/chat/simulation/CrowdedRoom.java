package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.client.Saying;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.net.EndpointDriver;
import io.kabar.chat.internal.server.ServerCheck;
import io.kabar.chat.internal.server.ServerEndpoint;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.spi.Journal;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One room on a network that loses nothing, and a server that is turned by the driver of production over a socket
 * bounded in bytes, to which every datagram is work: what arrives meanwhile waits. So what coalesces under load
 * coalesces here. It may stand still, and then has before it all that has come.
 */
final class CrowdedRoom {
    /** What a datagram costs a server of today, in nanoseconds; the order of magnitude is what matters. */
    private static final long RECEIVE = 1_500;

    private static final long SEND = 4_000;
    private static final long COMMIT = 200_000;
    private static final long MILLI = 1_000_000;
    private static final int CONSUMED_STEP = 64;
    /** Bytes that the socket keeps, and what the system counts for a datagram beside its own. */
    private static final int SOCKET = 4 * 1024 * 1024;

    private static final int OVERHEAD = 768;
    private static final RoomName ROOM = new RoomName("lobby");
    private static final RoomName ARCHIVE = new RoomName("archive");

    private record Action(long at, long order, Runnable run) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Datagram(InetSocketAddress from, byte[] bytes) {}

    private final Random random = new Random(5);
    private final PriorityQueue<Action> actions =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
    private final long wire;
    private final ServerEndpoint server;
    final Costs costs;
    private final EndpointDriver driver;
    private final List<Member> members = new ArrayList<>();
    private final Map<InetSocketAddress, Member> byAddress = new HashMap<>();
    private final ArrayDeque<Datagram> inbox = new ArrayDeque<>();
    private final ArrayDeque<Runnable> commands = new ArrayDeque<>();
    private long inboxBytes;
    private long now;
    private long order;
    private long turnAt = Long.MAX_VALUE;
    /** Until when the server is at work, or stands still. */
    private long freeAt;
    /** Of the present turn, so far. */
    private long busy;

    private final Map<RoomName, Long> committed = new HashMap<>();
    private int archived;
    /** Signals that members have sent. */
    long signalled;

    private long asked;
    private final Map<String, Long> said = new HashMap<>();

    /** What did not fit into the socket. */
    long overflows;

    final List<Long> latencies = new ArrayList<>();
    /** Of signals only, to those who read the archive meanwhile. */
    final List<Long> besideReading = new ArrayList<>();

    /** A room of so many members, all of them in it, so long a round trip away. */
    CrowdedRoom(int size, Duration roundTrip) {
        this(roundTrip, settings -> settings.sessionsPerAddress = size);
        come(size, Duration.ofMillis(1));
        run(Duration.ofSeconds(5));
        assertThat(members).allMatch(member -> member.inside);
        asked = size;
        latencies.clear();
        costs.forget();
    }

    private CrowdedRoom(Duration roundTrip, Consumer<SimSettings> change) {
        wire = roundTrip.toNanos() / 2;
        SimSettings settings = new SimSettings();
        change.accept(settings);
        server = new ServerEndpoint(settings.build(), random, () -> Instant.ofEpochMilli(now / MILLI));
        costs = new Costs(server);
        driver = new EndpointDriver(
                costs,
                new Line(),
                () -> now + busy,
                new EndpointDriver.Buffers(),
                this::afterInputs,
                (defect, count) -> {
                    throw new AssertionError(defect.where(), defect.cause());
                });
    }

    /**
     * So many people come into a room that becomes quiet at some number of them, one after the other within some time;
     * then they are there for a while. All that counts as costs.
     */
    static CrowdedRoom filled(int size, int quietAt, Duration within) {
        CrowdedRoom room = new CrowdedRoom(Duration.ofMillis(60), settings -> {
            settings.sessionsPerAddress = size;
            settings.quietAt = quietAt;
        });
        room.come(size, within.dividedBy(size));
        room.run(Duration.ofMinutes(2));
        assertThat(room.members).allMatch(member -> member.inside && member.count == size);
        return room;
    }

    private void come(int size, Duration apart) {
        for (int i = 0; i < size; i++) {
            members.add(new Member(i));
            run(apart);
        }
    }

    /** Members that were told to somebody, in lists and by events, and how many there are, of all. */
    long told() {
        return members.stream().mapToLong(member -> member.told).sum();
    }

    /** The most that one of them has had to take in. */
    long mostTold() {
        return members.stream().mapToLong(member -> member.told).max().orElse(0);
    }

    /** The most bytes that one of them was sent. */
    long mostBytes() {
        return members.stream().mapToLong(member -> member.bytes).max().orElse(0);
    }

    /** {@code perSecond} messages of 100 bytes, of ten members in turn, for some time. */
    void talk(int perSecond, Duration time) {
        long end = now + time.toNanos();
        for (int i = 0; now < end; i++) {
            members.get(i % 10).say();
            run(Duration.ofNanos(1_000_000_000L / perSecond));
        }
    }

    /** A room beside it gets so many messages of 1000 bytes, which are in the server's memory. */
    void fillArchive(int messages) {
        members.get(0).enter(ARCHIVE, JoinHistory.NONE);
        run(Duration.ofSeconds(1));
        for (int i = 0; i < messages; i++) {
            members.get(0).archive("x".repeat(1000));
            run(Duration.ofMillis(2));
        }
        run(Duration.ofSeconds(5));
        archived = messages;
        latencies.clear();
    }

    /**
     * Everybody tells where they are, so often a second for some time; meanwhile, one after the other, they enter the
     * archive and read all of it.
     */
    void signalPositions(int perSecond, Duration time) {
        long end = now + time.toNanos();
        costs.forget();
        int rounds = (int) (time.toNanos() * perSecond / 1_000_000_000L);
        for (int round = 0; now < end; round++) {
            for (int i = 0; i < members.size(); i++) {
                Member member = members.get(i);
                member.signal();
                signalled++;
                if (round == (i + 1) * rounds / (2 * members.size()) && i > 0) {
                    member.enter(ARCHIVE, JoinHistory.from(1));
                }
                run(Duration.ofNanos(1_000_000_000L / perSecond / members.size()));
            }
        }
        run(Duration.ofSeconds(5));
        assertThat(members.stream().skip(1))
                .as("all have read the archive")
                .allMatch(member -> member.readInArchive >= archived);
    }

    /** As many messages as the slowest member takes, so many of them under way, for some time. */
    void talkWithoutEnd(int window, Duration time) {
        long end = now + time.toNanos();
        for (int i = 0; now < end; ) {
            long slowest =
                    members.stream().mapToLong(member -> member.seen).min().orElseThrow();
            for (; asked - slowest < window; i++) {
                members.get(i % 10).say();
            }
            run(Duration.ofMillis(1));
        }
    }

    /** The server does nothing for so long. */
    void standStill(Duration pause) {
        freeAt = Math.max(freeAt, now) + pause.toNanos();
    }

    /** Probe timeouts of the server's connections. A member whose server says nothing rightly asks again. */
    long probeTimeouts() {
        return ServerCheck.probeTimeouts(server);
    }

    boolean allStillThere() {
        return members.stream().allMatch(member -> member.signIns == 1);
    }

    long percentile(int percent) {
        return percentile(latencies, percent);
    }

    static long percentile(List<Long> latencies, int percent) {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) ((long) sorted.length * percent / 100)];
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
                if (turnAt != at) {
                    return;
                }
                turnAt = Long.MAX_VALUE;
                if (freeAt > now) {
                    turnBy(freeAt); // it has begun to stand still since
                } else {
                    turn();
                }
            });
        }
    }

    private void turn() {
        busy = 0;
        while (!commands.isEmpty()) {
            costs.run(commands.remove());
        }
        driver.turn();
        freeAt = now + busy;
        busy = 0;
        long idle = driver.idleNanos(freeAt);
        if (idle < Long.MAX_VALUE - freeAt) {
            turnBy(freeAt + (idle <= 0 ? 0 : Math.max(idle, MILLI)));
        }
    }

    private final class Line implements EndpointDriver.Port {
        @Override
        public boolean readable() {
            return !inbox.isEmpty();
        }

        @Override
        public @Nullable InetSocketAddress receive(ByteBuffer into) {
            Datagram datagram = inbox.poll();
            if (datagram == null) {
                return null;
            }
            inboxBytes -= datagram.bytes.length + OVERHEAD;
            busy += RECEIVE;
            into.put(datagram.bytes);
            return datagram.from;
        }

        @Override
        public boolean send(ByteBuffer datagram, InetSocketAddress to) {
            busy += SEND;
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes);
            Member member = Objects.requireNonNull(byAddress.get(to), "nobody is there");
            at(now + busy + wire, () -> member.receive(bytes));
            return true;
        }

        @Override
        public void wantRoom(boolean wanted) {
            throw new AssertionError("there is room");
        }
    }

    private void afterInputs() {
        for (ServerEvent event = server.pollEvent(); event != null; event = server.pollEvent()) {
            if (event instanceof ServerEvent.Work e) {
                e.work().run();
                command(() -> server.handleWork(e.work(), now));
            } else if (event instanceof ServerEvent.FindAccount e) {
                command(() -> server.handleAccount(e.callId(), null, now));
            } else if (event instanceof ServerEvent.Register e) {
                command(() -> server.handleRegistered(e.callId(), e.account(), now));
            } else if (event instanceof ServerEvent.Propose e) {
                ChatEvent draft = e.proposal().draft();
                Journal.Entry entry = new Journal.Entry(
                        SimJournal.numbered(draft, committed.merge(draft.room(), 1L, Long::sum)),
                        e.proposal().id());
                command(() -> server.handleCommit(e.proposal().proposalId(), entry, now));
            } else if (event instanceof ServerEvent.Defect e) {
                throw new AssertionError(e.where(), e.cause());
            } else if (event instanceof ServerEvent.Read) {
                throw new AssertionError("nobody is so slow: " + event);
            }
        }
    }

    private void command(Runnable command) {
        at(now + busy + COMMIT, () -> {
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
        private int readInArchive;
        private boolean reading;
        private int signIns;
        private long ticket;
        /** Of whom and of how many it was told. */
        private long told;

        private long bytes;
        /** How many are in the room, as it was told last. */
        private int count;
        /** The newest event when it was told of all who are there. */
        private long enteredAt;

        Member(int number) {
            address = SimNetwork.address(1, 1, number + 1);
            byAddress.put(address, this);
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            endpoint = new ClientEndpoint(
                    new ClientSettings(
                            SimNetwork.SERVER,
                            ServerKey.of(SimSettings.identity().publicKey()),
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
            endpoint.join(++ticket, ROOM, JoinHistory.NONE, now);
            drain();
        }

        void say() {
            asked++;
            String number = String.valueOf(asked);
            String text = "x".repeat(100 - number.length()) + number;
            said.put(text, now);
            endpoint.say(++ticket, ROOM, Saying.TEXT, text, now);
            drain();
        }

        void enter(RoomName room, JoinHistory history) {
            reading = history.kind() == JoinHistory.Kind.FROM;
            endpoint.join(++ticket, room, history, now);
            drain();
        }

        void archive(String text) {
            endpoint.say(++ticket, ARCHIVE, Saying.TEXT, text, now);
            drain();
        }

        /** As long as the place and the speed of somebody in a game, in JSON. */
        void signal() {
            byte[] bytes =
                    Arrays.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(now).array(), 60);
            endpoint.signal(ROOM, "at", bytes, now);
            drain();
        }

        void receive(byte[] received) {
            bytes += received.length;
            endpoint.handleDatagram(SimNetwork.SERVER, received, received.length, now);
            drain();
        }

        private void drain() {
            for (ClientEvent event = endpoint.pollEvent(); event != null; event = endpoint.pollEvent()) {
                if (event instanceof ClientEvent.Event e) {
                    saw(e.event());
                }
                if (event instanceof ClientEvent.Signalled e) {
                    long latency = now - ByteBuffer.wrap(e.bytes()).getLong();
                    latencies.add(latency);
                    if (reading && readInArchive < archived) {
                        besideReading.add(latency);
                    }
                }
                if (event instanceof ClientEvent.Entered e) {
                    inside = true;
                    count = e.room().inside();
                    enteredAt = e.room().lastSequence();
                    told += e.room().members().size();
                }
                if (event instanceof ClientEvent.Counted e) {
                    count = e.inside();
                    told++;
                }
                signIns += event instanceof ClientEvent.SignedIn ? 1 : 0;
                assertThat(event).isNotInstanceOfAny(ClientEvent.Closed.class, ClientEvent.Failed.class);
            }
            for (int length = endpoint.pollTransmit(datagram, now);
                    length > 0;
                    length = endpoint.pollTransmit(datagram, now)) {
                byte[] bytes = Arrays.copyOf(datagram, length);
                at(now + wire, () -> arrives(new Datagram(address, bytes)));
            }
            wakeBy(endpoint.nextTimeout());
        }

        private void saw(ChatEvent event) {
            told++;
            count += event.isJoined() && event.sequence() > enteredAt ? 1 : 0;
            if (event.room().equals(ARCHIVE)) {
                readInArchive += event.isSaid() ? 1 : 0;
            } else {
                seen = event.sequence();
            }
            if (event.isSaid() && !event.room().equals(ARCHIVE)) {
                latencies.add(now - said.getOrDefault(event.text(), now));
                costs.deliveries++;
            }
            if (event.sequence() % CONSUMED_STEP == 0) {
                endpoint.consumed(event.room(), event.sequence(), now);
            }
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

    private void arrives(Datagram datagram) {
        int bytes = datagram.bytes.length + OVERHEAD;
        if (inboxBytes + bytes > SOCKET) {
            overflows++;
            return;
        }
        inboxBytes += bytes;
        inbox.add(datagram);
        turnBy(now);
    }
}
