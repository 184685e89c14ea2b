package io.kabar.chat.internal.room;

import io.kabar.chat.RoomName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rooms of a server, by name and by number. A room that the journal does not know is made when it is first entered. */
public final class RoomRegistry {

    /** Rooms a server keeps: each costs a few hundred bytes while nobody is in it, and anybody can make one. */
    public static final int MAX_ROOMS = 100_000;

    private final LogMemory memory = new LogMemory();
    private final int historyInMemory;
    private final Map<RoomName, Room> byName = new LinkedHashMap<>();
    private final Map<Long, Room> byNumber = new HashMap<>();

    public RoomRegistry(int historyInMemory) {
        this.historyInMemory = historyInMemory;
    }

    /** Adds a room the journal knows. */
    public Room add(RoomName name, long firstKept, long last, String topic, Epochs epochs) {
        long number = byName.size() + 1L;
        Room room = new Room(name, number, new RoomLog(memory, historyInMemory, firstKept, last, epochs), topic);
        byName.put(name, room);
        byNumber.put(number, room);
        return room;
    }

    public @Nullable Room find(RoomName name) {
        return byName.get(name);
    }

    public @Nullable Room find(long number) {
        return byNumber.get(number);
    }

    /** The room of this name, made if there is none; null if there are too many. */
    public @Nullable Room findOrMake(RoomName name) {
        Room room = byName.get(name);
        if (room == null && byName.size() < MAX_ROOMS) {
            room = add(name, 1, 0, "", new Epochs());
        }
        return room;
    }

    public Collection<Room> all() {
        return byName.values();
    }
}
