package io.kabar.chat.internal.participant;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.ProgramContent.ValueSet;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomValue;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values of the rooms somebody is in: as they were found, and as their events have changed them since. Written
 * where the listener is called, read by any thread.
 */
final class KnownValues {

    private record Known(Map<String, RoomValue> values, long asOf) {}

    private final Map<RoomName, Known> rooms = new ConcurrentHashMap<>();

    Map<String, RoomValue> of(RoomName room) {
        Known known = rooms.get(room);
        return known == null ? Map.of() : known.values();
    }

    void entered(RoomState room) {
        rooms.put(room.name(), new Known(room.values(), room.lastSequence()));
    }

    void left(RoomName room) {
        rooms.remove(room);
    }

    /** Something has happened: whether it changes a value. What was before the room was entered is known already. */
    boolean happened(ChatEvent event) {
        Known known = rooms.get(event.room());
        if (!(event.content() instanceof ValueSet set) || known == null || event.sequence() <= known.asOf()) {
            return false;
        }
        Map<String, RoomValue> values = new HashMap<>(known.values());
        if (set.isRemoved()) {
            values.remove(set.key());
        } else {
            values.put(set.key(), RoomValue.of(event));
        }
        rooms.put(event.room(), new Known(Map.copyOf(values), event.sequence()));
        return true;
    }
}
