package io.kabar.chat.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Invitation;
import io.kabar.chat.InvitationTerms;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.RoomName;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.view.commands.Consent;
import io.kabar.chat.view.words.AccountWording;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountCommandsTest {

    private final Scene scene = Scene.inLobby("tam");

    private void run(String typed) {
        scene.runner.run(typed);
    }

    @Test
    void another_name_is_taken() {
        run("/nick eve");
        run("/nick a b");
        run("/nick <b>");
        assertThat(scene.client.asked).containsExactly("rename eve");
        assertThat(scene.printed)
                .hasSize(3)
                .startsWith("You are eve now. Your old name is kept for you for a while.", "Usage: /nick NAME");
    }

    @Test
    void a_password_is_asked_for_where_nobody_sees_it() {
        scene.secrets.addAll(List.of("old", "new", "new"));
        run("/password");
        assertThat(scene.client.asked).containsExactly("password old new");
        assertThat(scene.questions).hasSize(3).last().asString().startsWith("New password again");
        assertThat(scene.printed.toString()).doesNotContain("old", "new");
    }

    @Test
    void without_an_old_one_it_is_set_on_the_device_that_may() {
        scene.secrets.addAll(List.of("", "new", "new"));
        run("/password");
        assertThat(scene.client.asked).containsExactly("password new");
    }

    @Test
    void a_slip_and_a_script_change_nothing() {
        scene.secrets.addAll(List.of("", "new", "nwe"));
        run("/password");
        run("/password");
        run("/password secret");
        assertThat(scene.client.asked).isEmpty();
        assertThat(scene.printed)
                .containsExactly(
                        "The two new passwords are not the same; nothing was changed.",
                        "A password is asked for where nobody sees it: on a terminal or in a window.",
                        "Usage: /password");
    }

    @Test
    void devices_are_listed_and_another_one_is_revoked_at_once() {
        scene.client.devices = List.of(
                new KnownDevice(1, "kabar", Scene.NOON, Scene.NOON, Optional.empty(), true),
                new KnownDevice(2, "", Scene.NOON, Scene.NOON, Optional.of(Scene.NOON), false));
        run("/devices");
        run("/revoke 2");
        assertThat(scene.client.asked).containsExactly("devices", "devices", "revoke 2");
        String devices = """
                        Devices that sign in without a password; /revoke NUMBER shuts one out:
                        1  kabar, since 2026-06-08, last seen 2026-06-08 (this one)
                        2  no label, since 2026-06-08, shut out 2026-06-08""";
        assertThat(scene.printed).containsExactly(devices, "Device 2 is shut out of your account for good.");
        assertThat(scene.questions).isEmpty();
    }

    @Test
    void the_device_one_is_on_is_revoked_only_by_who_is_sure() {
        scene.client.devices = List.of(new KnownDevice(1, "", Scene.NOON, Scene.NOON, Optional.empty(), true));
        run("/revoke 1");
        scene.consent = Consent.REFUSED;
        run("/revoke 1");
        assertThat(scene.printed)
                .containsExactly("This cannot be undone. Say that you are sure: /revoke 1 yes", "Nothing was changed.");
        run("/revoke 1 yes");
        assertThat(scene.client.asked).endsWith("revoke 1");
        run("/revoke laptop");
        assertThat(scene.printed).last().asString().startsWith("Name the device by its number");
    }

    @Test
    void a_link_is_made_into_the_room_in_front_or_to_the_server() {
        run("/invitation");
        run("/invitation member 3 2h");
        run("/invitation server 0 1d");
        assertThat(scene.client.asked)
                .containsExactly(
                        "invite " + InvitationTerms.once().into(Scene.LOBBY, RoomRole.GUEST),
                        "invite "
                                + InvitationTerms.once()
                                        .into(Scene.LOBBY, RoomRole.MEMBER)
                                        .uses(3)
                                        .lasting(Duration.ofHours(2)),
                        "invite " + InvitationTerms.once().uses(0).lasting(Duration.ofDays(1)));
        assertThat(scene.printed.get(1))
                .endsWith("\nIt is an invitation into #lobby as member, for 3 uses, good for 2 hours. Whoever has it "
                        + "can use it.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/invitation friends|An invitation is for a role, so many people and a time",
                "/invitation forever|An invitation has an end, as 7d.",
                "/invitation 5000|An invitation is for at most 1000 people",
                "/invitation server member|A role is given in a room",
                "/invitation 10x|How long is a number with its unit",
                "/withdraw it|Name the invitation by its number"
            })
    void what_no_invitation_can_be_is_told(String typed, String sentence) {
        run(typed);
        assertThat(scene.client.asked).isEmpty();
        assertThat(scene.printed).singleElement().asString().startsWith(sentence);
    }

    @Test
    void invitations_are_listed_and_withdrawn() {
        run("/invitations");
        run("/withdraw 3");
        assertThat(scene.client.asked).containsExactly("invitations", "withdraw 3");
        assertThat(scene.printed)
                .containsExactly("There is no invitation that is good.", "Invitation 3 lets nobody in any more.");
        assertThat(AccountWording.invitations(
                        List.of(new Invitation(
                                3,
                                Scene.ADA,
                                Optional.of(RoomName.LOBBY),
                                RoomRole.MEMBER,
                                1,
                                Scene.NOON.plus(Duration.ofHours(30)))),
                        Scene.NOON))
                .endsWith("\n3  into #lobby as member, by ada, 1 use, 1 day left");
    }
}
