package io.kabar.chat.internal.endpoint;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.room.LogEntry;
import io.kabar.chat.internal.room.Room;
import io.kabar.chat.internal.room.RoomRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
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

    /** A session in the room of this name; null if it was not let in there. */
    @Nullable
    Attendance attendance(ServerSession session, RoomName name) {
        Room room = rooms.find(name);
        Attendance attendance = room == null ? null : session.byRoom.get(room.number());
        return attendance == null || attendance.cursor == null ? null : attendance;
    }

    /**
     * Forgets a room nobody is in, if nothing has happened there beside people coming and going: an empty room costs
     * nothing. The lobby, which everybody enters unless they say otherwise, always stays.
     *
     * @return whether there is something of it in the journal, which may go as well
     */
    boolean releaseIfEmpty(RoomDesk desk) {
        Room room = desk.room;
        if (room.name().equals(RoomName.LOBBY)) {
            return false;
        }
        if (room.isWorthKeeping() || !room.isDeserted() || !desk.isDeserted() || rooms.exact(room.name()) != room) {
            return false;
        }
        rooms.remove(room);
        desks.remove(room);
        return room.log().last() > 0;
    }

    RoomDesk of(Room room) {
        return desks.computeIfAbsent(room, RoomDesk::new);
    }

    /** The rooms anybody may be told of. */
    Collection<Room> listed() {
        return rooms.listed();
    }

    /**
     * Applies what the journal has committed.
     *
     * @return false if it is not the next event of the room's log
     */
    boolean commit(RoomDesk desk, LogEntry committed) {
        boolean next = desk.room.commit(committed);
        rooms.noteListed(desk.room);
        return next;
    }

    void addHeld(Map<String, Integer> held) {
        int readers = 0;
        int places = 0;
        for (Room room : rooms.all()) {
            readers += room.readers();
            places += room.roster().places();
        }
        held.put("readers", readers);
        held.put("places", places);
        held.put("present", sum(desk -> desk.present.size()));
        held.put("entering", sum(desk -> desk.entering.size()));
        held.put("proposed", sum(RoomDesk::proposed));
        held.put("awaiting", sum(desk -> desk.room.awaited()));
    }

    private int sum(ToIntFunction<RoomDesk> kind) {
        return desks.values().stream().mapToInt(kind).sum();
    }
}
