package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    private static final byte[] KEY = new byte[32];

    /** SHA-256 of 32 zero bytes is 66687aad f862bd77 6c8fc18b 8e9f8e20 089714..., read five bits at a time. */
    @Test
    void known_key_has_a_known_text() {
        assertThat(Fingerprint.brief(KEY)).isEqualTo("CSM7-NBFR");
        assertThat(Fingerprint.full(KEY)).startsWith("CSM7-NBFR-CAYQ-").hasSize(39);
    }

    @Test
    void is_made_of_groups_that_cannot_be_misread() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200; i++) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            assertThat(Fingerprint.full(key))
                    .matches("([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}")
                    .startsWith(Fingerprint.brief(key) + "-");
        }
    }

    @Test
    void key_text_round_trips() throws CryptoException {
        byte[] key = Hex.bytes("fbff".repeat(16));
        String text = Fingerprint.keyText(key);

        assertThat(text).hasSize(Fingerprint.KEY_TEXT_LENGTH).matches("[A-Za-z0-9_-]+");
        assertThat(Fingerprint.parseKeyText(text)).isEqualTo(key);
    }

    /** Forty A and an ending. The last of 43 characters carries four bits only: AAB would be AAA spelled otherwise. */
    @ParameterizedTest
    @ValueSource(strings = {"", "AA", "AAB", "AAAA", "AAA=", "AA+", "AA ", "AA\n"})
    void other_texts_are_refused(String ending) {
        String text = "A".repeat(40) + ending;

        assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> Fingerprint.parseKeyText(text));
    }
}
