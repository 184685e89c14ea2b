package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.UserName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people see of what programs say to each other. */
class ProgramLinesTest {

    private final Scene scene = Scene.inLobby("bob");

    private void happens(long sequence, Content content) {
        ChatEvent event = ChatEvent.of(Scene.LOBBY, sequence, Scene.NOON, Author.of(UserName.of("bob")), content);
        scene.model.onEvent(scene.client, event, EventOrigin.LIVE);
    }

    private List<String> said() {
        return scene.lobby().transcript().lines().stream()
                .filter(TranscriptLine.Said.class::isInstance)
                .map(line -> ((TranscriptLine.Said) line).from() + ": " + line.text())
                .toList();
    }

    @Test
    void data_is_a_message_that_says_what_it_is_and_how_long() {
        happens(1, new ProgramContent.Data(new Payload("image/png", new byte[1_234])));
        happens(2, new ProgramContent.Data(Payload.text("hi")));

        assertThat(said()).containsExactly("bob: [image/png, 1.2 kB]", "bob: [text/plain, 2 B]");
        assertThat(scene.lobby().talkers()).containsExactly(UserName.of("bob"));
    }

    @Test
    void values_are_no_news_to_people() {
        int before = scene.lobby().transcript().lines().size();
        happens(1, new ProgramContent.ValueSet("score", Payload.text("1")));

        assertThat(scene.lobby().transcript().lines()).hasSize(before);
        assertThat(scene.lobby().unread()).isZero();
    }
}
