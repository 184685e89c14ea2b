package io.kabar.chat.simulation;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Worlds that nobody has thought of. */
class ExplorerTest {

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS) // as many seeds as one likes
    void whatever_happens_everybody_sees_the_same_in_the_end() {
        Seeds.run(300, Explorer::explore);
    }

    /**
     * Seeds that found a defect once. Each defect has a test of its own besides, since the explorer learns more and then
     * makes another world of the same seed.
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
