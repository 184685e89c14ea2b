package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.Conversation;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.room.RoomLimits;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.spi.Account;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversations of two: nothing said in one waits without a word, and nothing is said to nobody. */
class ConversationsTest {

    private static final UserName ADA = UserName.of("ada");
    private static final UserName BOB = UserName.of("bob");
    private static final RoomName TALK = RoomName.direct(1, 2);
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final EndpointRig rig = new EndpointRig();

    private TestClient signedIn(String name) {
        TestClient client = rig.client(name);
        rig.pass(MOMENT);
        return client;
    }

    private TestClient inside(String name) {
        TestClient client = signedIn(name);
        client.join(TALK, JoinHistory.NONE);
        rig.pass(MOMENT);
        return client;
    }

    private void leave(TestClient client) {
        client.endpoint.signOut(rig.now);
        rig.pass(MOMENT);
    }

    private static List<Long> waiting(TestClient client) {
        return client.of(ClientEvent.DirectWaiting.class).stream()
                .filter(waiting -> waiting.room().equals(TALK))
                .map(ClientEvent.DirectWaiting::sequence)
                .toList();
    }

    @Test
    void what_is_said_to_somebody_who_is_away_is_announced_on_each_device_when_it_signs_in() {
        rig.account("bob", Account.MEMBER);
        TestClient ada = inside("ada");
        ada.say(TALK, "one");
        ada.say(TALK, "two");
        rig.settle();

        TestClient phone = signedIn("bob");
        TestClient liveRoom = signedIn("bob");
        assertThat(waiting(phone)).containsExactly(1L);
        assertThat(waiting(liveRoom)).containsExactly(1L);
        ada.say(TALK, "three");
        rig.settle();
        assertThat(waiting(phone)).as("once is enough").containsExactly(1L);

        phone.join(TALK, JoinHistory.from(1));
        rig.pass(MOMENT);
        assertThat(phone.events(TALK)).hasSize(3);
    }

    @Test
    void after_a_restart_it_is_announced_all_the_same() {
        rig.account("bob", Account.MEMBER);
        inside("ada").say(TALK, "one");
        rig.settle();
        rig.clients.clear();

        rig.restart();
        assertThat(waiting(signedIn("bob"))).containsExactly(1L);
        assertThat(waiting(signedIn("bob"))).containsExactly(1L);
        assertThat(waiting(signedIn("ada"))).as("she has said it herself").isEmpty();
    }

    @Test
    void conversation_in_which_nothing_could_be_stored_goes_when_both_are_gone() {
        rig.account("bob", Account.MEMBER);
        int before = rig.server.rooms();
        TestClient ada = inside("ada");
        rig.holdJournal = true;
        ada.say(TALK, "one");
        rig.settle();
        rig.server.host().disconnect(7, ADA, "Not now.", rig.now);
        rig.settle();
        assertThat(rig.server.rooms()).isEqualTo(before + 1);

        rig.refuseHeld();

        assertThat(rig.server.rooms()).isEqualTo(before);
    }

    @Test
    void the_number_is_that_of_the_first_that_was_not_read() {
        rig.account("ada", Account.MEMBER);
        TestClient bob = inside("bob");
        TestClient ada = inside("ada");
        ada.say(TALK, "one");
        ada.say(TALK, "two");
        rig.pass(MOMENT);
        leave(bob);
        ada.say(TALK, "three");
        ada.say(TALK, "four");
        rig.pass(MOMENT);

        assertThat(waiting(signedIn("bob"))).containsExactly(3L);
        assertThat(waiting(signedIn("ada"))).as("it is read where it was said").isEmpty();
    }

    @Test
    void what_was_read_on_one_device_does_not_wait_on_another() {
        rig.account("ada", Account.MEMBER);
        TestClient bob = inside("bob");
        TestClient ada = inside("ada");
        ada.say(TALK, "one");
        rig.pass(MOMENT);

        assertThat(waiting(signedIn("bob"))).isEmpty();
        leave(bob);
        assertThat(waiting(signedIn("bob"))).isEmpty();
    }

    @Test
    void after_a_restart_somebody_has_read_up_to_what_they_said_last_and_all_that_is_far_back() {
        rig.account("bob", Account.MEMBER);
        rig.account("ada", Account.MEMBER);
        rig.history(TALK, "bob", 1000);
        rig.history(TALK, "ada", 300);
        rig.restart();
        assertThat(waiting(signedIn("bob")))
                .containsExactly(1300L - RoomLimits.LOOKED_THROUGH + 1)
                .allMatch(first -> first > 1000);
        rig.history(TALK, "bob", 1);
        rig.restart();
        rig.clients.clear();
        assertThat(waiting(signedIn("bob"))).isEmpty();
        assertThat(waiting(signedIn("ada"))).containsExactly(1301L);
    }

    @Test
    void a_journal_that_cannot_be_read_delays_the_announcement() {
        rig.account("bob", Account.MEMBER);
        inside("ada").say(TALK, "one");
        rig.settle();
        rig.clients.clear();
        rig.restart();
        rig.failReads = true;
        TestClient bob = signedIn("bob");
        assertThat(waiting(bob)).isEmpty();

        rig.failReads = false;
        rig.pass(Duration.ofSeconds(6));
        assertThat(waiting(bob)).containsExactly(1L);
        assertThat(rig.server.held()).containsEntry("looks", 0);
    }

    @Test
    void of_very_many_conversations_the_newest_are_announced() {
        rig.account("bob", Account.MEMBER);
        for (int i = 0; i < 1500; i++) {
            rig.history(RoomName.direct(1, 10 + i), new Author(10 + i, UserName.of("stranger" + i)), 1);
        }
        TestClient bob = signedIn("bob");
        rig.pass(Duration.ofSeconds(30));

        List<ClientEvent.DirectWaiting> waiting = bob.of(ClientEvent.DirectWaiting.class);
        assertThat(waiting).hasSize(RoomLimits.DIRECT_TOLD);
        assertThat(waiting)
                .extracting(ClientEvent.DirectWaiting::partner)
                .as("guests who are gone are called as they were")
                .contains(UserName.of("stranger1499"));
        assertThat(waiting).extracting(told -> told.room().text()).contains("@1+1509");
    }

    @Test
    void conversations_are_listed_with_names_of_today_and_what_is_unread() {
        rig.account("ada", Account.MEMBER);
        rig.account("bob", Account.MEMBER);
        TestClient ada = inside("ada");
        ada.say(TALK, "one");
        ada.say(TALK, "two");
        rig.pass(MOMENT);
        for (int i = 0; i < 70; i++) {
            rig.history(RoomName.direct(2, 10 + i), new Author(10 + i, UserName.of("guest" + i)), 1);
        }
        Account renamed = java.util.Objects.requireNonNull(rig.accounts.remove("ada"));
        UserName augusta = UserName.of("augusta");
        rig.accounts.put(augusta.key(), renamed.withName(augusta));
        rig.clients.clear();
        rig.restart();
        TestClient bob = signedIn("bob");
        rig.pass(Duration.ofSeconds(30));
        bob.endpoint.askAll(77, new Query.Conversations(), null, Answer.Conversations.class, rig.now);
        rig.pass(MOMENT);

        List<Conversation> all = bob.of(ClientEvent.Answered.class).stream()
                .flatMap(answered -> ((List<?>) answered.value()).stream())
                .flatMap(answer -> ((Answer.Conversations) answer).conversations().stream())
                .toList();
        assertThat(all).hasSize(71);
        assertThat(all)
                .filteredOn(each -> each.name().equals(TALK))
                .containsExactly(new Conversation(TALK, java.util.Optional.of(augusta), 2, 1));
    }

    // Nobody of that name

    @Test
    void nothing_is_said_to_a_name_that_nobody_has() {
        TestClient ada = signedIn("ada");
        long join = ada.join(RoomName.with(BOB), JoinHistory.NONE);
        long byNumber = ada.join(TALK, JoinHistory.NONE);
        rig.settle();

        assertThat(ada.refusal(join)).isEqualTo(Refusal.NO_SUCH_USER);
        assertThat(ada.refusal(byNumber)).isEqualTo(Refusal.NO_SUCH_USER);
        long said = ada.say(TALK, "hello?");
        rig.settle();
        assertThat(ada.refusal(said)).isEqualTo(Refusal.NOT_IN_ROOM);
        assertThat(rig.log(TALK)).isEmpty();
        assertThat(rig.server.rooms()).isZero();
        assertThat(rig.server.held()).containsEntry("looked up", 0);
    }

    @Test
    void somebody_who_is_not_here_and_has_an_account_is_written_to_in_any_spelling() {
        rig.account("Bob", Account.MEMBER);
        TestClient ada = signedIn("ada");
        long join = ada.join(new RoomName("@b0b"), JoinHistory.NONE);
        rig.settle();

        assertThat(ada.of(ClientEvent.Entered.class))
                .singleElement()
                .satisfies(entered -> assertThat(entered.room().name()).isEqualTo(TALK));
        assertThat(ada.of(ClientEvent.Failed.class)).noneMatch(failed -> failed.callId() == join);
    }

    @Test
    void in_a_conversation_with_somebody_who_has_no_account_any_more_one_reads_and_says_nothing() {
        TestClient ada = signedIn("ada");
        rig.history(TALK, new Author(2, BOB), 3);
        ada.join(TALK, JoinHistory.from(1));
        rig.settle();
        assertThat(ada.events(TALK)).hasSize(3);

        long said = ada.say(TALK, "still there?");
        rig.settle();
        assertThat(ada.refusal(said)).isEqualTo(Refusal.NO_SUCH_USER);
        assertThat(rig.log(TALK)).hasSize(3);
    }

    @Test
    void when_an_account_goes_nothing_more_is_said_to_it() {
        TestClient bob = signedIn("bob");
        TestClient ada = inside("ada");
        ada.say(TALK, "hello");
        rig.settle();
        leave(bob);
        rig.accounts.remove("bob");
        rig.server.handleAccountChanged(BOB, rig.now);
        rig.settle();

        long said = ada.say(TALK, "are you there?");
        rig.settle();
        assertThat(ada.refusal(said)).isEqualTo(Refusal.NO_SUCH_USER);
        assertThat(rig.log(TALK)).hasSize(1);
    }
}
