package io.kabar.chat.internal.connection.loss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers worked by hand from RFC 9002 sections 5 and 6. */
class RttEstimatorTest {
    private static final long MS = 1_000_000;
    private static final long MAX_ACK_DELAY = 25 * MS;

    private final RttEstimator rtt = new RttEstimator();

    @Test
    void begins_at_a_third_of_a_second() {
        assertThat(rtt.smoothed()).isEqualTo(333 * MS);
        assertThat(rtt.pto(MAX_ACK_DELAY)).isEqualTo((333 + 4 * 333 / 2 + 25) * MS);
        assertThat(rtt.min()).isZero();
    }

    @Test
    void first_sample_stands_for_all() {
        rtt.sample(100 * MS, 20 * MS, MAX_ACK_DELAY);

        assertThat(rtt.smoothed()).isEqualTo(100 * MS);
        assertThat(rtt.min()).isEqualTo(100 * MS);
        assertThat(rtt.pto(MAX_ACK_DELAY)).isEqualTo((100 + 4 * 50 + 25) * MS);
        assertThat(new Reordering().lossDelay(rtt)).isEqualTo(112_500_000);
    }

    @Test
    void later_samples_are_smoothed_and_freed_of_the_delay_of_the_acknowledgement() {
        rtt.sample(100 * MS, 0, MAX_ACK_DELAY);
        rtt.sample(140 * MS, 10 * MS, MAX_ACK_DELAY);

        // 130 without the delay: variation (3 * 50 + |100 - 130|) / 4 = 45, smoothed (7 * 100 + 130) / 8 = 103.75.
        assertThat(rtt.smoothed()).isEqualTo(103_750_000);
        assertThat(rtt.pto(0)).isEqualTo(103_750_000 + 4 * 45 * MS);
        assertThat(new Reordering().lossDelay(rtt)).isEqualTo(140 * MS * 9 / 8);
    }

    @Test
    void delay_is_not_believed_beyond_its_maximum_nor_below_the_minimum() {
        rtt.sample(100 * MS, 0, MAX_ACK_DELAY);
        rtt.sample(180 * MS, 80 * MS, MAX_ACK_DELAY);
        assertThat(rtt.smoothed()).isEqualTo((7 * 100 + 180 - 25 - 16) * MS / 8);

        RttEstimator other = new RttEstimator();
        other.sample(100 * MS, 0, MAX_ACK_DELAY);
        other.sample(110 * MS, 20 * MS, MAX_ACK_DELAY); // 90 would be less than the least
        assertThat(other.smoothed()).isEqualTo((7 * 100 + 110) * MS / 8);
    }

    @Test
    void nothing_is_further_away_than_thirty_seconds() {
        rtt.sample(Long.MAX_VALUE / 2, 0, MAX_ACK_DELAY);

        assertThat(rtt.smoothed()).isEqualTo(30_000 * MS);
        assertThat(rtt.pto(MAX_ACK_DELAY)).isEqualTo((30_000 + 4 * 15_000 + 25) * MS);
    }

    @Test
    void timers_are_never_finer_than_a_millisecond_and_nobody_is_asked_again_while_a_program_may_stand_still() {
        for (int i = 0; i < 100; i++) {
            rtt.sample(50_000, 0, MAX_ACK_DELAY);
        }

        assertThat(rtt.pto(MAX_ACK_DELAY)).isEqualTo(85 * MS - 50_000);
        assertThat(new Reordering().lossDelay(rtt)).isEqualTo(MS);
    }

    /** The longer the way, the less of the wait is the peer's, and the more is a person's. */
    @Test
    void long_way_is_not_waited_for_longer_than_it_takes() {
        rtt.begin(30 * MS);
        for (int i = 0; i < 100; i++) {
            rtt.sample(30 * MS, 0, MAX_ACK_DELAY);
        }

        assertThat(rtt.pto(MAX_ACK_DELAY)).isEqualTo((30 + 1 + 25) * MS);
    }

    /** With it, what is said once in a while, and acknowledged late each time, does not make the way seem longer. */
    @Test
    void handshake_stands_for_the_first_sample_and_shows_what_later_ones_are_delayed_by() {
        rtt.begin(MS);
        for (int i = 0; i < 100; i++) {
            rtt.sample(42 * MS, 41 * MS, MAX_ACK_DELAY); // 25, and a timer that is 16 ms late
        }
        assertThat(rtt.min()).isEqualTo(MS);
        assertThat(rtt.smoothed()).isEqualTo(MS);

        rtt.begin(MS / 2);
        assertThat(rtt.smoothed()).as("it is long over").isEqualTo(MS);
    }

    @Test
    void says_whether_anything_is_known() {
        assertThat(rtt.sampled()).isFalse();
        rtt.begin(MS);
        assertThat(rtt.sampled()).isTrue();
    }
}
