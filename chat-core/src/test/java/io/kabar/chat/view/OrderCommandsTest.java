package io.kabar.chat.view;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatException;
import io.kabar.chat.Member;
import io.kabar.chat.Permissions;
import io.kabar.chat.Presence;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.rules.Rule;
import io.kabar.chat.rules.Standing;
import io.kabar.chat.view.commands.Consent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderCommandsTest {

    private static final UserName TAM = UserName.of("tam");

    private final Scene scene = Scene.inLobby("tam");

    private void run(String typed) {
        scene.runner.run(typed);
    }

    private String asked() {
        assertThat(scene.client.asked).as(scene.printed.toString()).hasSize(1);
        return scene.client.asked.get(0);
    }

    private String told() {
        assertThat(scene.client.asked).isEmpty();
        assertThat(scene.printed).hasSize(1);
        return scene.printed.get(0);
    }

    private static String change(RoomChange change) {
        return "change #lobby " + change;
    }

    private Instant in(Duration duration) {
        return Scene.NOON.plus(duration);
    }

    @ParameterizedTest
    @EnumSource(Command.class)
    void each_command_has_help_and_knows_how_many_arguments_it_takes(Command command) {
        run("/help " + command.word());
        assertThat(scene.printed.get(0)).startsWith(command.usage() + ": " + command.help());
        if (command.minArguments() > 0) {
            run("/" + command.word());
            assertThat(scene.printed.get(1)).isEqualTo("Usage: " + command.usage());
        }
        if (!command.takesText()) {
            assertThat(UserInput.parse("/" + command.word() + " x".repeat(command.maxArguments() + 1)))
                    .isEqualTo(new UserInput.Invalid("Usage: " + command.usage()));
        }
        assertThat(scene.client.asked).isEmpty();
    }

    @Test
    void somebody_is_put_out_with_a_reason_or_without() {
        run("/kick tam");
        run("/kick tam no  shouting");
        assertThat(scene.client.asked)
                .containsExactly(change(RoomChange.kick(TAM, "")), change(RoomChange.kick(TAM, "no  shouting")));
    }

    @ParameterizedTest
    @CsvSource({"10m, PT10M", "2h, PT2H", "7d, P7D"})
    void a_ban_and_a_mute_last_as_long_as_is_said(String word, Duration duration) {
        run("/ban tam " + word + " spam, spam");
        assertThat(asked()).isEqualTo(change(RoomChange.ban(TAM, in(duration), "spam, spam")));
        scene.client.asked.clear();
        run("/mute tam " + word);
        assertThat(asked()).isEqualTo(change(RoomChange.mute(TAM, in(duration), "")));
    }

    @Test
    void without_a_time_or_with_forever_it_does_not_end_by_itself() {
        run("/ban tam spam all day");
        run("/mute tam forever spam");
        run("/ban tam");
        assertThat(scene.client.asked)
                .containsExactly(
                        change(RoomChange.ban(TAM, RoomChange.FOREVER, "spam all day")),
                        change(RoomChange.mute(TAM, RoomChange.FOREVER, "spam")),
                        change(RoomChange.ban(TAM, RoomChange.FOREVER, "")));
    }

    @Test
    void a_bad_duration_is_answered_with_examples() {
        run("/mute tam 10x spam");
        assertThat(told()).isEqualTo("How long is a number with its unit, as 90s, 10m, 2h, 7d or 4w, or forever.");
    }

    @Test
    void what_is_no_name_is_told_and_not_asked() {
        run("/kick <b>");
        assertThat(told()).contains("<");
    }

    @Test
    void the_server_says_that_there_is_nobody_of_that_name() {
        run("/unban nobody");
        assertThat(asked()).isEqualTo(change(RoomChange.unban(UserName.of("nobody"))));
        scene.client.refuse(ChatException.of(Refusal.NO_SUCH_USER));
        assertThat(scene.printed).containsExactly("There is nobody of that name.");
    }

    @Test
    void a_rule_that_stands_against_it_is_told() {
        run("/kick tam");
        assertThat(scene.model.status().queued()).isOne();
        Obstacle obstacle = new Obstacle(Rule.RANK, "They are an owner.", RoomRole.OWNER);
        scene.client.refuse(ChatException.of(Refusal.NOT_ALLOWED, "", null, obstacle));
        assertThat(scene.printed).containsExactly("They are an owner.");
        assertThat(scene.model.status().queued()).isZero();
    }

    @Test
    void bans_and_mutes_are_lifted_and_people_invited() {
        run("/unban tam");
        run("/unmute tam");
        run("/invite kai come in");
        run("/uninvite kai a mistake");
        assertThat(scene.client.asked)
                .containsExactly(
                        change(RoomChange.unban(TAM)),
                        change(RoomChange.unmute(TAM)),
                        change(RoomChange.invite(UserName.of("kai"), "come in")),
                        change(RoomChange.uninvite(UserName.of("kai"), "a mistake")));
    }

    @Test
    void a_role_is_told_or_given() {
        run("/role TAM");
        assertThat(told()).isEqualTo("tam is a guest in #lobby.");
        run("/role kai");
        run("/role tam chief");
        assertThat(scene.printed.subList(1, 3))
                .containsExactly(
                        "kai is not in #lobby.",
                        "A role is one of guest, member, moderator, owner; guest takes away the one before.");
        run("/role tam Moderator keeps order");
        assertThat(asked()).isEqualTo(change(RoomChange.role(TAM, RoomRole.MODERATOR, "keeps order")));
    }

    @Test
    void a_room_is_given_away_only_by_who_is_sure() {
        run("/transfer tam");
        assertThat(told()).isEqualTo("This cannot be undone. Say that you are sure: /transfer tam yes");
        scene.consent = Consent.REFUSED;
        run("/transfer tam");
        assertThat(scene.printed.get(1)).isEqualTo("Nothing was changed.");
        scene.consent = Consent.GIVEN;
        run("/transfer tam");
        assertThat(asked()).isEqualTo(change(RoomChange.role(TAM, RoomRole.OWNER, "")));
        scene.client.accept(1);
        assertThat(scene.client.asked.get(1)).isEqualTo(change(RoomChange.role(Scene.ADA, RoomRole.MODERATOR, "")));
        assertThat(scene.questions).hasSize(3);
    }

    @Test
    void a_script_says_that_it_is_sure_and_is_not_asked() {
        run("/transfer tam yes");
        assertThat(asked()).isEqualTo(change(RoomChange.role(TAM, RoomRole.OWNER, "")));
        scene.client.refuse(ChatException.of(Refusal.NO_SUCH_USER));
        assertThat(scene.client.asked).hasSize(1);
        run("/close-room yes");
        assertThat(scene.client.asked.get(1)).isEqualTo(change(RoomChange.mode(RoomMode.CLOSED, 1)));
        assertThat(scene.questions).isEmpty();
        run("/close-room maybe");
        run("/transfer ada");
        assertThat(scene.printed.subList(1, 3))
                .containsExactly("Usage: /close-room yes", "You cannot give #lobby to yourself.");
    }

    @Test
    void closing_by_its_mode_asks_too() {
        run("/mode closed on");
        assertThat(told()).endsWith("/close-room yes");
        run("/mode closed off");
        assertThat(asked()).isEqualTo(change(RoomChange.mode(RoomMode.CLOSED, 0)));
    }

    @Test
    void modes_are_shown_one_or_all() {
        scene.client.settings =
                RoomSettings.NONE.withModes(RoomModes.of(Map.of(RoomMode.SLOW, 10L, RoomMode.TOPIC_BY, 2L)));
        run("/mode");
        assertThat(told().lines())
                .hasSize(1 + RoomMode.values().length)
                .contains("Modes of #lobby:", "slow         10        seconds between messages")
                .contains("topic-by     moderator who may set the topic")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(60 - 8));
        run("/mode slow");
        run("/slow");
        run("/mode loud");
        assertThat(scene.printed.subList(1, 4))
                .containsExactly(
                        "slow is 10 in #lobby: seconds between messages.",
                        "#lobby is slow 10 s.",
                        "A mode is one of invite-only, members-only, moderated, read-only, hidden, closed, password,"
                                + " user-limit, slow, topic-by, history-for, quiet.");
    }

    @ParameterizedTest
    @CsvSource({
        "/mode moderated on, MODERATED, 1",
        "/mode Moderated OFF, MODERATED, 0",
        "/mode slow 10, SLOW, 10",
        "/mode slow 2m, SLOW, 120",
        "/slow 30, SLOW, 30",
        "/slow off, SLOW, 0",
        "/mode user-limit 20, USER_LIMIT, 20",
        "/mode topic-by moderator, TOPIC_BY, 2",
        "/mode history-for off, HISTORY_FOR, 0"
    })
    void a_mode_is_set_in_its_own_words(String typed, RoomMode mode, long value) {
        run(typed);
        assertThat(asked()).isEqualTo(change(RoomChange.mode(mode, value)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/mode moderated 2|moderated is on or off, as /mode moderated on.",
                "/mode slow fast|How slow is a number of seconds, as /slow 10, or off.",
                "/slow forever|How slow is a number of seconds, as /slow 10, or off.",
                "/slow 90000|slow is a number from 0 to 86400, not 90000.",
                "/mode user-limit many|user-limit is a number, as /mode user-limit 20, or off.",
                "/mode topic-by me|topic-by is a role, as /mode topic-by moderator; guest is for everybody."
            })
    void a_value_that_a_mode_cannot_have_is_told_with_an_example(String typed, String sentence) {
        run(typed);
        assertThat(told()).isEqualTo(sentence);
    }

    @Test
    void a_password_of_a_room_is_asked_for_where_nobody_sees_it() {
        run("/mode password on");
        assertThat(told()).startsWith("A password is asked for where nobody sees it");
        scene.secrets.add("sesame");
        run("/mode password on");
        run("/mode password off");
        assertThat(scene.client.asked).containsExactly("password of #lobby sesame", "password of #lobby ");
        run("/mode password sesame");
        assertThat(scene.printed.get(1)).isEqualTo("password is on or off, as /mode password on.");
    }

    @Test
    void a_room_that_asks_for_a_password_is_entered_with_it() {
        scene.secrets.add("sesame");
        run("/join ops");
        Obstacle locked = new Obstacle(Rule.PASSWORD, "This room asks for a password.", RoomRole.MEMBER);
        scene.client.joined.completeExceptionally(ChatException.of(Refusal.NOT_ALLOWED, "", null, locked));
        assertThat(scene.client.asked).last().isEqualTo("join #ops with sesame");
        assertThat(scene.questions).containsExactly("Password of #ops: ");
        assertThat(scene.printed).isEmpty();

        run("/join ops");
        assertThat(scene.printed).containsExactly("This room asks for a password.");
    }

    @Test
    void a_room_is_described() {
        run("/describe");
        run("/describe what this is for");
        run("/describe -");
        assertThat(scene.printed).containsExactly("#lobby has no description.");
        assertThat(scene.client.asked).containsExactly("describe #lobby what this is for", "describe #lobby ");
        scene.client.settings = RoomSettings.NONE.withDescription("for\u202eall");
        run("/describe");
        assertThat(scene.printed.get(1)).startsWith("#lobby: for").doesNotContain("\u202e");
    }

    @Test
    void why_not_is_answered_without_the_server() {
        scene.client.settings = RoomSettings.NONE
                .withModes(RoomModes.of(Map.of(RoomMode.MODERATED, 1L)))
                .withStanding(Standing.of(RoomRole.GUEST));
        run("/why say");
        assertThat(told())
                .isEqualTo("Only members speak in this room, as it is moderated; a moderator can make you one.");
        run("/why");
        assertThat(scene.printed.get(1))
                .startsWith("You are a guest in #lobby. Closed to you:\nsay, topic: Only members speak")
                .contains("\nkick: It takes a moderator");
        run("/why sing");
        assertThat(scene.printed.get(2))
                .isEqualTo("Ask about one of say, topic, describe, mode, invite, kick, ban, mute, role, close.");
    }

    @Test
    void a_member_cannot_give_roles_to_others() {
        scene.client.settings = RoomSettings.NONE.withStanding(Standing.of(RoomRole.MEMBER));
        run("/why role");
        assertThat(told()).startsWith("It takes a moderator of this room to change roles");
    }

    @Test
    void who_is_named_as_helper_can_make_one_what_it_takes() {
        scene.client.settings = RoomSettings.NONE.withStanding(Standing.of(RoomRole.GUEST));
        run("/why kick");
        assertThat(told())
                .isEqualTo("It takes a moderator of this room to put people out of this room; you are a guest, and an "
                        + "owner can make you more.");
    }

    @Test
    void to_give_a_role_takes_the_same_in_a_refusal_and_in_why() {
        Obstacle refusal = Permissions.toSaying(
                Standing.of(RoomRole.GUEST),
                RoomModes.NONE,
                new RoomChange.RoleGiven(RoomChange.Whom.named(TAM), RoomRole.OWNER, ""),
                Instant.EPOCH);
        assertThat(requireNonNull(refusal).sentence()).startsWith("It takes a moderator of this room to change roles");
    }

    @Test
    void why_not_knows_the_rank_of_others() {
        scene.client.settings = RoomSettings.NONE.withStanding(Standing.of(RoomRole.MODERATOR));
        scene.model.onMemberChanged(scene.client, Scene.LOBBY, new Member(TAM, RoomRole.OWNER, Presence.HERE));
        run("/why kick tam");
        run("/why kick kai");
        run("/why close");
        assertThat(scene.printed.get(0)).startsWith("They are an owner of this room");
        assertThat(scene.printed.get(1)).isEqualTo("Nothing speaks against it in #lobby.");
        assertThat(scene.printed.get(2)).startsWith("It takes an owner of this room");
        scene.client.settings = RoomSettings.NONE.withStanding(Standing.of(RoomRole.OWNER));
        run("/why");
        assertThat(scene.printed.get(3)).isEqualTo("You are an owner in #lobby, and nothing is closed to you.");
    }

    @Test
    void arguments_are_completed() {
        Completer completer = new Completer(scene.model);
        assertThat(completer.complete("/ban t", 6).candidates()).containsExactly("tam ");
        assertThat(completer.complete("/ban tam f", 10).candidates()).containsExactly("forever ");
        assertThat(completer.complete("/ban tam 10m ta", 15).candidates()).containsExactly("tam ");
        assertThat(completer.complete("/role tam m", 11).candidates()).containsExactly("member ", "moderator ");
        assertThat(completer.complete("/mode mo", 8).candidates()).containsExactly("moderated ");
        assertThat(completer.complete("/mode moderated o", 17).candidates()).containsExactly("on ", "off ", "owner ");
        assertThat(completer.complete("/why k", 6).candidates()).containsExactly("kick ");
        assertThat(completer.complete("/slow ", 6).candidates()).contains("10 ", "off ");
        assertThat(completer.complete("/close-room y", 13).candidates()).containsExactly("yes ");
    }

    @Test
    void without_a_room_nothing_is_changed() {
        Scene nowhere = new Scene();
        nowhere.runner.run("/kick tam");
        nowhere.runner.run("/mode");
        nowhere.runner.run("/why");
        assertThat(nowhere.printed).hasSize(3).containsOnly("You are in no room; /join one first.");
    }
}
