package io.kabar.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MessageIdTest {

    @Test
    void the_same_words_give_the_same_id_on_every_machine() {
        // printf '\0\0\0\005kabar\0\0\0\0011' | sha256sum
        assertThat(MessageId.of("kabar", "1")).hasToString("b7d6647c470a614b0000000000000001");
    }

    @Test
    void where_one_word_ends_matters() {
        assertThat(MessageId.of("ab", "c")).isNotEqualTo(MessageId.of("a", "bc"));
        assertThat(MessageId.of("ab", "")).isNotEqualTo(MessageId.of("ab"));
    }

    @Test
    void what_is_printed_can_be_parsed() {
        MessageId id = MessageId.of("x");
        assertThat(MessageId.parse(id.toString())).isEqualTo(id);
        assertThatThrownBy(() -> MessageId.parse("12")).isInstanceOf(IllegalArgumentException.class);
    }
}
