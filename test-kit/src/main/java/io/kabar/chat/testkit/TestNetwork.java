package io.kabar.chat.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A network in memory, and the clock of all machines on it. Servers and clients that are built by
 * {@link TestMachine#server} and {@link TestMachine#client} are real ones, and what they say to each other goes through
 * {@link TestLink lines} that are as bad as a test wants.
 *
 * <p>There is no thread behind it, and nothing happens by itself: a test lets things happen.
 * {@link #runUntilIdle} runs until all that was said has arrived; {@link #run} lets time pass; waiting for a future of
 * a client or a server ({@code join}, {@code get}), and closing one, runs as long as that takes. The clock stands still
 * else, and nobody ever sleeps: an hour passes as fast as nothing happens in it. Listeners are called, and futures
 * completed, on the thread that runs the network, unless a {@code callbackExecutor} is given.
 *
 * <p>The same seed makes the same datagrams late, lost or doubled, as long as the test does the same.
 *
 * <p>May be used by several threads; one at a time runs it. Parts of the program that have threads of their own are not
 * on the test's clock: what a journal or a {@code callbackExecutor} owes is waited for, at most five seconds of real
 * time, before the clock goes on; nothing else is.
 */
public final class TestNetwork {

    /** Nothing that is not in vain takes longer, of the network's time. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Turner turner = new Turner();
    private final Wires wires;
    private final Map<String, TestMachine> machines = new LinkedHashMap<>();

    /** A network without machines, on New Year's Day of 2030. */
    public TestNetwork(long seed) {
        wires = new Wires(seed, turner);
    }

    /** The machine of this name; made if there is none. */
    public synchronized TestMachine machine(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A machine has a name.");
        }
        return machines.computeIfAbsent(name, none -> new TestMachine(name, wires.host(name)));
    }

    /** Its clock, for what else a test has that tells the time. */
    public InstantSource clock() {
        return turner.clock();
    }

    /** What time it is. */
    public Instant now() {
        return clock().instant();
    }

    /**
     * Runs until nothing is left to do or to deliver: everything said has been acknowledged, whatever was lost on the
     * way, and all that comes of it is done. Takes as much of the network's time as that needs and no more. What waits
     * for more than that, such as for a line that is cut, for a server that is not there, or for an answer of the
     * program's, waits on.
     *
     * @throws IllegalStateException if there is no end of it within 15 minutes of the network's time
     */
    public void runUntilIdle() {
        if (!turner.turn(wires::isSettled, PATIENCE.toNanos())) {
            throw new IllegalStateException(
                    "The network is not idle after " + PATIENCE.toMinutes() + " minutes of its time.");
        }
    }

    /** Runs for so long. */
    public void run(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Time does not go back.");
        }
        boolean unused = turner.turn(() -> false, time.toNanos());
    }

    /**
     * Runs until something is so, at most so long.
     *
     * @throws IllegalStateException if it is not so by then
     */
    public void runUntil(BooleanSupplier condition, Duration atMost) {
        if (!turner.turn(condition, atMost.toNanos())) {
            throw new IllegalStateException("Still not so after " + atMost + " of the network's time.");
        }
    }

    /** Does something when so much time has passed, on the thread that runs the network then. */
    public void after(Duration time, Runnable action) {
        turner.at(turner.now() + time.toNanos(), action);
    }
}
