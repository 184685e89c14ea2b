package io.kabar.chat.internal.connection.loss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long RTT = 100_000_000;

    @Test
    void lets_ten_datagrams_go_at_once_and_then_a_window_and_a_quarter_in_a_round_trip() {
        Pacer pacer = new Pacer(0);
        long window = 48_000; // 40 datagrams, so 50 in a round trip: one in 2 ms
        for (int i = 0; i < 10; i++) {
            assertThat(pacer.nextSend(window, RTT, 0)).isZero();
            pacer.onSent(1200);
        }
        long next = pacer.nextSend(window, RTT, 0);
        assertThat(next).isBetween(2_000_000L, 2_000_010L);
        assertThat(pacer.nextSend(window, RTT, next)).isEqualTo(next);
    }

    @Test
    void does_not_save_up_more_than_a_burst() {
        Pacer pacer = new Pacer(0);
        long later = 3600L * 1_000_000_000;
        int sent = 0;
        while (pacer.nextSend(48_000, RTT, later) <= later) {
            pacer.onSent(1200);
            sent++;
        }
        assertThat(sent).isEqualTo(10);
    }

    /** Else each acknowledgement that makes room in a window lets as many go at once as it was for. */
    @Test
    void saves_up_three_datagrams_while_the_window_lets_nobody_ask() {
        Pacer pacer = new Pacer(0);
        for (int i = 0; i < 10; i++) {
            pacer.nextSend(48_000, RTT, 0);
            pacer.onSent(1200);
        }

        assertThat(sendAll(pacer, RTT)).isEqualTo(3);
    }

    @Test
    void loop_that_wakes_up_late_makes_up_for_a_tick_of_its_clock() {
        Pacer pacer = new Pacer(0);
        assertThat(sendAll(pacer, 0)).isEqualTo(10);

        assertThat(sendAll(pacer, 16_000_000)).isEqualTo(8); // of 50 in 100 ms
        assertThat(sendAll(pacer, 3600L * 1_000_000_000)).isEqualTo(8);
    }

    /**
     * Probes and PINGs go whatever the pacer says, and a path may have become slow since: 700 kB would take half an
     * hour.
     */
    @Test
    void what_was_sent_without_asking_keeps_nobody_waiting_longer_than_a_round_trip() {
        Pacer pacer = new Pacer(0);
        for (int i = 0; i < 1000; i++) {
            pacer.onSent(700);
        }

        assertThat(pacer.nextSend(2_400, RTT, 0)).isBetween(1L, RTT);
    }

    @Test
    void datagram_that_never_left_gives_its_place_back() {
        Pacer pacer = new Pacer(0);
        assertThat(sendAll(pacer, 0)).isEqualTo(10);
        pacer.onNotSent(1200);

        assertThat(sendAll(pacer, 0)).isEqualTo(1);
    }

    /** Until the pacer says that the next one is to wait. */
    private static long sendAll(Pacer pacer, long now) {
        long sent = 0;
        for (; pacer.nextSend(48_000, RTT, now) <= now; sent++) {
            pacer.onSent(1200);
        }
        return sent;
    }
}
