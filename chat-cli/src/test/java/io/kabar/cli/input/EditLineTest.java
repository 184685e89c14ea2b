package io.kabar.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EditLineTest {

    private final EditLine line = new EditLine();

    /** The text with its cursor as a bar. */
    private String shown() {
        return line.text().substring(0, line.cursor()) + "|" + line.text().substring(line.cursor());
    }

    private String after(Action... actions) {
        for (Action action : actions) {
            line.perform(action);
        }
        return shown();
    }

    @Test
    void words_are_walked_and_cut_as_in_a_shell() {
        line.set("one two, three");
        assertThat(after(Action.WORD_LEFT)).isEqualTo("one two, |three");
        assertThat(after(Action.WORD_LEFT)).isEqualTo("one |two, three");
        assertThat(after(Action.WORD_RIGHT)).isEqualTo("one two|, three");
        assertThat(after(Action.CUT_WORD)).isEqualTo("one two|");
        assertThat(after(Action.PASTE_CUT)).isEqualTo("one two, three|");
        assertThat(after(Action.CUT_WORD_BACK)).isEqualTo("one two, |");
        assertThat(after(Action.LINE_START, Action.CUT_TO_END)).isEqualTo("|");
        assertThat(after(Action.PASTE_CUT, Action.CUT_TO_START)).isEqualTo("|");
    }

    @Test
    void a_letter_is_what_a_person_takes_for_one() {
        line.set("a\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67e\u0301");
        assertThat(after(Action.LEFT)).endsWith("|e\u0301");
        assertThat(after(Action.LEFT)).startsWith("a|");
        assertThat(after(Action.DELETE)).isEqualTo("a|e\u0301");
        assertThat(after(Action.RIGHT, Action.BACKSPACE)).isEqualTo("a|");
    }

    @Test
    void letters_change_places() {
        line.set("hte", 1);
        assertThat(after(Action.TRANSPOSE)).isEqualTo("th|e");
        line.set("ab");
        assertThat(after(Action.TRANSPOSE)).isEqualTo("ba|");
        line.set("a");
        assertThat(after(Action.TRANSPOSE)).isEqualTo("a|");
    }

    @Test
    void in_several_lines_up_and_down_keep_the_column() {
        line.set("first line\nab\nthird line");
        assertThat(after(Action.OLDER_INPUT)).isEqualTo("first line\nab|\nthird line");
        assertThat(after(Action.OLDER_INPUT)).isEqualTo("fi|rst line\nab\nthird line");
        assertThat(line.perform(Action.OLDER_INPUT)).isFalse();
        assertThat(after(Action.NEWER_INPUT, Action.NEWER_INPUT)).isEqualTo("first line\nab\nth|ird line");
        assertThat(line.perform(Action.NEWER_INPUT)).isFalse();
        assertThat(after(Action.LINE_START)).isEqualTo("first line\nab\n|third line");
        assertThat(after(Action.BACKSPACE)).isEqualTo("first line\nab|third line");
    }
}
