package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void a_number_counts_once() {
        assertThat(window.admit(5)).isTrue();
        assertThat(window.admit(5)).isFalse();
        assertThat(window.admit(3)).isTrue();
        assertThat(window.admit(3)).isFalse();
        assertThat(window.largest()).isEqualTo(5);
    }

    @Test
    void a_number_older_than_the_window_does_not_count() {
        window.admit(10_000);

        assertThat(window.admit(10_000 - ReplayWindow.SIZE + 1)).isTrue();
        assertThat(window.admit(10_000 - ReplayWindow.SIZE)).isFalse();
    }

    @Test
    void numbers_that_share_a_bit_are_told_apart() {
        window.admit(1);
        window.admit(1 + ReplayWindow.SIZE);

        assertThat(window.admit(2)).isTrue();
        assertThat(window.admit(2 + ReplayWindow.SIZE)).isTrue();
        assertThat(window.admit(1 + 3L * ReplayWindow.SIZE)).isTrue();
        assertThat(window.admit(2 + 2L * ReplayWindow.SIZE + 1)).isTrue();
    }

    @Test
    void behaves_as_a_set() {
        Random random = new Random(11);
        Set<Long> seen = new HashSet<>();
        long largest = 0;
        for (int i = 0; i < 100_000; i++) {
            long number = Math.max(0, largest + random.nextInt(-1500, random.nextInt(50) == 0 ? 3000 : 3));
            boolean expected = number > largest - ReplayWindow.SIZE && !seen.contains(number);
            if (i == 0) {
                number = 0;
                expected = true;
            }
            assertThat(window.admit(number)).isEqualTo(expected);
            if (expected) {
                seen.add(number);
                largest = Math.max(largest, number);
            }
        }
    }
}
