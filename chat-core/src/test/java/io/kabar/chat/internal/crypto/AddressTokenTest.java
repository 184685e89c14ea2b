package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTokenTest {
    private static final long SECOND = 1_000_000_000;
    private static final byte[] ADDRESS = {(byte) 192, 0, 2, 1};
    private static final int PORT = 40_000;
    private static final byte[] CID = Hex.bytes("0102030405060708");
    private static final byte[] EPHEMERAL = Hex.bytes("e0".repeat(32));

    private final AddressToken tokens = new AddressToken(Hex.bytes("07".repeat(32)));

    /** Monotonic time has no zero: it may be negative, and it may pass from the largest value to the smallest. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999_999, -1, -SECOND, 123 * SECOND + 456, Long.MIN_VALUE + 20 * SECOND})
    void is_good_for_fifteen_seconds(long issued) {
        byte[] token = tokens.issue(ADDRESS, PORT, CID, EPHEMERAL, issued);

        assertThat(token).hasSize(AddressToken.LENGTH);
        assertThat(valid(token, issued)).isTrue();
        assertThat(valid(token, issued + 15 * SECOND)).isTrue();
        assertThat(valid(token, issued + 16 * SECOND)).isFalse();
        assertThat(valid(token, issued - SECOND)).as("from the future").isFalse();
    }

    @Test
    void is_bound_to_all_that_names_the_client() {
        byte[] token = tokens.issue(ADDRESS, PORT, CID, EPHEMERAL, 0);

        assertThat(tokens.valid(token, new byte[] {(byte) 192, 0, 2, 2}, PORT, CID, EPHEMERAL, 0))
                .isFalse();
        assertThat(tokens.valid(token, ADDRESS, PORT + 1, CID, EPHEMERAL, 0)).isFalse();
        assertThat(tokens.valid(token, ADDRESS, PORT, new byte[8], EPHEMERAL, 0))
                .isFalse();
        assertThat(tokens.valid(token, ADDRESS, PORT, CID, new byte[32], 0)).isFalse();
    }

    @Test
    void parts_do_not_run_into_each_other() {
        byte[] token = tokens.issue(new byte[] {1, 2, 3, 4}, PORT, new byte[] {8, 5}, EPHEMERAL, 0);

        assertThat(tokens.valid(token, new byte[] {1, 2, 3, 4, 2}, PORT, new byte[] {5}, EPHEMERAL, 0))
                .isFalse();
    }

    @Test
    void any_flipped_bit_makes_it_invalid() {
        byte[] token = tokens.issue(ADDRESS, PORT, CID, EPHEMERAL, 5 * SECOND);

        for (int bit = 0; bit < 8 * token.length; bit++) {
            byte[] wrong = token.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(valid(wrong, 5 * SECOND)).as("bit %d", bit).isFalse();
        }
        assertThat(valid(token, 5 * SECOND)).isTrue();
    }

    @Test
    void other_lengths_and_other_servers_tokens_are_invalid() {
        assertThat(valid(new byte[0], 0)).isFalse();
        assertThat(valid(new byte[23], 0)).isFalse();
        assertThat(valid(new byte[40], 0)).isFalse();
        AddressToken other = new AddressToken(Hex.bytes("08".repeat(32)));
        assertThat(valid(other.issue(ADDRESS, PORT, CID, EPHEMERAL, 0), 0)).isFalse();
    }

    private boolean valid(byte[] token, long now) {
        return tokens.valid(token, ADDRESS, PORT, CID, EPHEMERAL, now);
    }
}
