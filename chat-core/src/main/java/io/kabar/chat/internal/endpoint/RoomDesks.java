package io.kabar.chat.internal.endpoint;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.room.Room;
import io.kabar.chat.internal.room.RoomRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rooms of a server, each with its desk. */
final class RoomDesks {

    private final RoomRegistry rooms;
    private final Map<Room, RoomDesk> desks = new HashMap<>();

    RoomDesks(RoomRegistry rooms) {
        this.rooms = rooms;
    }

    @Nullable
    Room find(RoomName name) {
        return rooms.find(name);
    }

    /** The desk of the room of this name, made if there is none; null if there are too many rooms. */
    @Nullable
    RoomDesk findOrMake(RoomName name) {
        Room room = rooms.findOrMake(name);
        return room == null ? null : of(room);
    }

    RoomDesk of(Room room) {
        return desks.computeIfAbsent(room, RoomDesk::new);
    }

    Collection<Room> all() {
        return rooms.all();
    }
}
