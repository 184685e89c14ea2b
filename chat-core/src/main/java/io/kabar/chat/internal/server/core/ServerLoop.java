package io.kabar.chat.internal.server.core;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What every part of a server shares: the present time, what it wants done, what is due later, and what was counted.
 */
public final class ServerLoop {

    private static final long MILLI = 1_000_000L;

    private final InstantSource wallClock;
    private final ServerCounters counters = new ServerCounters();
    private final Deadlines deadlines = new Deadlines();
    private final DelayedTasks delayedTasks =
            new DelayedTasks(deadlines, e -> defect("A delayed task of the server", e));
    private final ArrayDeque<ServerEvent> events = new ArrayDeque<>();
    private long now;
    private long ids;

    /** A loop without an input yet, whose events carry the time of this clock. */
    public ServerLoop(InstantSource wallClock) {
        this.wallClock = wallClock;
    }

    /** An input arrives at this time, in monotonic nanoseconds. */
    public void begin(long inputTime) {
        now = inputTime;
    }

    /** Monotonic nanoseconds of the present input. */
    public long now() {
        return now;
    }

    /** Wall time in milliseconds, which is what is kept and sent: finer, an event would change when it is read back. */
    public Instant time() {
        return Instant.ofEpochMilli(wallClock.millis());
    }

    /** An id for a call, a read or a proposal; each is given once. */
    public long nextId() {
        return ++ids;
    }

    /** Queues something for the host to do or to hear. */
    public void tell(ServerEvent event) {
        events.add(event);
    }

    /** The next thing for the host; null if there is none. */
    public @Nullable ServerEvent poll() {
        return events.poll();
    }

    /** Runs a task that belongs to no session when {@code time} has come. */
    public void at(long time, Runnable task) {
        delayedTasks.at(time, task);
    }

    /** Runs the tasks whose time has come. */
    public void runDelayed() {
        delayedTasks.runDue(now);
    }

    /** When each session, and the first of the delayed tasks, is due. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** What was counted since the server began. */
    public ServerCounters counters() {
        return counters;
    }

    /** Something that belongs to no session has met a defect in Kabar. */
    public void defect(String where, RuntimeException cause) {
        counters.countDefect();
        tell(new ServerEvent.Defect(where, cause));
    }

    /** A time to wait as clients are told it: whole milliseconds, none too few. */
    public static long ceilMillis(long nanos) {
        return (nanos + MILLI - 1) / MILLI;
    }
}
