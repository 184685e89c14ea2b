package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimerTableTest {
    private final TimerTable timers = new TimerTable();

    @Test
    void next_is_the_earliest_of_those_that_run() {
        assertThat(timers.next()).isEqualTo(TimerTable.NEVER);
        timers.set(TimerTable.IDLE, 9);
        timers.set(TimerTable.LOSS, -5);
        timers.set(TimerTable.CLOSE, 7);
        assertThat(timers.next()).isEqualTo(-5);
        timers.stop(TimerTable.LOSS);
        assertThat(timers.running(TimerTable.LOSS)).isFalse();
        assertThat(timers.running(TimerTable.CLOSE)).isTrue();
        assertThat(timers.next()).isEqualTo(7);
        timers.clear();
        assertThat(timers.next()).isEqualTo(TimerTable.NEVER);
    }

    @Test
    void timer_runs_out_once_and_at_its_very_time() {
        timers.set(TimerTable.PATH, 7);
        assertThat(timers.expired(TimerTable.PATH, 6)).isFalse();
        assertThat(timers.expired(TimerTable.PATH, 7)).isTrue();
        assertThat(timers.expired(TimerTable.PATH, 8)).isFalse();
    }

    @Test
    void timer_is_hastened_but_never_put_off() {
        timers.hasten(TimerTable.KEYS, 9);
        assertThat(timers.next()).isEqualTo(9);
        timers.hasten(TimerTable.KEYS, 12);
        assertThat(timers.next()).isEqualTo(9);
        timers.hasten(TimerTable.KEYS, 3);
        assertThat(timers.next()).isEqualTo(3);
    }
}
