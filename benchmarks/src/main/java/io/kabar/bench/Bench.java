package io.kabar.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import io.kabar.chat.InviteLink;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The course of a run: sign everybody in, let them enter their rooms, listen to the silence, then send for a while,
 * count, and wait for what is still under way. One thread does it all.
 */
final class Bench {

    private static final long SECOND = 1_000_000_000L;
    /** Sign-ins and entries under way: enough to keep a server's workers busy, and few enough to lose no datagram. */
    private static final int AT_ONCE = 64;
    /** Nothing sent for so long means that everything has been said. */
    private static final long QUIET = SECOND / 4;
    /** How long a step without a length of its own may take: entering a room tells everybody of everybody. */
    private static final long STEP = Duration.ofMinutes(10).toNanos();
    /** How long messages may be under way after the last was sent. */
    private static final long DRAIN = Duration.ofSeconds(30).toNanos();
    /** Files the process needs besides a socket for each session. */
    private static final int SPARE_FILES = 64;

    private final Load load;
    private final @Nullable LocalServer local;
    private final InviteLink link;
    private final Progress progress;
    private final Tally tally = new Tally();
    private final List<RoomTraffic> rooms = new ArrayList<>();
    private final List<RoomName> names = new ArrayList<>();
    private final Report report = new Report();
    /** Names and rooms of a run, so that a server that keeps them can be measured again. */
    private final String tag = Integer.toString(new SecureRandom().nextInt(36 * 36 * 36 * 36), 36);

    /** {@code local} is the server of the link if it is one of ours; null if it is elsewhere. */
    Bench(Load load, @Nullable LocalServer local, InviteLink link, Progress progress) {
        this.load = load;
        this.local = local;
        this.link = link;
        this.progress = progress;
        for (int room = 0; room < load.rooms(); room++) {
            int members = load.sessions() / load.rooms() + (room < load.sessions() % load.rooms() ? 1 : 0);
            rooms.add(new RoomTraffic(members, load.senders(), load.size()));
            names.add(RoomName.of("bench-" + tag + "-" + room));
        }
    }

    /** Runs it. The report's lost, doubled and disordered are 0 if the server is sound. */
    Report run() throws IOException, BenchException, InterruptedException {
        checkFiles();
        InetSocketAddress address = new InetSocketAddress(link.host(), link.port());
        if (address.isUnresolved()) {
            throw new BenchException("There is no address for " + link.host() + ".");
        }
        try (Fleet fleet = new Fleet(address, link.key().orElse(null))) {
            // The first alone: what a server loads once is not what a session costs.
            signIn(fleet, 1);
            enter(fleet);
            OptionalLong bytesBefore = local == null ? OptionalLong.empty() : local.liveBytes();
            measureLogins(fleet);
            enter(fleet);
            quiet(fleet);
            measureHeap(bytesBefore);
            measureIdle(fleet);
            measureLoad(fleet);
            fleet.signOut();
        }
        return report;
    }

    private void checkFiles() throws BenchException {
        int needed = load.sessions() + SPARE_FILES;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() < needed) {
            throw new BenchException("A session needs a socket, and this process may open "
                    + system.getMaxFileDescriptorCount() + " files: allow more (ulimit -n " + 2 * needed
                    + ") or ask for fewer --sessions.");
        }
    }

    private void signIn(Fleet fleet, int total) throws IOException, BenchException {
        await(fleet, STEP, () -> "signing in: " + tally.signedIn + " of " + load.sessions(), () -> {
            for (int i = fleet.clients().size(); i < total && i - tally.signedIn < AT_ONCE; i++) {
                int room = i % load.rooms();
                fleet.add(
                        new UserName("b" + tag + "-" + i),
                        names.get(room),
                        rooms.get(room).reader(),
                        tally);
            }
            return tally.signedIn == total;
        });
    }

    /** Lets those enter who are signed in and outside. */
    private void enter(Fleet fleet) throws IOException, BenchException {
        int[] next = {tally.inside};
        await(fleet, STEP, () -> "entering: " + tally.inside + " of " + load.sessions(), () -> {
            long now = System.nanoTime();
            for (; next[0] < tally.signedIn && next[0] - tally.inside < AT_ONCE; next[0]++) {
                BenchClient client = fleet.clients().get(next[0]);
                client.join(now);
                fleet.flush(client, now);
            }
            return tally.inside == tally.signedIn;
        });
    }

    private void quiet(Fleet fleet) throws IOException, BenchException {
        await(fleet, STEP, () -> "waiting for quiet", () -> System.nanoTime() - fleet.lastDatagramAt() >= QUIET);
    }

    private void measureLogins(Fleet fleet) throws IOException, BenchException {
        int logins = load.sessions() - tally.signedIn;
        Sample before = sample(fleet);
        signIn(fleet, load.sessions());
        Sample after = sample(fleet);
        report.put("logins_per_s", logins == 0 ? null : Report.each(SECOND * (double) logins, after.at - before.at));
        report.put("server_cpu_us_per_login", Report.each(cpuMicros(before, after), logins));
    }

    private void measureHeap(OptionalLong before) throws IOException, InterruptedException {
        OptionalLong after = local == null ? OptionalLong.empty() : local.liveBytes();
        boolean known = before.isPresent() && after.isPresent();
        report.put(
                "heap_bytes_per_session",
                known ? Report.each(after.getAsLong() - before.getAsLong(), load.sessions() - 1) : null);
    }

    private void measureIdle(Fleet fleet) throws IOException, BenchException {
        Sample before = sample(fleet);
        long end = before.at + load.idleSeconds() * SECOND;
        await(fleet, Long.MAX_VALUE, () -> "idle", end, () -> System.nanoTime() >= end);
        Double micros = cpuMicros(before, sample(fleet));
        report.put("idle_cpu_ms_per_s", micros == null ? null : Report.each(micros / 1000, load.idleSeconds()));
    }

    private void measureLoad(Fleet fleet) throws IOException, BenchException {
        warmUp(fleet);
        long start = System.nanoTime();
        long until = start + load.durationSeconds() * SECOND;
        tally.countFrom(start, until);
        // Rooms take turns, or all of them would send at the same moment.
        for (int room = 0; room < rooms.size(); room++) {
            rooms.get(room).start(start + (load.full() ? 0 : room * SECOND / load.rate()), interval());
        }
        Sample before = sample(fleet);
        send(fleet, until);
        Sample after = sample(fleet);
        drain(fleet);
        conclude(fleet, before, after);
        describe();
    }

    private long interval() {
        return load.full() ? 0 : SECOND * load.rooms() / load.rate();
    }

    /**
     * Full load, whatever the rate is: a JVM compiles what runs often, and at a low rate it would do so for minutes,
     * all of which would count.
     */
    private void warmUp(Fleet fleet) throws IOException, BenchException {
        long start = System.nanoTime();
        rooms.forEach(room -> room.start(start, 0));
        send(fleet, start + load.warmupSeconds() * SECOND);
        if (!load.full()) {
            drain(fleet);
            quiet(fleet);
        }
    }

    private void drain(Fleet fleet) throws IOException, BenchException {
        rooms.forEach(RoomTraffic::stop);
        await(
                fleet,
                DRAIN,
                () -> "waiting for the last messages",
                () -> fleet.failure() != null || rooms.stream().allMatch(RoomTraffic::allArrived));
    }

    private void conclude(Fleet fleet, Sample before, Sample after) {
        long deliveries = after.deliveries - before.deliveries;
        double seconds = (after.at - before.at) / (double) SECOND;
        report.put("deliveries", deliveries);
        report.put("deliveries_per_s", deliveries / seconds);
        report.put("lost", fleet.clients().stream().mapToLong(BenchClient::lost).sum());
        report.put("doubled", tally.doubled);
        report.put("disordered", tally.disordered);
        report.latencies(tally.latencies());
        report.put("server_cpu_us_per_delivery", Report.each(cpuMicros(before, after), deliveries));
        report.put("server_cpu_share", Report.each(cpuMicros(before, after), (after.at - before.at) / 1000));
        report.put("datagrams_per_delivery", Report.each(after.datagrams - before.datagrams, deliveries));
        report.put("bytes_per_delivery", Report.each(after.bytes - before.bytes, deliveries));
        report.put(
                "server_rss_mib",
                local != null && local.residentMib().isPresent()
                        ? local.residentMib().getAsDouble()
                        : null);
    }

    private void describe() {
        Map<String, @Nullable Object> versions = new LinkedHashMap<>();
        versions.put("kabar", Version.text());
        versions.put("java", System.getProperty("java.runtime.version"));
        versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        versions.put("machine", System.getProperty("os.arch"));
        versions.put("processors", Runtime.getRuntime().availableProcessors());
        report.put("versions", versions);
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("server", local == null ? link.address() : "own, " + String.join(" ", LocalServer.flags()));
        settings.put("sessions", load.sessions());
        settings.put("rooms", load.rooms());
        settings.put("senders", load.senders());
        settings.put("size", load.size());
        settings.put("rate", load.full() ? null : load.rate());
        settings.put("warmup", load.warmupSeconds());
        settings.put("duration", load.durationSeconds());
        settings.put("idle", load.idleSeconds());
        report.put("settings", settings);
    }

    /** Sends what is due until {@code end}. */
    private void send(Fleet fleet, long end) throws IOException, BenchException {
        while (System.nanoTime() < end) {
            long next = end;
            for (int room = 0; room < rooms.size(); room++) {
                next = Math.min(next, sendDue(fleet, room));
            }
            turn(fleet, next);
            progress.show(String.format(Locale.ROOT, "sending: %,d deliveries", tally.deliveries));
        }
    }

    /** Sends what is due in a room; returns when the next message is. */
    private long sendDue(Fleet fleet, int room) {
        RoomTraffic traffic = rooms.get(room);
        long now = System.nanoTime();
        while (traffic.dueAt() <= now) {
            // Session s is in room s modulo the rooms, and the first of a room's are its senders.
            BenchClient sender = fleet.clients().get(traffic.nextSender() * load.rooms() + room);
            sender.say(traffic.next(now), now);
            fleet.flush(sender, now);
        }
        return traffic.dueAt();
    }

    private interface Condition {
        boolean met() throws IOException;
    }

    private void await(Fleet fleet, long limit, Supplier<String> words, Condition condition)
            throws IOException, BenchException {
        await(fleet, limit, words, Long.MAX_VALUE, condition);
    }

    /** Lets the fleet turn until the condition is met, which is looked at after each turn and at {@code wakeAt}. */
    private void await(Fleet fleet, long limit, Supplier<String> words, long wakeAt, Condition condition)
            throws IOException, BenchException {
        long start = System.nanoTime();
        while (!condition.met()) {
            long now = System.nanoTime();
            if (now - start > limit) {
                throw new BenchException("Gave up after " + limit / SECOND + " seconds of " + words.get() + ".");
            }
            turn(fleet, Math.min(wakeAt, now + QUIET));
            progress.show(words.get());
        }
    }

    private void turn(Fleet fleet, long until) throws IOException, BenchException {
        fleet.turn(until);
        String failure = fleet.failure();
        if (failure == null && local != null && !local.isAlive()) {
            failure = "The server has ended.";
        }
        if (failure != null) {
            throw new BenchException(failure);
        }
    }

    private @Nullable Double cpuMicros(Sample before, Sample after) {
        return before.cpu == null || after.cpu == null
                ? null
                : after.cpu.minus(before.cpu).toNanos() / 1000.0;
    }

    /** The counters at one moment. */
    private record Sample(long at, @Nullable Duration cpu, long deliveries, long datagrams, long bytes) {}

    private Sample sample(Fleet fleet) {
        Duration cpu = local == null ? null : local.cpu().orElse(null);
        return new Sample(System.nanoTime(), cpu, tally.deliveries, fleet.datagrams(), fleet.bytes());
    }
}
