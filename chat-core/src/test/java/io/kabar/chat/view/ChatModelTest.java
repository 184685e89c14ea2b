package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ConnectionState;
import io.kabar.chat.rules.RoomRole;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChatModelTest {

    @Test
    void the_first_room_is_in_front() {
        Scene scene = new Scene();
        scene.enter("lobby", 0, 1);
        scene.enter("ops", 0, 1);

        assertThat(scene.model.current()).map(RoomModel::title).contains("#lobby");
        assertThat(scene.model.rooms()).extracting(RoomModel::title).containsExactly("#lobby", "#ops");
    }

    @Test
    void what_others_say_elsewhere_is_unread_until_the_room_is_selected() {
        Scene scene = Scene.inLobby("tam");
        scene.enter("ops", 0, 1, "tam");
        scene.saidIn("ops", 1, "tam", "anybody?");
        scene.saidIn("ops", 2, "tam", "ada: you?");
        scene.said(1, "tam", "seen at once");

        assertThat(scene.room("ops").unread()).isEqualTo(2);
        assertThat(scene.room("ops").mentions()).isEqualTo(1);
        assertThat(scene.lobby().unread()).isZero();

        scene.model.select(RoomName.of("ops"));
        assertThat(scene.room("ops").unread()).isZero();
        assertThat(scene.room("ops").mentions()).isZero();
        TranscriptLine firstUnread = scene.room("ops").transcript().line(1);
        assertThat(scene.room("ops").firstUnread()).hasValue(firstUnread.id());
        assertThat(firstUnread.text()).isEqualTo("anybody?");
    }

    @Test
    void own_words_and_restored_ones_are_never_unread() {
        Scene scene = Scene.inLobby();
        scene.enter("ops", 2, 1, "tam");
        scene.saidIn("ops", 1, "tam", "yesterday");
        scene.saidIn("ops", 2, "tam", "ada?");
        scene.saidIn("ops", 3, "ada", "from my other device");

        assertThat(scene.room("ops").unread()).isZero();
    }

    @Test
    void the_room_in_front_gathers_unread_messages_while_nobody_looks() {
        Scene scene = Scene.inLobby("tam");
        scene.model.setWatching(false);
        scene.said(1, "tam", "hello?");
        assertThat(scene.lobby().unread()).isEqualTo(1);

        scene.model.setWatching(true);
        assertThat(scene.lobby().unread()).isZero();
        assertThat(scene.changes).endsWith("ROOMS #lobby");
    }

    @Test
    void every_message_of_a_direct_conversation_counts_as_a_mention() {
        Scene scene = Scene.inLobby();
        scene.enter("@1+2", 0, 1, "tam");
        scene.saidIn("@1+2", 1, "tam", "psst");

        assertThat(scene.room("@1+2").title()).isEqualTo("tam");
        assertThat(scene.room("@1+2").mentions()).isEqualTo(1);
    }

    @Test
    void what_waited_in_a_direct_conversation_is_unread_but_what_a_query_restored_is_not() {
        Scene scene = Scene.inLobby();
        scene.model.onDirectMessage(scene.client, RoomName.of("@1+2"), Optional.of(UserName.of("tam")), 7);
        scene.enter("@1+2", 7, 7, "tam");
        scene.saidIn("@1+2", 7, "tam", "psst");
        assertThat(scene.room("@1+2").unread()).isEqualTo(1);

        scene.runner.run("/query kai");
        scene.enter("@1+3", 7, 7, "kai");
        scene.model.select(Scene.LOBBY);
        scene.saidIn("@1+3", 7, "kai", "last week");
        assertThat(scene.room("@1+3").unread()).isZero();
    }

    @Test
    void an_event_seen_before_changes_nothing() {
        Scene scene = Scene.inLobby("tam");
        scene.said(1, "tam", "once");
        int lines = scene.lobby().transcript().size();
        scene.said(1, "tam", "once");

        assertThat(scene.lobby().transcript().size()).isEqualTo(lines);
    }

    @Test
    void status_tells_how_far_behind_until_it_has_caught_up() {
        Scene scene = Scene.inLobby();
        scene.enter("ops", 3, 2, "tam");
        assertThat(scene.model.status().words()).isEqualTo("catching up 2");

        scene.saidIn("ops", 2, "tam", "a");
        assertThat(scene.model.status().words()).isEqualTo("catching up 1");
        scene.saidIn("ops", 3, "tam", "b");
        assertThat(scene.model.status().words()).isEqualTo("live");
        assertThat(scene.changes).endsWith("STATUS");
    }

    @Test
    void signing_in_anew_shows_nothing_but_what_was_missed_as_unread() {
        Scene scene = Scene.inLobby("tam");
        scene.said(1, "tam", "before");
        scene.model.setWatching(false);
        int lines = scene.lobby().transcript().size();

        scene.enter("lobby", 3, 2, "tam");
        assertThat(scene.lobby().transcript().size()).isEqualTo(lines);
        assertThat(scene.lobby().behind()).isEqualTo(2);
        scene.said(2, "tam", "while you were away");
        assertThat(scene.lobby().unread()).isEqualTo(1);
    }

    @Test
    void events_that_are_gone_are_told_and_not_waited_for() {
        Scene scene = Scene.inLobby();
        scene.enter("ops", 10, 1);
        scene.model.onHistoryGone(scene.client, RoomName.of("ops"), 1, 10);

        assertThat(scene.room("ops").behind()).isZero();
        assertThat(scene.texts(scene.room("ops").transcript()))
                .endsWith("Events 1 to 10 are no longer kept.", "You are in #ops, nobody else is here.");
    }

    @Test
    void joins_and_leaves_change_the_roster_but_restored_ones_do_not() {
        Scene scene = new Scene();
        scene.enter("lobby", 2, 1, "tam");
        scene.left(1, "tam", "");
        scene.joined(2, "kai");
        assertThat(names(scene.lobby())).containsExactly("ada", "tam");

        scene.joined(3, "lev");
        scene.left(4, "tam", "");
        assertThat(names(scene.lobby())).containsExactly("ada", "lev");
        assertThat(scene.changes).contains("ROSTER #lobby");
    }

    @Test
    void the_roster_puts_owner_and_staff_first() {
        Scene scene = Scene.inLobby("tam", "ori", "mira");
        scene.model.onMemberChanged(
                scene.client, Scene.LOBBY, new Member(UserName.of("ori"), RoomRole.MODERATOR, Presence.HERE));
        scene.model.onMemberChanged(
                scene.client, Scene.LOBBY, new Member(UserName.of("mira"), RoomRole.OWNER, Presence.AWAY));

        assertThat(names(scene.lobby())).containsExactly("mira", "ori", "ada", "tam");
        assertThat(scene.lobby().roster().get(0).presence()).isEqualTo(Presence.AWAY);
    }

    @Test
    void a_change_of_somebody_who_has_left_does_not_bring_them_back() {
        Scene scene = Scene.inLobby("tam");
        scene.left(1, "tam", "");
        scene.model.onMemberChanged(
                scene.client, Scene.LOBBY, new Member(UserName.of("tam"), RoomRole.GUEST, Presence.RECONNECTING));

        assertThat(names(scene.lobby())).containsExactly("ada");
    }

    @Test
    void typing_ends_by_itself_and_when_something_is_said() {
        Scene scene = Scene.inLobby("tam", "ori");
        scene.model.onTyping(scene.client, Scene.LOBBY, UserName.of("tam"));
        scene.model.onTyping(scene.client, Scene.LOBBY, UserName.of("ori"));
        scene.model.onTyping(scene.client, Scene.LOBBY, Scene.ADA);
        assertThat(Wording.typing(scene.lobby().typing(scene.now))).isEqualTo("tam and ori are typing");

        scene.said(1, "tam", "there");
        assertThat(Wording.typing(scene.lobby().typing(scene.now))).isEqualTo("ori is typing");
        assertThat(scene.lobby().typing(scene.now.plusSeconds(6))).isEmpty();
    }

    @Test
    void ignored_people_are_heard_by_nobody_but_counted_by_the_log() {
        Scene scene = Scene.inLobby("tam");
        scene.model.ignore(UserName.of("Tam"));
        scene.said(1, "tam", "ada ada ada");
        assertThat(scene.printed).isEmpty();
        assertThat(scene.lobby().behind()).isZero();

        scene.model.unignore(UserName.of("tam"));
        scene.said(2, "tam", "again");
        assertThat(scene.printed).containsExactly("again");
    }

    @Test
    void leaving_the_room_in_front_shows_another_and_says_so_there() {
        Scene scene = Scene.inLobby();
        scene.enter("ops", 0, 1);
        scene.model.onRoomLeft(scene.client, Scene.LOBBY, "");

        assertThat(scene.model.current()).map(RoomModel::title).contains("#ops");
        assertThat(scene.last().text()).isEqualTo("You left #lobby.");

        scene.model.onRoomLeft(scene.client, RoomName.of("ops"), "closed by its owner");
        assertThat(scene.model.current()).isEmpty();
        assertThat(scene.last().text()).isEqualTo("You are no longer in #ops: closed by its owner.");
        assertThat(scene.model.transcript().room()).isEmpty();
    }

    @Test
    void the_end_is_told_with_its_reason() {
        Scene scene = Scene.inLobby();
        scene.model.onClosed(scene.client, CloseReason.SERVER_STOPPED, "");

        assertThat(scene.model.closed()).contains(CloseReason.SERVER_STOPPED);
        assertThat(scene.model.status().words()).isEqualTo("signed out");
        assertThat(scene.last().text()).isEqualTo("Signed out: the server was stopped.");
    }

    @Test
    void a_replaced_session_says_so() {
        Scene scene = Scene.inLobby();
        scene.model.onClosed(
                scene.client, CloseReason.REPLACED, "The connection ended: replaced by a newer connection.");
        assertThat(scene.last().text())
                .isEqualTo("Signed out: this session was replaced by a newer one of the same program.");
    }

    @Test
    void entering_says_who_is_there_the_topic_and_what_is_kept() {
        Scene scene = new Scene();
        scene.model.onRoomEntered(
                scene.client,
                new io.kabar.chat.RoomState(
                        Scene.LOBBY,
                        "Release \u001b[31mFriday",
                        List.of(Scene.member("ada"), Scene.member("tam")),
                        1,
                        0,
                        1,
                        "kept for 30 days"));

        assertThat(scene.last().text())
                .isEqualTo(
                        "You are in #lobby, 1 other is here. Topic: Release ␛[31mFriday. History is kept for 30 days.");
    }

    @Test
    void topics_are_shown_and_remembered() {
        Scene scene = Scene.inLobby();
        scene.topic(1, "tam", "Freeze\nWednesday");
        assertThat(scene.lobby().topic()).isEqualTo("Freeze ⏎ Wednesday");
        scene.topic(2, "tam", "");
        assertThat(scene.lobby().topic()).isEmpty();
        assertThat(scene.printed).containsExactly("tam set the topic: Freeze ⏎ Wednesday", "tam cleared the topic");
    }

    @Test
    void words_of_a_status() {
        assertThat(new Status(ConnectionState.CONNECTING, 0, 0).words()).isEqualTo("connecting");
        assertThat(new Status(ConnectionState.SEARCHING, 5, 3).words()).isEqualTo("searching for network (3 queued)");
        assertThat(new Status(ConnectionState.SEARCHING, 5, 0).words()).isEqualTo("searching for network");
    }

    @Test
    void an_observer_can_take_itself_away_while_it_is_told() {
        Scene scene = Scene.inLobby();
        int[] told = {0};
        ModelObserver once = new ModelObserver() {
            @Override
            public void onLine(Transcript transcript, TranscriptLine line) {
                told[0]++;
                scene.model.unobserve(this);
            }
        };
        scene.model.observe(once);
        scene.said(1, "tam", "a");
        scene.said(2, "tam", "b");

        assertThat(told[0]).isEqualTo(1);
    }

    private static List<String> names(RoomModel room) {
        return room.roster().stream().map(member -> member.name().text()).toList();
    }

    @Test
    void under_another_name_one_stays_oneself_and_conversations_follow() {
        Scene scene = Scene.inLobby("tam");
        scene.enter("@1+2", 0, 1, "tam");
        scene.model.onRenamed(scene.client, UserName.of("eve"));

        assertThat(scene.model.self()).isEqualTo(UserName.of("eve"));
        RoomModel direct = scene.model.room(RoomName.of("@1+2")).orElseThrow();
        assertThat(direct.title()).isEqualTo("tam");
        assertThat(direct.transcript().room()).contains(RoomName.of("@1+2"));
        assertThat(scene.model.rooms()).extracting(RoomModel::title).containsExactly("#lobby", "tam");
        scene.said(1, "eve", "still me");
        scene.saidIn("@1+2", 1, "tam", "hello");
        assertThat(scene.lobby().unread()).isZero();
        assertThat(direct.unread()).isOne();
    }
}
