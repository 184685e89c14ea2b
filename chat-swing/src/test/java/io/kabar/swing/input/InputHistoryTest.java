package io.kabar.swing.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputHistoryTest {

    private final InputHistory history = new InputHistory();

    @Test
    void older_and_newer_walk_through_what_was_sent() {
        history.add("one");
        history.add("two");

        assertThat(history.older("")).contains("two");
        assertThat(history.older("two")).contains("one");
        assertThat(history.older("one")).isEmpty();
        assertThat(history.newer()).contains("two");
    }

    @Test
    void what_was_being_written_comes_back() {
        history.add("one");

        history.older("half a thou");

        assertThat(history.newer()).contains("half a thou");
        assertThat(history.newer()).isEmpty();
    }

    @Test
    void same_words_sent_twice_are_kept_once() {
        history.add("one");
        history.add("one");

        assertThat(history.older("")).contains("one");
        assertThat(history.older("one")).isEmpty();
    }
}
