package io.kabar.chat.internal.client;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Direct conversations in which something was said that this client has not read, and the number of the first of it:
 * whoever enters one reads from there on. The newest of them, so that strangers cannot fill the memory.
 */
final class UnreadConversations {

    private static final int MAX = 1024;

    private final RoomTable rooms;
    private final ArrayDeque<ClientEvent> events;
    private final Map<RoomName, Long> first = new LinkedHashMap<>();

    UnreadConversations(RoomTable rooms, ArrayDeque<ClientEvent> events) {
        this.rooms = rooms;
        this.events = events;
    }

    int size() {
        return first.size();
    }

    /** Something was said in a conversation with this user; whether to enter it is theirs to say. */
    void announced(ServerMessage.DirectWaiting message) throws MalformedPacketException {
        if (!message.room().isDirect()
                || message.room().person().isPresent()
                || message.sequence() < 1
                || message.sequence() > JoinHistory.MAX_SEQUENCE) {
            throw new MalformedPacketException("a conversation that cannot be");
        }
        ClientRoom room = rooms.exact(message.room());
        if (room != null && room.hasBegun()) {
            return; // it is read where it was left
        }
        add(message.room(), message.sequence());
        if (room == null) {
            events.add(new ClientEvent.DirectWaiting(message.room(), message.partner(), message.sequence()));
        }
    }

    private void add(RoomName room, long sequence) {
        first.merge(room, sequence, Math::min);
        if (first.size() > MAX) {
            first.remove(first.keySet().iterator().next());
        }
    }

    /** The first event that was not read; null if nothing was announced. */
    @Nullable
    Long first(RoomName room) {
        return first.get(room);
    }

    /** The conversation is entered. */
    void remove(RoomName room) {
        first.remove(room);
    }

    void clear() {
        first.clear();
    }
}
