package io.kabar.chat.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import org.junit.jupiter.api.Test;

class ClientRoomTest {

    private final ClientRoom room = new ClientRoom(RoomName.LOBBY, 1, JoinHistory.NONE, 1);

    private ClientRoom.Outgoing said(long behind) {
        ClientRoom.Outgoing outgoing =
                new ClientRoom.Outgoing(2, new MessageId(1, 1 + room.outbox.size()), new Content.Said("hello", false));
        outgoing.saidBehind = behind;
        room.outbox.add(outgoing);
        return outgoing;
    }

    @Test
    void what_is_said_again_in_a_log_that_was_put_back_is_not_taken_to_stand_behind_what_was_lost() {
        ClientRoom.Outgoing onItsWay = said(120);
        ClientRoom.Outgoing earlier = said(90);
        ClientRoom.Outgoing never = said(-1);

        // The client has read no more than both logs have, so nothing differs for it.
        room.told(new ServerMessage.RoomEntered(1, 7, RoomName.LOBBY, 1, 2, 0, 1, 100, 81, 101, 60, 1, "", "kept"));

        assertThat(onItsWay.saidBehind).isEqualTo(100);
        assertThat(earlier.saidBehind).isEqualTo(90);
        assertThat(never.saidBehind).isEqualTo(-1);
    }
}
