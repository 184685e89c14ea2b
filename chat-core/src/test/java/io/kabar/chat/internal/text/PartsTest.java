package io.kabar.chat.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {

    @Test
    void parts_and_words_are_those_of_the_regular_expressions_they_stand_for() {
        Random random = new Random(5);
        String letters = "ab, \t\n\u000B\f\r\u00a0\u2003$\u0660";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            String made = text.toString();
            assertThat(Parts.of(made, ',')).as(made).isEqualTo(List.of(made.split(",", -1)));
            assertThat(Parts.words(made))
                    .as(made)
                    .isEqualTo(Arrays.stream(made.split("\\s+", -1))
                            .filter(word -> !word.isEmpty())
                            .toList());
        }
    }

    @Test
    void digits_are_those_of_ascii_and_as_many_as_asked_for() {
        assertThat(Parts.isDigits("0123456789", 1, 10)).isTrue();
        for (String other : List.of("", "1234", "1", "1a", "+1", "1 ", "\u0661\u0662", "12\ud835\udfce")) {
            assertThat(Parts.isDigits(other, 2, 3)).as(other).isFalse();
        }
    }

    @Test
    void between_needs_both_ends_apart() {
        assertThat(Parts.between("a-", "a-b-c", "-c")).isEqualTo("b");
        assertThat(Parts.between("a-", "a-c", "-c")).isNull();
        assertThat(Parts.between("a-", "a--c", "-c")).isEmpty();
        assertThat(Parts.between("a-", "b--c", "-c")).isNull();
        assertThat(Parts.between("", "x", "")).isEqualTo("x");
    }
}
