package io.kabar.chat.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void what_the_locale_could_not_read_is_told() {
        assertThat(Arguments.unreadableIn("ANSI_X3.4-1968", "send", "host", "Gr\uFFFD\uFFFDe"))
                .get()
                .asString()
                .contains("ANSI_X3.4-1968", "C.UTF-8")
                .endsWith(".");
        assertThat(Arguments.unreadableIn("ANSI_X3.4-1968", "send", "host", "plain"))
                .isEmpty();
    }

    @Test
    void where_every_letter_can_be_read_it_is_a_letter_like_others() {
        assertThat(Arguments.unreadableIn("UTF-8", "a \uFFFD in a text")).isEmpty();
    }
}
