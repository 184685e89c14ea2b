package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.ClientEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final RoomName LOBBY = RoomName.LOBBY;

    private final EndpointRig rig = new EndpointRig();

    @Test
    void who_asks_for_more_history_than_is_kept_gets_the_rest_however_much_is_gone() {
        rig.firstKept.put(LOBBY, 2_901L);
        rig.history(LOBBY, "old", 3_000);

        TestClient ada = rig.inside("ada", JoinHistory.from(1));

        assertThat(ada.of(ClientEvent.HistoryGone.class)).containsExactly(new ClientEvent.HistoryGone(LOBBY, 1, 2_900));
        assertThat(ada.events(LOBBY)).hasSize(101).endsWith("3000 old event 2999", "3001 ada joined");
    }

    @Test
    void a_text_no_server_reads_is_refused_at_once() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        for (int bytes : new int[] {16 * 1024 + 1, 200_000}) {
            long ticket = ada.say(LOBBY, "x".repeat(bytes));
            rig.settle();
            assertThat(ada.of(ClientEvent.Failed.class))
                    .filteredOn(failed -> failed.callId() == ticket)
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.refusal()).isEqualTo(Refusal.TOO_LARGE));
        }
        long good = ada.say(LOBBY, "hello");
        rig.settle();
        assertThat(ada.of(ClientEvent.Accepted.class)).anyMatch(accepted -> accepted.callId() == good);
        assertThat(ada.of(ClientEvent.Searching.class)).isEmpty();
    }

    @Test
    void a_text_this_server_does_not_accept_is_refused_with_its_length_and_the_limit() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        long text = ada.say(LOBBY, "x".repeat(5_000));
        rig.settle();
        assertThat(ada.of(ClientEvent.Failed.class))
                .filteredOn(failed -> failed.callId() == text)
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.refusal()).isEqualTo(Refusal.TOO_LARGE);
                    assertThat(failed.sentence())
                            .isEqualTo("The message is 5,000 bytes long; this server accepts at most 4,096.");
                });
    }

    @Test
    void a_server_that_has_lost_its_log_is_a_new_beginning() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        for (int i = 0; i < 20; i++) {
            ada.say(LOBBY, "before " + i);
        }
        rig.settle();

        rig.restartWithoutMemory();
        rig.pass(Duration.ofMinutes(4));
        ada.say(LOBBY, "after");
        rig.pass(Duration.ofSeconds(2));

        assertThat(ada.events(LOBBY)).endsWith("2 ada after");
        assertThat(rig.server.counters().logins()).isOne();
    }

    @Test
    void who_leaves_before_being_let_in_and_comes_back_is_in() {
        rig.inside("ada", JoinHistory.NONE); // so that the second device is let in at once
        TestClient ada = rig.client("ada");
        rig.settle();

        ada.join(LOBBY, JoinHistory.NONE);
        ada.leave(LOBBY);
        long second = ada.join(LOBBY, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));

        assertThat(ada.of(ClientEvent.Entered.class))
                .extracting(ClientEvent.Entered::callId)
                .contains(second);
        long said = ada.say(LOBBY, "here");
        rig.settle();
        assertThat(ada.of(ClientEvent.Accepted.class)).anyMatch(accepted -> accepted.callId() == said);
    }

    @Test
    void who_cannot_make_up_their_mind_while_the_journal_is_slow_is_let_in_in_the_end() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        rig.holdJournal = true;
        for (int i = 0; i < 3; i++) {
            ada.leave(LOBBY);
            rig.settle();
            ada.join(LOBBY, JoinHistory.NONE);
            rig.settle();
        }
        ada.leave(LOBBY);
        rig.settle();
        rig.releaseJournal();

        long ticket = ada.join(LOBBY, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(1));

        assertThat(ada.of(ClientEvent.Entered.class))
                .extracting(ClientEvent.Entered::callId)
                .contains(ticket);
    }

    @Test
    void a_leave_that_is_stored_late_does_not_put_anybody_out_who_is_back() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        rig.holdJournal = true;
        ada.leave(LOBBY);
        rig.settle();
        rig.refuseHeld();
        rig.holdJournal = false;
        ada.join(LOBBY, JoinHistory.NONE);
        rig.pass(Duration.ofSeconds(10));

        assertThat(rig.log(LOBBY)).containsExactly("1 ada joined");
        TestClient bob = rig.inside("bob", JoinHistory.NONE);
        assertThat(bob.of(ClientEvent.Entered.class).get(0).room().members()).hasSize(2);
    }
}
