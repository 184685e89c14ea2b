package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramTest {
    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    private static final byte[] SALTED = Scram.saltedPassword("pencil".toCharArray(), SALT, 4096);

    /** The exchange of RFC 7677 section 3, without channel binding. */
    private static final byte[] AUTH_MESSAGE = Scram.authMessage(
            "user",
            "rOprNGfwEbeRWgbNEkqO",
            "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
            SALT,
            4096,
            "n,,".getBytes(StandardCharsets.US_ASCII));

    @Test
    void auth_message_is_that_of_the_rfc() {
        assertThat(new String(AUTH_MESSAGE, StandardCharsets.UTF_8))
                .isEqualTo("n=user,r=rOprNGfwEbeRWgbNEkqO,"
                        + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                        + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
    }

    @Test
    void proof_and_signature_are_those_of_the_rfc() {
        assertThat(base64(Scram.clientProof(SALTED, AUTH_MESSAGE)))
                .isEqualTo("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThat(base64(Scram.serverSignature(Scram.serverKey(SALTED), AUTH_MESSAGE)))
                .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void verifier_accepts_that_proof_and_none_with_a_flipped_bit() {
        ScramVerifier verifier = ScramVerifier.of(SALTED, SALT, 4096);
        byte[] proof = Scram.clientProof(SALTED, AUTH_MESSAGE);

        assertThat(Scram.verifyClientProof(verifier, AUTH_MESSAGE, proof)).isTrue();
        for (int bit = 0; bit < 256; bit++) {
            byte[] wrong = proof.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Scram.verifyClientProof(verifier, AUTH_MESSAGE, wrong))
                    .as("bit %d", bit)
                    .isFalse();
        }
        assertThat(Scram.verifyClientProof(verifier, AUTH_MESSAGE, new byte[31]))
                .isFalse();
    }

    @Test
    void auth_message_of_kabar_names_the_binding_and_escapes_the_name() {
        byte[] nonce = new byte[Scram.NONCE_LENGTH];
        byte[] message = Scram.authMessage("a=b,c", nonce, nonce, new byte[] {1}, 5000, new byte[32]);

        String binding = base64(("p=kabar-noise,," + "\0".repeat(32)).getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(message, StandardCharsets.UTF_8))
                .isEqualTo("n=a=3Db=2Cc,r=" + "A".repeat(24) + ",r=" + "A".repeat(48) + ",s=AQ==,i=5000,c=" + binding
                        + ",r=" + "A".repeat(48));
    }

    @Test
    void the_same_password_typed_in_another_unicode_form_is_the_same() {
        // A ligature and a combining accent against plain letters and a composed one.
        assertThat(Scram.saltedPassword("\uFB01ance\u0301".toCharArray(), SALT, 4096))
                .isEqualTo(Scram.saltedPassword("fianc\u00e9".toCharArray(), SALT, 4096))
                .isNotEqualTo(Scram.saltedPassword("fiance".toCharArray(), SALT, 4096));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tab\t", "\u0000", "a\u007f", "c1\u0085", "half \uD83D"})
    void passwords_with_control_characters_are_refused(String password) {
        assertThat(Scram.acceptable(password.toCharArray())).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Scram.saltedPassword(password.toCharArray(), SALT, 4096));
    }

    @Test
    void passwords_of_any_script_are_taken_and_left_as_they_are() {
        char[] password = "рыба \uD83D\uDC1F 魚".toCharArray();
        char[] before = password.clone();

        assertThat(Scram.acceptable(password)).isTrue();
        assertThat(Scram.saltedPassword(password, SALT, 4096)).hasSize(32);
        assertThat(password).isEqualTo(before);
    }

    @Test
    void fake_salt_is_steady_for_a_name_and_a_secret() {
        byte[] secret = new byte[32];

        assertThat(Scram.fakeSalt(secret, "ada"))
                .hasSize(Scram.SALT_LENGTH)
                .isEqualTo(Scram.fakeSalt(secret, "ada"))
                .isNotEqualTo(Scram.fakeSalt(secret, "bob"))
                .isNotEqualTo(Scram.fakeSalt(Hex.bytes("01".repeat(32)), "ada"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
