package io.kabar.chat.internal.client;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.util.ArrayDeque;

/**
 * Up to where the user has read rooms: the server is told, which tells the user's other devices, and what was read on
 * those is heard from it. It outlives connections: a place that the server has not heard of is told once more.
 */
final class ReadPlaces {

    private final RoomTable rooms;
    private final ClientControlQueue control;
    private final ArrayDeque<ClientEvent> events;

    ReadPlaces(RoomTable rooms, ClientControlQueue control, ArrayDeque<ClientEvent> events) {
        this.rooms = rooms;
        this.control = control;
        this.events = events;
    }

    /** The user has read a room up to here; passed over if that is no news, or if this client is not in it. */
    void read(RoomName name, long upTo) {
        ClientRoom room = rooms.find(name);
        if (room != null && room.hasRead(Math.min(upTo, room.newestKnown()))) {
            tell(room);
        }
    }

    /** The server has let this client into a room, and said how far its user has read there. */
    void entered(ClientRoom room, ServerMessage.RoomEntered entered, long differsFrom) {
        if (differsFrom > 0) {
            room.hasReadAtMost(differsFrom - 1);
        }
        boolean isNews = room.hasRead(entered.readUpTo());
        if (!isNews && room.readUpTo() > entered.readUpTo()) {
            tell(room);
        }
    }

    private void tell(ClientRoom room) {
        Long roomId = room.roomId();
        if (roomId != null) {
            control.say(new ClientMessage.Read(roomId, room.readUpTo()));
        }
    }

    /** The user has read a room further on another device. */
    void readElsewhere(ServerMessage.ReadUpTo message) throws MalformedPacketException {
        if (message.upTo() > JoinHistory.MAX_SEQUENCE) {
            throw new MalformedPacketException("a place that cannot be");
        }
        ClientRoom room = rooms.byId(message.roomId());
        if (room != null && room.hasRead(message.upTo())) {
            events.add(new ClientEvent.ReadElsewhere(room.name(), room.readUpTo()));
        }
    }
}
