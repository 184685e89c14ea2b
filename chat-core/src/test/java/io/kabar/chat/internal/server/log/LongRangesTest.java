package io.kabar.chat.internal.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set of ranges, against a set of numbers. */
class LongRangesTest {

    private static final int MOST = 60;

    private final LongRanges ranges = new LongRanges();
    private final TreeSet<Long> numbers = new TreeSet<>();

    private boolean has(long from, long to) {
        for (long number = from; number <= to; number++) {
            if (!numbers.contains(number)) {
                return false;
            }
        }
        return true;
    }

    private void assertSame() {
        int runs = 0;
        long start = -1;
        for (long number = 0; number <= MOST + 1; number++) {
            boolean is = numbers.contains(number);
            assertThat(ranges.contains(number, number)).isEqualTo(is);
            if (is && !numbers.contains(number - 1)) {
                start = number;
                runs++;
            }
            if (is) {
                long end = number;
                while (numbers.contains(end + 1)) {
                    end++;
                }
                assertThat(ranges.startOf(number)).isEqualTo(start);
                assertThat(ranges.endOf(number)).isEqualTo(end);
                if (runs == 1) {
                    assertThat(ranges.first()).isEqualTo(start);
                    assertThat(ranges.firstEnd()).isEqualTo(end);
                }
            }
        }
        assertThat(ranges.size()).isEqualTo(runs);
        assertThat(ranges.isEmpty()).isEqualTo(numbers.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void ranges_hold_what_was_added_and_not_removed(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            long from = random.nextInt(MOST);
            long to = Math.min(MOST, from - 1 + random.nextInt(random.nextBoolean() ? 3 : 20));
            boolean adds = random.nextInt(5) > 1;
            if (adds) {
                ranges.add(from, to);
            } else {
                ranges.remove(from, to);
            }
            for (long number = from; number <= to; number++) {
                if (adds) {
                    numbers.add(number);
                } else {
                    numbers.remove(number);
                }
            }
            assertSame();
            long at = random.nextInt(MOST);
            long end = at + random.nextInt(10);
            assertThat(ranges.contains(at, end)).isEqualTo(has(at, end));
        }
    }
}
