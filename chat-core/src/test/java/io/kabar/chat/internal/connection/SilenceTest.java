package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** RFC 9000 section 10.1. */
class SilenceTest {
    private static final ConnectionOptions OPTIONS =
            ConnectionOptions.CLIENT.withIdleTimeout(Duration.ofNanos(1000)).withKeepAlive(Duration.ofNanos(100));

    private final TimerTable timers = new TimerTable();
    private final Silence silence = new Silence(OPTIONS, timers, 5);

    @Test
    void our_own_time_begins_anew_with_each_question_and_the_peers_with_the_first() {
        silence.restart(1, 10);
        assertThat(timers.next()).isEqualTo(110);
        assertThat(silence.onElicitingSent(50)).isTrue();
        assertThat(timers.next()).isEqualTo(150);
        assertThat(silence.onElicitingSent(60)).isFalse();
        assertThat(timers.next()).isEqualTo(160);
        timers.stop(TimerTable.KEEP_ALIVE);
        assertThat(timers.next()).isEqualTo(1010);
        silence.onReceived(70);
        assertThat(silence.lastReceivedAt()).isEqualTo(70);
        assertThat(silence.onElicitingSent(80)).isTrue();
    }

    @Test
    void peer_has_three_probe_timeouts_at_least() {
        silence.restartIdle(333, 10);
        assertThat(timers.next()).isEqualTo(1010);
        silence.restartIdle(334, 10);
        assertThat(timers.next()).isEqualTo(10 + 3 * 334);
    }

    @Test
    void who_keeps_nothing_alive_sets_no_timer_for_it() {
        new Silence(OPTIONS.withKeepAlive(Duration.ZERO), timers, 5).restart(1, 10);
        assertThat(timers.running(TimerTable.KEEP_ALIVE)).isFalse();
    }
}
