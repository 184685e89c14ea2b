package io.kabar.chat.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketNumbersTest {
    /** RFC 9000 appendix A.2. */
    @Test
    void length_is_that_of_the_rfc() {
        assertThat(PacketNumbers.length(0xac5c02, 0xabe8b3)).isEqualTo(2);
        assertThat(PacketNumbers.length(0xace8fe, 0xabe8b3)).isEqualTo(3);
    }

    @Test
    void length_grows_with_what_is_not_acknowledged() {
        assertThat(PacketNumbers.length(0, -1)).isEqualTo(1);
        assertThat(PacketNumbers.length(127, -1)).isEqualTo(1);
        assertThat(PacketNumbers.length(128, -1)).isEqualTo(2);
        assertThat(PacketNumbers.length(1L << 40, -1)).isEqualTo(4);
    }

    /** RFC 9000 appendix A.3. */
    @Test
    void decodes_the_number_of_the_rfc() {
        assertThat(PacketNumbers.decode(0xa82f30eaL, 0x9b32, 2)).isEqualTo(0xa82f9b32L);
    }

    @Test
    void every_number_comes_back_whatever_the_receiver_has_seen_in_between() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            long acked = random.nextInt(4) == 0 ? -1 : random.nextLong(1L << random.nextInt(1, 61));
            long number = acked + 1 + random.nextLong(1L << random.nextInt(1, 30));
            long seen = acked + random.nextLong(number - acked); // acked <= seen < number
            int length = PacketNumbers.length(number, acked);
            long truncated = number & ((1L << (8 * length)) - 1);

            assertThat(PacketNumbers.decode(seen, truncated, length)).isEqualTo(number);
        }
    }

    @Test
    void no_number_is_larger_than_a_varint() {
        for (int truncated = 0; truncated < 256; truncated++) {
            assertThat(PacketNumbers.decode(VarInt.MAX, truncated, 1)).isBetween(0L, VarInt.MAX);
        }
    }

    /** RFC 9000 section 17.1: what is as far behind the expected number as ahead of it is taken to be ahead. */
    @Test
    void decodes_to_the_number_within_half_a_window_of_the_expected_one() {
        for (int length = 1; length <= PacketNumbers.MAX_LENGTH; length++) {
            long window = 1L << (8 * length);
            long expected = 5 * window + 77;
            for (long number : new long[] {expected - window / 2 + 1, expected, expected + window / 2}) {
                assertThat(PacketNumbers.decode(expected - 1, number % window, length))
                        .isEqualTo(number);
            }
            assertThat(PacketNumbers.decode(-1, window - 1, length))
                    .as("there are none below 0")
                    .isEqualTo(window - 1);
        }
    }

    /** RFC 9000 section 17.1, at both ends of all numbers and in between. */
    @Test
    void decodes_to_the_number_closest_to_the_expected_one_of_all_there_are() {
        long window = 256;
        for (long around : new long[] {0, 5 * window, VarInt.MAX}) {
            for (long largest = Math.max(-1, around - 2 * window);
                    largest <= Math.min(VarInt.MAX, around + 2 * window);
                    largest++) {
                for (int truncated = 0; truncated < window; truncated++) {
                    assertThat(PacketNumbers.decode(largest, truncated, 1))
                            .isEqualTo(closest(largest + 1, truncated, window));
                }
            }
        }
    }

    /** Of two that are as close, the one ahead. */
    private static long closest(long expected, int truncated, long window) {
        long best = Long.MIN_VALUE;
        long first = expected / window * window + truncated;
        for (long number = first - 2 * window; number <= first + 2 * window; number += window) {
            boolean exists = number >= 0 && number <= VarInt.MAX;
            if (exists && (best < 0 || Math.abs(number - expected) <= Math.abs(best - expected))) {
                best = number;
            }
        }
        return best;
    }
}
