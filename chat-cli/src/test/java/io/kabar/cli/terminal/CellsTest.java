package io.kabar.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellsTest {

    private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    private static final String FLAG = "\uD83C\uDDEE\uD83C\uDDE9";
    private static final String HEART = "❤\uFE0F";
    private static final String KEYCAP = "1\uFE0F\u20E3";

    private final Cells whole = new Cells(true);
    private final Cells parts = new Cells(false);

    @Test
    void a_terminal_that_draws_letters_whole_gets_them_whole() {
        assertThat(whole.drawable(FAMILY + FLAG)).isEqualTo(FAMILY + FLAG);
        assertThat(whole.width(FAMILY)).isEqualTo(2);
        assertThat(whole.width(FLAG)).isEqualTo(2);
    }

    @Test
    void on_others_they_are_what_all_terminals_draw_alike() {
        assertThat(parts.drawable(FAMILY)).isEqualTo("\uD83D\uDC68");
        assertThat(parts.drawable(FLAG)).isEqualTo("ID");
        assertThat(parts.drawable("\uD83D\uDC4D\uD83C\uDFFD")).isEqualTo("\uD83D\uDC4D");
        assertThat(parts.drawable("e\u0301 日本")).isEqualTo("e\u0301 日本");
        assertThat(parts.width("日本e\u0301")).isEqualTo(5);
    }

    @Test
    void what_terminals_do_not_agree_on_is_left_out() {
        assertThat(whole.drawable(HEART + KEYCAP)).isEqualTo("❤1");
        assertThat(parts.drawable(HEART + KEYCAP)).isEqualTo("❤1");
    }

    @Test
    void a_tab_is_blanks() {
        assertThat(whole.drawable("a\tb")).isEqualTo("a    b");
    }

    @Test
    void text_is_fitted_without_breaking_a_letter() {
        assertThat(whole.fit("日本語", 6)).isEqualTo("日本語");
        assertThat(whole.fit("日本語", 5)).isEqualTo("日本…");
        assertThat(whole.fit("日本語", 4)).isEqualTo("日…");
        assertThat(whole.left("日本語", 4)).isEqualTo("日… ");
        assertThat(whole.right("ab", 4)).isEqualTo("  ab");
        assertThat(whole.fit("abc", 0)).isEmpty();
    }

    @Test
    void lines_break_between_words_and_long_words_anywhere() {
        assertThat(whole.wrap("one two three", 8)).containsExactly("one two", "three");
        assertThat(whole.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(whole.wrap("abcdefghij k", 4)).containsExactly("abcd", "efgh", "ij k");
        assertThat(whole.wrap("日本語日本語", 5)).containsExactly("日本", "語日", "本語");
        assertThat(whole.wrap("a\n\nb", 5)).containsExactly("a", "", "b");
        assertThat(whole.wrap("日", 1)).containsExactly("日");
    }
}
