package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of RFC 7748 sections 5.2 and 6.1. */
class X25519Test {
    private static final byte[] ALICE_PRIVATE =
            Hex.bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    private static final byte[] BOB_PRIVATE =
            Hex.bytes("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");

    @ParameterizedTest
    @CsvSource({
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
                + "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
                + "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        // The top bit of this u is set and must be ignored.
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d,"
                + "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493,"
                + "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"
    })
    void scalar_multiplication(String scalar, String u, String result) throws CryptoException {
        assertThat(Hex.text(X25519.agree(Hex.bytes(scalar), Hex.bytes(u)))).isEqualTo(result);
    }

    @Test
    void fifty_iterations_do_what_an_independent_curve_does() throws CryptoException {
        byte[] k = Hex.bytes("09" + "00".repeat(31));
        byte[] u = k;
        for (int i = 0; i < 50; i++) {
            byte[] ours = X25519.agree(k, u);
            byte[] theirs = new byte[32];
            com.southernstorm.noise.crypto.Curve25519.eval(theirs, 0, k, u);
            assertThat(ours).as("iteration %d", i).isEqualTo(theirs);
            if (i == 0) {
                assertThat(Hex.text(ours))
                        .isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
            }
            u = k;
            k = ours;
        }
    }

    @Test
    void alice_and_bob_agree() throws CryptoException {
        byte[] alicePublic = X25519.publicKey(ALICE_PRIVATE);
        byte[] bobPublic = X25519.publicKey(BOB_PRIVATE);

        assertThat(Hex.text(alicePublic)).isEqualTo("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        assertThat(Hex.text(bobPublic)).isEqualTo("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
        assertThat(X25519.agree(ALICE_PRIVATE, bobPublic))
                .isEqualTo(X25519.agree(BOB_PRIVATE, alicePublic))
                .isEqualTo(Hex.bytes("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
    }

    @Test
    void same_random_bytes_give_the_same_clamped_pair() {
        X25519.KeyPair first = X25519.generate(new SplittableRandom(7));
        X25519.KeyPair again = X25519.generate(new SplittableRandom(7));
        X25519.KeyPair other = X25519.generate(new SplittableRandom(8));

        assertThat(first.privateKey()).isEqualTo(again.privateKey()).isNotEqualTo(other.privateKey());
        assertThat(first.publicKey()).isEqualTo(again.publicKey()).isEqualTo(X25519.publicKey(first.privateKey()));
        assertThat(first.privateKey()[0] & 0x07).isZero();
        assertThat(first.privateKey()[31] & 0xc0).isEqualTo(0x40);
    }

    /** The points of order 1, 2, 4 and 8, also where they are written with the prime added or the top bit set. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000080"
            })
    void points_of_small_order_are_refused(String u) {
        assertThatExceptionOfType(CryptoException.class)
                .isThrownBy(() -> X25519.agree(ALICE_PRIVATE, Hex.bytes(u)))
                .withMessageContaining("small order");
        assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> X25519.requirePublicKey(Hex.bytes(u)));
    }

    @Test
    void a_good_public_key_passes_the_check_and_a_short_one_does_not() throws CryptoException {
        byte[] publicKey = X25519.publicKey(BOB_PRIVATE);

        assertThat(X25519.requirePublicKey(publicKey)).isSameAs(publicKey);
        assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> X25519.requirePublicKey(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> X25519.agree(ALICE_PRIVATE, new byte[31]));
    }

    @Test
    void text_of_a_pair_shows_no_key() {
        assertThat(X25519.keyPair(ALICE_PRIVATE)).hasToString("X25519.KeyPair");
    }
}
