package io.kabar.chat.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Runs a scenario under many seeds, on all cores, and names those that fail.
 *
 * <p>{@code -Dsim.seed=N} replays one and tells everything that happens. {@code -Dsim.seeds=M} runs so many, from
 * {@code -Dsim.from=N} on, in {@code -Dsim.threads=T} threads; then it prints how far it is and each seed that fails,
 * and goes on to the end. Both with {@link CheapKeys}.
 */
final class Seeds {
    /** Failures after which the usual run has seen enough. */
    private static final int ENOUGH = 10;

    /** Between two words about how far it is, in nanoseconds. */
    private static final long PROGRESS = 60_000_000_000L;

    private final LongConsumer scenario;
    private final long first = Long.getLong("sim.from", 0);
    private final boolean many = Long.getLong("sim.seeds") != null;
    private final long count;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final long began = System.nanoTime();
    private final AtomicLong toldAt = new AtomicLong(began);
    private final ConcurrentSkipListSet<Long> failed = new ConcurrentSkipListSet<>();
    /** The first ones only, since each may hold a whole world in its words. */
    private final SortedMap<Long, Throwable> failures = new ConcurrentSkipListMap<>();

    private Seeds(int usual, LongConsumer scenario) {
        this.scenario = scenario;
        count = Long.getLong("sim.seeds", usual);
    }

    /** What befalls clients that are in the lobby. */
    interface Scenario {
        void play(World world, List<SimClient> clients);
    }

    /** Runs a scenario with so many clients under so many seeds, and finishes each world if the scenario has not. */
    static void lobby(int usual, int clients, Scenario scenario) {
        run(usual, seed -> {
            World world = new World(seed);
            scenario.play(world, world.lobby(clients));
            world.finish();
        });
    }

    /** Under so many seeds; or as many as {@code -Dsim.seeds} says, or only the one of {@code -Dsim.seed}. */
    static void run(int usual, LongConsumer scenario) {
        Long only = Long.getLong("sim.seed");
        if (only != null || Long.getLong("sim.seeds") != null) {
            CheapKeys.install();
        }
        if (only != null) {
            scenario.accept(only);
        } else {
            new Seeds(usual, scenario).run();
        }
    }

    private void run() {
        List<Thread> threads = new ArrayList<>();
        for (int i = Integer.getInteger("sim.threads", Runtime.getRuntime().availableProcessors()); i > 0; i--) {
            Thread thread = new Thread(this::work, "seeds-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            taken.set(count); // out of time
            Thread.currentThread().interrupt();
        }
        report();
    }

    private void work() {
        for (long i = taken.getAndIncrement(); i < count; i = taken.getAndIncrement()) {
            if (!many && failed.size() >= ENOUGH) {
                return;
            }
            try {
                scenario.accept(first + i);
            } catch (Throwable e) { // also what no scenario should throw: the seed has failed, the others are to go on
                failed(first + i, e);
            }
            done.incrementAndGet();
            tellProgress();
        }
    }

    private void tellProgress() {
        long now = System.nanoTime();
        long told = toldAt.get();
        if (many && now - told >= PROGRESS && toldAt.compareAndSet(told, now)) {
            System.out.printf(
                    "%d of %d seeds, %.0f a second, %d failed%n",
                    done.get(), count, done.get() * 1e9 / (now - began), failed.size());
        }
    }

    private void failed(long seed, Throwable error) {
        failed.add(seed);
        if (failures.size() < ENOUGH) {
            failures.put(seed, error);
        }
        if (many) {
            System.out.printf("seed %d failed: %s%n", seed, firstLines(error));
        }
    }

    private static String firstLines(Throwable error) {
        String text = String.valueOf(error).strip().replaceAll("\\s*\\R\\s*", " | ");
        return text.substring(0, Math.min(300, text.length()));
    }

    private void report() {
        if (failed.isEmpty()) {
            return;
        }
        Map.Entry<Long, Throwable> first = failures.entrySet().iterator().next();
        AssertionError error = new AssertionError(
                String.format(
                        "seeds %s failed; -Dsim.seed=%d replays one: %s", failed, first.getKey(), first.getValue()),
                first.getValue());
        failures.values().stream().skip(1).forEach(error::addSuppressed);
        throw error;
    }
}
