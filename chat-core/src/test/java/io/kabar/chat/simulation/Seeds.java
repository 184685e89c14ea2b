package io.kabar.chat.simulation;

import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Runs a scenario under many seeds, on all cores, and names those that fail. */
final class Seeds {
    private static final int ENOUGH = 10;

    private Seeds() {}

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
        if (only != null) {
            scenario.accept(only);
            return;
        }
        long first = Long.getLong("sim.first", 0);
        long count = Long.getLong("sim.seeds", usual);
        ConcurrentSkipListMap<Long, Throwable> failures = new ConcurrentSkipListMap<>();
        LongStream.range(first, first + count).parallel().forEach(seed -> {
            if (failures.size() < ENOUGH) {
                try {
                    scenario.accept(seed);
                } catch (AssertionError | RuntimeException e) {
                    failures.put(seed, e);
                }
            }
        });
        report(failures);
    }

    private static void report(SortedMap<Long, Throwable> failures) {
        if (failures.isEmpty()) {
            return;
        }
        long lowest = failures.firstKey();
        Throwable first = failures.getOrDefault(lowest, new AssertionError());
        AssertionError error = new AssertionError(
                String.format("seeds %s failed; -Dsim.seed=%d replays the first: %s", failures.keySet(), lowest, first),
                first);
        failures.values().stream().skip(1).forEach(error::addSuppressed);
        throw error;
    }
}
