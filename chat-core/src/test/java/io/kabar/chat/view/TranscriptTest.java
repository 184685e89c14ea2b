package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private final Scene scene = Scene.inLobby("tam");
    private final Transcript transcript = scene.lobby().transcript();

    @Test
    void it_is_bounded_and_the_oldest_make_room() {
        for (int i = 1; i <= Transcript.MAX_LINES + 10; i++) {
            scene.said(i, "tam", "line " + i);
        }
        assertThat(transcript.size()).isEqualTo(Transcript.MAX_LINES);
        assertThat(transcript.line(0).text()).isEqualTo("line 11");
        assertThat(scene.last().text()).isEqualTo("line " + (Transcript.MAX_LINES + 10));
    }

    @Test
    void own_words_show_as_sending_below_what_arrives_and_take_their_place_when_they_are_accepted() {
        scene.runner.say(scene.lobby(), "mine", false);
        scene.said(1, "tam", "theirs was first");
        assertThat(scene.lastSaid().state().words()).isEqualTo("sending");
        assertThat(scene.model.status().queued()).isEqualTo(1);

        scene.client.accept(2);
        assertThat(scene.lastSaid().state().words()).isEqualTo("accepted #2");
        assertThat(scene.model.status().queued()).isZero();
        assertThat(scene.printed).containsExactly("theirs was first");

        scene.said(2, "ada", "mine");
        scene.said(3, "tam", "after");
        assertThat(tail(3)).containsExactly("theirs was first", "mine", "after");
        assertThat(scene.printed).containsExactly("theirs was first", "mine", "after");
    }

    @Test
    void an_event_that_is_faster_than_its_receipt_is_one_line() {
        scene.runner.say(scene.lobby(), "mine", false);
        scene.said(1, "ada", "mine");
        scene.client.accept(1);

        assertThat(transcript.lines())
                .filteredOn(line -> line.text().equals("mine"))
                .hasSize(1);
        assertThat(scene.lastSaid().state()).isEqualTo(SendState.accepted(1));
    }

    @Test
    void the_same_words_from_another_device_make_two_lines() {
        scene.runner.say(scene.lobby(), "hi", false);
        scene.said(1, "ada", "hi");
        scene.client.accept(2);
        scene.said(2, "ada", "hi");

        assertThat(transcript.lines())
                .filteredOn(line -> line.text().equals("hi"))
                .hasSize(2);
        assertThat(transcript.queued()).isZero();
    }

    @Test
    void the_number_tells_which_of_two_equal_messages_has_come_back() {
        scene.runner.say(scene.lobby(), "hi", false);
        scene.runner.say(scene.lobby(), "hi", false);
        scene.client.accept(1);
        scene.said(1, "ada", "hi");

        assertThat(transcript.queued()).isEqualTo(1);
        assertThat(scene.lastSaid().state()).isEqualTo(SendState.SENDING);
    }

    @Test
    void refused_words_stay_with_the_reason() {
        scene.runner.say(scene.lobby(), "x", false);
        scene.client.refuse(ChatException.of(Refusal.TOO_LARGE));

        assertThat(scene.lastSaid().state().words())
                .isEqualTo("not sent: The message is longer than this server accepts.");
        assertThat(scene.printed).containsExactly("x");
        assertThat(transcript.queued()).isZero();
    }

    @Test
    void words_refused_after_their_line_went_to_another_device_are_told_apart() {
        scene.runner.say(scene.lobby(), "hi", false);
        scene.said(1, "ada", "hi");
        scene.client.refuse(ChatException.of(Refusal.STORAGE));

        assertThat(scene.last().text()).startsWith("Not sent: \"hi\". The server cannot store");
    }

    @Test
    void what_others_say_cannot_steer_the_screen() {
        scene.said(1, "tam", "\u001b]0;owned\u0007 \u202Etxet\r\nnext\u009b31m");

        assertThat(scene.last().text()).isEqualTo("␛]0;owned␇ \uFFFDtxet\nnext\uFFFD31m");
    }

    @Test
    void a_mention_is_a_word_in_any_case() {
        assertThat(List.of("ada: look", "@Ada", "ask ADA.", "(ada)", "ada-", "a, ada"))
                .allSatisfy(text -> {
                    assertThat(Mentions.of(Scene.ADA, text)).as(text).isTrue();
                });
        assertThat(List.of("adam", "canada", "ada_b", "ada.lovelace", "")).allSatisfy(text -> {
            assertThat(Mentions.of(Scene.ADA, text)).as(text).isFalse();
        });
    }

    private List<String> tail(int count) {
        List<String> texts = scene.texts(transcript);
        return texts.subList(texts.size() - count, texts.size());
    }
}
