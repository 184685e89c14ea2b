package io.kabar.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordWrapTest {

    @Test
    void what_has_place_stays_as_it_is() {
        String line = "-- twenty-four columns 24";
        assertThat(WordWrap.at(25, line)).isEqualTo(line);
        assertThat(WordWrap.at(25, line + "\n" + line)).isEqualTo(line + "\n" + line);
    }

    @Test
    void lines_are_broken_between_words_and_go_on_indented() {
        assertThat(WordWrap.at(30, "-- one two three four five six seven eight nine ten"))
                .isEqualTo("-- one two three four five six\n        seven eight nine ten");
        assertThat(WordWrap.at(24, "-- aaaa bbbb cccc dddd eeee ffff gggg hhhh"))
                .isEqualTo("-- aaaa bbbb cccc dddd\n        eeee ffff gggg\n        hhhh");
    }

    @Test
    void a_line_that_is_indented_goes_on_further_in() {
        assertThat(WordWrap.at(30, "What one can type:\n        /ban NAME   keep somebody out"))
                .isEqualTo("What one can type:\n        /ban NAME   keep\n            somebody out");
    }

    @Test
    void colours_take_no_place_and_wide_letters_two() {
        String coloured = "\u001b[2m-- one two three four five\u001b[0m";
        assertThat(WordWrap.at(26, coloured)).isEqualTo(coloured);
        assertThat(WordWrap.at(24, "-- one two \u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22"))
                .isEqualTo("-- one two\n        \u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22");
    }

    @Test
    void a_word_that_is_wider_than_the_terminal_is_left_to_it() {
        String link = "kabar://" + "x".repeat(60);
        assertThat(WordWrap.at(40, link)).isEqualTo(link);
        assertThat(WordWrap.at(40, "-- the link is " + link)).isEqualTo("-- the link is\n        " + link);
    }

    @Test
    void a_terminal_without_a_width_is_left_alone() {
        String line = "a long line of words that go on";
        assertThat(WordWrap.at(0, line)).isEqualTo(line);
    }
}
