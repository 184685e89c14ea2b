package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rooms of which not all members are told, as quiet ones: how many there are is known, and others can be found. */
class CutListsTest {

    private static final RoomName BIG = RoomName.of("big");

    private final Scene scene = Scene.inLobby();

    private static List<Member> users(int count) {
        List<Member> some = new ArrayList<>(List.of(Scene.member("ada")));
        IntStream.range(1, count).mapToObj(i -> Scene.member("user" + i)).forEach(some::add);
        return some;
    }

    private void enter(int told, int inside) {
        scene.model.onRoomEntered(
                scene.client,
                new RoomState(
                        BIG,
                        "",
                        users(told),
                        1,
                        0,
                        1,
                        "",
                        0,
                        0,
                        RoomSettings.NONE,
                        Optional.empty(),
                        0,
                        Map.of(),
                        inside));
    }

    private void happened(long sequence, String who, Content content) {
        scene.model.onEvent(
                scene.client,
                ChatEvent.of(BIG, sequence, Scene.NOON, Author.of(UserName.of(who)), content),
                EventOrigin.LIVE);
    }

    @Test
    void a_room_of_which_not_all_members_are_told_says_how_many_there_are() {
        enter(64, 9000);
        assertThat(scene.room("big").inside()).isEqualTo(9000);
        assertThat(scene.room("big").roster()).hasSize(64);
        assertThat(scene.texts(scene.room("big").transcript()))
                .anyMatch(line -> line.contains("8,999 others are here; /names BEGINNING* finds one of them"));
        scene.enter("whole", 0, 1, "bob");
        assertThat(scene.room("whole").inside()).isEqualTo(2);
        assertThat(scene.texts(scene.room("whole").transcript())).noneMatch(line -> line.contains("/names"));
    }

    @Test
    void how_many_there_are_follows_what_the_server_counts_and_who_comes_and_goes() {
        enter(64, 9000);
        scene.model.onMemberCount(scene.client, BIG, 9500);
        assertThat(scene.room("big").inside()).isEqualTo(9500);
        happened(1, "kim", new Content.Joined());
        happened(2, "user1", new Content.Left(""));
        happened(3, "somebody", new Content.Left(""));
        assertThat(scene.room("big").inside()).isEqualTo(9499);
        assertThat(scene.room("big").roster()).hasSize(64);
        scene.model.onMemberCount(scene.client, BIG, 3);
        assertThat(scene.room("big").inside())
                .as("who is known to be there is there")
                .isEqualTo(64);
        scene.model.onMemberCount(scene.client, RoomName.of("left"), 3);
    }

    @Test
    void names_of_a_room_that_is_told_in_part_come_from_the_server_with_how_many_there_are() {
        enter(64, 9000);
        scene.client.members = users(500);
        scene.client.inside = 9000;
        scene.runner.run("/join big");
        scene.printed.clear();
        scene.runner.run("/names");
        assertThat(scene.printed).singleElement().asString().startsWith("256 in #big: ada, user1, ");
        assertThat(scene.printed)
                .singleElement()
                .asString()
                .endsWith("\nThese are 256 of 9,000 in #big; /names BEGINNING* finds those whose names begin so.");
    }

    @Test
    void somebody_is_found_by_the_beginning_of_their_name_here_and_elsewhere() {
        enter(64, 9000);
        scene.client.members = users(500);
        scene.runner.run("/join big");
        scene.printed.clear();
        scene.runner.run("/names user49*");
        assertThat(scene.printed)
                .containsExactly("11 in #big whose names begin with user49: user49, user490, user491, user492, user493,"
                        + " user494, user495, user496, user497, user498, user499");
        scene.printed.clear();
        scene.runner.run("/names #big kim");
        scene.runner.run("/names other user498*");
        scene.runner.run("/names #star*");
        assertThat(scene.printed)
                .containsExactly(
                        "Nobody in #big has a name that begins with kim.",
                        "1 in #other whose names begin with user498: user498",
                        scene.printed.get(2));
        assertThat(scene.printed.get(2)).startsWith("256 in #star*: ada, ");
        assertThat(scene.client.asked).contains("members #big kim", "members #other user498", "members #star* ");
    }

    @Test
    void a_beginning_that_no_name_can_have_is_not_asked_for() {
        enter(64, 9000);
        scene.runner.run("/join big");
        scene.printed.clear();
        scene.runner.run("/names " + "x".repeat(33) + "*");
        assertThat(scene.printed).containsExactly("No name is so long.");
    }

    @Test
    void in_a_quiet_room_it_is_told_how_many_are_inside_and_whoever_speaks_is_listed() {
        scene.model.onRoomEntered(
                scene.client,
                new RoomState(
                        RoomName.of("big"),
                        "",
                        List.of(Scene.member("ada"), Scene.member("tam")),
                        1,
                        0,
                        1,
                        "",
                        0,
                        0,
                        RoomSettings.NONE,
                        Optional.empty(),
                        0,
                        Map.of(),
                        9_000));
        RoomModel big = scene.room("big");
        assertThat(big.inside()).isEqualTo(9_000);
        assertThat(scene.texts(big.transcript())).anyMatch(line -> line.contains("8,999 others are here"));

        scene.model.onEvent(
                scene.client,
                ChatEvent.of(
                        big.name(), 1, Scene.NOON, new Author(7, UserName.of("zoe")), new Content.Said("hi", false)),
                EventOrigin.LIVE);
        assertThat(big.roster()).extracting(member -> member.name().text()).containsExactly("ada", "tam", "zoe");
        assertThat(big.inside()).isEqualTo(9_000);
    }
}
