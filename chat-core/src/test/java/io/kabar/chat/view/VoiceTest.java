package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.rules.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether one may speak, and what becomes of those who may not. */
class VoiceTest {

    private static final UserName TAM = UserName.of("tam");

    private final Scene scene = Scene.inLobby("tam", "kai");

    private void happened(long sequence, Content content, RoomSettings settings) {
        scene.client.settings = settings;
        scene.model.onEvent(
                scene.client,
                ChatEvent.of(Scene.LOBBY, sequence, Scene.NOON, Author.of(TAM), content),
                EventOrigin.LIVE);
    }

    private Voice voice() {
        return scene.lobby().voice();
    }

    @Test
    void a_mute_is_told_and_ends_by_itself() {
        RoomChange mute = RoomChange.mute(Scene.ADA, Scene.NOON.plusSeconds(600), "loud");
        happened(
                1,
                mute,
                RoomSettings.NONE.withStanding(Standing.of(RoomRole.GUEST).withMute(Scene.NOON.plusSeconds(600))));
        assertThat(scene.printed).containsExactly("tam muted ada until 2026-06-08T12:10:00Z (loud)");
        assertThat(voice().silence(Scene.NOON))
                .contains("You are muted in this room until 2026-06-08T12:10:00Z; a moderator of it can end that.");
        assertThat(voice().silence(Scene.NOON.plusSeconds(600))).isEmpty();
    }

    @Test
    void a_moderated_room_is_silent_until_one_is_a_member() {
        RoomSettings moderated = RoomSettings.NONE.withModes(RoomModes.of(Map.of(RoomMode.MODERATED, 1L)));
        happened(1, RoomChange.mode(RoomMode.MODERATED, 1), moderated);
        assertThat(voice().silence(Scene.NOON)).isPresent();
        scene.client.settings = moderated.withStanding(Standing.of(RoomRole.MEMBER));
        scene.model.onMemberChanged(scene.client, Scene.LOBBY, new Member(Scene.ADA, RoomRole.MEMBER, Presence.HERE));
        assertThat(voice().silence(Scene.NOON)).isEmpty();
    }

    @Test
    void slow_mode_counts_from_what_one_has_said_last() {
        RoomSettings slow = RoomSettings.NONE.withModes(RoomModes.of(Map.of(RoomMode.SLOW, 30L)));
        happened(1, RoomChange.mode(RoomMode.SLOW, 30), slow);
        assertThat(voice().pause(Scene.NOON)).isZero();
        scene.said(2, "tam", "x");
        assertThat(voice().pause(Scene.NOON)).isZero();
        scene.said(3, "ada", "y");
        assertThat(voice().pause(Scene.NOON.plusSeconds(10))).isEqualTo(Duration.ofSeconds(20));
        assertThat(voice().pause(Scene.NOON.plusSeconds(31))).isZero();
        happened(4, RoomChange.mode(RoomMode.SLOW, 30), slow.withStanding(Standing.of(RoomRole.MODERATOR)));
        assertThat(voice().pause(Scene.NOON.plusSeconds(10))).isZero();
    }

    @Test
    void kicks_and_bans_are_leaves_in_the_roster() {
        happened(1, RoomChange.kick(UserName.of("kai"), ""), RoomSettings.NONE);
        assertThat(scene.lobby().roster()).extracting(Member::name).doesNotContain(UserName.of("kai"));
        assertThat(scene.printed).containsExactly("tam put kai out");
    }

    @Test
    void what_is_typed_goes_to_no_other_room_when_one_is_put_out() {
        scene.enter("ops", 0, 1);
        scene.runner.run("one");
        scene.model.onRoomLeft(scene.client, Scene.LOBBY, "banned by tam until 2026-06-09T12:00:00Z: spam");
        scene.client.refuse(ChatException.of(Refusal.NOT_IN_ROOM, "banned by tam: spam", null));
        scene.runner.run("two");

        assertThat(scene.client.asked).containsExactly("send #lobby one");
        assertThat(scene.model.current()).isEmpty();
        assertThat(scene.texts(scene.model.transcript()))
                .containsExactly(
                        "You are no longer in #lobby: banned by tam until 2026-06-09T12:00:00Z: spam.",
                        "Not sent: \"one\". banned by tam: spam",
                        "You are in no room; /join one first.");
        scene.model.select(RoomName.of("ops"));
        assertThat(scene.model.current()).isPresent();
    }

    @Test
    void who_enters_is_told_what_is_set() {
        RoomSettings settings = new RoomSettings(
                RoomModes.of(Map.of(RoomMode.MODERATED, 1L, RoomMode.SLOW, 30L)), "", Standing.of(RoomRole.GUEST));
        scene.model.onRoomEntered(
                scene.client,
                new RoomState(RoomName.of("ops"), "", List.of(), 1, 0, 1, "", 0, 0, settings, Optional.empty()));
        scene.model.select(RoomName.of("ops"));
        assertThat(scene.last().text())
                .isEqualTo(
                        "You are in #ops, nobody else is here. Set: moderated · slow 30 s. Only members speak in this"
                                + " room, as it is moderated; a moderator can make you one.");
    }
}
