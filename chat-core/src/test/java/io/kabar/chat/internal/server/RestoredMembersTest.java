package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.rules.RoomRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who was in a room before a restart of the server is in it afterwards, for as long as they may come back. */
class RestoredMembersTest {

    private static final RoomName LOBBY = RoomName.LOBBY;

    private final EndpointRig rig = new EndpointRig();

    private TestClient inside(String name) {
        TestClient client = rig.client(name);
        rig.settle();
        client.join(LOBBY, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(2));
        return client;
    }

    @Test
    void nobody_leaves_or_joins_because_the_server_was_started_anew() {
        TestClient ada = inside("ada");
        inside("bob");
        List<String> before = rig.log(LOBBY);
        rig.restart();
        ada.say(LOBBY, "still here");
        rig.pass(Duration.ofMinutes(10));

        assertThat(rig.log(LOBBY)).hasSize(before.size() + 1).startsWith(before.toArray(String[]::new));
        assertThat(ada.of(ClientEvent.Entered.class))
                .hasSizeGreaterThan(1)
                .last()
                .satisfies(entered -> assertThat(entered.room().members())
                        .extracting(Member::name)
                        .containsExactlyInAnyOrder(UserName.of("ada"), UserName.of("bob")));
    }

    @Test
    void a_server_that_stops_says_so_before_the_search_begins() {
        TestClient ada = inside("ada");
        rig.server.stop(rig.now);
        rig.pass(Duration.ofSeconds(1));

        assertThat(ada.of(ClientEvent.Notice.class))
                .extracting(ClientEvent.Notice::sentence)
                .containsExactly("The server is stopping; you will be back by yourself when it is.");
        assertThat(ada.of(ClientEvent.Searching.class)).hasSize(1);
    }

    @Test
    void a_second_device_of_the_same_user_is_told_to_the_first_now_and_then() {
        TestClient first = inside("ada");
        TestClient second = inside("ada");
        inside("ada");
        assertThat(first.of(ClientEvent.Notice.class))
                .extracting(ClientEvent.Notice::sentence)
                .containsExactly("You have signed in on another device with the same name, too; both go on.");
        assertThat(second.of(ClientEvent.Notice.class)).isEmpty();

        rig.pass(Duration.ofMinutes(10));
        inside("ada");
        assertThat(first.of(ClientEvent.Notice.class)).hasSize(2);
    }

    @Test
    void whoever_is_expected_is_shown_as_reconnecting_and_then_as_here() {
        inside("ada");
        TestClient bob = inside("bob");
        bob.speaks = false;
        rig.restart();
        TestClient late = inside("eve");
        rig.pass(Duration.ofSeconds(60));
        assertThat(late.of(ClientEvent.Entered.class).get(0).room().members())
                .contains(new Member(UserName.of("bob"), RoomRole.GUEST, Presence.RECONNECTING));

        bob.speaks = true;
        rig.pass(Duration.ofSeconds(60));
        assertThat(late.of(ClientEvent.MemberChanged.class))
                .last()
                .isEqualTo(new ClientEvent.MemberChanged(
                        LOBBY, new Member(UserName.of("bob"), RoomRole.GUEST, Presence.HERE)));
        assertThat(rig.log(LOBBY)).containsExactly("1 ada joined", "2 bob joined", "3 eve joined");
    }

    @Test
    void whoever_does_not_come_back_in_time_has_left() {
        inside("ada");
        TestClient bob = inside("bob");
        bob.speaks = false;
        rig.restart();
        rig.pass(Duration.ofSeconds(149));
        assertThat(rig.log(LOBBY)).hasSize(2);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.log(LOBBY)).containsExactly("1 ada joined", "2 bob joined", "3 bob left");
    }

    @Test
    void clients_of_a_server_that_stopped_do_not_all_come_back_at_once() {
        for (int i = 0; i < 250; i++) {
            rig.client("somebody" + i);
        }
        rig.settle();
        assertThat(rig.server.counters().logins()).isEqualTo(250);
        rig.server.stop(rig.now);
        rig.settle();
        rig.restart();

        long most = 0;
        for (int i = 0; i < 70; i++) {
            long before = rig.server.counters().logins();
            rig.pass(Duration.ofMillis(100));
            most = Math.max(most, rig.server.counters().logins() - before);
        }
        assertThat(rig.server.counters().logins()).as("all are back").isEqualTo(250);
        assertThat(most).as("sign-ins in 100 ms; 5 if they were spread evenly").isLessThanOrEqualTo(25);
    }

    @Test
    void a_leave_that_cannot_be_stored_is_tried_again() {
        TestClient bob = inside("bob");
        bob.speaks = false;
        rig.restart();
        rig.holdJournal = true;
        rig.pass(Duration.ofSeconds(151));
        rig.refuseHeld();
        rig.holdJournal = false;
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.log(LOBBY)).containsExactly("1 bob joined", "2 bob left");
    }
}
