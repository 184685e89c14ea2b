package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConnectionIdsTest {
    private static final byte[] SECRET = Hex.bytes("c1".repeat(32));

    private final ConnectionIds ids = new ConnectionIds(SECRET);
    private final SplittableRandom random = new SplittableRandom(9);

    @Test
    void own_ids_are_plausible_also_after_a_restart() {
        ConnectionIds afterRestart = new ConnectionIds(SECRET);
        Set<Long> seen = new HashSet<>();

        for (int i = 0; i < 1000; i++) {
            long cid = ids.next(random);
            assertThat(ids.plausible(cid)).isTrue();
            assertThat(afterRestart.plausible(cid)).isTrue();
            assertThat(afterRestart.resetToken(cid)).isEqualTo(ids.resetToken(cid));
            seen.add(cid);
        }
        assertThat(seen).hasSizeGreaterThan(990);
    }

    @Test
    void garbage_and_flipped_bits_are_not() {
        long cid = ids.next(random);

        for (int bit = 0; bit < 64; bit++) {
            assertThat(ids.plausible(cid ^ 1L << bit)).as("bit %d", bit).isFalse();
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(ids.plausible(random.nextLong())).isFalse();
        }
        assertThat(new ConnectionIds(new byte[32]).plausible(cid)).isFalse();
    }

    @Test
    void same_seed_same_ids() {
        assertThat(ids.next(new SplittableRandom(4)))
                .isEqualTo(new ConnectionIds(SECRET).next(new SplittableRandom(4)))
                .isNotEqualTo(ids.next(new SplittableRandom(5)));
    }

    @Test
    void reset_token_is_of_one_id_and_one_server() {
        byte[] token = ids.resetToken(1);

        assertThat(token)
                .hasSize(ConnectionIds.RESET_TOKEN_LENGTH)
                .isEqualTo(ids.resetToken(1))
                .isNotEqualTo(ids.resetToken(2))
                .isNotEqualTo(ids.resetToken(1L << 56))
                .isNotEqualTo(new ConnectionIds(new byte[32]).resetToken(1));
    }

    /** RFC 9000 section 10.3.2: the token is a pseudorandom function of the id, all of it. */
    @Test
    void hash_in_an_id_and_reset_token_are_keyed_hashes_of_all_its_bits() {
        long cid = ids.next(random);
        byte[] id = ByteBuffer.allocate(8).putLong(cid).array();
        byte[] idKey = Hkdf.expand(SECRET, "kabar connection id", 32);
        byte[] resetKey = Hkdf.expand(SECRET, "kabar stateless reset", 32);

        assertThat(Arrays.copyOfRange(id, 4, 8)).isEqualTo(Arrays.copyOf(Jca.hmac(idKey, Arrays.copyOf(id, 4)), 4));
        assertThat(ids.resetToken(cid)).isEqualTo(Arrays.copyOf(Jca.hmac(resetKey, id), 16));
    }
}
