package io.kabar.chat.internal.endpoint;

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
                while (budget.take(portion, now) == 0) {
                    done += portion;
                }
            }
            assertThat(done).isBetween(10_000L, 11_000 + 2 * portion);
        }
    }

    @Test
    void it_says_how_long_to_wait() {
        WorkBudget budget = new WorkBudget(1000);
        assertThat(budget.take(4000, 0)).isZero();
        long wait = budget.take(1, 0);
        assertThat(wait).isEqualTo(3 * SECOND);
        assertThat(budget.take(1, wait)).isZero();
    }
}
