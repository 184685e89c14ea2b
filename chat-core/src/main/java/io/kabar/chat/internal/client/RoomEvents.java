package io.kabar.chat.internal.client;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.calls.PendingCalls;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.ClientMessage;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Events on their way from a connection to the rooms they are of, and the credit that lets more of them come. */
final class RoomEvents {

    private final RoomTable rooms;
    private final ClientControlQueue control;
    /** Told of a room of which joins, leaves and topics may be gone. */
    private final Consumer<ClientRoom> lookAgain;

    private final EarlyEvents early = new EarlyEvents();
    private @Nullable Connection connection;

    RoomEvents(RoomTable rooms, ClientControlQueue control, Consumer<ClientRoom> lookAgain) {
        this.rooms = rooms;
        this.control = control;
        this.lookAgain = lookAgain;
    }

    void connected(Connection newConnection) {
        connection = newConnection;
    }

    void disconnected() {
        connection = null;
        early.clear();
    }

    /** Events of rooms that were not named yet. */
    int unnamed() {
        return early.size();
    }

    void event(long roomId, long sequence, byte[] body) throws MalformedPacketException {
        ClientRoom room = rooms.byId(roomId);
        if (room == null) {
            keepEarly(roomId, new EarlyEvents.Early(sequence, body, 0));
        } else {
            room.event(sequence, body);
            deliver(room);
        }
    }

    void gap(long roomId, long from, long to) throws MalformedPacketException {
        ClientRoom room = rooms.byId(roomId);
        if (room == null) {
            keepEarly(roomId, new EarlyEvents.Early(from, null, to));
        } else {
            room.gone(to);
            deliver(room);
        }
    }

    private void keepEarly(long roomId, EarlyEvents.Early event) throws MalformedPacketException {
        if (rooms.anyExpected()) { // or it is of a room that was left
            early.add(roomId, event);
        }
    }

    /** A room has its name: what came before that is its own. */
    void named(long roomId) throws MalformedPacketException {
        for (EarlyEvents.Early event : early.take(roomId)) {
            if (event.body() == null) {
                gap(roomId, event.seq(), event.gapTo());
            } else {
                event(roomId, event.seq(), event.body());
            }
        }
    }

    /**
     * If no room is on its way, what came without a room's name was of rooms left since, and may come again: forgets
     * it.
     */
    void forgetUnnamed() {
        if (!rooms.anyExpected()) {
            early.clear();
            forget(log -> !PendingCalls.isHistory(log) && rooms.byId(log) == null);
        }
    }

    /**
     * Parts of events under these numbers that have come are not needed: if they are after all, all of them come again.
     */
    void forget(LongPredicate logs) {
        if (connection != null) {
            connection.forgetLogs(logs);
        }
    }

    /** Gives the program what is next in a room. */
    void deliver(ClientRoom room) throws MalformedPacketException {
        if (room.deliver(gone -> consumed(room, gone))) {
            lookAgain.accept(room);
        }
    }

    /** The program has taken the events of a room up to this one: the server may send more. */
    void consumed(RoomName name, long sequence) {
        ClientRoom room = rooms.find(name);
        if (room != null) {
            consumed(room, sequence);
        }
    }

    private void consumed(ClientRoom room, long sequence) {
        long credit = room.consumed(sequence);
        Long roomId = room.roomId();
        if (credit > 0 && roomId != null) {
            control.say(new ClientMessage.Credit(roomId, credit));
        }
    }
}
