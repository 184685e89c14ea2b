package io.kabar.storage.csv.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.storage.csv.layout.ClockJudge.State;
import io.kabar.storage.csv.layout.ClockJudge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockJudgeTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @ValueSource(longs = {365, 36_500, 2, -2, -365, -20_786})
    void a_clock_that_has_jumped_is_believed_after_a_day_of_running_and_not_before(long days) {
        ClockJudge judge = new ClockJudge(State.at(NOW));
        Instant jumped = NOW.plus(Duration.ofDays(days));

        assertThat(judge.look(jumped, Duration.ZERO)).isEqualTo(Verdict.JUMPED);
        for (int hour = 1; hour < 24; hour++) {
            // Also over restarts.
            judge = new ClockJudge(judge.state());
            assertThat(judge.look(jumped.plus(HOUR.multipliedBy(hour)), HOUR)).isEqualTo(Verdict.DOUBTED);
            assertThat(judge.certain()).isBeforeOrEqualTo(NOW.plus(HOUR.multipliedBy(hour)));
        }
        assertThat(judge.look(jumped.plus(HOUR.multipliedBy(24)), HOUR)).isEqualTo(Verdict.BELIEVED_AGAIN);
        assertThat(judge.certain()).isEqualTo(jumped.plus(HOUR.multipliedBy(24)));
    }

    @Test
    void a_clock_that_was_set_right_meanwhile_has_done_nothing() {
        ClockJudge judge = new ClockJudge(State.at(NOW));
        judge.look(NOW.plus(Duration.ofDays(400)), Duration.ZERO);
        judge.look(NOW.plus(Duration.ofDays(400)).plus(HOUR), HOUR);

        assertThat(judge.look(NOW.plus(HOUR.multipliedBy(2)), HOUR)).isEqualTo(Verdict.BELIEVED);
        assertThat(judge.certain()).isEqualTo(NOW.plus(HOUR.multipliedBy(2)));
        assertThat(judge.away()).isZero();
    }

    @Test
    void a_clock_that_jumps_on_begins_its_day_anew() {
        ClockJudge judge = new ClockJudge(State.at(NOW));
        judge.look(NOW.plus(Duration.ofDays(400)), Duration.ZERO);
        judge.look(NOW.plus(Duration.ofDays(400)).plus(HOUR.multipliedBy(23)), HOUR.multipliedBy(23));

        assertThat(judge.look(NOW.plus(Duration.ofDays(800)), HOUR)).isEqualTo(Verdict.JUMPED);
        assertThat(judge.certain()).isEqualTo(NOW.plus(HOUR.multipliedBy(24)));
    }

    @ParameterizedTest
    @ValueSource(longs = {24, 23, 12, 6, 3})
    void steps_add_up_to_a_jump(long hours) {
        ClockJudge judge = new ClockJudge(State.at(NOW));
        for (int hour = 1; hour <= 1_000; hour++) {
            // Also over restarts.
            judge = new ClockJudge(judge.state());
            judge.look(NOW.plus(HOUR.multipliedBy(hour * (hours + 1))), HOUR);
            assertThat(judge.certain())
                    .isBeforeOrEqualTo(NOW.plus(HOUR.multipliedBy(hour * (1L + ClockJudge.DRAIN)))
                            .plus(ClockJudge.JUMP));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {16, 12, 8, 1})
    void a_machine_that_sleeps_every_night_is_believed_all_the_time(long asleep) {
        ClockJudge judge = new ClockJudge(State.at(NOW));
        Instant now = NOW;
        for (int day = 0; day < 400; day++) {
            now = now.plus(HOUR.multipliedBy(asleep));
            assertThat(judge.look(now, Duration.ZERO)).isEqualTo(Verdict.BELIEVED);
            for (long hour = asleep; hour < 24; hour++) {
                now = now.plus(HOUR);
                assertThat(judge.look(now, HOUR)).isEqualTo(Verdict.BELIEVED);
            }
            assertThat(judge.certain()).isEqualTo(now);
        }
    }

    @Test
    void what_goes_back_and_forth_gains_nothing() {
        ClockJudge judge = new ClockJudge(State.at(NOW));
        for (int minute = 0; minute < 1_000; minute += 2) {
            assertThat(judge.look(NOW.minus(HOUR.multipliedBy(5)), Duration.ZERO))
                    .isEqualTo(Verdict.BELIEVED);
            assertThat(judge.look(NOW, Duration.ZERO)).isEqualTo(Verdict.BELIEVED);
        }
    }

    /**
     * Whatever the clock does: what is deleted is old by the clock, and by what the running time and a jump explain.
     */
    @Test
    void it_is_never_later_than_the_clock_says_nor_than_was_waited_for() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            ClockJudge judge = new ClockJudge(State.at(NOW));
            Instant wall = NOW;
            Instant before = NOW;
            for (int step = 0; step < 50; step++) {
                Duration ran = Duration.ofMinutes(random.nextInt(300));
                wall = wall.plus(ran);
                if (random.nextInt(4) == 0) {
                    wall = wall.plus(
                            Duration.ofHours((long) (random.nextGaussian() * Math.pow(10, random.nextInt(6)))));
                }
                if (random.nextInt(5) == 0) {
                    judge = new ClockJudge(judge.state());
                }
                Duration lasted = judge.state().lasted();
                Verdict verdict = judge.look(wall, ran);

                assertThat(judge.certain()).as("seed %d", seed).isBeforeOrEqualTo(wall);
                if (verdict == Verdict.BELIEVED_AGAIN) {
                    assertThat(lasted.plus(ran)).as("seed %d", seed).isGreaterThanOrEqualTo(ClockJudge.LASTS);
                } else {
                    assertThat(judge.state().known())
                            .as("seed %d", seed)
                            .isBeforeOrEqualTo(before.plus(ran).plus(ClockJudge.JUMP));
                }
                before = judge.state().known();
            }
        }
    }
}
