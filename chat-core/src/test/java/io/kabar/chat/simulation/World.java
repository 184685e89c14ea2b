package io.kabar.chat.simulation;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.ServerKey;
import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.net.EndpointDriver;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A server, its clients, the network between them and a clock that jumps from one thing that happens to the next. The
 * seed decides everything. Invariants are checked at each step; {@link #finish} checks the rest.
 */
final class World {
    /**
     * Everything is looked at after so many steps, or for each client after so many; what has just worked, in each
     * step.
     */
    private static final int ROUND = 256;

    private static final int ROUND_PER_CLIENT = 16;
    /** Clients from which on nobody looks after each step whether all of them are where they should be. */
    private static final int CROWD = 64;
    /** Ports of clients; those that were given first are free again when the last one was given. */
    private static final int FIRST_PORT = 5001;

    private static final int LAST_PORT = 65_000;
    /** From one thread of a process to another, in nanoseconds. */
    private static final long INNER_DELAY = 50_000;

    private static final boolean TRACE = System.getProperty("sim.seed") != null;

    private record Action(long at, long order, Runnable run) {}

    final Random random;
    final SimNetwork network;
    final Wiretap wiretap = new Wiretap();
    final Ledger ledger;
    /** How long datagrams may be on everybody's own network. */
    final DatagramLimits datagrams;

    final SimServer server;
    /** Of everybody's loop: one thread turns them all. */
    final EndpointDriver.Buffers buffers = new EndpointDriver.Buffers();

    final List<SimClient> clients = new ArrayList<>();
    /** How long clients try to sign in for the first time. */
    Duration connectTimeout = Duration.ofSeconds(15);

    /** The most that a timer is late, in nanoseconds: a tick of the machine's clock. */
    int lateness = Alarm.LATENESS;

    long now;
    private final long began;
    private final DueQueue due = new DueQueue();
    /** Who is, or was, seen at an address. */
    private final Map<InetSocketAddress, SimClient> byAddress = new HashMap<>();

    private final PriorityQueue<Action> actions = new PriorityQueue<>(
            (a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.order(), b.order()));
    private final Map<Set<String>, Set<String>> rosters = new HashMap<>();
    private final Link nowhere = new Link();
    private final ServerKey key = ServerKey.of(SimSettings.identity().publicKey());
    private Consumer<Link> weather = link -> {};
    /** From where the server's answers come, of the address that was asked. */
    UnaryOperator<InetSocketAddress> answersFrom = asked -> asked;

    private long wallClockAhead;
    private boolean ipv6;
    private long order;
    private int hosts = 1;
    private int ports = FIRST_PORT - 1;
    private long steps;
    private long nextRound = ROUND;
    private boolean finished;

    World(long seed) {
        this(seed, settings -> {});
    }

    World(long seed, Consumer<SimSettings> change) {
        random = new Random(seed * 0x9E37_79B9_7F4A_7C15L); // small seeds of Random begin alike
        now = random.nextLong() >> 8; // any value, as of System.nanoTime
        began = now;
        network = new SimNetwork(random);
        SimSettings settings = new SimSettings();
        change.accept(settings);
        datagrams = settings.datagrams;
        server = new SimServer(this, settings);
        ledger = new Ledger();
    }

    // Who is there, and how bad the network is
    // ----------------------------------------------------------------------------------------------------------------

    /**
     * A client with the right key, and the password if there is one, that begins to connect. The same name again is
     * another device.
     */
    SimClient client(String name) {
        return client(name, key, server.passwordOf(name));
    }

    SimClient client(String name, @Nullable ServerKey key, @Nullable String password) {
        SimClient client = new SimClient(this, name, freshAddress(null), key, password);
        weather.accept(client.up);
        weather.accept(client.down);
        clients.add(client);
        client.drain();
        return client;
    }

    /** A participant of the server's own program: it has no device, and no network between itself and the server. */
    SimClient participant(String name) {
        SimClient client = new SimClient(this, name, freshAddress(null), key, null, server.passOf(name));
        client.up.delay = INNER_DELAY;
        client.down.delay = INNER_DELAY;
        clients.add(client);
        client.drain();
        return client;
    }

    /** So many clients that are signed in and in the lobby. */
    List<SimClient> lobby(int count) {
        List<SimClient> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SimClient client = client("user" + (i < 26 ? "" + (char) ('a' + i) : "-" + i));
            client.join("lobby");
            made.add(client);
        }
        until(() -> made.stream().allMatch(client -> client.isIn("lobby")), Duration.ofMinutes(5));
        return made;
    }

    /** Makes all links so, those of later clients, too. */
    void weather(Consumer<Link> change) {
        weather = change;
        for (SimClient client : clients) {
            if (!client.isInner()) {
                change.accept(client.up);
                change.accept(client.down);
            }
        }
    }

    /** From now on, clients come without IPv4. */
    void onlyIpv6() {
        ipv6 = true;
    }

    boolean isIpv6() {
        return ipv6;
    }

    InetSocketAddress freshAddress(@Nullable InetSocketAddress sameHost) {
        ports = ports == LAST_PORT ? FIRST_PORT : ports + 1;
        if (sameHost != null) {
            return new InetSocketAddress(sameHost.getAddress(), ports);
        }
        return ipv6 ? freshIpv6() : SimNetwork.address(1, ++hosts, ports);
    }

    InetSocketAddress freshIpv6() {
        return SimNetwork.address6(++hosts, ports);
    }

    /** From now on a client is seen at this address. */
    void seenAt(InetSocketAddress address, SimClient client) {
        byAddress.put(address, client);
    }

    /**
     * The same roster as one set, however many clients were told it: with thousands in a room there would be millions.
     */
    Set<String> shared(Set<String> roster) {
        Set<String> known = rosters.putIfAbsent(roster, roster);
        return known == null ? roster : known;
    }

    // Time
    // ----------------------------------------------------------------------------------------------------------------

    Instant wallClock() {
        return Instant.ofEpochSecond(1_800_000_000L).plusNanos(now - began + wallClockAhead);
    }

    /** Somebody sets the clock of the server's machine. */
    void jumpWallClock(Duration by) {
        trace("server", () -> "wall clock jumps by " + by);
        wallClockAhead += by.toNanos();
    }

    /** Does something after a while. */
    void in(Duration wait, Runnable action) {
        actions.add(new Action(now + wait.toNanos(), order++, action));
    }

    /** Does something after a while, unless the end has come by then: to start what nobody would end any more. */
    void inTime(Duration wait, Runnable action) {
        in(wait, () -> {
            if (!finished) {
                action.run();
            }
        });
    }

    void run(Duration time) {
        long end = now + time.toNanos();
        while (step(end)) {
            // Everything happens in step.
        }
    }

    /** Runs until the condition holds; it must within the limit. */
    void until(BooleanSupplier condition, Duration limit) {
        long end = now + limit.toNanos();
        int patience = 1 + clients.size() / CROWD;
        while (!condition.getAsBoolean()) {
            for (int i = 0; i < patience; i++) {
                if (!step(end)) {
                    if (condition.getAsBoolean()) {
                        return;
                    }
                    throw new AssertionError("still not so after " + limit + ":\n" + this);
                }
            }
        }
    }

    /** Goes to the next thing that happens; false if that is after {@code end}. */
    private boolean step(long end) {
        long next = Math.min(network.next(), server.wakesAt());
        next = actions.isEmpty() ? next : Math.min(next, actions.peek().at());
        next = Math.min(next, due.next());
        if (next > end) {
            now = end;
            return false;
        }
        now = Math.max(now, next);
        while (!actions.isEmpty() && actions.peek().at() <= now) {
            actions.remove().run().run();
        }
        network.arrived(now).forEach(this::deliver);
        if (server.wakesAt() <= now) {
            server.wake();
        }
        due.wake(now);
        if (++steps >= nextRound) {
            nextRound = steps + Math.max(ROUND, ROUND_PER_CLIENT * clients.size());
            check();
        }
        return true;
    }

    /** A client wants to be woken at another time. */
    void wakesAnew(SimClient client) {
        due.set(client);
    }

    /** Everything that must be so at any time. */
    void check() {
        server.check();
        clients.forEach(SimClient::check);
    }

    // Datagrams
    // ----------------------------------------------------------------------------------------------------------------

    void sendToServer(SimClient client, byte[] bytes) {
        Wiretap.Seen seen = wiretap.sees(true, bytes, now);
        int copies = network.send(client.nat.outgoing(), client.server, bytes, client.up, now);
        trace(client.device, () -> "to server " + seen + ", " + bytes.length + " bytes" + fate(copies));
    }

    /** Returns the id of the server's connection that has sent it; 0 if none has. */
    long sendToClient(InetSocketAddress to, byte[] bytes) {
        Wiretap.Seen seen = wiretap.sees(false, bytes, now);
        SimClient client = at(to);
        InetSocketAddress from = client == null ? SimNetwork.SERVER : answersFrom.apply(client.server);
        int copies = network.send(from, to, bytes, client == null ? nowhere : client.down, now);
        trace(
                "server",
                () -> "to " + (client == null ? to : client.device) + " " + seen + ", " + bytes.length + " bytes"
                        + fate(copies));
        return seen.serverCid();
    }

    private static String fate(int copies) {
        return copies == 0 ? ", lost" : copies > 1 ? ", twice" : "";
    }

    /** Hands the server a datagram that comes from anywhere. */
    void inject(InetSocketAddress from, byte[] bytes) {
        trace("attacker", () -> bytes.length + " bytes to the server, as from " + from);
        network.countReceived(from, bytes.length, false);
        server.receive(from, bytes);
    }

    /**
     * Hands the server a datagram that somebody has seen, as if from elsewhere: what it proves about its sender it
     * proves.
     */
    void relay(InetSocketAddress from, SimNetwork.Datagram seen) {
        if (seen.proof()) {
            network.countReceived(seen.from(), 0, true);
        }
        inject(from, seen.bytes());
    }

    private void deliver(SimNetwork.Datagram datagram) {
        if (SimNetwork.isServer(datagram.to())) {
            if (server.isUp()) {
                network.countReceived(datagram.from(), datagram.bytes().length, datagram.proof());
                server.receive(datagram.from(), datagram.bytes());
            }
            return;
        }
        SimClient client = at(datagram.to());
        if (client != null) {
            network.countHeard(datagram.to());
            client.receive(datagram.from(), datagram.bytes());
        }
    }

    /** Who is, or was once, seen at an address. */
    @Nullable
    SimClient everAt(InetSocketAddress address) {
        return byAddress.get(address);
    }

    private @Nullable SimClient at(InetSocketAddress address) {
        SimClient client = byAddress.get(address);
        return client != null && !client.isDead() && client.nat.letsIn(address) ? client : null;
    }

    // The end
    // ----------------------------------------------------------------------------------------------------------------

    /**
     * Lets everything that is under way arrive, checks it, signs everybody out, and looks for what was left behind.
     * Once.
     */
    void finish() {
        if (!finished) {
            finished = true;
            Ending.of(this).finish();
        }
    }

    /** Whether everything is to come to an end: nothing new happens, and what is under way is settled. */
    boolean isEnding() {
        return finished;
    }

    void trace(String who, Supplier<String> what) {
        if (TRACE) {
            System.out.printf("%10.4f %-8s %s%n", (now - began) / 1e9, who, what.get());
        }
    }

    /** As an assertion, but cheap: it stands where everything passes. */
    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    /** The same, with words that would cost too much where everything passes. */
    static void require(boolean condition, Supplier<String> otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise.get());
        }
    }

    static String brief(ChatEvent event) {
        String text = event.isSaid() ? event.text() : event.content().getClass().getSimpleName();
        return "#" + event.sequence() + " " + event.from() + ": " + text.substring(0, Math.min(24, text.length()));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (SimClient client : clients) {
            text.append(client.device).append(client.isLive() ? " live" : " not live");
            client.rooms
                    .values()
                    .forEach(room -> text.append(", ")
                            .append(room.name)
                            .append(room.inside ? " up to " : " left at ")
                            .append(room.next - 1)
                            .append(" of ")
                            .append(server.journal.log(room.name).last()));
            client.calls.stream()
                    .filter(call -> !call.answered)
                    .limit(5)
                    .forEach(call -> text.append(", ").append(call));
            text.append(String.format("%n"));
        }
        return text.toString();
    }
}
