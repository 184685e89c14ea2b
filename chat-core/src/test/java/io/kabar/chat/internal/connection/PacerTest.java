package io.kabar.chat.internal.connection;

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
}
