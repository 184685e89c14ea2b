package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.log.RoomFold;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Changes of a room that are on their way to the journal, which may not take them: whatever stands in the log was
 * allowed by what stands there before it. Ada has the room, bob and eve are guests.
 */
class ChangesUnderWayTest {

    private static final RoomName ROOM = RoomName.of("garden");
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
    }

    private TestClient entered(String name) {
        TestClient client = rig.client(name);
        rig.settle();
        client.join(ROOM, JoinHistory.last(10));
        rig.pass(Duration.ofSeconds(2));
        return client;
    }

    /** Says or changes something of which the journal has not answered yet what becomes of it. */
    private long underWay(TestClient who, Content content) {
        rig.holdJournal = true;
        long call = who.change(ROOM, content);
        rig.pass(Duration.ofMillis(100));
        return call;
    }

    private long change(TestClient who, Content content) {
        long call = who.change(ROOM, content);
        rig.pass(Duration.ofSeconds(1));
        return call;
    }

    /** The journal does not take the first of what is under way, and everything behind it. */
    private void firstIsRefused() {
        rig.server.handleRefusal(rig.held.remove().proposalId(), Refusal.STORAGE, rig.now);
        rig.settle();
        rig.releaseJournal();
        rig.pass(Duration.ofSeconds(1));
    }

    private static boolean isAccepted(TestClient who, long call) {
        return who.of(ClientEvent.Accepted.class).stream().anyMatch(accepted -> accepted.callId() == call);
    }

    private boolean isEmpty() {
        return Objects.equals(rig.server.held().get("proposals"), 0)
                && Objects.equals(rig.server.held().get("proposed"), 0);
    }

    /** Folds the log anew, and looks at each event by what was before it. */
    private void nobodyDidWhatWasForbidden() {
        RoomFold fold = new RoomFold();
        for (Journal.Entry entry : rig.entries(ROOM)) {
            long account = entry.event().author().account();
            RoomRole role = fold.rules().role(account);
            if (entry.event().content() instanceof RoomChange) {
                assertThat(role.isAtLeast(RoomRole.MODERATOR))
                        .as("event " + entry.event().sequence() + " of "
                                + entry.event().from())
                        .isTrue();
            }
            fold.fold(entry);
        }
        assertThat(rig.fold(ROOM).snapshot()).isEqualTo(fold.snapshot());
    }

    @Test
    void who_was_to_become_moderator_and_does_not_has_banned_nobody() {
        long role = underWay(ada, RoomChange.role(BOB, RoomRole.MODERATOR, ""));
        long ban = underWay(bob, RoomChange.ban(UserName.of("tam"), RoomChange.FOREVER, ""));
        firstIsRefused();

        assertThat(ada.refusal(role)).isEqualTo(Refusal.STORAGE);
        assertThat(isAccepted(bob, ban)).isFalse();
        nobodyDidWhatWasForbidden();
        assertThat(bob.refusal(change(bob, RoomChange.ban(EVE, RoomChange.FOREVER, ""))))
                .isEqualTo(Refusal.NOT_ALLOWED);
        assertThat(isEmpty()).isTrue();
    }

    @Test
    void who_was_to_become_moderator_and_does_has_banned_whom_they_wanted() {
        long role = underWay(ada, RoomChange.role(BOB, RoomRole.MODERATOR, ""));
        long ban = underWay(bob, RoomChange.ban(EVE, RoomChange.FOREVER, ""));
        long said = underWay(ada, new Content.Said("well done", false));
        rig.releaseJournal();
        rig.pass(Duration.ofSeconds(1));

        assertThat(isAccepted(ada, role) && isAccepted(bob, ban) && isAccepted(ada, said))
                .isTrue();
        assertThat(rig.log(ROOM)).endsWith("4 ada rolegiven", "5 bob banned", "6 ada well done");
        nobodyDidWhatWasForbidden();
        assertThat(isEmpty()).isTrue();
    }

    @Test
    void who_was_to_be_banned_and_is_not_comes_in_again() {
        long ban = underWay(ada, RoomChange.ban(EVE, RoomChange.FOREVER, ""));
        firstIsRefused();
        assertThat(ada.refusal(ban)).isEqualTo(Refusal.STORAGE);
        eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(10));
        assertThat(isAccepted(eve, change(eve, new Content.Said("here again", false))))
                .isTrue();
        assertThat(rig.fold(ROOM).insideAs(accountOf("eve"))).containsExactly(EVE);
        nobodyDidWhatWasForbidden();
        assertThat(isEmpty()).isTrue();
    }

    private long accountOf(String name) {
        return Objects.requireNonNull(rig.accounts.get(new UserName(name).key()))
                .id();
    }

    @Test
    void who_was_to_be_kicked_and_was_not_can_be_kicked() {
        long kick = underWay(ada, RoomChange.kick(EVE, ""));
        firstIsRefused();
        assertThat(ada.refusal(kick)).isEqualTo(Refusal.STORAGE);
        rig.pass(Duration.ofSeconds(10)); // by the log she was here still, and leaves
        eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(isAccepted(ada, change(ada, RoomChange.kick(EVE, "")))).isTrue();
        assertThat(rig.fold(ROOM).insideAs(accountOf("eve"))).isEmpty();
    }

    @Test
    void who_was_to_have_a_voice_and_does_not_has_said_nothing() {
        change(ada, RoomChange.mode(RoomMode.MODERATED, 1));
        long role = underWay(ada, RoomChange.role(EVE, RoomRole.MEMBER, ""));
        long said = underWay(eve, new Content.Said("at last", false));
        firstIsRefused();

        assertThat(ada.refusal(role)).isEqualTo(Refusal.STORAGE);
        assertThat(isAccepted(eve, said)).isFalse();
        assertThat(rig.entries(ROOM)).noneMatch(entry -> entry.event().isSaid());
        assertThat(isEmpty()).isTrue();
    }

    @Test
    void who_was_muted_and_let_speak_again_is_muted_if_only_the_first_is_stored() {
        underWay(ada, RoomChange.mute(EVE, RoomChange.FOREVER, ""));
        underWay(ada, RoomChange.unmute(EVE));
        underWay(eve, new Content.Said("at last", false));
        rig.commitNext();
        firstIsRefused();

        assertThat(rig.entries(ROOM)).noneMatch(entry -> entry.event().isSaid());
        assertThat(isEmpty()).isTrue();
    }

    @Test
    void messages_wait_for_no_change_of_another_room() {
        RoomName other = RoomName.of("shed");
        bob.join(other, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        underWay(ada, RoomChange.mode(RoomMode.MODERATED, 1));
        int before = rig.held.size();
        bob.say(other, "hello");
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.held).hasSize(before + 1);
    }

    // A commit that comes out of order

    /** The journal says that it has stored what was proposed first, under a number that cannot be. */
    private void firstIsOutOfOrder() {
        Journal.Proposal first = rig.held.remove();
        rig.server.handleCommit(
                first.proposalId(), new Journal.Entry(first.draft().withSequence(99), MessageId.NONE), rig.now);
        rig.settle();
        rig.releaseJournal();
        rig.pass(Duration.ofSeconds(10));
    }

    @Test
    void who_was_put_out_by_a_change_that_is_no_event_of_the_log_comes_in_again() {
        long kick = underWay(ada, RoomChange.kick(EVE, ""));
        firstIsOutOfOrder();
        assertThat(ada.refusal(kick)).isEqualTo(Refusal.STORAGE);
        eve.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(isAccepted(eve, change(eve, new Content.Said("here again", false))))
                .isTrue();
        assertThat(isEmpty()).isTrue();
    }

    @Test
    void whose_join_is_no_event_of_the_log_is_told_and_comes_in_when_they_ask_again() {
        TestClient tam = rig.client("tam");
        rig.settle();
        rig.holdJournal = true;
        long join = tam.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofMillis(100));
        firstIsOutOfOrder();
        assertThat(tam.refusal(join)).isEqualTo(Refusal.STORAGE);
        tam.join(ROOM, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));
        assertThat(isAccepted(tam, change(tam, new Content.Said("here I am", false))))
                .isTrue();
    }

    @Test
    void whose_leave_is_no_event_of_the_log_leaves_a_little_later() {
        rig.holdJournal = true;
        eve.leave(ROOM);
        rig.pass(Duration.ofMillis(100));
        firstIsOutOfOrder();
        assertThat(rig.fold(ROOM).insideAs(accountOf("eve"))).isEmpty();
        assertThat(rig.server.held()).containsEntry("places", 2);
    }
}
