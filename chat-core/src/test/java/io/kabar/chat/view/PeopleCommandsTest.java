package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.Presence;
import io.kabar.chat.RoomName;
import io.kabar.chat.Sanction;
import io.kabar.chat.UserName;
import io.kabar.chat.Whois;
import io.kabar.chat.rules.Switches;
import io.kabar.chat.view.commands.StaffAct;
import io.kabar.chat.view.words.PeopleWording;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeopleCommandsTest {

    private static final Author KAI = new Author(7, UserName.of("kai"));

    private final Scene scene = Scene.inLobby("tam");

    private void run(String typed) {
        scene.runner.run(typed);
    }

    @Test
    void a_message_is_reported_by_its_number() {
        run("/report #12 spam, again");
        run("/report twelve spam");
        run("/report #12");
        assertThat(scene.client.asked).containsExactly("report #lobby 12 spam, again");
        assertThat(scene.printed)
                .containsExactly(
                        "The server's staff is told of #12 in #lobby.",
                        "Name the message by its number, as /report #12 spam.",
                        "Usage: /report #NUMBER WHY...");
    }

    @Test
    void people_are_blocked_and_listed() {
        run("/block kai");
        run("/block Ada");
        run("/unblock kai");
        run("/block");
        assertThat(scene.client.asked).startsWith("block kai", "unblock kai");
        assertThat(scene.printed.get(0)).startsWith("kai can no longer write to you alone");
        assertThat(scene.printed.get(1)).isEqualTo("You cannot block yourself.");
        assertThat(scene.printed.get(2)).isEqualTo("kai can write to you alone again.");
        assertThat(scene.printed.get(3)).startsWith("You have blocked nobody.");
    }

    @Test
    void who_somebody_is_in_one_line() {
        run("/whois kai");
        assertThat(scene.client.asked).first().asString().startsWith("whois kai");
        assertThat(PeopleWording.whois(
                        new Whois(
                                KAI,
                                "staff",
                                Optional.of(Presence.AWAY),
                                Optional.of(Scene.NOON),
                                List.of(RoomName.LOBBY, RoomName.of("ops")),
                                List.of("10.0.0.7")),
                        Scene.NOON.plus(Duration.ofHours(3))))
                .isEqualTo("kai (account 7, staff) is away, signed in 3 hours ago, in #lobby, #ops. From 10.0.0.7.");
        assertThat(PeopleWording.whois(
                        new Whois(KAI, "", Optional.empty(), Optional.empty(), List.of(), List.of()), Scene.NOON))
                .isEqualTo("kai (account 7) is not here now.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/staff ban kai 7d spam, spam|ban kai PT168H spam, spam",
                "/staff mute kai 10m|mute kai PT10M ",
                "/staff unban kai|unban kai",
                "/staff unban 3|unbanRule 3",
                "/staff unmute kai|unmute kai"
            })
    void staff_keeps_order_on_the_whole_server(String typed, String asked) {
        run(typed);
        assertThat(scene.client.asked).singleElement().asString().isEqualToIgnoringWhitespace(asked);
        assertThat(scene.printed).hasSize(1);
    }

    @Test
    void without_a_time_it_does_not_end_by_itself() {
        run("/staff ban-address kai spam");
        assertThat(scene.client.asked).containsExactly("banWithAddress kai " + Sanction.WITHOUT_END + " spam");
    }

    @Test
    void switches_are_thrown_one_at_a_time() {
        run("/staff newcomers off");
        run("/staff slow 10");
        run("/staff new-rooms on");
        run("/staff switches");
        assertThat(scene.client.asked)
                .contains(
                        "setSwitches " + Switches.NONE.withNewcomersOff(true),
                        "setSwitches " + Switches.NONE.withSlowSeconds(10));
        assertThat(scene.printed)
                .startsWith(
                        "Newcomers: off. New rooms: on. Slow everywhere: off.",
                        "Newcomers: on. New rooms: on. Slow everywhere: 10 s.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                "/staff=Usage: /staff ACT [WORDS...]",
                "/staff ban=Usage: /staff ban NAME [DURATION] [WHY...]",
                "/staff unmute a b=Usage: /staff unmute NAME",
                "/staff newcomers maybe=Usage: /staff newcomers on|off",
                "/staff slow fast=How slow is a number of seconds, as /staff slow 10, or off.",
                "/staff slow 9999=Slow mode is a pause of 0 to 3600 seconds.",
                "/staff ban kai 10x=How long is a number with its unit, as 90s, 10m, 2h, 7d or 4w, or forever."
            })
    void what_is_wrong_is_told_and_not_asked(String typed, String sentence) {
        run(typed);
        assertThat(scene.printed).containsExactly(sentence);
        assertThat(scene.client.asked).allMatch(asked -> asked.equals("switches"));
    }

    @Test
    void an_unknown_act_is_answered_with_those_there_are() {
        run("/staff dance");
        assertThat(scene.printed).singleElement().asString().contains(StaffAct.BAN_ADDRESS.word());
        assertThat(new Completer(scene.model).complete("/staff un", 9).candidates())
                .containsExactly("unban ", "unmute ");
    }

    @Test
    void bans_are_listed_one_a_line() {
        run("/staff bans");
        assertThat(scene.printed).containsExactly("Nobody is banned from the server.");
        assertThat(PeopleWording.sanctions(
                        List.of(
                                new Sanction(
                                        Sanction.Kind.BAN,
                                        new Sanction.Person(KAI),
                                        Scene.NOON,
                                        Sanction.FOREVER,
                                        Author.of(Scene.ADA),
                                        "spam"),
                                new Sanction(
                                        Sanction.Kind.BAN,
                                        new Sanction.Addresses(3, ""),
                                        Scene.NOON,
                                        Scene.NOON.plusSeconds(60),
                                        Author.of(Scene.ADA),
                                        "")),
                        ""))
                .isEqualTo("kai, by ada: spam\nrule 3 until 2026-06-08T12:01:00Z, by ada");
    }
}
