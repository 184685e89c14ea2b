package io.kabar.chat.internal.connection.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

class RangeSetTest {
    @Test
    void joins_what_touches() {
        RangeSet set = new RangeSet();
        set.add(10, 20);
        set.add(30, 40);
        set.add(20, 30);

        assertThat(set).hasToString("[10, 40]");
    }

    @Test
    void splits_where_something_is_taken_out() {
        RangeSet set = new RangeSet();
        set.add(10, 40);
        set.remove(20, 30);

        assertThat(set).hasToString("[10, 20, 30, 40]");
    }

    @Test
    void behaves_as_a_set_of_bits() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            RangeSet set = new RangeSet();
            BitSet bits = new BitSet();
            for (int i = 0; i < 60; i++) {
                int from = random.nextInt(100);
                int to = from + random.nextInt(1, 15);
                if (random.nextInt(3) > 0) {
                    set.add(from, to);
                    bits.set(from, to);
                } else {
                    set.remove(from, to);
                    bits.clear(from, to);
                }
                assertThat(set).as("seed " + seed).hasToString(ranges(bits));
            }
        }
    }

    @Test
    void ranges_are_counted_and_the_lowest_is_taken_away() {
        RangeSet set = new RangeSet();
        assertThat(set.isEmpty()).isTrue();
        set.add(10, 20);
        set.add(30, 40);
        set.add(50, 60);
        assertThat(set.isEmpty()).isFalse();
        assertThat(set.count()).isEqualTo(3);
        set.removeFirst();

        assertThat(set).hasToString("[30, 40, 50, 60]");
        assertThat(set.count()).isEqualTo(2);
        assertThat(set.from(1)).isEqualTo(50);
        assertThat(set.to(1)).isEqualTo(60);
    }

    private static String ranges(BitSet bits) {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        for (int from = bits.nextSetBit(0); from >= 0; from = bits.nextSetBit(bits.nextClearBit(from))) {
            text.add(Integer.toString(from)).add(Integer.toString(bits.nextClearBit(from)));
        }
        return text.toString();
    }
}
