package io.kabar.chat.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class ClientOutboxTest {

    private static final RoomName ROOM = RoomName.LOBBY;

    @Test
    void what_is_said_again_for_so_long_that_the_server_forgets_the_first_is_of_unknown_fate() {
        assertThat(fate(true, 5, 7)).isEqualTo(Refusal.FATE_UNKNOWN);
        assertThat(fate(true, 5, 6)).as("the server would know it").isEqualTo(Refusal.OUT_OF_ORDER);
        assertThat(fate(false, 5, 7)).as("never said before").isEqualTo(Refusal.OUT_OF_ORDER);
    }

    private static Refusal fate(boolean saidBefore, long saidBehind, long firstKnown) {
        ArrayDeque<ClientEvent> events = new ArrayDeque<>();
        ClientOutbox outbox = new ClientOutbox(events, 10);
        ClientRoom room = new ClientRoom(ROOM, JoinHistory.NONE, 0, events);
        MessageId id = new MessageId(7, 1);
        outbox.say(1, room, 0, Saying.TEXT, "one", id, 0);
        if (saidBefore) {
            ClientRoomTest.say(room, saidBehind);
        }
        room.disconnected();
        ClientRoomTest.say(room, saidBehind);
        ServerMessage.Subject.Message subject = new ServerMessage.Subject.Message(1, id, firstKnown);
        outbox.refused(room, new ServerMessage.Refused(subject, Refusal.OUT_OF_ORDER, "No."), subject, 0);
        return ((ClientEvent.Failed) events.getFirst()).refusal();
    }

    /** It was said twice, and each copy is answered: the second answer names the attempt that is under way already. */
    @Test
    void only_a_higher_attempt_says_everything_again() {
        ArrayDeque<ClientEvent> events = new ArrayDeque<>();
        ClientOutbox outbox = new ClientOutbox(events, 10);
        ClientRoom room = new ClientRoom(ROOM, JoinHistory.NONE, 0, events);
        MessageId id = new MessageId(7, 1);
        outbox.say(1, room, 0, Saying.TEXT, "one", id, 0);
        ServerMessage.Subject.Message subject = new ServerMessage.Subject.Message(1, id);
        outbox.refused(room, new ServerMessage.Refused(subject, 1, Refusal.BUSY.code(), 100, ""), subject, 0);
        assertThat(events).isEmpty();
        assertThat(outbox.waiting()).isOne();

        outbox.refused(room, new ServerMessage.Refused(subject, 1, Refusal.TOO_LARGE.code(), 0, "No."), subject, 0);
        assertThat(events).singleElement().isEqualTo(ClientEvent.Failed.of(1, Refusal.TOO_LARGE, "No.", null));
        assertThat(outbox.waiting()).isZero();
    }

    @Test
    void whoever_has_to_wait_for_long_is_told_why() {
        for (long millis : new long[] {250, 30_000}) {
            ArrayDeque<ClientEvent> events = new ArrayDeque<>();
            ClientOutbox outbox = new ClientOutbox(events, 10);
            ClientRoom room = new ClientRoom(ROOM, JoinHistory.NONE, 0, events);
            MessageId id = new MessageId(7, 1);
            outbox.say(1, room, 0, Saying.TEXT, "first words here", id, 0);
            ServerMessage.Subject.Message subject = new ServerMessage.Subject.Message(1, id);
            outbox.refused(
                    room,
                    new ServerMessage.Refused(subject, 1, Refusal.RATE_LIMITED.code(), millis, "Too many new rooms."),
                    subject,
                    0);

            assertThat(events).hasSize(millis > 1000 ? 1 : 0);
            assertThat(events)
                    .allSatisfy(event -> assertThat(((ClientEvent.Notice) event).sentence())
                            .isEqualTo("What you said in #lobby waits 30 s: Too many new rooms."));
        }
    }
}
