package io.kabar.chat.view.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {

    @Test
    void ordinary_text_stays_as_it_is() {
        String text = "naïve 日本 👩‍👩‍👧 שלום\twith a tab\nand a line";
        assertThat(VisibleText.of(text)).isSameAs(text);
    }

    @Test
    void nothing_that_acts_is_left() {
        for (int c = 0; c < 0x3000; c++) {
            String shown = VisibleText.of("a" + Character.toString(c) + "b");
            assertThat(shown.codePoints())
                    .as("U+%04X", c)
                    .allMatch(shownPoint ->
                            shownPoint == '\n' || shownPoint == '\t' || !Character.isISOControl(shownPoint));
        }
        assertThat(VisibleText.of("\u202E\u2066\ud800\u2028")).isEqualTo("\uFFFD\uFFFD\uFFFD\uFFFD");
    }

    @Test
    void a_heap_of_marks_on_one_letter_is_cut_whatever_stands_between_them() {
        String word = "g\u0301\u0302\u0303\u0304o"; // as much as scripts need
        assertThat(VisibleText.of(word)).isSameAs(word);
        for (String between : new String[] {"", "\u200d", "\u034f", "\u200b"}) {
            String shown = VisibleText.of("z" + ("\u0336" + between).repeat(4_000) + "a");
            assertThat(shown.codePoints().filter(c -> c == 0x336).count())
                    .as(between)
                    .isLessThanOrEqualTo(8);
            assertThat(shown).startsWith("z").endsWith("a").contains("\uFFFD");
        }
    }

    @Test
    void on_one_line_a_break_is_an_arrow() {
        assertThat(VisibleText.onOneLine("a\r\nb\tc")).isEqualTo("a ⏎ b c");
    }
}
