package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomChange.Whom;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.OrderQuery;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.spi.ServerRecords;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tricks by which somebody wants to get in, to speak, or to be more than they are: ada has the room, bob keeps order.
 */
class TricksTest {

    private static final RoomName ROOM = RoomName.of("garden");
    private static final UserName ADA = UserName.of("ada");
    private static final UserName BOB = UserName.of("bob");
    private static final UserName EVE = UserName.of("eve");

    private final EndpointRig rig = new EndpointRig();
    private TestClient ada;
    private TestClient bob;
    private TestClient eve;

    @BeforeEach
    void everybodyIsInside() {
        rig.timePasses = true;
        for (String name : List.of("ada", "bob", "eve", "tam")) {
            rig.account(name, "member");
        }
        ada = entered("ada");
        bob = entered("bob");
        eve = entered("eve");
        change(ada, RoomChange.role(BOB, RoomRole.MODERATOR, ""));
    }

    private TestClient entered(String name) {
        TestClient client = rig.client(name);
        rig.settle();
        client.join(ROOM, JoinHistory.last(10));
        rig.pass(Duration.ofSeconds(2));
        return client;
    }

    private long change(TestClient who, Content change) {
        long call = who.change(ROOM, change);
        rig.pass(Duration.ofSeconds(1));
        return call;
    }

    private List<String> inside() {
        rig.server.host().rooms(rig.now).members(77, ROOM);
        rig.settle();
        Object members = rig.told.stream()
                .filter(ServerEvent.HostAnswer.class::isInstance)
                .map(ServerEvent.HostAnswer.class::cast)
                .reduce((one, other) -> other)
                .orElseThrow()
                .value();
        return ((List<?>) Objects.requireNonNull(members))
                .stream().map(member -> ((Member) member).name().text()).toList();
    }

    private static boolean isAccepted(TestClient who, long call) {
        return who.of(ClientEvent.Accepted.class).stream().anyMatch(accepted -> accepted.callId() == call);
    }

    // Whom a change is about

    @Test
    void change_about_one_by_number_and_another_by_name_is_about_the_name() {
        long kick = change(bob, new RoomChange.Kicked(new Whom(rig.accountOf("eve"), "ada"), ""));
        assertThat(bob.refusal(kick)).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(ada.of(ClientEvent.LeftRoom.class)).isEmpty();
        change(eve, new RoomChange.Invited(new Whom(999, "tam"), false, ""));
        change(bob, new RoomChange.Muted(new Whom(rig.accountOf("ada"), "eve"), RoomChange.FOREVER, ""));

        assertThat(inside()).containsExactly("ada", "bob", "eve");
        assertThat(rig.fold(ROOM).rules().isInvited(999)).isFalse();
        assertThat(rig.fold(ROOM).rules().isInvited(rig.accountOf("tam"))).isTrue();
        assertThat(rig.fold(ROOM).rules().muteOf(rig.accountOf("ada"))).isZero();
        assertThat(rig.fold(ROOM).rules().muteOf(rig.accountOf("eve"))).isPositive();
    }

    @Test
    void change_about_a_number_without_a_name_is_about_nobody() {
        long call = change(bob, new RoomChange.Banned(new Whom(rig.accountOf("eve"), ""), RoomChange.FOREVER, ""));
        assertThat(bob.refusal(call)).isEqualTo(Refusal.BAD_NAME);
        assertThat(inside()).containsExactly("ada", "bob", "eve");
    }

    @Test
    void who_is_banned_by_the_name_they_had_is_put_out_under_the_one_they_have() {
        for (int i = 0; i < 10; i++) {
            eve.say(ROOM, "not forgotten so soon");
        }
        rig.settle();
        TestClient mallory = renamed(eve, "eve", "mallory");
        assertThat(inside()).containsExactly("ada", "bob", "mallory");
        assertThat(isAccepted(bob, change(bob, RoomChange.ban(EVE, RoomChange.FOREVER, ""))))
                .isTrue();

        assertThat(inside()).containsExactly("ada", "bob");
        assertThat(mallory.of(ClientEvent.LeftRoom.class)).hasSize(1);
        long said = mallory.say(ROOM, "still here");
        rig.pass(Duration.ofSeconds(1));
        assertThat(mallory.refusal(said)).isEqualTo(Refusal.NOT_IN_ROOM);
    }

    private TestClient renamed(TestClient client, String from, String to) {
        client.smuggle(new ClientMessage.Request(4711, new Query.Rename(to)));
        rig.pass(Duration.ofSeconds(1));
        UserName name = new UserName(to);
        rig.accounts.put(
                name.key(),
                TestAccounts.account(name, null, rig.claimOf(to), "member").withId(rig.accountOf(from)));
        return entered(to);
    }

    // Getting in again

    @Test
    void moderator_whom_the_owner_has_banned_does_not_come_back() {
        change(ada, RoomChange.ban(BOB, RoomChange.FOREVER, "no hat for you"));
        long back = bob.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(bob.refusal(back)).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(inside()).containsExactly("ada", "eve");
    }

    @Test
    void who_is_banned_is_not_told_what_was_said_in_front_of_the_ban() {
        rig.holdJournal = true;
        ada.say(ROOM, "between us");
        rig.settle();
        bob.change(ROOM, RoomChange.ban(UserName.of("tam"), RoomChange.FOREVER, "enough"));
        rig.pass(Duration.ofMillis(100));
        rig.commitNext();
        TestClient tam = rig.client("tam");
        rig.settle();
        long call = tam.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));

        assertThat(tam.refusal(call)).isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(tam.of(ClientEvent.Failed.class).toString()).doesNotContain("between us");
    }

    // Speaking

    @Test
    void who_runs_all_rooms_is_not_silenced_while_they_are_away() {
        rig.account("sam", "member");
        assertThat(isAccepted(bob, change(bob, RoomChange.mute(UserName.of("sam"), RoomChange.FOREVER, ""))))
                .isTrue();
        rig.account("sam", "owner");
        TestClient sam = entered("sam");
        long said = sam.say(ROOM, "here I am");
        rig.pass(Duration.ofSeconds(1));
        assertThat(isAccepted(sam, said)).isTrue();
    }

    @Test
    void who_is_no_moderator_any_more_when_the_password_is_stored_does_not_set_it() {
        rig.holdRecords = true;
        bob.smuggle(new ClientMessage.Request(4711, new Query.SetRoomPassword(ROOM, new byte[32])));
        rig.pass(Duration.ofSeconds(1));
        change(ada, RoomChange.role(BOB, RoomRole.GUEST, ""));
        rig.releaseRecords();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.fold(ROOM).rules().modes().is(RoomMode.PASSWORD)).isFalse();
    }

    @Test
    void who_may_not_speak_gives_no_reason_for_leaving() {
        change(bob, RoomChange.mute(EVE, RoomChange.FOREVER, ""));
        eve.leave(ROOM, "buy my stuff");
        rig.pass(Duration.ofSeconds(1));
        assertThat(inside()).containsExactly("ada", "bob");
        assertThat(rig.entries(ROOM).toString()).doesNotContain("buy");
        ada.leave(ROOM, "good night");
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.entries(ROOM).toString()).contains("good night");
    }

    // Founding

    @Test
    void who_enters_while_the_founder_leaves_does_not_take_the_room() {
        RoomName other = RoomName.of("shed");
        rig.holdJournal = true;
        ada.join(other, JoinHistory.NONE);
        rig.pass(Duration.ofMillis(100));
        ada.leave(other);
        rig.pass(Duration.ofMillis(100));
        eve.join(other, JoinHistory.NONE);
        rig.pass(Duration.ofMillis(100));
        rig.releaseJournal();
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.log(other)).hasSize(3);
        assertThat(rig.fold(other).rules().role(rig.accountOf("ada"))).isEqualTo(RoomRole.OWNER);
        assertThat(rig.fold(other).rules().role(rig.accountOf("eve"))).isEqualTo(RoomRole.GUEST);
    }

    @Test
    void who_enters_a_room_that_the_server_is_making_does_not_take_it() {
        RoomName other = RoomName.of("shed");
        rig.holdJournal = true;
        rig.server.host().rooms(rig.now).say(78, other, RoomChange.mode(RoomMode.MODERATED, 1));
        rig.settle();
        eve.join(other, JoinHistory.NONE);
        rig.pass(Duration.ofMillis(100));
        rig.releaseJournal();
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.fold(other).rules().role(rig.accountOf("eve"))).isEqualTo(RoomRole.GUEST);
        assertThat(rig.fold(other).rules().modes()).hasToString("moderated=on");
    }

    // Invitations

    private byte[] invitation(TestClient by, RoomName room, RoomRole role) {
        long call = 5000L + room.text().length();
        by.endpoint.askAll(
                call, new Query.Invite(Optional.of(room), role, 10, 3600), null, Answer.Invited.class, rig.now);
        rig.pass(Duration.ofSeconds(1));
        return by.of(ClientEvent.Answered.class).stream()
                .filter(answered -> answered.callId() == call)
                .map(answered -> ((Answer.Invited) ((List<?>) answered.value()).get(0)).secret())
                .findFirst()
                .orElseThrow(() -> new AssertionError(by.told));
    }

    @Test
    void invitation_by_who_had_a_room_before_lets_nobody_keep_order_there() {
        RoomName shed = RoomName.of("shed");
        eve.join(shed, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        byte[] secret = invitation(eve, shed, RoomRole.MODERATOR);
        eve.leave(shed);
        rig.pass(Duration.ofSeconds(1));
        ada.join(shed, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));

        TestClient tam = rig.invited("tam", secret);
        rig.pass(Duration.ofSeconds(2));
        assertThat(tam.of(ClientEvent.SignedIn.class)).hasSize(1);
        assertThat(rig.fold(shed).rules().role(rig.accountOf("ada"))).isEqualTo(RoomRole.OWNER);
        assertThat(rig.fold(shed).rules().role(rig.accountOf("tam"))).isEqualTo(RoomRole.GUEST);
    }

    @Test
    void invitation_by_who_is_banned_since_is_none_and_who_is_banned_gets_nothing_by_one() {
        byte[] secret = invitation(bob, ROOM, RoomRole.MEMBER);
        byte[] owners = invitation(ada, ROOM, RoomRole.GUEST);
        change(ada, RoomChange.ban(BOB, RoomChange.FOREVER, ""));
        TestClient tam = rig.invited("tam", secret);
        rig.pass(Duration.ofSeconds(2));
        assertThat(tam.of(ClientEvent.SignedIn.class)).hasSize(1);
        assertThat(rig.fold(ROOM).rules().role(rig.accountOf("tam"))).isEqualTo(RoomRole.GUEST);

        change(ada, RoomChange.ban(UserName.of("tam"), RoomChange.FOREVER, ""));
        rig.invited("tam", owners);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.fold(ROOM).rules().isInvited(rig.accountOf("tam"))).isFalse();
    }

    // On the whole server

    @Test
    void staff_who_are_muted_do_not_lift_that_themselves() {
        rig.account("sam", "staff");
        rig.server.host().order(79, new OrderQuery.Mute("sam", 0, "calm down"), rig.now);
        TestClient sam = entered("sam");
        sam.smuggle(new ClientMessage.Request(4711, new OrderQuery.Unmute("sam")));
        rig.pass(Duration.ofSeconds(1));
        long said = sam.say(ROOM, "and so I speak");
        rig.pass(Duration.ofSeconds(1));
        assertThat(sam.refusal(said)).isEqualTo(Refusal.NOT_ALLOWED);
    }

    @Test
    void members_do_not_take_the_place_of_the_records_that_the_staff_needs() {
        for (int i = 0; i < 95_000; i++) {
            rig.records.put(new ServerRecords.Entry("other", Integer.toString(i), ""));
        }
        rig.restart();
        rig.pass(Duration.ofSeconds(60));
        int before = rig.records.load().size();
        eve.smuggle(new ClientMessage.Request(4711, new OrderQuery.BlockPerson("ada")));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.records.load()).hasSize(before);
        rig.server.host().order(79, new OrderQuery.Ban("eve", false, 0, "enough"), rig.now);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.records.load()).hasSize(before + 1);
    }

    // Closing a door on others

    @Test
    void one_newcomer_who_comes_and_goes_is_no_crowd() {
        rig.inside("mia", "203.0.113.5", JoinHistory.NONE);
        TestClient mia = rig.client("noa", null, new java.net.InetSocketAddress("203.0.113.6", 6000));
        rig.settle();
        for (int i = 0; i < 70; i++) {
            mia.join(ROOM, JoinHistory.NONE);
            rig.pass(Duration.ofMillis(200));
            mia.leave(ROOM);
            rig.pass(Duration.ofMillis(200));
        }
        TestClient uma = rig.client("uma", null, new java.net.InetSocketAddress("203.0.113.7", 6000));
        rig.settle();
        uma.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(2));
        assertThat(inside()).contains("uma");
        assertThat(ADA.text()).isEqualTo("ada");
    }

    @Test
    void next_owner_of_a_name_does_not_read_what_the_former_one_was_told() {
        RoomName talk = rig.talk("ada", "eve");
        eve.join(talk, JoinHistory.NONE);
        ada.join(talk, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        eve.say(talk, "from the former eve");
        ada.say(talk, "to the former eve");
        rig.pass(Duration.ofSeconds(1));
        renamed(eve, "eve", "mallory");
        rig.accounts.remove(EVE.key());
        TestClient next = rig.client("eve");
        rig.settle();
        next.join(RoomName.with(ADA), JoinHistory.last(50));
        next.join(talk, JoinHistory.last(50));
        rig.pass(Duration.ofSeconds(2));
        RoomName theirs = rig.talk("ada", "eve");
        assertThat(theirs).isNotEqualTo(talk);
        next.say(theirs, "new here");
        rig.pass(Duration.ofSeconds(1));
        ada.say(talk, "you are mallory now");
        rig.pass(Duration.ofSeconds(1));
        assertThat(next.events(theirs)).containsExactly("1 eve new here");
        assertThat(next.events(talk)).isEmpty();
        assertThat(next.of(ClientEvent.Failed.class))
                .extracting(ClientEvent.Failed::refusal)
                .contains(Refusal.NOT_ALLOWED);
        assertThat(rig.log(talk)).hasSize(3);
    }
}
