package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.History;
import io.kabar.chat.Refusal;
import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversations of two: nothing said in one waits without a word, and nothing is said to nobody. */
class ConversationsTest {

    private static final UserName ADA = UserName.of("ada");
    private static final UserName BOB = UserName.of("bob");
    private static final RoomName TALK = RoomName.direct(ADA, BOB);
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final EndpointRig bench = new EndpointRig();

    private TestClient signedIn(String name) {
        TestClient client = bench.client(name);
        bench.pass(MOMENT);
        return client;
    }

    private TestClient inside(String name) {
        TestClient client = signedIn(name);
        client.join(TALK, History.NONE);
        bench.pass(MOMENT);
        return client;
    }

    private void leave(TestClient client) {
        client.endpoint.signOut(bench.now);
        bench.pass(MOMENT);
    }

    private static List<Long> waiting(TestClient client) {
        return client.of(ClientEvent.DirectWaiting.class).stream()
                .filter(waiting -> waiting.room().equals(TALK))
                .map(ClientEvent.DirectWaiting::sequence)
                .toList();
    }

    @Test
    void what_is_said_to_somebody_who_is_away_is_announced_on_each_device_when_it_signs_in() {
        bench.account("bob", Role.MEMBER);
        TestClient ada = inside("ada");
        ada.say(TALK, "one");
        ada.say(TALK, "two");
        bench.settle();

        TestClient phone = signedIn("bob");
        TestClient liveRoom = signedIn("bob");
        assertThat(waiting(phone)).containsExactly(1L);
        assertThat(waiting(liveRoom)).containsExactly(1L);
        ada.say(TALK, "three");
        bench.settle();
        assertThat(waiting(phone)).as("once is enough").containsExactly(1L);

        phone.join(TALK, History.from(1));
        bench.pass(MOMENT);
        assertThat(phone.events(TALK)).hasSize(3);
    }

    @Test
    void after_a_restart_it_is_announced_all_the_same() {
        bench.account("bob", Role.MEMBER);
        inside("ada").say(TALK, "one");
        bench.settle();
        bench.clients.clear();

        bench.restart();
        assertThat(waiting(signedIn("bob"))).containsExactly(1L);
        assertThat(waiting(signedIn("bob"))).containsExactly(1L);
        assertThat(waiting(signedIn("ada"))).as("she has said it herself").isEmpty();
    }

    @Test
    void the_number_is_that_of_the_first_that_was_not_read() {
        bench.account("ada", Role.MEMBER);
        TestClient bob = inside("bob");
        TestClient ada = inside("ada");
        ada.say(TALK, "one");
        ada.say(TALK, "two");
        bench.pass(MOMENT);
        leave(bob);
        ada.say(TALK, "three");
        ada.say(TALK, "four");
        bench.pass(MOMENT);

        assertThat(waiting(signedIn("bob"))).containsExactly(3L);
        assertThat(waiting(signedIn("ada"))).as("it is read where it was said").isEmpty();
    }

    @Test
    void what_was_read_on_one_device_does_not_wait_on_another() {
        bench.account("ada", Role.MEMBER);
        TestClient bob = inside("bob");
        TestClient ada = inside("ada");
        ada.say(TALK, "one");
        bench.pass(MOMENT);

        assertThat(waiting(signedIn("bob"))).isEmpty();
        leave(bob);
        assertThat(waiting(signedIn("bob"))).isEmpty();
    }

    @Test
    void after_a_restart_somebody_has_read_up_to_what_they_said_last_and_all_that_is_far_back() {
        bench.account("bob", Role.MEMBER);
        bench.account("ada", Role.MEMBER);
        bench.history(TALK, "bob", 1000);
        bench.history(TALK, "ada", 300);
        bench.restart();
        assertThat(waiting(signedIn("bob")))
                .containsExactly(1300L - Conversations.LOOKED_THROUGH + 1)
                .allMatch(first -> first > 1000);
        bench.history(TALK, "bob", 1);
        bench.restart();
        bench.clients.clear();
        assertThat(waiting(signedIn("bob"))).isEmpty();
        assertThat(waiting(signedIn("ada"))).containsExactly(1301L);
    }

    @Test
    void a_journal_that_cannot_be_read_delays_the_announcement() {
        bench.account("bob", Role.MEMBER);
        inside("ada").say(TALK, "one");
        bench.settle();
        bench.clients.clear();
        bench.restart();
        bench.failReads = true;
        TestClient bob = signedIn("bob");
        assertThat(waiting(bob)).isEmpty();

        bench.failReads = false;
        bench.pass(Duration.ofSeconds(6));
        assertThat(waiting(bob)).containsExactly(1L);
        assertThat(bench.server.held()).containsEntry("looks", 0);
    }

    @Test
    void of_very_many_conversations_the_newest_are_announced() {
        bench.account("bob", Role.MEMBER);
        for (int i = 0; i < 1500; i++) {
            bench.history(RoomName.direct(BOB, UserName.of("stranger" + i)), "stranger" + i, 1);
        }
        TestClient bob = signedIn("bob");
        bench.pass(Duration.ofSeconds(30));

        List<ClientEvent.DirectWaiting> waiting = bob.of(ClientEvent.DirectWaiting.class);
        assertThat(waiting).hasSize(ServerSession.DIRECT_TOLD);
        assertThat(waiting).extracting(told -> told.room().text()).contains("@bob@stranger1499");
    }

    // Nobody of that name

    @Test
    void nothing_is_said_to_a_name_that_nobody_has() {
        TestClient ada = signedIn("ada");
        long join = ada.join(TALK, History.NONE);
        bench.settle();

        assertThat(ada.refusal(join)).isEqualTo(Refusal.NO_SUCH_USER);
        long said = ada.say(TALK, "hello?");
        bench.settle();
        assertThat(ada.refusal(said)).isEqualTo(Refusal.NOT_IN_ROOM);
        assertThat(bench.log(TALK)).isEmpty();
        assertThat(bench.server.rooms()).isZero();
        assertThat(bench.server.held()).containsEntry("looked up", 0);
    }

    @Test
    void somebody_who_is_not_here_and_has_an_account_is_written_to_in_any_spelling() {
        bench.account("Bob", Role.MEMBER);
        TestClient ada = signedIn("ada");
        long join = ada.join(new RoomName("@ada@b0b"), History.NONE);
        bench.settle();

        assertThat(ada.of(ClientEvent.Entered.class))
                .singleElement()
                .satisfies(entered -> assertThat(entered.room().name()).isEqualTo(TALK));
        assertThat(ada.of(ClientEvent.Failed.class)).noneMatch(failed -> failed.ticket() == join);
    }

    @Test
    void in_a_conversation_with_somebody_who_has_no_account_any_more_one_reads_and_says_nothing() {
        bench.history(TALK, "bob", 3);
        TestClient ada = signedIn("ada");
        ada.join(TALK, History.from(1));
        bench.settle();
        assertThat(ada.events(TALK)).hasSize(3);

        long said = ada.say(TALK, "still there?");
        bench.settle();
        assertThat(ada.refusal(said)).isEqualTo(Refusal.NO_SUCH_USER);
        assertThat(bench.log(TALK)).hasSize(3);
    }

    @Test
    void when_an_account_goes_nothing_more_is_said_to_it() {
        TestClient bob = signedIn("bob");
        TestClient ada = inside("ada");
        ada.say(TALK, "hello");
        bench.settle();
        leave(bob);
        bench.accounts.remove("bob");
        bench.server.handleAccountChanged(BOB, bench.now);
        bench.settle();

        long said = ada.say(TALK, "are you there?");
        bench.settle();
        assertThat(ada.refusal(said)).isEqualTo(Refusal.NO_SUCH_USER);
        assertThat(bench.log(TALK)).hasSize(1);
    }
}
