package io.kabar.chat.internal.connection.loss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers worked by hand from RFC 9002 section 7. */
class CongestionControllerTest {
    private final CongestionController congestion = new CongestionController();

    CongestionControllerTest() {
        congestion.applicationLimited(false);
    }

    @Test
    void slow_start_grows_by_what_is_acknowledged() {
        fill(10);
        assertThat(congestion.hasSpace()).isFalse();
        acknowledge(10, 1);

        assertThat(congestion.window()).isEqualTo(24_000);
        assertThat(congestion.bytesInFlight()).isZero();
    }

    @Test
    void loss_halves_the_window_once_for_a_round_trip() {
        fill(10);
        congestion.onLost(1200);
        congestion.onCongestion(1, 5, 100);
        congestion.onLost(1200);
        congestion.onCongestion(1, 6, 101); // sent before the window was halved

        assertThat(congestion.window()).isEqualTo(6000);
        assertThat(congestion.bytesInFlight()).isEqualTo(8 * 1200);
        congestion.onCongestion(1, 102, 103);
        assertThat(congestion.window()).isEqualTo(3000);
    }

    @Test
    void window_does_not_grow_in_recovery_and_by_a_datagram_a_round_trip_afterwards() {
        fill(10);
        congestion.onCongestion(1, 5, 100);
        acknowledge(5, 50);
        assertThat(congestion.window()).isEqualTo(6000);
        acknowledge(4, 101);
        assertThat(congestion.window()).isEqualTo(6000);
        acknowledge(1, 101);
        assertThat(congestion.window()).isEqualTo(7200);
    }

    @Test
    void never_grows_beyond_a_mebibyte() {
        for (int i = 0; i < 2000; i++) {
            fill(1);
            acknowledge(1, i);
        }
        assertThat(congestion.window()).isEqualTo(1024 * 1024);
    }

    @Test
    void never_falls_below_two_datagrams() {
        for (int i = 0; i < 10; i++) {
            congestion.onCongestion(1, 10L * i + 1, 10L * i + 2);
        }
        assertThat(congestion.window()).isEqualTo(2400);
    }

    @Test
    void persistent_congestion_begins_anew_from_two_datagrams() {
        congestion.onCongestion(1, 1, 2);
        congestion.onPersistentCongestion();
        assertThat(congestion.window()).isEqualTo(2400);

        fill(2);
        acknowledge(2, 1); // recovery is over, slow start up to the threshold of 6000
        assertThat(congestion.window()).isEqualTo(4800);
    }

    /** RFC 9438 section 4.9.2. */
    @Test
    void congestion_that_was_none_is_taken_back_once_all_that_was_lost_has_arrived() {
        fill(10);
        congestion.onCongestion(2, 5, 100);
        congestion.onCongestion(1, 7, 110);
        assertThat(congestion.window()).isEqualTo(6000);
        congestion.onSpurious(4, 100);
        congestion.onSpurious(7, 110);
        assertThat(congestion.window()).isEqualTo(6000);
        congestion.onSpurious(5, 100);

        assertThat(congestion.window()).isEqualTo(12_000);
        acknowledge(1, 50);
        assertThat(congestion.window()).as("slow start goes on").isEqualTo(13_200);
    }

    @Test
    void what_arrives_after_a_later_congestion_takes_nothing_back() {
        fill(10);
        congestion.onCongestion(1, 5, 100);
        congestion.onCongestion(1, 150, 200);
        congestion.onSpurious(5, 100);
        assertThat(congestion.window()).isEqualTo(3000);
        congestion.onPersistentCongestion();
        congestion.onSpurious(150, 200);

        assertThat(congestion.window()).isEqualTo(2400);
    }

    @Test
    void acknowledgements_prove_nothing_while_the_application_has_too_little_to_say() {
        congestion.applicationLimited(true);
        fill(1);
        acknowledge(1, 1);

        assertThat(congestion.window()).isEqualTo(12_000);
    }

    @Test
    void there_is_space_for_a_datagram_that_fills_the_window_to_the_byte() {
        fill(9);
        assertThat(congestion.space()).isEqualTo(1200);
        assertThat(congestion.hasSpace()).isTrue();
        congestion.onSent(1);
        assertThat(congestion.space()).isEqualTo(1199);
        assertThat(congestion.hasSpace()).isFalse();
    }

    @Test
    void what_was_sent_at_the_very_time_of_the_congestion_is_of_it() {
        fill(10);
        assertThat(congestion.onCongestion(1, 5, 100)).isTrue();
        assertThat(congestion.onCongestion(1, 100, 110)).isFalse();
        assertThat(congestion.window()).isEqualTo(6000);
        acknowledge(10, 100);
        assertThat(congestion.window())
                .as("no acknowledgement of it lets the window grow")
                .isEqualTo(6000);

        congestion.onSpurious(5, 100);
        assertThat(congestion.window()).isEqualTo(6000);
        congestion.onSpurious(100, 110);
        assertThat(congestion.window()).as("neither was lost").isEqualTo(12_000);
    }

    @Test
    void window_grows_by_a_datagram_for_each_window_that_is_acknowledged() {
        congestion.onCongestion(1, 5, 100);
        fill(11);
        acknowledge(5, 101);
        assertThat(congestion.window()).isEqualTo(7200);
        acknowledge(5, 101);
        assertThat(congestion.window()).isEqualTo(7200);
        acknowledge(1, 101);
        assertThat(congestion.window()).isEqualTo(8400);
    }

    private void fill(int datagrams) {
        for (int i = 0; i < datagrams; i++) {
            congestion.onSent(1200);
        }
    }

    private void acknowledge(int datagrams, long sentAt) {
        for (int i = 0; i < datagrams; i++) {
            congestion.onAcked(1200, sentAt);
        }
    }
}
