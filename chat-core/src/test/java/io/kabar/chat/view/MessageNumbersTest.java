package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The numbers by which commands name messages, where lines do not show them. */
class MessageNumbersTest {

    private final Scene scene = Scene.inLobby("tam");

    @Test
    void the_newest_messages_are_listed_with_their_numbers_on_demand() {
        scene.said(1, "tam", "a rose\nis a rose");
        scene.said(2, "ada", "is it?");
        scene.runner.say(scene.lobby(), "on its way", false);

        scene.runner.run("/numbers");
        assertThat(answer()).isEqualTo("#1 tam: a rose is a rose\n#2 ada: is it?");
        scene.runner.run("/numbers 1");
        assertThat(answer()).isEqualTo("#2 ada: is it?");
        scene.runner.run("/numbers 0");
        assertThat(answer()).isEqualTo("Say how many messages, from 1 to 100: /numbers [COUNT]");
        scene.runner.run("/clear");
        scene.runner.run("/numbers");
        assertThat(answer()).isEqualTo("Nothing was said here that has a number.");
    }

    @Test
    void an_answer_on_its_way_quotes_what_it_answers_as_it_will_in_the_log() {
        scene.said(1, "tam", "a rose");
        scene.runner.run("/reply #1 a red one?");
        assertThat(scene.lastSaid().text()).isEqualTo("> tam: a rose\na red one?");
        assertThat(scene.lastSaid().state()).isEqualTo(SendState.SENDING);
    }

    private String answer() {
        Transcript front = scene.model.transcript();
        for (int i = front.size() - 1; i >= 0; i--) {
            if (front.line(i) instanceof TranscriptLine.Notice notice) {
                return notice.text();
            }
        }
        return "";
    }
}
