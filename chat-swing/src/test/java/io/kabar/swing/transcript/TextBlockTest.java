package io.kabar.swing.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextBlockTest {

    private final FontRenderContext context = new FontRenderContext(null, true, true);
    private final Font font = new Font(Font.MONOSPACED, Font.PLAIN, 12);
    private final TextBlock.Style style = new TextBlock.Style(font, font, context, Color.BLUE);

    private TextBlock block(String text, double characters) {
        double width = font.getStringBounds("mmmmmmmmmm", context).getWidth() / 10 * characters;
        return TextBlock.of(StyledText.of(text), style, (int) Math.ceil(width));
    }

    private List<String> wrap(String text, int characters) {
        return block(text, characters).lines();
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
    void own_line_breaks_stay_and_so_do_empty_lines() {
        assertThat(wrap("a\n\nb\n", 5)).containsExactly("a", "", "b", "");
    }

    @Test
    void nothing_is_lost_at_any_width() {
        String text = "The quick brown fox jumps over 13 lazy dogs, どこでも、 \uD83D\uDE00\uD83D\uDE00\uD83D\uDE00.";
        for (int width = 1; width < 60; width++) {
            assertThat(String.join("", wrap(text, width)).replace(" ", "")).isEqualTo(text.replace(" ", ""));
        }
    }

    /** As long as a message may be, of everything that was ever hard to lay out. */
    @Test
    void the_longest_message_of_anything_has_no_more_lines_than_letters() {
        for (String piece : List.of(
                "y",
                "y ",
                "\u0301",
                "\u200b",
                "a\u0301",
                "\u200d",
                "-",
                "文",
                "/",
                "\uD83D\uDE00",
                "  ",
                "m\n",
                "א ",
                "a א ",
                "http://a.b/",
                "`",
                "```\n",
                "\uD83D\uDC69\u200D\uD83D\uDCBB")) {
            String text = piece.repeat(16_384 / piece.length());
            assertThat(wrap(text, 40)).as(piece).hasSizeBetween(1, text.length() + 1);
        }
    }

    @Test
    void emoji_have_a_width_and_what_is_joined_is_one() {
        int one = block("\uD83D\uDE00", 40).lastLineEnd();
        assertThat(one).isGreaterThan(8);
        assertThat(block("\uD83D\uDC69\u200D\uD83D\uDCBB", 40).lastLineEnd()).isLessThan(2 * one);
        assertThat(block("\uD83D\uDC4D\uD83C\uDFFD", 40).lastLineEnd()).isLessThan(2 * one);
    }

    /** The letters of both kinds stand in the order in which they are read, and at the side of the first. */
    @Test
    void what_begins_from_right_to_left_stands_at_the_right_and_is_one_paragraph() {
        TextBlock hebrew = block("שלום Kabar שלום", 40);
        assertThat(hebrew.characterAt(1, 2)).isEqualTo(-1);
        int right = hebrew.lastLineEnd() - 2;
        assertThat(hebrew.characterAt(right, 2)).isZero();
        TextBlock english = block("Kabar שלום", 40);
        assertThat(english.characterAt(1, 2)).isZero();
        assertThat(hebrew.lines()).hasSize(1);
    }

    @Test
    void a_point_is_a_character_and_a_character_a_link() {
        TextBlock block = block("see https://example.org/a_b?c=1, or not", 60);
        int letter = font.getStringBounds("m", context).getBounds().width;
        assertThat(block.text().linkAt(block.characterAt(6 * letter, 3))).contains("https://example.org/a_b?c=1");
        assertThat(block.text().linkAt(block.characterAt(letter, 3))).isEmpty();
        assertThat(block.offsetAt(-5, 3)).isZero();
        assertThat(block.offsetAt(10_000, 500)).isEqualTo(39);
    }
}
