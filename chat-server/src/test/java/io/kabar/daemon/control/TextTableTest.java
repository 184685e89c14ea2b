package io.kabar.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.daemon.control.Outcome.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void rows_stand_under_their_names() {
        Outcome outcome = Outcome.list(
                "nobody",
                List.of(
                        new Row().with("name", "ada").with("seq", 4711).with("rooms", List.of("a", "b")),
                        new Row().with("name", "bobby").with("seq", 1).with("rooms", List.of())));

        assertThat(TextTable.lines(outcome)).containsExactly("name   seq   rooms", "ada    4711  a, b", "bobby  1");
    }

    @Test
    void a_single_row_that_is_too_wide_stands_upright() {
        Row row = new Row().with("long", "x");
        for (int i = 0; i < 9; i++) {
            row.with("n" + i, i);
        }

        assertThat(TextTable.lines(Outcome.list("", List.of(row)))).hasSize(10).startsWith("long  x", "n0    0");
    }

    @Test
    void nothing_others_have_named_steers_a_terminal() {
        Outcome outcome = Outcome.list(
                "", List.of(new Row().with("topic", "\u001b[2Jgone\u202e\n!"), new Row().with("topic", "\u0007")));

        assertThat(TextTable.lines(outcome))
                .allSatisfy(
                        line -> assertThat(line.chars()).noneMatch(c -> Character.isISOControl(c) || c == '\u202e'));
        assertThat(TextTable.lines(Outcome.done("\u001b[31m"))).containsExactly("␛[31m");
    }

    @Test
    void an_empty_list_is_said() {
        assertThat(TextTable.lines(Outcome.list("Nobody is there.", List.of()))).containsExactly("Nobody is there.");
        assertThat(TextTable.lines(Outcome.list("", List.of()))).isEmpty();
    }
}
