package io.kabar.chat.internal.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SpentTicketsTest {
    private static final long DAY = 86_400_000;

    private final SpentTickets spent = new SpentTickets(DAY);

    private static byte[] id(long number) {
        return ByteBuffer.allocate(16).putLong(number).putLong(number).array();
    }

    @Test
    void each_is_spent_once() {
        assertThat(spent.spend(id(1), 100, 100)).isTrue();
        assertThat(spent.spend(id(2), 100, 100))
                .as("another one of the same time")
                .isTrue();
        assertThat(spent.spend(id(1), 100, 101)).isFalse();
        assertThat(spent.isFresh(id(2), 100)).isFalse();
        assertThat(spent.isFresh(id(3), 99)).isTrue();
    }

    @Test
    void what_is_too_old_anyway_is_forgotten_and_counts_as_spent() {
        spent.spend(id(1), 100, 100);
        spent.spend(id(2), 200, 100 + DAY);
        assertThat(spent.size()).isEqualTo(2);
        spent.spend(id(3), 101 + DAY, 101 + DAY);

        assertThat(spent.size()).isEqualTo(2);
        assertThat(spent.isFresh(id(1), 100)).isFalse();
        assertThat(spent.isFresh(id(4), 101)).isTrue();
    }

    /** Somebody sets the clock a year ahead and back again: nothing that was spent is good again. */
    @Test
    void clock_that_is_set_makes_nothing_good_again() {
        spent.spend(id(1), 100, 100);
        spent.spend(id(2), 365 * DAY, 365 * DAY);

        assertThat(spent.isFresh(id(1), 100)).isFalse();
        assertThat(spent.isFresh(id(2), 365 * DAY)).isFalse();
    }

    @Test
    void full_memory_forgets_the_oldest_and_takes_nothing_that_is_not_newer() {
        for (int i = 1; i <= SpentTickets.REMEMBERED; i++) {
            spent.spend(id(i), 1000 + i, 1000 + i);
        }
        assertThat(spent.size()).isEqualTo(SpentTickets.REMEMBERED);
        assertThat(spent.spend(id(-1), 500, 100_000))
                .as("as there is room, an old one")
                .isTrue();

        assertThat(spent.size()).as("but no more room").isEqualTo(SpentTickets.REMEMBERED);
        assertThat(spent.isFresh(id(-1), 500)).isFalse();
        assertThat(spent.isFresh(id(-2), 500)).as("may have been spent").isFalse();
        assertThat(spent.spend(id(-3), 100_000, 100_000)).as("new ones go on").isTrue();
        assertThat(spent.size()).isEqualTo(SpentTickets.REMEMBERED);
        assertThat(spent.isFresh(id(1), 1001))
                .as("forgotten, and known as such")
                .isFalse();
        assertThat(spent.isFresh(id(2), 1002)).as("remembered").isFalse();
        assertThat(spent.isFresh(id(-4), 1002)).isTrue();
    }
}
