package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramVerifierTest {
    private static final String KEY = "A".repeat(43) + "=";

    private final byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    private final ScramVerifier verifier = ScramVerifier.derive("pencil".toCharArray(), salt, 4096);

    @Test
    void text_form_round_trips() throws CryptoException {
        String text = verifier.encode();

        assertThat(text)
                .startsWith("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$")
                .doesNotContain(",");
        assertThat(ScramVerifier.parse(text)).isEqualTo(verifier).hasSameHashCodeAs(verifier);
        assertThat(ScramVerifier.parse(text).encode()).isEqualTo(text);
    }

    @Test
    void another_password_gives_another_verifier() {
        assertThat(ScramVerifier.derive("pencils".toCharArray(), salt, 4096)).isNotEqualTo(verifier);
    }

    @Test
    void text_for_logs_shows_no_key() {
        assertThat(verifier).hasToString("ScramVerifier[SCRAM-SHA-256, 4096 iterations]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pencil",
                "SCRAM-SHA-1$4096:AAAA$KEY:KEY",
                "SCRAM-SHA-256$4095:AAAA$KEY:KEY",
                "SCRAM-SHA-256$10000001:AAAA$KEY:KEY",
                "SCRAM-SHA-256$999999999:AAAA$KEY:KEY",
                "SCRAM-SHA-256$-4096:AAAA$KEY:KEY",
                "SCRAM-SHA-256$4096:$KEY:KEY",
                "SCRAM-SHA-256$4096:A$KEY:KEY",
                "SCRAM-SHA-256$4096:====$KEY:KEY",
                "SCRAM-SHA-256$4096:AAAA$AAAA:KEY",
                "SCRAM-SHA-256$4096:AAAA$KEY:AAAA",
                "SCRAM-SHA-256$4096:AAAA$KEY:KEY\n",
                "SCRAM-SHA-256$4096:AAAA$KEY"
            })
    void other_texts_are_refused(String text) {
        assertThatExceptionOfType(CryptoException.class)
                .isThrownBy(() -> ScramVerifier.parse(text.replace("KEY", KEY)));
    }

    @Test
    void the_text_those_are_variations_of_is_accepted() throws CryptoException {
        String text = "SCRAM-SHA-256$4096:AAAA$KEY:KEY".replace("KEY", KEY);

        assertThat(ScramVerifier.parse(text).iterations()).isEqualTo(4096);
    }

    @Test
    void parts_of_wrong_size_are_misuse() {
        byte[] key = new byte[32];

        assertThatIllegalArgumentException().isThrownBy(() -> new ScramVerifier(new byte[0], 4096, key, key));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScramVerifier(new byte[65], 4096, key, key));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScramVerifier(salt, 4095, key, key));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScramVerifier(salt, 4096, key, new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScramVerifier("OTHER", salt, 4096, key, key));
    }

    @Test
    void parts_of_the_largest_size_are_taken() {
        byte[] key = new byte[32];

        assertThat(new ScramVerifier(new byte[64], Scram.MAX_ITERATIONS, key, key).salt())
                .hasSize(64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScramVerifier(salt, Scram.MAX_ITERATIONS + 1, key, key));
    }

    @Test
    void verifiers_of_other_salts_spread_over_a_hash_table() {
        byte[] key = new byte[32];

        assertThat(IntStream.range(0, 100)
                        .map(i -> new ScramVerifier(new byte[] {(byte) i}, 4096, key, key).hashCode())
                        .distinct())
                .hasSizeGreaterThan(90);
    }

    @Test
    void decoy_is_steady_and_looks_like_any_other() {
        byte[] secret = new byte[32];
        ScramVerifier decoy = ScramVerifier.decoy(secret, "nobody", 600_000);

        assertThat(decoy).isEqualTo(ScramVerifier.decoy(secret, "nobody", 600_000));
        assertThat(decoy.salt()).isEqualTo(Scram.fakeSalt(secret, "nobody"));
        assertThat(decoy.storedKey())
                .isNotEqualTo(ScramVerifier.decoy(secret, "noone", 600_000).storedKey());
    }
}
