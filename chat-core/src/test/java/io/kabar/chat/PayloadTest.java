package io.kabar.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/vnd.kabar.move+json", "a/b", "x-a!#$&-^_.+/9"})
    void media_types_are_type_and_subtype(String type) {
        assertThat(new Payload(type, new byte[0]).mediaType()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "png",
                "image/",
                "/png",
                "image/png; q=1",
                "image/p ng",
                "image/png/2",
                "image/.png",
                "im\u00e4ge/png",
                "image/png\n"
            })
    void what_is_no_media_type_is_refused(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Payload(type, new byte[0]))
                .withMessageContaining("media type");
    }

    @Test
    void it_is_as_long_as_a_message_at_most() {
        String longest = "a/" + "b".repeat(125);
        assertThat(new Payload(longest, new byte[Limits.TEXT_BYTES]).length()).isEqualTo(Limits.TEXT_BYTES);
        assertThatIllegalArgumentException().isThrownBy(() -> new Payload(longest + "b", new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Payload.of(new byte[Limits.TEXT_BYTES + 1]));
    }

    @Test
    void bytes_are_copied_and_capital_letters_mean_the_same() {
        byte[] bytes = {1, 2};
        Payload payload = new Payload("Image/PNG", bytes);
        bytes[0] = 9;
        payload.bytes()[1] = 9;

        assertThat(payload)
                .isEqualTo(new Payload("image/png", new byte[] {1, 2}))
                .hasSameHashCodeAs(new Payload("image/png", new byte[] {1, 2}))
                .isNotEqualTo(Payload.of(new byte[] {1, 2}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "\ud800", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})
    void what_is_no_key_is_refused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ProgramContent.ValueSet(key, Payload.NONE));
    }
}
