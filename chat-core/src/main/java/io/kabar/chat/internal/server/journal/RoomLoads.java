package io.kabar.chat.internal.server.journal;

import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.spi.Journal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The newest events of rooms on their way into memory: a few rooms at a time, each piece by piece. */
final class RoomLoads {

    private static final int LOAD_BYTES = 1024 * 1024;

    private final ServerLoop loop;
    private final int historyInMemory;
    private final Map<Long, Load> loads = new HashMap<>();
    private final Set<Room> waiting = new LinkedHashSet<>();
    private int mostRestored;

    /** One room that is being loaded. */
    private static final class Load {
        private final Room room;
        private final List<Journal.Entry> pieces = new ArrayList<>();
        /** Whether nobody waits for the room any more: what still comes is thrown away. */
        private boolean dropped;

        private Load(Room room) {
            this.room = room;
        }
    }

    RoomLoads(ServerLoop loop, int historyInMemory) {
        this.loop = loop;
        this.historyInMemory = historyInMemory;
    }

    /** Asks for the newest events of a room, at once or when others have theirs. */
    void load(Room room) {
        if (loads.size() >= JournalRequests.MAX_LOADS) {
            waiting.add(room);
            return;
        }
        long from = Math.max(room.log().firstKept(), room.log().last() - historyInMemory + 1);
        read(new Load(room), from);
    }

    /**
     * Nobody waits for the room any more. What was asked for cannot be called back, and takes its place among those
     * asked for at a time until it comes.
     */
    void drop(Room room) {
        waiting.remove(room);
        for (Load load : loads.values()) {
            if (load.room == room) {
                load.dropped = true;
                load.pieces.clear();
            }
        }
    }

    private void read(Load load, long from) {
        long readId = loop.nextId();
        loads.put(readId, load);
        loop.tell(new ServerEvent.Read(readId, load.room.name(), from, historyInMemory, LOAD_BYTES));
    }

    /** The journal has read a piece of a room, if this is the id of one. */
    void wasRead(long readId, long first, List<Journal.Entry> entries) {
        Load load = loads.remove(readId);
        if (load != null) {
            load.room.log().notKeptBefore(first);
            if (load.dropped || !goOn(load, entries)) {
                loadNext();
            }
        }
    }

    /** Takes a piece of a room. Returns whether it has asked for another one; if not, the room is loaded. */
    private boolean goOn(Load load, List<Journal.Entry> entries) {
        load.pieces.addAll(entries);
        long next = entries.isEmpty()
                ? Long.MAX_VALUE
                : entries.get(entries.size() - 1).event().sequence() + 1;
        if (next < load.room.log().firstInMemory()) {
            read(load, next);
            return true;
        }
        return restore(load);
    }

    /**
     * Brings as much into memory of what was read as one turn of the loop has time for, the newest first. Returns
     * whether there is more for the next turn; if not, the room is loaded.
     */
    private boolean restore(Load load) {
        List<Journal.Entry> left = load.pieces;
        int from = left.size();
        for (int bytes = 0;
                from > 0 && left.size() - from < JournalRequests.PAGE_EVENTS && bytes < JournalRequests.PAGE_BYTES;
                from--) {
            bytes += left.get(from - 1).event().size();
        }
        List<Journal.Entry> newest = left.subList(from, left.size());
        load.room.log().restore(List.copyOf(newest));
        mostRestored = Math.max(mostRestored, newest.size());
        newest.clear();
        if (left.isEmpty()) {
            load.room.restored();
            return false;
        }
        long readId = loop.nextId();
        loads.put(readId, load);
        loop.at(
                loop.now() + 1,
                () -> { // not now, or it would be the same turn
                    loads.remove(readId);
                    if (load.dropped || !restore(load)) {
                        loadNext();
                    }
                });
        return true;
    }

    /** The journal could not read a piece of a room, if this is the id of one. */
    void readFailed(long readId) {
        Load load = loads.remove(readId);
        if (load != null) {
            if (!load.dropped) {
                load.room.notLoaded();
            }
            loadNext();
        }
    }

    private void loadNext() {
        Iterator<Room> next = waiting.iterator();
        if (next.hasNext()) {
            Room room = next.next();
            next.remove();
            load(room);
        }
    }

    /** The most events of a room that were brought into memory in one turn so far. */
    int mostRestored() {
        return mostRestored;
    }

    /** Pages asked for that are thrown away when they come. */
    int dropped() {
        return (int) loads.values().stream().filter(load -> load.dropped).count();
    }

    void addHeld(Map<String, Integer> held) {
        held.put("loads", loads.size() - dropped() + waiting.size());
        held.put(
                "loading",
                loads.values().stream().mapToInt(load -> load.pieces.size()).sum());
    }
}
