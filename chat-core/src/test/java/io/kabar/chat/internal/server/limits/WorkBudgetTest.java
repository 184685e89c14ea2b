package io.kabar.chat.internal.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkBudgetTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void so_much_is_done_in_any_time_whoever_asks_and_in_whatever_portions() {
        for (long portion : new long[] {1, 7, 1000, 5000}) {
            WorkBudget budget = new WorkBudget(1000);
            long done = 0;
            for (long now = -SECOND; now < 9 * SECOND; now += SECOND / 1000) {
                while (take(budget, portion, now) == 0) {
                    done += portion;
                }
            }
            assertThat(done).isBetween(10_000L, 11_000 + 2 * portion);
        }
    }

    @Test
    void it_says_how_long_to_wait() {
        WorkBudget budget = new WorkBudget(1000);
        assertThat(take(budget, 4000, 0)).isZero();
        long wait = take(budget, 1, 0);
        assertThat(wait).isEqualTo(3 * SECOND);
        assertThat(take(budget, 1, wait)).isZero();
    }

    @Test
    void without_a_limit_it_only_counts() {
        WorkBudget budget = new WorkBudget(0);
        for (int i = 0; i < 100; i++) {
            assertThat(take(budget, 1_000_000_000, i)).isZero();
        }
        assertThat(budget.spent()).isEqualTo(100_000_000_000L);
    }

    private static long take(WorkBudget budget, long steps, long now) {
        long wait = budget.waitNanos(now);
        if (wait == 0) {
            budget.spend(steps, now);
        }
        return wait;
    }
}
