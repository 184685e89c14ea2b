package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.view.TextLength.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextLengthTest {

    @ParameterizedTest
    @CsvSource({
        "hello, 5",
        "'', 0",
        "'  padded ', 8",
        "é小😀, 9",
        "/me waves, 5",
        "/msg bob a b, 3",
        "//slash, 6",
        "/topic téa 😀, 5",
        "/topic, 0",
        "/search many words, 0",
        "/list, 0",
        "/join somewhere, 0",
        "/no such, 0",
    })
    void what_would_be_said_is_counted_as_the_server_does(String typed, int length) {
        assertThat(TextLength.of(typed, 100).length()).isEqualTo(length);
    }

    @Test
    void each_command_has_the_bound_that_the_server_has_for_it() {
        String longer = "x".repeat(391);
        assertThat(TextLength.of("/topic " + longer, 4096).words())
                .isEqualTo("Too long to send: 391 of at most 390 characters.");
        assertThat(TextLength.of("/topic " + "😀".repeat(390), 100).words()).isEqualTo("390 of 390 characters");
        assertThat(TextLength.of("/msg bob " + longer, 100).isTooLong()).isTrue();
        assertThat(TextLength.of("/me " + longer, 100).isTooLong()).isTrue();
        assertThat(TextLength.of("/search " + longer, 100).words())
                .as("not said")
                .isEmpty();
    }

    @Test
    void little_is_not_told_and_much_is() {
        assertThat(new TextLength(75, 100, Unit.BYTES).words()).isEmpty();
        assertThat(new TextLength(76, 100, Unit.BYTES).words()).isEqualTo("76 of 100 bytes");
        assertThat(new TextLength(100, 100, Unit.BYTES).isTooLong()).isFalse();
        assertThat(new TextLength(70_000, 4096, Unit.BYTES).words())
                .isEqualTo("Too long to send: 70,000 of at most 4,096 bytes.");
    }
}
