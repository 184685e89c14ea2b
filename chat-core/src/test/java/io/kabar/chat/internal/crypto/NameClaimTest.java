package io.kabar.chat.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameClaimTest {
    private static final byte[] DEVICE = Hex.bytes("d0".repeat(32));
    private static final byte[] SERVER = Hex.bytes("5e".repeat(32)); // 32 times ^

    private final byte[] claim = NameClaim.claim(DEVICE, SERVER, "ada");

    @Test
    void is_the_hmac_of_label_server_and_name() {
        byte[] input = ("kabar name claim" + "^".repeat(32) + "ada").getBytes(StandardCharsets.US_ASCII);

        assertThat(claim).isEqualTo(Jca.hmac(DEVICE, input));
    }

    @Test
    void matches_its_stored_form_only() {
        byte[] stored = NameClaim.stored(claim);

        assertThat(stored).hasSize(NameClaim.LENGTH).isNotEqualTo(claim);
        assertThat(NameClaim.matches(stored, claim)).isTrue();
        assertThat(NameClaim.matches(stored, stored))
                .as("the stored form is no claim")
                .isFalse();
        assertThat(NameClaim.matches(stored, new byte[0])).isFalse();
        assertThat(NameClaim.matches(new byte[0], claim)).isFalse();
    }

    @Test
    void each_device_server_and_name_has_its_own() {
        assertThat(claim)
                .isNotEqualTo(NameClaim.claim(DEVICE, SERVER, "bob"))
                .isNotEqualTo(NameClaim.claim(DEVICE, new byte[32], "ada"))
                .isNotEqualTo(NameClaim.claim(new byte[32], SERVER, "ada"));
    }

    @Test
    void keys_of_wrong_size_are_misuse() {
        assertThatIllegalArgumentException().isThrownBy(() -> NameClaim.claim(new byte[31], SERVER, "ada"));
        assertThatIllegalArgumentException().isThrownBy(() -> NameClaim.claim(DEVICE, new byte[33], "ada"));
    }

    /** As names were made equal in Kabar 0.1: by what they look like. */
    @ParameterizedTest
    @CsvSource({"ada, ada", "ADA, ada", "аda, ada", "Ｂob, bob", "r00t, root", "|van, lvan", "corn, com", "vvho, who"})
    void names_that_look_alike_have_one_form(String name, String form) {
        assertThat(NameClaim.form(name)).isEqualTo(form);
    }
}
