package io.kabar.chat.internal.client;

import io.kabar.chat.internal.wire.MalformedPacketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events that came before the message that names their room: lost datagrams bring them out of order. */
final class EarlyEvents {

    /** As many as an honest server may send before it knows that the room was entered, for a few rooms at once. */
    private static final int MAX = 4 * ClientRooms.CREDIT;

    /** An event, or the end of a gap if there is no body. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Early(long seq, byte @Nullable [] body, long gapTo) {}

    private final Map<Long, List<Early>> byRoom = new HashMap<>();
    private int count;

    int size() {
        return count;
    }

    void add(long room, Early event) throws MalformedPacketException {
        if (++count > MAX) {
            throw new MalformedPacketException("too many events of rooms that were not named");
        }
        byRoom.computeIfAbsent(room, key -> new ArrayList<>()).add(event);
    }

    /** Those of the room of this number, which are forgotten. */
    List<Early> take(long room) {
        List<Early> events = byRoom.remove(room);
        if (events == null) {
            return List.of();
        }
        count -= events.size();
        return events;
    }

    void clear() {
        byRoom.clear();
        count = 0;
    }
}
