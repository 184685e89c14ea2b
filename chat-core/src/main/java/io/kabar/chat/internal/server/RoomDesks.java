package io.kabar.chat.internal.server;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.room.LogEntry;
import io.kabar.chat.internal.server.room.ReadMarks;
import io.kabar.chat.internal.server.room.Room;
import io.kabar.chat.internal.server.room.RoomRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The rooms of a server, each with its desk. */
final class RoomDesks {

    /** Rooms looked at for one that may go, when one more is asked for: a moment's work. */
    private static final int LOOKED_AT = 16;

    private final RoomRegistry rooms;
    private final Map<Room, RoomDesk> desks = new HashMap<>();
    /** Conversations of two by each of the two, the one in which something happened last at the end. */
    private final Map<String, Set<RoomDesk>> conversations = new HashMap<>();

    /** Rooms of which nothing was kept any more when they were looked at last. */
    private final Set<Room> aged = new LinkedHashSet<>();

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
        if (!rooms.hasPlace() && rooms.exact(name) == null) {
            letGoOfAged();
        }
        Room room = rooms.findOrMake(name);
        return room == null ? null : of(room);
    }

    /** What a room has kept is less than before, perhaps nothing: then it gives its place to another room, if need be. */
    void noteKept(Room room) {
        if (room.isAgedOut()) {
            aged.add(room);
        }
    }

    /**
     * Lets go of rooms in which nobody is and of which nothing is kept, to make place for one. The journal knows their numbers:
     * when such a room is entered again, it goes on behind them.
     */
    private void letGoOfAged() {
        for (int i = 0; i < LOOKED_AT && !aged.isEmpty() && !rooms.hasPlace(); i++) {
            Room room = aged.iterator().next();
            aged.remove(room);
            if (room.isAgedOut() && rooms.exact(room.name()) == room) { // else it comes again when it has aged anew
                if (isDeserted(of(room))) {
                    remove(of(room));
                } else {
                    aged.add(room);
                }
            }
        }
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
        if (room.isWorthKeeping() || !isDeserted(desk) || rooms.exact(room.name()) != room) {
            return false;
        }
        remove(desk);
        return room.log().last() > 0;
    }

    private static boolean isDeserted(RoomDesk desk) {
        return !desk.room.name().equals(RoomName.LOBBY) && desk.room.isDeserted() && desk.isDeserted();
    }

    private void remove(RoomDesk desk) {
        rooms.remove(desk.room);
        desks.remove(desk.room);
        aged.remove(desk.room);
        ReadMarks marks = desk.marks;
        if (marks != null) {
            forget(marks.one, desk);
            forget(marks.other, desk);
        }
    }

    RoomDesk of(Room room) {
        RoomDesk desk = desks.get(room);
        return desk == null ? make(room) : desk;
    }

    private RoomDesk make(Room room) {
        ReadMarks marks = null;
        if (room.name().isDirect()) {
            boolean isNew = room.log().last() < room.log().firstKept();
            marks = new ReadMarks(
                    rooms.person(room.name().first()), rooms.person(room.name().second()), isNew);
        }
        RoomDesk desk = new RoomDesk(room, marks);
        desks.put(room, desk);
        noteKept(room);
        if (marks != null) {
            conversations
                    .computeIfAbsent(marks.one, key -> new LinkedHashSet<>(2))
                    .add(desk);
            conversations
                    .computeIfAbsent(marks.other, key -> new LinkedHashSet<>(2))
                    .add(desk);
        }
        return desk;
    }

    private void forget(String person, RoomDesk desk) {
        conversations.computeIfPresent(person, (key, theirs) -> {
            theirs.remove(desk);
            return theirs.isEmpty() ? null : theirs;
        });
    }

    /** Something has happened in a conversation: it is the last of each of the two. */
    void isActive(RoomDesk desk) {
        ReadMarks marks = desk.marks;
        if (marks != null) {
            for (String person : List.of(marks.one, marks.other)) {
                Set<RoomDesk> theirs = conversations.get(person);
                if (theirs != null && theirs.remove(desk)) {
                    theirs.add(desk);
                }
            }
        }
    }

    /** The conversations of somebody, those first in which something happened last. */
    List<RoomDesk> conversationsOf(String person) {
        List<RoomDesk> theirs = new ArrayList<>(conversations.getOrDefault(person, Set.of()));
        Collections.reverse(theirs);
        return theirs;
    }

    /** By whom somebody is known. */
    String person(UserName name) {
        return rooms.person(name);
    }

    /** The rooms behind a name that anybody may be told of, in the order of their names. */
    Collection<Room> listedBehind(String name) {
        return rooms.listedBehind(name);
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
