package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CompleterTest {

    private final Scene scene = Scene.inLobby("tam", "Tara", "mira");
    private final Completer completer = new Completer(scene.model);

    private List<String> complete(String line) {
        return completer.complete(line, line.length()).candidates();
    }

    @Test
    void a_name_is_completed_in_brackets_and_quotes_too() {
        Scene scene = Scene.inLobby("tam");
        Completer.Completions found = new Completer(scene.model).complete("see (ta", 7);
        assertThat(found.from()).isEqualTo(5);
        assertThat(found.candidates()).containsExactly("tam ");
        assertThat(new Completer(scene.model).complete("\"@t", 3).candidates()).containsExactly("@tam ");
    }

    @Test
    void commands_at_the_beginning() {
        assertThat(complete("/jo")).containsExactly("/join ");
        assertThat(complete("/N")).containsExactly("/numbers ", "/names ", "/nick ", "/net ");
        assertThat(complete("/")).hasSize(Command.values().length);
        assertThat(complete("//jo")).isEmpty();
        assertThat(complete("and /jo")).isEmpty();
    }

    @Test
    void a_name_that_begins_a_line_is_addressed() {
        assertThat(complete("ta")).containsExactly("tam: ", "Tara: ");
        assertThat(complete("ask ta")).containsExactly("tam ", "Tara ");
        assertThat(complete("ask @mi")).containsExactly("@mira ");
    }

    @Test
    void who_spoke_last_comes_first_and_oneself_never() {
        scene.said(1, "tam", "x");
        scene.said(2, "Tara", "y");

        assertThat(complete("ta")).containsExactly("Tara: ", "tam: ");
        assertThat(complete("ad")).isEmpty();
    }

    @Test
    void nothing_typed_completes_to_nothing() {
        assertThat(complete("")).isEmpty();
        assertThat(complete("hello ")).isEmpty();
    }

    @Test
    void arguments_by_their_kind() {
        scene.enter("ops", 0, 1);
        scene.enter("@1+2", 0, 1, "tam");

        assertThat(complete("/leave o")).containsExactly("#ops ");
        assertThat(complete("/leave #")).containsExactly("#lobby ", "#ops ");
        assertThat(complete("/query M")).containsExactly("mira ");
        assertThat(complete("/msg ")).contains("tam ", "Tara ", "mira ");
        assertThat(complete("/msg tam ask mi")).containsExactly("mira ");
        assertThat(complete("/help ver")).containsExactly("verify ");
        assertThat(complete("/list a")).isEmpty();
        assertThat(complete("/join ops 5")).isEmpty();
        assertThat(complete("see #op")).containsExactly("#ops ");
    }

    @Test
    void only_the_word_before_the_cursor_is_completed() {
        Completer.Completions completions = completer.complete("ask mi please", 6);

        assertThat(completions.from()).isEqualTo(4);
        assertThat(completions.candidates()).containsExactly("mira ");
    }
}
