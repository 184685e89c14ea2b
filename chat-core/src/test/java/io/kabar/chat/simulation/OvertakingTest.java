package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.ConnectionStats;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines on which packets overtake each other: several ways side by side, radio that repeats by itself, ways that
 * change.
 */
class OvertakingTest {
    private static final double MEGABITS = 10;

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 8})
    void line_whose_delay_trembles_is_used(int jitterMillis) {
        uses(jitterMillis + " ms of jitter", link -> link.jitter = millis(jitterMillis));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05})
    void line_on_which_some_packets_are_overtaken_by_many_is_used(double overtaken) {
        uses(100 * overtaken + " % overtaken", link -> link.reordering = overtaken);
    }

    /**
     * Whatever was sent while the way was long is overtaken by what goes the short one: some hundred packets at once.
     */
    @Test
    void way_that_becomes_shorter_costs_little() {
        for (int seed = 1; seed <= (Lines.FULL ? 10 : 2); seed++) {
            World world = new World(seed);
            SimClient ada = Lines.reader(world, 6);
            line(ada);
            oneWay(ada, 75);
            world.in(Duration.ofSeconds(2), () -> oneWay(ada, 15));
            check("from 150 to 30 ms", world, ada);
        }
    }

    private static void uses(String what, Consumer<Link> trouble) {
        for (int seed = 1; seed <= (Lines.FULL ? 10 : 1); seed++) {
            World world = new World(seed);
            SimClient ada = Lines.reader(world, 4);
            line(ada);
            trouble.accept(ada.up);
            trouble.accept(ada.down);
            check(what, world, ada);
        }
    }

    private static void oneWay(SimClient client, int millis) {
        client.up.delay = millis(millis);
        client.down.delay = millis(millis);
    }

    private static void line(SimClient client) {
        client.down.bottleneck = new Bottleneck(MEGABITS, 25);
        client.up.bottleneck = new Bottleneck(MEGABITS, 25);
    }

    private static void check(String what, World world, SimClient ada) {
        long began = world.now;
        Lines.readsAll(world, ada);
        double share = Lines.share(world, Lines.read(ada), began, MEGABITS);
        ConnectionStats stats = Lines.server(world, ada);
        double spurious = (double) stats.packetsSpurious() / stats.packetsAcked();
        Lines.print("%s: %.0f %% of the line, %.2f %% spurious", what, 100 * share, 100 * spurious);
        assertThat(share).as("of the line, with " + what).isGreaterThan(0.8);
        assertThat(spurious).as("taken for lost and not, with " + what).isLessThan(0.01);
        world.finish();
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
