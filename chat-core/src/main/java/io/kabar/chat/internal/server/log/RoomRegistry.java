package io.kabar.chat.internal.server.log;

import io.kabar.chat.RoomName;
import io.kabar.chat.spi.NameIndex;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All rooms of a server, by name. A room that the journal does not know is made when it is first entered.
 * Which room a name means is decided here: {@link NameIndex} for those that everybody may enter, the name as it is for
 * those of two accounts.
 */
public final class RoomRegistry {

    private final LogMemory memory = new LogMemory();
    private final int historyInMemory;
    private final int maxRooms;
    private final Map<RoomName, Room> byName = new LinkedHashMap<>();
    private final NameIndex<Room> open = new NameIndex<>();
    /** In the order of their names, so that a list of them can go on behind any name. */
    private final NavigableMap<String, Room> listed = new TreeMap<>();

    private long ids;

    /**
     * No rooms yet.
     *
     * @param maxRooms as many are made: each costs a few hundred bytes while nobody is in it, and anybody can make one
     */
    public RoomRegistry(int historyInMemory, int maxRooms) {
        this.historyInMemory = historyInMemory;
        this.maxRooms = maxRooms;
    }

    /**
     * Adds a room the journal knows. Of rooms that one name would mean the first stays the one; others are found by
     * their exact spelling.
     */
    public Room add(RoomName name, long firstKept, RoomFold fold, String topic) {
        long roomId = ++ids; // never given again, as what is on its way to clients may still carry it
        Room room = new Room(name, roomId, new RoomLog(memory, historyInMemory, firstKept, fold), topic);
        byName.put(name, room);
        if (!name.isDirect()) {
            open.restore(name, room);
        }
        noteListed(room);
        return room;
    }

    /** A room's log has grown: a list of rooms may have to name it from now on. */
    public void noteListed(Room room) {
        if (room.log().last() > 0 && !room.name().isDirect()) {
            listed.put(room.name().text(), room);
        }
    }

    /** Forgets a room; if it is entered again, it is another one. */
    public void remove(Room room) {
        byName.remove(room.name(), room);
        if (!room.name().isDirect()) {
            open.remove(room.name());
        }
        listed.remove(room.name().text(), room);
        room.log().letGo();
    }

    /**
     * The rooms behind a name that anybody may be told of, in the order of their names: something has happened in them,
     * and they are no conversation of two.
     */
    public Collection<Room> listedBehind(String name) {
        return listed.tailMap(name, false).values();
    }

    /** The room that is meant when a person writes this name. */
    public @Nullable Room find(RoomName name) {
        return name.isDirect() ? byName.get(name) : open.find(name).orElse(null);
    }

    /** The room that has exactly this name. */
    public @Nullable Room exact(RoomName name) {
        return byName.get(name);
    }

    /** The room of exactly this name, made if there is none; null if there are too many. */
    public @Nullable Room findOrMake(RoomName name) {
        Room room = byName.get(name);
        if (room == null && hasPlace()) {
            room = add(name, 1, new RoomFold(), "");
        }
        return room;
    }

    /** Whether one more room may be made. */
    public boolean hasPlace() {
        return byName.size() < maxRooms;
    }

    /** Whether a new room of this name would be taken for one that is there. */
    public boolean isTaken(RoomName name) {
        return !name.isDirect() && open.isTaken(name);
    }

    public Collection<Room> all() {
        return byName.values();
    }
}
