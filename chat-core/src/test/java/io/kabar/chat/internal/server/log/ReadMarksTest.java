package io.kabar.chat.internal.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.UserName;
import org.junit.jupiter.api.Test;

class ReadMarksTest {

    private static final long ADA = 7;
    private static final long BOB = 12;

    private final ReadMarks marks = new ReadMarks(ADA, BOB, true);

    @Test
    void each_of_the_two_reads_by_themselves_and_never_less() {
        assertThat(marks.one()).isEqualTo(ADA);
        assertThat(marks.other()).isEqualTo(BOB);
        marks.read(ADA, 5);
        marks.read(BOB, 3);
        marks.read(ADA, 4);
        marks.read(99, 100);

        assertThat(marks.of(ADA)).isEqualTo(5);
        assertThat(marks.of(BOB)).isEqualTo(3);
    }

    @Test
    void of_a_conversation_that_nobody_has_looked_at_nothing_is_known() {
        ReadMarks unknown = new ReadMarks(ADA, BOB, false);
        assertThat(unknown.of(ADA)).isEqualTo(ReadMarks.UNKNOWN);
        assertThat(unknown.of(BOB)).isEqualTo(ReadMarks.UNKNOWN);
        assertThat(unknown.nameOf(ADA)).isNull();
        assertThat(unknown.nameOf(BOB)).isNull();
    }

    @Test
    void whoever_answers_the_newest_word_has_read_everything() {
        marks.read(ADA, 5);
        marks.said(ADA, 6);
        assertThat(marks.of(ADA)).isEqualTo(6);
        marks.said(ADA, 8);
        assertThat(marks.of(ADA)).as("there is one between").isEqualTo(6);
    }

    @Test
    void each_is_called_as_when_they_spoke_last() {
        marks.spoke(new Author(ADA, UserName.of("ada")));
        marks.spoke(new Author(BOB, UserName.of("bob")));
        marks.spoke(new Author(BOB, UserName.of("robert")));
        marks.spoke(new Author(99, UserName.of("eve")));

        assertThat(marks.nameOf(ADA)).isEqualTo(UserName.of("ada"));
        assertThat(marks.nameOf(BOB)).isEqualTo(UserName.of("robert"));
    }

    @Test
    void the_log_is_looked_through_once_at_a_time() {
        assertThat(marks.beginLook()).isTrue();
        assertThat(marks.beginLook()).isFalse();
        marks.endLook();
        assertThat(marks.beginLook()).isTrue();
    }
}
