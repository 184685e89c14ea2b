package io.kabar.chat.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Agreement;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionOptions;
import io.kabar.chat.internal.connection.DeafSink;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.endpoint.TokenBucket;
import io.kabar.chat.internal.server.RawClient;
import io.kabar.chat.internal.wire.message.EventCodec;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.RoomSettings;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClientRoomsTest {

    private static final RoomName SECRET = RoomName.of("secret");
    private static final RoomName PUBLIC = RoomName.of("public");

    private final ArrayDeque<ClientEvent> events = new ArrayDeque<>();
    private final ClientOutbox outbox = new ClientOutbox(events, 100);
    private final ClientControlQueue control = new ClientControlQueue();
    private final ClientRooms rooms = new ClientRooms(events, outbox, control);

    /** Nothing is ever acknowledged on it. */
    private final Connection connection = new Connection(
            Side.CLIENT,
            ConnectionOptions.CLIENT,
            new Agreement(new byte[32], new byte[32], 1, 2, null),
            RawClient.address(1, 2120),
            new DeafSink(),
            new Random(2),
            0);

    @Test
    void what_was_said_in_a_room_cannot_arrive_in_the_next_one() throws Exception {
        outbox.connected(connection, new TokenBucket(0, 1, 0), 0);
        rooms.connected(connection);
        rooms.join(1, SECRET, JoinHistory.NONE);
        rooms.entered(entered(SECRET, 7, 1), 0);
        outbox.say(
                2,
                rooms.table().find(SECRET),
                0,
                Saying.TEXT,
                "for our ears only",
                MessageId.of("for our ears only"),
                0);
        int onFirstLane = connection.lane(1).queuedBytes();
        assertThat(onFirstLane).isPositive();

        rooms.leave(3, SECRET, "");
        rooms.join(4, PUBLIC, JoinHistory.NONE);
        rooms.entered(entered(PUBLIC, 8, 2), 0);
        outbox.say(5, rooms.table().find(PUBLIC), 0, Saying.TEXT, "hello all", MessageId.of("hello all"), 0);

        assertThat(connection.lane(1).queuedBytes()).isEqualTo(onFirstLane);
        assertThat(connection.lane(2).queuedBytes()).isPositive();
    }

    /** On another lane the join may arrive first, and is refused, since the room is not left yet. */
    @Test
    void room_is_entered_again_behind_its_leave_until_that_is_confirmed() throws Exception {
        rooms.connected(connection);
        rooms.join(1, SECRET, JoinHistory.NONE);
        rooms.entered(entered(SECRET, 7, 1), 0);
        rooms.join(2, PUBLIC, JoinHistory.NONE);
        rooms.entered(entered(PUBLIC, 8, 2), 0);
        int onSecondLane = connection.lane(2).queuedBytes();

        rooms.leave(3, PUBLIC, "");
        assertThat(connection.lane(2).queuedBytes()).isGreaterThan(onSecondLane);
        onSecondLane = connection.lane(2).queuedBytes();
        rooms.join(4, PUBLIC, JoinHistory.NONE);
        assertThat(connection.lane(2).queuedBytes()).isGreaterThan(onSecondLane);
        assertThat(connection.lane(3).queuedBytes()).isZero();

        rooms.leave(5, SECRET, "");
        int onFirstLane = connection.lane(1).queuedBytes();
        rooms.left(new ServerMessage.RoomLeft(1, true, ""));
        rooms.join(6, RoomName.of("third"), JoinHistory.NONE);
        assertThat(connection.lane(1).queuedBytes()).as("a lane that is free").isGreaterThan(onFirstLane);
    }

    /** Or the Join would come behind the server's word, and let in again whom it has put out. */
    @Test
    void who_is_put_out_while_asking_how_the_room_is_now_stays_out() throws Exception {
        rooms.connected(connection);
        rooms.join(1, PUBLIC, JoinHistory.NONE);
        rooms.entered(entered(PUBLIC, 7, 1), 0);
        int before = connection.lane(1).queuedBytes();
        rooms.events().gap(7, 1, 5);
        int asked = connection.lane(1).queuedBytes();
        assertThat(asked).as("it asks how the room is now").isGreaterThan(before);

        rooms.left(new ServerMessage.RoomLeft(1, false, "out"));
        assertThat(events).last().isEqualTo(new ClientEvent.LeftRoom(0, PUBLIC, "out"));
        int left = connection.lane(1).queuedBytes();
        assertThat(left).as("and leaves behind that").isGreaterThan(asked);
        rooms.join(2, PUBLIC, JoinHistory.NONE);
        assertThat(connection.lane(1).queuedBytes()).isGreaterThan(left);
        rooms.entered(entered(PUBLIC, 8, 1), 0);
        assertThat(events).as("that was the one before").last().isInstanceOf(ClientEvent.LeftRoom.class);
        rooms.left(new ServerMessage.RoomLeft(1, true, ""));
        rooms.entered(entered(PUBLIC, 9, 1), 0);
        assertThat(events)
                .last()
                .isInstanceOfSatisfying(
                        ClientEvent.Entered.class,
                        entered -> assertThat(entered.callId()).isEqualTo(2));
    }

    /** Its Accepted would come behind the word that the room is left: whoever says it again may say it twice. */
    @Test
    void what_was_under_way_when_one_is_put_out_is_told_as_unknown_and_what_waited_as_refused() throws Exception {
        outbox.connected(connection, new TokenBucket(1, 1, 0), 0);
        rooms.connected(connection);
        rooms.join(1, PUBLIC, JoinHistory.NONE);
        rooms.entered(entered(PUBLIC, 7, 1), 0);
        outbox.say(2, rooms.table().find(PUBLIC), 0, Saying.TEXT, "on its way", MessageId.of("on its way"), 0);
        outbox.say(3, rooms.table().find(PUBLIC), 0, Saying.TEXT, "waits", MessageId.of("waits"), 0);

        rooms.left(new ServerMessage.RoomLeft(1, false, "out"));
        assertThat(events)
                .filteredOn(ClientEvent.Failed.class::isInstance)
                .extracting(event -> ((ClientEvent.Failed) event).refusal())
                .containsExactly(Refusal.FATE_UNKNOWN, Refusal.NOT_IN_ROOM);
    }

    @Test
    void what_waits_for_the_rate_is_still_due_when_its_time_has_passed_unnoticed() throws Exception {
        outbox.connected(connection, new TokenBucket(1, 20, 0), 0);
        rooms.connected(connection);
        rooms.join(1, PUBLIC, JoinHistory.NONE);
        rooms.entered(entered(PUBLIC, 7, 1), 0);
        outbox.say(2, rooms.table().find(PUBLIC), 0, Saying.TEXT, "at once", MessageId.of("at once"), 0);
        outbox.say(3, rooms.table().find(PUBLIC), 0, Saying.TEXT, "a little later", MessageId.of("a little later"), 0);
        int onLane = connection.lane(1).queuedBytes();
        long due = outbox.nextTimeout();
        assertThat(due).isEqualTo(50_000_000);

        // Time went on while something else was done, and nobody asked in between.
        assertThat(outbox.nextTimeout()).isEqualTo(due);
        outbox.fillAll(due + 1);
        assertThat(connection.lane(1).queuedBytes()).isGreaterThan(onLane);
        assertThat(outbox.nextTimeout()).isEqualTo(Long.MAX_VALUE);
    }

    /** On another connection the lanes may overtake each other: the server enters by the second name, then. */
    @Test
    void room_that_was_to_be_left_is_left_though_it_turns_out_to_be_another_one_as_well() throws Exception {
        outbox.connected(connection, new TokenBucket(0, 1, 0), 0);
        rooms.connected(connection);
        rooms.join(1, PUBLIC, JoinHistory.NONE);
        rooms.entered(entered(PUBLIC, 7, 1), 0);
        MessageId id = MessageId.of("one more thing");
        outbox.say(2, rooms.table().find(PUBLIC), 0, Saying.TEXT, "one more thing", id, 0);
        rooms.leave(3, PUBLIC, "bye");
        rooms.join(4, PUBLIC, JoinHistory.NONE);
        rooms.join(5, RoomName.of("pub1ic"), JoinHistory.NONE);
        rooms.disconnected();
        rooms.connected(connection);
        rooms.entered(entered(PUBLIC, 8, 2), 0);
        assertThat(events).noneMatch(ClientEvent.LeftRoom.class::isInstance);

        outbox.accepted(rooms.table().onLane(2), new ServerMessage.Accepted(2, id, 1, 0), 0);
        rooms.leaveWhereAllIsSaid();
        assertThat(events).contains(new ClientEvent.LeftRoom(3, PUBLIC, "bye"));
        rooms.left(new ServerMessage.RoomLeft(2, true, "bye"));
        rooms.entered(entered(PUBLIC, 9, 2), 0);
        assertThat(events)
                .last()
                .isInstanceOfSatisfying(
                        ClientEvent.Entered.class,
                        entered -> assertThat(entered.callId()).isEqualTo(4));
    }

    @Test
    void whoever_waits_to_enter_a_room_is_told_when_it_is_left_before() {
        rooms.connected(connection);
        rooms.join(1, PUBLIC, JoinHistory.NONE);
        rooms.leave(2, PUBLIC, "");

        assertThat(events)
                .containsExactly(
                        new ClientEvent.Failed(1, Refusal.NOT_IN_ROOM, Refusal.NOT_IN_ROOM.sentence(), null, null),
                        new ClientEvent.LeftRoom(2, PUBLIC, ""));
    }

    /** The program knows nothing of it yet, so nothing of it can have changed. */
    @Test
    void room_is_entered_as_if_for_the_first_time_if_the_connection_ends_before_all_its_members_are_known()
            throws Exception {
        rooms.connected(connection);
        rooms.join(1, PUBLIC, JoinHistory.NONE);
        rooms.entered(entered(PUBLIC, 7, 1, 276, 1), 0);
        rooms.disconnected();
        rooms.connected(connection);
        rooms.entered(entered(PUBLIC, 7, 1, 3, 0), 0);

        assertThat(events).singleElement().isInstanceOfSatisfying(ClientEvent.Entered.class, entered -> {
            assertThat(entered.callId()).isEqualTo(1);
            assertThat(entered.room().lastSequence()).isEqualTo(3);
        });
    }

    @Test
    void events_that_come_before_their_room_is_named_are_given_once_it_is() throws Exception {
        rooms.connected(connection);
        rooms.join(1, PUBLIC, JoinHistory.NONE);
        rooms.events().event(7, 2, said(PUBLIC, 2, "two"));
        rooms.events().event(7, 1, said(PUBLIC, 1, "one"));
        rooms.events().event(9, 1, said(PUBLIC, 1, "of another room"));
        assertThat(events).isEmpty();

        rooms.entered(entered(PUBLIC, 7, 1), 0);
        assertThat(events)
                .filteredOn(ClientEvent.Event.class::isInstance)
                .extracting(event -> ((ClientEvent.Event) event).event().text())
                .containsExactly("one", "two");
    }

    private static byte[] said(RoomName room, long sequence, String text) {
        Author bob = Author.of(UserName.of("bob"));
        return EventCodec.encode(
                new ChatEvent(room, 1, sequence, Instant.EPOCH, bob, 0, new Content.Said(text, false)));
    }

    @Test
    void what_was_said_to_somebody_who_was_there_is_no_history_even_if_the_connection_ends_while_they_enter()
            throws Exception {
        RoomName pair = RoomName.direct(1, 2);
        rooms.connected(connection);
        rooms.directWaiting(new ServerMessage.DirectWaiting(pair, 2, null));
        rooms.join(1, pair, JoinHistory.last(10));
        rooms.entered(entered(pair, 7, 1, 1, 1), 0);
        rooms.disconnected();
        rooms.connected(connection);
        rooms.entered(entered(pair, 8, 1, 1, 0), 0);

        byte[] body = EventCodec.encode(new ChatEvent(
                pair, 1, 2, Instant.EPOCH, Author.of(UserName.of("bob")), 0, new Content.Said("there you are", false)));
        rooms.events().event(8, 2, body);
        assertThat(events)
                .last()
                .isInstanceOfSatisfying(
                        ClientEvent.Event.class,
                        event -> assertThat(event.replayed()).isFalse());
    }

    private static ServerMessage.RoomEntered entered(RoomName room, long number, int lane) {
        return entered(room, number, lane, 0, 0);
    }

    /** A log of so many events, none of which is restored; that many members are told after it. */
    private static ServerMessage.RoomEntered entered(RoomName room, long number, int lane, long last, int members) {
        return new ServerMessage.RoomEntered(
                lane,
                number,
                room,
                0,
                1,
                0,
                1,
                last,
                last + 1,
                last + 1,
                1,
                members,
                0,
                "",
                "",
                RoomSettings.NONE,
                null,
                0,
                members);
    }
}
