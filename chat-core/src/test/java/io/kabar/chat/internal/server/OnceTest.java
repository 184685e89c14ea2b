package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.server.core.LoginPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said a second time under the same id is said once, whoever has died in between. */
class OnceTest {

    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final int WINDOW = 16;

    private final EndpointRig rig =
            new EndpointRig(EndpointRig.settings(new LoginPolicy(true, null, new byte[32]), 0, WINDOW));

    private static MessageId id(int line) {
        return MessageId.of("test", String.valueOf(line));
    }

    private long said(String text) {
        return rig.log(LOBBY).stream().filter(line -> line.endsWith(text)).count();
    }

    @Test
    void the_same_id_from_another_process_is_the_same_message() {
        TestClient first = rig.inside("ada", JoinHistory.NONE);
        long sent = first.say(LOBBY, "hello", id(1));
        rig.settle();

        TestClient second = rig.inside("ada", JoinHistory.NONE);
        long again = second.say(LOBBY, "hello", id(1));
        rig.settle();

        assertThat(second.numberOf(again)).isEqualTo(first.numberOf(sent)).isPositive();
        assertThat(said("hello")).isOne();
    }

    @Test
    void a_server_that_comes_back_knows_the_ids_of_the_newest_events() {
        TestClient first = rig.inside("ada", JoinHistory.NONE);
        long sent = first.say(LOBBY, "hello", id(1));
        rig.settle();
        rig.clients.clear();
        rig.restart();

        TestClient second = rig.inside("ada", JoinHistory.NONE);
        long again = second.say(LOBBY, "hello", id(1));
        rig.settle();

        assertThat(second.numberOf(again)).isEqualTo(first.numberOf(sent)).isPositive();
        assertThat(said("hello")).isOne();
    }

    @Test
    void the_newest_of_a_run_is_known_when_its_event_has_left_the_memory_and_what_is_before_it_never_comes_in_again() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        long early = ada.say(LOBBY, "early", MessageId.numbered(1, "run"));
        long late = ada.say(LOBBY, "late", MessageId.numbered(2, "run"));
        for (int i = 0; i <= WINDOW; i++) {
            ada.say(LOBBY, "line", id(i));
        }
        rig.settle();
        long earlyAgain = ada.say(LOBBY, "early", MessageId.numbered(1, "run"));
        long lateAgain = ada.say(LOBBY, "late", MessageId.numbered(2, "run"));
        rig.settle();

        assertThat(ada.numberOf(early)).isPositive();
        assertThat(ada.refusal(earlyAgain)).isEqualTo(Refusal.OUT_OF_ORDER);
        assertThat(ada.numberOf(lateAgain)).isEqualTo(ada.numberOf(late)).isPositive();
        assertThat(said("early")).isOne();
        assertThat(said("late")).isOne();
    }

    @Test
    void the_window_is_the_same_after_a_restart() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        for (int i = 1; i < WINDOW; i++) {
            ada.say(LOBBY, "line " + i + ".", id(i));
        }
        rig.settle();
        rig.clients.clear();
        rig.restart();

        TestClient again = rig.inside("ada", JoinHistory.NONE); // enters, as another event
        for (int i = 1; i < WINDOW; i++) {
            again.say(LOBBY, "line " + i + ".", id(i));
        }
        rig.settle();

        for (int i = 1; i < WINDOW; i++) {
            assertThat(said("line " + i + ".")).as("line %d", i).isOne();
        }
    }

    @Test
    void nobody_enters_until_the_newest_events_could_be_read() {
        TestClient first = rig.inside("ada", JoinHistory.NONE);
        first.say(LOBBY, "hello", id(1));
        rig.settle();
        rig.clients.clear();
        rig.restart();
        rig.failReads = true;

        TestClient second = rig.inside("ada", JoinHistory.NONE);
        assertThat(second.of(ClientEvent.Entered.class)).isEmpty();
        rig.failReads = false;
        second.join(LOBBY, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(2));
        long again = second.say(LOBBY, "hello", id(1));
        rig.settle();

        assertThat(second.numberOf(again)).isPositive();
        assertThat(said("hello")).isOne();
    }

    @Test
    void what_dies_on_its_way_to_the_journal_is_stored_once() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        rig.holdJournal = true;
        ada.say(LOBBY, "stored, not told", id(1));
        rig.settle();
        TestClient second = rig.client("ada");
        rig.settle();
        second.join(LOBBY, JoinHistory.NONE);
        rig.settle();
        long again = second.say(LOBBY, "stored, not told", id(1));
        rig.settle();
        assertThat(rig.held).hasSize(1);

        rig.releaseJournal();

        assertThat(second.numberOf(again)).isPositive();
        assertThat(said("stored, not told")).isOne();
    }

    @Test
    void the_ids_of_one_user_mean_nothing_for_another() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        TestClient eve = rig.inside("eve", JoinHistory.NONE);
        rig.holdJournal = true;
        long eves = eve.say(LOBBY, "eve was here", id(1));
        long adas = ada.say(LOBBY, "hello", id(1));
        rig.settle();
        rig.releaseJournal();
        long again = ada.say(LOBBY, "hello", id(1));
        rig.settle();

        assertThat(eve.numberOf(eves)).isPositive();
        assertThat(ada.numberOf(adas)).isPositive().isNotEqualTo(eve.numberOf(eves));
        assertThat(ada.numberOf(again)).isEqualTo(ada.numberOf(adas));
    }

    @Test
    void who_says_the_same_twice_at_once_is_answered_twice() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        long one = ada.say(LOBBY, "hello", id(1));
        long two = ada.say(LOBBY, "hello", id(1));
        rig.settle();

        assertThat(ada.numberOf(two)).isEqualTo(ada.numberOf(one)).isPositive();
        assertThat(ada.endpoint.waiting()).isZero();
        assertThat(said("hello")).isOne();
    }
}
