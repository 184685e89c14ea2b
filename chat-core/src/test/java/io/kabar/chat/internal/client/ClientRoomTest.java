package io.kabar.chat.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.connection.Agreement;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionOptions;
import io.kabar.chat.internal.connection.DeafSink;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.endpoint.TokenBucket;
import io.kabar.chat.internal.server.RawClient;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.RoomSettings;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClientRoomTest {

    /** A connection that is never heard from. */
    static Connection connection() {
        return new Connection(
                Side.CLIENT,
                ConnectionOptions.CLIENT,
                new Agreement(new byte[32], new byte[32], 1, 2, null),
                RawClient.address(1, 2120),
                new DeafSink(),
                new Random(2),
                0);
    }

    /** Puts all that waits on a lane, with this event as the newest known. */
    static void say(ClientRoom room, long newestKnown) {
        room.outbox().fill(connection().lane(1), new Pace(new TokenBucket(0, 1, 0), 0), newestKnown, 0);
    }

    private final ClientRoom room = new ClientRoom(RoomName.LOBBY, JoinHistory.NONE, 1, new ArrayDeque<>());
    private int number;

    private RoomOutbox.Outgoing add() {
        RoomOutbox.Outgoing outgoing =
                new RoomOutbox.Outgoing(2, new MessageId(1, ++number), 0, new Content.Said("hello", false));
        room.outbox().add(outgoing);
        return outgoing;
    }

    @Test
    void what_is_said_again_in_a_log_that_was_put_back_is_not_taken_to_stand_behind_what_was_lost() {
        RoomOutbox.Outgoing onItsWay = add();
        say(room, 120);
        RoomOutbox.Outgoing earlier = add();
        say(room, 90);
        RoomOutbox.Outgoing never = add();

        // The client has read no more than both logs have, so nothing differs for it.
        room.told(new ServerMessage.RoomEntered(
                1, 7, RoomName.LOBBY, 1, 2, 0, 1, 100, 81, 101, 60, 1, 0, "", "kept", RoomSettings.NONE, null, 0, 1));

        assertThat(onItsWay.mayBeBefore(101)).isFalse();
        assertThat(onItsWay.mayBeBefore(102)).isTrue();
        assertThat(earlier.mayBeBefore(91)).isFalse();
        assertThat(earlier.mayBeBefore(92)).isTrue();
        assertThat(never.mayBeBefore(Long.MAX_VALUE)).isFalse();
    }

    /** What comes late, of an earlier stay, is sent again if it belongs to this one. */
    @Test
    void events_beyond_what_the_server_may_send_are_not_held() {
        room.enter(
                new ServerMessage.RoomEntered(
                        1,
                        7,
                        RoomName.LOBBY,
                        1,
                        2,
                        0,
                        1,
                        100,
                        81,
                        101,
                        60,
                        1,
                        0,
                        "",
                        "kept",
                        RoomSettings.NONE,
                        null,
                        0,
                        1),
                null);
        room.event(80 + ClientRooms.CREDIT, new byte[] {1});
        assertThat(room.early()).isOne();
        room.event(81 + ClientRooms.CREDIT, new byte[] {1});
        assertThat(room.early()).isOne();
    }
}
