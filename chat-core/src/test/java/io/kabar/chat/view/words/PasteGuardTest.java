package io.kabar.chat.view.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasteGuardTest {

    @Test
    void it_asks_above_five_lines() {
        assertThat(PasteGuard.asks("1\n2\n3\n4\n5\n")).isFalse();
        assertThat(PasteGuard.asks("1\n2\n3\n4\n5\n6")).isTrue();
        assertThat(PasteGuard.question("1\r\n2\r\n3\n4\n5\n6\n\n")).isEqualTo("Send 6 lines as one message?");
    }
}
