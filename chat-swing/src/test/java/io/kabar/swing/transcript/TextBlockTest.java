package io.kabar.swing.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TextBlockTest {

    private final FontMetrics metrics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB)
            .createGraphics()
            .getFontMetrics(new Font(Font.MONOSPACED, Font.PLAIN, 12));

    private List<String> wrap(String text, int characters) {
        return TextBlock.of(text, metrics, metrics.charWidth('m') * characters).lines();
    }

    @Test
    void short_text_is_one_line() {
        assertThat(wrap("hello", 10)).containsExactly("hello");
    }

    @Test
    void text_is_cut_between_words() {
        assertThat(wrap("one two three four", 9)).containsExactly("one two", "three", "four");
    }

    @Test
    void word_longer_than_a_line_is_cut_where_the_line_ends() {
        assertThat(wrap("abcdefghijkl mn", 5)).containsExactly("abcde", "fghij", "kl mn");
    }

    @Test
    void long_address_begins_on_the_line_of_the_words_before_it() {
        assertThat(wrap("see http://example.org/abc", 10)).first().asString().startsWith("see http");
    }

    @Test
    void own_line_breaks_stay_and_so_do_empty_lines() {
        assertThat(wrap("a\n\nb\n", 5)).containsExactly("a", "", "b", "");
    }

    @Test
    void the_work_grows_with_the_text_and_not_faster() {
        for (String piece : List.of(
                "y", "y ", "\u0301", "\u200b", "a\u0301", "\u200d", "-", "文", "/", "\uD83D\uDE00", "  ", "m\n")) {
            long some = measured(piece.repeat(1_000));
            long more = measured("x" + piece.repeat(8_000));
            assertThat(more).as(piece).isLessThanOrEqualTo(9 * some + 1_000).isLessThan(4L * piece.length() * 8_001);
        }
    }

    /** How many characters are measured, where a mark takes no place and anything else one. */
    private static long measured(String text) {
        AtomicLong characters = new AtomicLong();
        TextBlock.wrapped(
                text,
                measured -> {
                    characters.addAndGet(measured.length());
                    return (int) measured.codePoints()
                            .filter(Character::isLetterOrDigit)
                            .count();
                },
                40);
        return characters.get();
    }

    @Test
    void nothing_is_lost_at_any_width() {
        String text = "The quick brown fox jumps over 13 lazy dogs, どこでも、 \uD83D\uDE00\uD83D\uDE00\uD83D\uDE00.";
        for (int width = 1; width < 60; width++) {
            assertThat(String.join("", wrap(text, width)).replace(" ", "")).isEqualTo(text.replace(" ", ""));
        }
    }
}
