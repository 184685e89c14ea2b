package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatException;
import io.kabar.chat.Conversation;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.view.files.ReadMarkerFile;
import io.kabar.chat.view.files.ReadMarkers;
import io.kabar.chat.view.words.Refusals;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody writes to this user: they are told, and it is for them to open the conversation. */
class WaitingConversationsTest {

    private static final RoomName WITH_TAM = RoomName.direct(1, 2);

    private static final Optional<UserName> TAM = named("tam");

    private static Optional<UserName> named(String name) {
        return Optional.of(UserName.of(name));
    }

    private final Scene scene = Scene.inLobby("tam");

    @Test
    void a_conversation_is_told_once_and_not_entered() {
        scene.model.onDirectMessage(scene.client, WITH_TAM, TAM, 7);
        scene.model.onDirectMessage(scene.client, WITH_TAM, TAM, 9);

        assertThat(scene.printed)
                .containsExactly("There is something new in your conversation with tam; /query tam shows it.");
        assertThat(scene.model.waiting()).containsExactly(new WaitingConversation(WITH_TAM, UserName.of("tam"), 7));
        assertThat(scene.client.asked).isEmpty();
        assertThat(scene.changes).contains("ROOMS @1+2");
    }

    @Test
    void every_way_to_open_it_reads_from_what_was_announced_on() {
        for (String typed : new String[] {"/query tam", "/join @1+2"}) {
            Scene other = Scene.inLobby("tam");
            other.model.onDirectMessage(other.client, WITH_TAM, TAM, 7);
            other.runner.run(typed);
            assertThat(other.client.asked).as(typed).containsExactly("join @1+2 7");
            other.enter("@1+2", 8, 7, "tam");
            other.saidIn("@1+2", 7, "tam", "psst");
            other.saidIn("@1+2", 8, "tam", "are you there?");
            assertThat(other.texts(other.model.transcript())).contains("psst", "are you there?");
            assertThat(other.model.waiting()).isEmpty();
        }
        scene.model.onDirectMessage(scene.client, WITH_TAM, TAM, 7);
        var unused = scene.runner.open(WITH_TAM);
        assertThat(scene.client.asked).containsExactly("join @1+2 7");
    }

    @Test
    void answering_opens_it_and_what_waited_is_unread_in_it() {
        scene.model.onDirectMessage(scene.client, WITH_TAM, TAM, 7);
        scene.runner.run("/msg tam yes?");
        assertThat(scene.client.asked).containsExactly("tell tam yes?");
        scene.enter("@1+2", 7, 7, "tam");
        scene.saidIn("@1+2", 7, "tam", "psst");
        scene.saidIn("@1+2", 8, "ada", "yes?");

        assertThat(scene.room("@1+2").unread()).isEqualTo(1);
        assertThat(scene.model.waiting()).isEmpty();
    }

    @Test
    void what_was_said_before_while_the_user_was_away_is_read_too_up_to_a_page(@TempDir Path folder) {
        assertThat(opened(folder.resolve("a"), 3, 7)).isEqualTo(JoinHistory.from(4));
        assertThat(opened(folder.resolve("b"), 3, 5_000)).isEqualTo(JoinHistory.from(5_000 - 100));
        assertThat(opened(folder.resolve("c"), 900, 7))
                .as("a log that began anew")
                .isEqualTo(JoinHistory.from(7));
    }

    private JoinHistory opened(Path file, long left, long announced) {
        Scene other = Scene.inLobby("tam");
        markers(file, Map.of(WITH_TAM, new ReadMarker(left, Scene.NOON))).follow(other.model);
        other.model.onDirectMessage(other.client, WITH_TAM, TAM, announced);
        return other.model.usualHistory(WITH_TAM);
    }

    private ReadMarkers markers(Path path, Map<RoomName, ReadMarker> left) {
        ReadMarkerFile file = new ReadMarkerFile(path);
        ServerKey key = ServerKey.of(new byte[ServerKey.LENGTH]);
        file.write(key, Scene.ADA, left);
        return new ReadMarkers(file, key, Scene.ADA, () -> scene.now, Runnable::run, complaint -> {});
    }

    @Test
    void strangers_without_end_fill_a_stated_number_of_lines_and_places_and_keep_no_friend_out(@TempDir Path folder) {
        markers(folder.resolve("markers"), Map.of(WITH_TAM, new ReadMarker(3, Scene.NOON)))
                .follow(scene.model);
        for (int i = 0; i < 10_000; i++) {
            scene.model.onDirectMessage(scene.client, RoomName.direct(1, 10 + i), named("stranger" + i), 1);
        }
        assertThat(scene.model.waiting()).hasSize(WaitingConversations.MAX);
        assertThat(scene.printed).hasSize(WaitingConversations.MAX + 1);
        assertThat(scene.printed.get(WaitingConversations.MAX)).isEqualTo(Wording.MORE_WAITING);

        scene.model.onDirectMessage(scene.client, WITH_TAM, TAM, 4);
        assertThat(scene.model.waiting())
                .hasSize(WaitingConversations.MAX)
                .contains(new WaitingConversation(WITH_TAM, UserName.of("tam"), 4));
    }

    @Test
    void a_place_that_is_free_again_is_for_the_next_and_being_without_one_is_told_again() {
        for (int i = 0; i <= WaitingConversations.MAX; i++) {
            scene.model.onDirectMessage(scene.client, RoomName.direct(1, 10 + i), named("stranger" + i), 1);
        }
        scene.enter("@1+10", 1, 1, "stranger0");
        scene.printed.clear();
        scene.model.onDirectMessage(scene.client, RoomName.direct(1, 3), named("kai"), 1);
        scene.model.onDirectMessage(scene.client, RoomName.direct(1, 4), named("lev"), 1);

        assertThat(scene.printed).containsExactly(Wording.waiting(UserName.of("kai")), Wording.MORE_WAITING);
    }

    @Test
    void who_is_hidden_is_not_told_of_and_what_waited_of_them_goes() {
        scene.model.onDirectMessage(scene.client, WITH_TAM, TAM, 1);
        scene.model.ignore(UserName.of("tam"));
        assertThat(scene.model.waiting()).isEmpty();

        scene.printed.clear();
        scene.model.onDirectMessage(scene.client, WITH_TAM, TAM, 2);
        assertThat(scene.printed).isEmpty();
        assertThat(scene.model.waiting()).isEmpty();
    }

    @Test
    void those_that_are_open_do_not_wait() {
        scene.enter("@1+2", 0, 1, "tam");
        scene.printed.clear();
        scene.model.onDirectMessage(scene.client, WITH_TAM, TAM, 1);

        assertThat(scene.model.waiting()).isEmpty();
        assertThat(scene.printed).isEmpty();
    }

    @Test
    void one_that_could_not_be_opened_goes_on_waiting() {
        scene.model.onDirectMessage(scene.client, WITH_TAM, TAM, 1);
        scene.client.joined.completeExceptionally(ChatException.of(Refusal.TOO_MANY_ROOMS));
        var unused = scene.runner.open(WITH_TAM);

        assertThat(scene.model.waiting()).hasSize(1);
        assertThat(scene.last().text()).isEqualTo(Refusals.sentence(Refusal.TOO_MANY_ROOMS));
    }

    @Test
    void whose_conversation_waits_is_completed_first() {
        scene.model.onDirectMessage(scene.client, RoomName.direct(1, 5), named("zoe"), 1);
        assertThat(new Completer(scene.model).complete("/query ", 7).candidates())
                .startsWith("zoe ", "tam ");
    }

    @Test
    void a_conversation_that_is_opened_by_a_name_goes_on_where_it_was_left() {
        RoomName room = RoomName.direct(1, 2);
        scene.client.conversations = List.of(
                new Conversation(RoomName.direct(1, 3), named("kai"), 9, 10), new Conversation(room, TAM, 9, 5));
        scene.model.remember(
                name -> name.equals(room) ? Optional.of(new ReadMarker(4, Scene.NOON, 7)) : Optional.empty());

        scene.runner.run("/query TAM");

        assertThat(scene.client.asked).containsExactly("join @1+2 100");
        scene.runner.run("/query zoe");
        assertThat(scene.client.asked).last().isEqualTo("join @zoe 50");
    }
}
