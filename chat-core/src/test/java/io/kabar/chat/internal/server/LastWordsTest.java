package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is said right before a room is left, faster than the rate lets it, or again after a long time. */
class LastWordsTest {

    private static final RoomName ROOM = RoomName.LOBBY;
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final EndpointRig rig = new EndpointRig();

    private static List<Long> left(TestClient client) {
        return client.of(ClientEvent.LeftRoom.class).stream()
                .map(ClientEvent.LeftRoom::callId)
                .toList();
    }

    @Test
    void what_is_said_right_before_a_leave_is_said() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        long said = ada.say(ROOM, "good bye");
        long left = ada.leave(ROOM, "night");
        assertThat(left(ada)).isEmpty();
        rig.settle();

        assertThat(ada.numberOf(said)).isPositive();
        assertThat(left(ada)).containsExactly(left);
        assertThat(rig.log(ROOM)).containsExactly("1 ada joined", "2 ada good bye", "3 ada left");
    }

    @Test
    void a_whole_paste_before_a_leave_is_said_though_it_has_to_wait() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        for (int i = 0; i < 120; i++) {
            ada.say(ROOM, "line " + i);
        }
        ada.leave(ROOM);
        rig.pass(Duration.ofSeconds(20));

        assertThat(rig.log(ROOM)).hasSize(122).last().isEqualTo("122 ada left");
    }

    @Test
    void who_says_something_before_being_let_in_and_leaves_at_once_has_said_it() {
        TestClient ada = rig.client("ada");
        rig.settle();
        ada.join(ROOM, JoinHistory.NONE);
        long said = ada.say(ROOM, "just passing");
        ada.leave(ROOM);
        rig.settle();

        assertThat(ada.numberOf(said)).isPositive();
        assertThat(left(ada)).hasSize(1);
    }

    @Test
    void a_connection_lost_between_the_last_word_and_the_leave_loses_neither() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        rig.holdJournal = true;
        long said = ada.say(ROOM, "good bye");
        ada.leave(ROOM);
        rig.settle();
        rig.holdJournal = false;
        rig.restart();
        rig.pass(Duration.ofMinutes(1));

        assertThat(ada.numberOf(said)).isPositive();
        assertThat(left(ada)).hasSize(1);
        assertThat(rig.log(ROOM)).last().asString().endsWith("ada left");
    }

    @Test
    void a_room_that_is_being_left_can_be_entered_again_and_is_spoken_in_then() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        long before = ada.say(ROOM, "before");
        long left = ada.leave(ROOM);
        long refused = ada.say(ROOM, "between");
        long again = ada.join(ROOM, JoinHistory.NONE);
        long after = ada.say(ROOM, "after");
        rig.pass(MOMENT);

        assertThat(ada.refusal(refused)).isEqualTo(Refusal.NOT_IN_ROOM);
        assertThat(left(ada)).containsExactly(left);
        assertThat(ada.of(ClientEvent.Entered.class)).anyMatch(entered -> entered.callId() == again);
        assertThat(ada.numberOf(before)).isPositive().isLessThan(ada.numberOf(after));
        assertThat(rig.log(ROOM))
                .containsExactly("1 ada joined", "2 ada before", "3 ada left", "4 ada joined", "5 ada after");
    }

    @Test
    void a_second_leave_takes_back_that_it_is_entered_again() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        ada.say(ROOM, "before");
        long left = ada.leave(ROOM);
        long again = ada.join(ROOM, JoinHistory.NONE);
        long after = ada.say(ROOM, "after");
        long leftAgain = ada.leave(ROOM);
        long third = ada.leave(ROOM);
        rig.pass(MOMENT);

        assertThat(left(ada)).containsExactly(left, leftAgain);
        assertThat(List.of(ada.refusal(again), ada.refusal(after), ada.refusal(third)))
                .containsOnly(Refusal.NOT_IN_ROOM);
        assertThat(rig.log(ROOM)).last().isEqualTo("3 ada left");
        assertThat(ada.endpoint.held()).containsEntry("rooms", 0).containsEntry("outbox", 0);
    }

    // Not twice as fast as it goes

    /** Sent again, bytes: many times what was said if all of it is said again whenever one has to wait. */
    @Test
    void who_shares_the_rate_with_another_device_sends_little_more_than_is_said() {
        TestClient phone = rig.inside("ada", JoinHistory.NONE);
        TestClient liveRoom = rig.inside("ada", JoinHistory.NONE);
        String text = "x".repeat(500);
        for (int i = 0; i < 150; i++) {
            phone.say(ROOM, text);
            liveRoom.say(ROOM, text);
        }
        rig.pass(Duration.ofSeconds(40));

        assertThat(phone.of(ClientEvent.Accepted.class)).hasSize(150);
        assertThat(liveRoom.of(ClientEvent.Accepted.class)).hasSize(150);
        for (TestClient client : List.of(phone, liveRoom)) {
            long bytes =
                    Objects.requireNonNull(client.endpoint.connection()).stats().bytesOut();
            assertThat(bytes).isLessThan(3 * 150 * 500);
        }
    }

    @Test
    void who_comes_back_with_the_rate_used_up_sends_little_more_than_is_said() {
        TestClient ada = rig.inside("ada", JoinHistory.NONE);
        for (int i = 0; i < 60; i++) {
            ada.say(ROOM, "quick " + i);
        }
        rig.settle();
        TestClient again = rig.inside("ada", JoinHistory.NONE);
        for (int i = 0; i < 150; i++) {
            again.say(ROOM, "x".repeat(500));
        }
        rig.pass(Duration.ofSeconds(20));

        assertThat(again.of(ClientEvent.Accepted.class)).hasSize(150);
        assertThat(Objects.requireNonNull(again.endpoint.connection()).stats().bytesOut())
                .isLessThan(2 * 150 * 500);
    }

    /** Says what docs/protocol.md tells a client to say, and when. */
    @Test
    void a_client_that_does_what_is_written_says_everything_again_once_or_twice() throws Exception {
        RawClient client = new RawClient(); // two at once, one a second
        client.commits = true;
        client.signIn("ada")
                .say(
                        1,
                        new ClientMessage.Join(
                                ClientMessage.Target.room("lobby"), JoinHistory.NONE, 1000, new byte[0]));
        ArrayDeque<Integer> unanswered = new ArrayDeque<>();
        for (int i = 1; i <= 40; i++) {
            unanswered.add(i);
        }
        long attempt = 0;
        int said = 0;
        for (int next : List.copyOf(unanswered)) { // all at once at first: nobody knows how much of the rate is left
            client.say(1, say(attempt, next));
            said++;
        }
        for (int round = 0; round < 200 && !unanswered.isEmpty(); round++) {
            long highest = attempt;
            for (ServerMessage heard : client.heard) {
                if (heard instanceof ServerMessage.Accepted accepted) {
                    unanswered.remove((int) accepted.id().number());
                } else if (heard instanceof ServerMessage.Refused refused) {
                    highest = Math.max(highest, refused.attempt());
                }
            }
            attempt = highest;
            client.heard.clear();
            client.pass(Duration.ofSeconds(1)); // after retryAfter one, and then one more as often as the rate says
            if (!unanswered.isEmpty()) {
                client.say(1, say(attempt, unanswered.getFirst()));
                said++;
            }
        }
        assertThat(unanswered).isEmpty();
        assertThat(said).isLessThan(3 * 40);
    }

    private static ClientMessage.Say say(long attempt, int number) {
        return new ClientMessage.Say(attempt, new MessageId(7, number), new Content.Said("text " + number, false));
    }

    // What nobody can tell

    @Test
    void what_is_out_of_order_is_refused_with_the_first_event_whose_id_is_known() throws Exception {
        RawClient client = new RawClient();
        client.commits = true;
        client.signIn("ada")
                .say(
                        1,
                        new ClientMessage.Join(
                                ClientMessage.Target.room("lobby"), JoinHistory.NONE, 1000, new byte[0]));
        client.say(1, say(0, 5));
        client.heard.clear();
        client.say(1, say(0, 3));

        assertThat(client.heard).singleElement().isInstanceOfSatisfying(ServerMessage.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(Refusal.OUT_OF_ORDER.code());
            assertThat(((ServerMessage.Subject.Message) refused.subject()).firstKnown())
                    .isEqualTo(1);
        });
    }
}
