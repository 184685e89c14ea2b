package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

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
        "/topic tea time, 8",
        "/list, 0",
        "/join somewhere, 0",
        "/no such, 0",
    })
    void what_would_be_said_is_counted_as_the_server_does(String typed, int bytes) {
        assertThat(TextLength.of(typed, 100).bytes()).isEqualTo(bytes);
    }

    @Test
    void little_is_not_told_and_much_is() {
        assertThat(new TextLength(75, 100).words()).isEmpty();
        assertThat(new TextLength(76, 100).words()).isEqualTo("76 of 100 bytes");
        assertThat(new TextLength(100, 100).isTooLong()).isFalse();
        assertThat(new TextLength(70_000, 4096).words()).isEqualTo("Too long to send: 70,000 of at most 4,096 bytes.");
    }
}
