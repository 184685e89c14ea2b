package io.kabar.chat.internal.server;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.log.Cursor;
import io.kabar.chat.internal.server.log.SearchWords;
import io.kabar.chat.internal.server.room.Room;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is on its way to the journal and back: proposals, pages for cursors, and rooms being loaded. */
final class JournalRequests {

    /** Events and bytes in one page: a few congestion windows. */
    static final int PAGE_EVENTS = 256;

    private static final int PAGE_BYTES = 128 * 1024;
    private static final int LOAD_BYTES = 1024 * 1024;
    /**
     * Rooms being loaded at a time: after a restart everybody comes back to every room, and each may bring megabytes.
     */
    static final int MAX_LOADS = 4;
    /** What all cursors together may hold of pages: beyond it, the one that has not asked for longest reads again. */
    static final int MAX_HELD = 64 * 1024 * 1024;
    /** When a read that failed is tried again. */
    private static final long READ_RETRY = Duration.ofSeconds(1).toNanos();

    private final ServerCore core;
    private final Map<Long, Proposal> proposals = new HashMap<>();
    private final Map<Long, Cursor> pages = new HashMap<>();
    private final Map<Long, Load> loads = new HashMap<>();
    private final Set<LiveRoom> loadsWaiting = new LinkedHashSet<>();
    private final Map<Long, Wanted> wanted = new HashMap<>();
    private final Map<Cursor, Room> rooms = new HashMap<>();
    /** Bytes that cursors held when they got their last page, those that have waited longest first. */
    private final Map<Cursor, Integer> holding = new LinkedHashMap<>();

    private long heldBytes;
    private int mostRestored;

    /** The newest events of a room on their way into memory, piece by piece. */
    private static final class Load {
        final LiveRoom liveRoom;
        final List<Journal.Entry> pieces = new ArrayList<>();
        /** Whether nobody waits for the room any more: what still comes is thrown away. */
        boolean dropped;

        Load(LiveRoom liveRoom) {
            this.liveRoom = liveRoom;
        }
    }

    JournalRequests(ServerCore core) {
        this.core = core;
    }

    /** Whether as many events wait for the journal as may; joins and leaves have a little more room. */
    boolean isFull() {
        return proposals.size() >= core.settings.maxProposals();
    }

    void propose(LiveRoom liveRoom, ChatEvent draft, MessageId id, @Nullable Occupant sender) {
        Journal.Proposal proposed = new Journal.Proposal(core.callId(), draft, id);
        Proposal proposal = new Proposal(liveRoom, proposed, sender);
        proposals.put(proposed.proposalId(), proposal);
        liveRoom.proposed(proposal);
        core.tell(new ServerEvent.Propose(proposed));
    }

    /** The proposal of this id, which is answered now; null if it is not of this server. */
    @Nullable
    Proposal take(long proposalId) {
        Proposal proposal = proposals.remove(proposalId);
        if (proposal != null) {
            proposal.liveRoom.answered(proposal);
        }
        return proposal;
    }

    void nameCursor(Cursor cursor, Room room) {
        rooms.put(cursor, room);
    }

    void forgetCursor(Cursor cursor) {
        rooms.remove(cursor);
        noteHeld(cursor, 0);
    }

    /** Bytes of pages that cursors hold, as of when each got its last one. */
    long heldBytes() {
        return heldBytes;
    }

    private void noteHeld(Cursor cursor, int bytes) {
        Integer before = holding.remove(cursor);
        heldBytes -= before == null ? 0 : before;
        if (bytes > 0) {
            holding.put(cursor, bytes);
            heldBytes += bytes;
        }
    }

    /** Whoever lets pages pile up without taking them loses them first. */
    private void keepBound() {
        Iterator<Map.Entry<Cursor, Integer>> oldest = holding.entrySet().iterator();
        while (heldBytes > MAX_HELD && oldest.hasNext()) {
            Map.Entry<Cursor, Integer> entry = oldest.next();
            oldest.remove();
            heldBytes -= entry.getValue();
            entry.getKey().letGo();
        }
    }

    /** Ends a cursor that reads a piece of history. */
    void endRead(Cursor cursor) {
        forgetCursor(cursor);
        cursor.close();
    }

    /** Whoever wants a page of events to look at. */
    interface PageTaker {
        void took(List<Journal.Entry> page);

        void failed();
    }

    private record Wanted(Room room, PageTaker taker) {}

    /** Reads a page, of a bounded size, from event {@code from} on. */
    void readPage(Room room, long from, PageTaker taker) {
        long readId = core.callId();
        wanted.put(readId, new Wanted(room, taker));
        core.tell(new ServerEvent.Read(readId, room.name(), from, PAGE_EVENTS, PAGE_BYTES));
    }

    /** How the cursors of a session ask for pages, and end it if they break. */
    Cursor.PageReader readerFor(ServerSession session) {
        return new Cursor.PageReader() {
            @Override
            public void readPage(Cursor cursor, long from) {
                JournalRequests.this.readPage(cursor, from);
            }

            @Override
            public void broke(RuntimeException cause) {
                core.defects.met(session, cause);
            }
        };
    }

    /** Asks for the page a cursor wants. */
    void readPage(Cursor cursor, long from) {
        Room room = rooms.get(cursor);
        if (room == null) {
            return;
        }
        long readId = core.callId();
        pages.put(readId, cursor);
        core.tell(new ServerEvent.Read(readId, room.name(), from, PAGE_EVENTS, PAGE_BYTES));
    }

    /** Asks for the newest events of a room, at once or when others have theirs. */
    void load(LiveRoom liveRoom) {
        if (loads.size() >= MAX_LOADS) {
            loadsWaiting.add(liveRoom);
            return;
        }
        Room room = liveRoom.room;
        long from = Math.max(room.log().firstKept(), room.log().last() - core.settings.historyInMemory() + 1);
        read(new Load(liveRoom), from);
    }

    /**
     * Nobody waits for the room any more. What was asked for cannot be called back, and takes its place among those
     * asked for at a time until it comes.
     */
    void dropLoad(LiveRoom liveRoom) {
        loadsWaiting.remove(liveRoom);
        for (Load load : loads.values()) {
            if (load.liveRoom == liveRoom) {
                load.dropped = true;
                load.pieces.clear();
            }
        }
    }

    private void read(Load load, long from) {
        long readId = core.callId();
        loads.put(readId, load);
        core.tell(new ServerEvent.Read(
                readId, load.liveRoom.room.name(), from, core.settings.historyInMemory(), LOAD_BYTES));
    }

    /** The journal has read; an empty list says that there is nothing from there on. */
    void wasRead(long readId, long first, List<Journal.Entry> entries) {
        Cursor cursor = pages.remove(readId);
        if (cursor != null) {
            Room room = rooms.get(cursor);
            if (room != null) {
                room.log().notKeptBefore(first);
            }
            cursor.apart(() -> cursor.pageRead(entries));
            if (room != null) {
                noteHeld(cursor, cursor.heldBytes());
                keepBound();
            }
            return;
        }
        Wanted page = wanted.remove(readId);
        if (page != null) {
            page.room().log().notKeptBefore(first);
            page.taker().took(entries);
            return;
        }
        Load load = loads.remove(readId);
        if (load != null) {
            load.liveRoom.room.log().notKeptBefore(first);
            if (load.dropped || !goOn(load, entries)) {
                loadNext();
            }
        }
    }

    /** Takes a piece of a room. Returns whether it has asked for another one; if not, the room is loaded. */
    private boolean goOn(Load load, List<Journal.Entry> entries) {
        Room room = load.liveRoom.room;
        load.pieces.addAll(entries);
        long next = entries.isEmpty()
                ? Long.MAX_VALUE
                : entries.get(entries.size() - 1).event().sequence() + 1;
        if (next < room.log().firstInMemory()) {
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
        for (int bytes = 0; from > 0 && left.size() - from < PAGE_EVENTS && bytes < PAGE_BYTES; from--) {
            bytes += left.get(from - 1).event().size();
        }
        List<Journal.Entry> newest = left.subList(from, left.size());
        load.liveRoom.room.log().restore(List.copyOf(newest));
        mostRestored = Math.max(mostRestored, newest.size());
        newest.clear();
        if (left.isEmpty()) {
            load.liveRoom.room.restored();
            return false;
        }
        long readId = core.callId();
        loads.put(readId, load);
        core.delayedTasks.at(
                core.now + 1,
                () -> { // not now, or it would be the same turn
                    loads.remove(readId);
                    if (load.dropped || !restore(load)) {
                        loadNext();
                    }
                });
        return true;
    }

    /** The most events of a room that were brought into memory in one turn so far. */
    int mostRestored() {
        return mostRestored;
    }

    /** The journal could not read. */
    void readFailed(long readId) {
        Cursor cursor = pages.remove(readId);
        if (cursor != null) {
            cursor.pageFailed();
            if (rooms.containsKey(cursor)) {
                core.delayedTasks.at(core.now + READ_RETRY, () -> cursor.apart(cursor::wake));
            }
            return;
        }
        Wanted page = wanted.remove(readId);
        if (page != null) {
            page.taker().failed();
            return;
        }
        Load load = loads.remove(readId);
        if (load != null) {
            if (!load.dropped) {
                load.liveRoom.room.notLoaded();
            }
            loadNext();
        }
    }

    private void loadNext() {
        Iterator<LiveRoom> next = loadsWaiting.iterator();
        if (next.hasNext()) {
            LiveRoom liveRoom = next.next();
            next.remove();
            load(liveRoom);
        }
    }

    void addHeld(Map<String, Integer> held) {
        int dropped = (int) loads.values().stream().filter(load -> load.dropped).count();
        int closed = (int) pages.values().stream()
                .filter(cursor -> !rooms.containsKey(cursor))
                .count();
        held.put("proposals", proposals.size());
        held.put("pages", pages.size() + wanted.size() + dropped);
        held.put("pages for nobody", closed + dropped); // those of the pages that are thrown away when they come
        held.put("loads", loads.size() - dropped + loadsWaiting.size());
        held.put(
                "loading",
                loads.values().stream().mapToInt(load -> load.pieces.size()).sum());
        held.put("cursors", rooms.size());
    }
}
