package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Worlds that nobody has thought of. */
@ExtendWith(CheapKeys.class)
class ExplorerTest {

    @Test
    @Timeout(value = 24, unit = TimeUnit.HOURS) // as many seeds as one likes
    void whatever_happens_everybody_sees_the_same_in_the_end() {
        Seeds.run(300, Explorer::explore);
    }

    /** Most who come back do so by ticket, some are asked for their password after all. */
    @Test
    void tickets_are_taken_and_not_taken() {
        long resumed = 0;
        long all = 0;
        // One in ten asks for a password: two hundred are more than enough, and most of the time a dozen are.
        for (long seed = 0; seed < 200 && (resumed == 0 || resumed == all); seed++) {
            World world = Explorer.world(seed);
            resumed += world.server.resumptions();
            all += world.clients.stream()
                    .mapToLong(client -> Math.max(0, client.connections - 1))
                    .sum();
        }
        assertThat(resumed).isBetween(1L, all - 1);
    }

    /** Or no failure could be looked into. */
    @Test
    void same_seed_makes_the_same_world_again() {
        for (long seed = 0; seed < 20; seed++) {
            long fingerprint = Explorer.world(seed).network.fingerprint;
            assertThat(Explorer.world(seed).network.fingerprint)
                    .as("seed %d", seed)
                    .isEqualTo(fingerprint);
        }
    }

    /**
     * Seeds that found a defect once. Each defect has a test of its own besides, since the explorer learns more and
     * then makes another world of the same seed.
     */
    @ParameterizedTest
    @ValueSource(
            longs = {
                54, 59, 1089, 1468, 1917, 2125, 10011, 10371, 10627, 12767, 12959, 20768, 20852, 105076, 105437, 118539,
                203493, 501830, 507771, 516194, 517988, 519608
            })
    void seed_that_failed_once_does_not_fail_again(long seed) {
        Explorer.explore(seed);
    }
}
