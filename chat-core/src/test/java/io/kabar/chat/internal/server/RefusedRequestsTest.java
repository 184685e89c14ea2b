package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.OrderAnswer;
import io.kabar.chat.internal.wire.message.OrderQuery;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked and refused by a rule names the rule and who can help, as what is said: ada has the room. */
class RefusedRequestsTest {

    private static final RoomName ROOM = RoomName.of("garden");

    private final EndpointRig rig = new EndpointRig();
    private TestClient ada;
    private TestClient bob;
    private TestClient eve;
    private long calls = 7000;

    @BeforeEach
    void everybodyIsInside() {
        rig.timePasses = true;
        for (String name : List.of("ada", "bob", "eve", "tam")) {
            rig.account(name, "member");
        }
        ada = entered("ada");
        bob = entered("bob");
        eve = entered("eve");
        ada.change(ROOM, RoomChange.role(UserName.of("bob"), RoomRole.MODERATOR, ""));
        rig.pass(Duration.ofSeconds(1));
    }

    private TestClient entered(String name) {
        TestClient client = rig.client(name);
        rig.settle();
        client.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(2));
        return client;
    }

    private ClientEvent.Failed refused(TestClient who, Query query, Class<?> expected) {
        long call = ++calls;
        who.endpoint.askAll(call, query, null, expected.asSubclass(Answer.class), rig.now);
        rig.pass(Duration.ofSeconds(1));
        return who.of(ClientEvent.Failed.class).stream()
                .filter(failed -> failed.callId() == call)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not refused"));
    }

    private static void isBy(ClientEvent.Failed refused, Rule rule, RoomRole helper) {
        assertThat(refused.refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        Obstacle obstacle = Objects.requireNonNull(refused.obstacle(), "no rule: " + refused.sentence());
        assertThat(obstacle.rule()).isEqualTo(rule);
        assertThat(obstacle.helper()).isEqualTo(helper);
        assertThat(obstacle.sentence()).isEqualTo(refused.sentence());
    }

    private ClientEvent.Failed link(TestClient who, RoomRole role) {
        return refused(who, new Query.Invite(Optional.of(ROOM), role, 1, 60), Answer.Invited.class);
    }

    @Test
    void link_into_a_room_is_for_who_keeps_order_there() {
        ClientEvent.Failed byGuest = link(eve, RoomRole.GUEST);
        isBy(byGuest, Rule.ROLE, RoomRole.OWNER);
        assertThat(byGuest.sentence())
                .isEqualTo("It takes a moderator of this room to make links that lead there; you are a guest, and an"
                        + " owner can make you more.");
    }

    @Test
    void link_gives_less_than_its_maker_has() {
        ClientEvent.Failed asMuch = link(bob, RoomRole.MODERATOR);
        isBy(asMuch, Rule.RANK, RoomRole.OWNER);
        assertThat(asMuch.sentence())
                .isEqualTo("A link gives less than its maker has in the room: you are a moderator.");
    }

    @Test
    void link_to_the_server_takes_a_capability_that_is_named() {
        ClientEvent.Failed refused =
                refused(ada, new Query.Invite(Optional.empty(), RoomRole.GUEST, 1, 60), Answer.Invited.class);
        assertThat(refused.refusal()).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(refused.sentence())
                .isEqualTo("That takes a role that may invite (staff, owner); it is given by who may manage"
                        + " roles (owner).");
    }

    @Test
    void door_of_a_room_is_closed_by_who_keeps_order_there() {
        isBy(refused(eve, new OrderQuery.ShutOut(ROOM, "tam"), OrderAnswer.Done.class), Rule.ROLE, RoomRole.OWNER);
        ada.change(ROOM, RoomChange.mode(RoomMode.CLOSED, 1));
        rig.pass(Duration.ofSeconds(1));
        isBy(refused(ada, new OrderQuery.ShutOut(ROOM, "tam"), OrderAnswer.Done.class), Rule.CLOSED, RoomRole.OWNER);
    }

    @Test
    void password_of_a_room_is_set_by_who_sets_its_modes() {
        isBy(refused(eve, new Query.SetRoomPassword(ROOM, new byte[32]), Answer.Done.class), Rule.ROLE, RoomRole.OWNER);
    }

    @Test
    void who_is_in_the_room_of_the_staff_is_told_to_the_staff() {
        assertThat(refused(eve, new Query.Members(RoomName.STAFF, "", "", 10), Answer.Members.class)
                        .sentence())
                .startsWith("#staff is for the staff of this server. That takes a role that may read the staff's log");
    }
}
