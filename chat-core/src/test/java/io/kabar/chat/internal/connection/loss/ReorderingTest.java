package io.kabar.chat.internal.connection.loss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 9002 section 6.1, RFC 8985 section 6.2. */
class ReorderingTest {
    private static final long MS = 1_000_000;

    private final Reordering reordering = new Reordering();
    private final RttEstimator rtt = new RttEstimator();

    ReorderingTest() {
        rtt.sample(80 * MS, 0, 0);
    }

    @Test
    void begins_with_three_packets_and_an_eighth_of_a_round_trip() {
        assertThat(reordering.packets()).isEqualTo(3);
        assertThat(reordering.lossDelay(rtt)).isEqualTo(90 * MS);
    }

    @Test
    void bounds_grow_to_what_would_have_sufficed_and_no_further_than_is_sensible() {
        reordering.onSpurious(7, 80 * MS, rtt);
        assertThat(reordering.packets()).isEqualTo(8);
        assertThat(reordering.lossDelay(rtt)).as("it was not late").isEqualTo(90 * MS);

        reordering.onSpurious(2, 105 * MS, rtt);
        assertThat(reordering.packets()).isEqualTo(8);
        assertThat(reordering.lossDelay(rtt)).isEqualTo(110 * MS);

        reordering.onSpurious(100_000, 3600_000 * MS, rtt);
        assertThat(reordering.packets()).isEqualTo(64);
        assertThat(reordering.lossDelay(rtt)).isEqualTo(160 * MS);
    }

    @Test
    void are_forgotten_when_losses_have_been_what_they_seemed_for_long() {
        reordering.onSpurious(7, 105 * MS, rtt);
        for (int i = 0; i < 16; i++) {
            reordering.onCongestion();
        }
        assertThat(reordering.packets()).isEqualTo(8);
        reordering.onCongestion();

        assertThat(reordering.packets()).isEqualTo(3);
        assertThat(reordering.lossDelay(rtt)).isEqualTo(90 * MS);
    }
}
