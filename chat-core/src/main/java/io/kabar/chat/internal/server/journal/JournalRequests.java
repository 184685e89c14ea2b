package io.kabar.chat.internal.server.journal;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.log.Cursor;
import io.kabar.chat.internal.server.log.PageReader;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is on its way to the journal and back: proposals, pages for cursors and searches, and rooms being loaded. */
public final class JournalRequests {

    /** Events and bytes in one page: a few congestion windows. */
    public static final int PAGE_EVENTS = 256;

    static final int PAGE_BYTES = 128 * 1024;
    /**
     * Rooms being loaded at a time: after a restart everybody comes back to every room, and each may bring megabytes.
     */
    public static final int MAX_LOADS = 4;
    /** What all cursors together may hold of pages: beyond it, the one that has not asked for longest reads again. */
    static final int MAX_HELD = 64 * 1024 * 1024;
    /** When a read that failed is tried again. */
    private static final long READ_RETRY = Duration.ofSeconds(1).toNanos();

    private final ServerLoop loop;
    private final int maxProposals;
    private final long epoch;
    private final RoomLoads loads;
    private final Map<Long, PendingProposal> proposals = new HashMap<>();
    private final BehindChanges behindChanges = new BehindChanges();
    private final Map<Long, Cursor> pages = new HashMap<>();
    private final Map<Long, Wanted> wanted = new HashMap<>();
    /** The rooms of the cursors that are open. */
    private final Map<Cursor, Room> rooms = new HashMap<>();
    /** Bytes that cursors held when they got their last page, those that have waited longest first. */
    private final Map<Cursor, Integer> holding = new LinkedHashMap<>();

    private long heldBytes;

    private record Wanted(Room room, PageTaker taker) {}

    /** Nothing is under way; what is proposed is written in this epoch. */
    public JournalRequests(ServerLoop loop, ServerSettings settings, long epoch) {
        this.loop = loop;
        this.epoch = epoch;
        maxProposals = settings.maxProposals();
        loads = new RoomLoads(loop, settings.historyInMemory());
    }

    /** The epoch in which this run of the server writes. */
    public long epoch() {
        return epoch;
    }

    // Proposals
    // -------------------------------------------------------------------------------------------------------

    /** Whether as many events wait for the journal as may; joins and leaves have a little more room. */
    public boolean isFull() {
        return proposals.size() >= maxProposals;
    }

    /** An event as this server proposes it, under an id that was never given before; one that nobody's client sent. */
    public Journal.Proposal draft(RoomName room, Author author, Content content) {
        return draft(room, author, 0, content, MessageId.NONE);
    }

    /** The same of a message with its client's id, which answers event {@code ref}; 0 if it answers none. */
    public Journal.Proposal draft(RoomName room, Author author, long ref, Content content, MessageId id) {
        ChatEvent draft = new ChatEvent(room, epoch, 0, loop.time(), author, ref, content);
        return new Journal.Proposal(loop.nextId(), draft, id);
    }

    /** Proposes an event; behind a change of its room as soon as that is in the log. */
    public void propose(PendingProposal pending) {
        proposals.put(pending.proposal().proposalId(), pending);
        send(pending);
    }

    private void send(PendingProposal pending) {
        if (!behindChanges.holds(pending)) {
            loop.tell(new ServerEvent.Propose(pending.proposal()));
        }
    }

    /** A proposal that was {@linkplain #take taken} is an event of its room's log; what has waited for it goes on. */
    public void committed(PendingProposal pending, Journal.Entry entry) {
        pending.committed(entry);
        behindChanges.behind(pending).forEach(this::send);
    }

    /** A proposal that was {@linkplain #take taken} is none, and nothing will be that was allowed because of it. */
    public void refused(PendingProposal pending, Refusal refusal) {
        pending.refused(refusal);
        for (PendingProposal behind : behindChanges.behind(pending)) {
            proposals.remove(behind.proposal().proposalId());
            behind.answered();
            behind.refused(refusal);
        }
    }

    /** The proposal of this id, which is answered now; null if it is not of this server. */
    public @Nullable PendingProposal take(long proposalId) {
        PendingProposal proposal = proposals.remove(proposalId);
        if (proposal != null) {
            proposal.answered();
        }
        return proposal;
    }

    // Pages
    // -------------------------------------------------------------------------------------------------------

    /**
     * A cursor over a room's log, which asks for its pages here.
     *
     * @param number what EVENT frames carry
     * @param from the first event it sends
     * @param credit the last event it may send
     * @param connection where it sends them
     * @param onDefect takes what it breaks with
     */
    public Cursor open(
            Room room,
            long number,
            long from,
            long credit,
            Connection connection,
            Consumer<RuntimeException> onDefect) {
        Cursor cursor = new Cursor(room.log(), number, from, credit, new Reader(onDefect), connection);
        rooms.put(cursor, room);
        return cursor;
    }

    /** Closes a cursor. */
    public void close(Cursor cursor) {
        rooms.remove(cursor);
        noteHeld(cursor, 0);
        cursor.close();
    }

    private final class Reader implements PageReader {
        private final Consumer<RuntimeException> onDefect;

        private Reader(Consumer<RuntimeException> onDefect) {
            this.onDefect = onDefect;
        }

        @Override
        public void readPage(Cursor cursor, long from) {
            askFor(cursor, from);
        }

        @Override
        public void broke(RuntimeException cause) {
            onDefect.accept(cause);
        }
    }

    private void askFor(Cursor cursor, long from) {
        Room room = rooms.get(cursor);
        if (room != null) {
            long readId = loop.nextId();
            pages.put(readId, cursor);
            loop.tell(new ServerEvent.Read(readId, room.name(), from, PAGE_EVENTS, PAGE_BYTES));
        }
    }

    /** Reads a page, of a bounded size, from event {@code from} on. */
    public void readPage(Room room, long from, PageTaker taker) {
        read(room, from, PAGE_EVENTS, taker);
    }

    /**
     * Reads one event.
     *
     * @param found takes it; null if it is not kept any more
     * @param failed runs if it cannot be read now
     */
    public void readEvent(Room room, long number, Consumer<@Nullable ChatEvent> found, Runnable failed) {
        read(room, number, 1, new PageTaker() {
            @Override
            public void took(List<Journal.Entry> page) {
                ChatEvent first = page.isEmpty() ? null : page.get(0).event();
                found.accept(first == null || first.sequence() != number ? null : first);
            }

            @Override
            public void failed() {
                failed.run();
            }
        });
    }

    private void read(Room room, long from, int events, PageTaker taker) {
        long readId = loop.nextId();
        wanted.put(readId, new Wanted(room, taker));
        loop.tell(new ServerEvent.Read(readId, room.name(), from, events, PAGE_BYTES));
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

    // Loads
    // -------------------------------------------------------------------------------------------------------

    /** Asks for the newest events of a room, at once or when others have theirs. */
    public void load(Room room) {
        loads.load(room);
    }

    /** Nobody waits for the room any more. */
    public void dropLoad(Room room) {
        loads.drop(room);
    }

    /** The most events of a room that were brought into memory in one turn so far. */
    public int mostRestored() {
        return loads.mostRestored();
    }

    // Answers
    // -------------------------------------------------------------------------------------------------------

    /** The journal has read; an empty list says that there is nothing from there on. */
    public void wasRead(long readId, long first, List<Journal.Entry> entries) {
        Cursor cursor = pages.remove(readId);
        if (cursor != null) {
            Room room = rooms.get(cursor);
            if (room != null) {
                room.log().notKeptBefore(first);
            }
            List<Journal.Entry> shown = room == null ? entries : room.log().shown(entries);
            cursor.apart(() -> cursor.pageRead(shown));
            if (room != null) {
                noteHeld(cursor, cursor.heldBytes());
                keepBound();
            }
            return;
        }
        Wanted page = wanted.remove(readId);
        if (page != null) {
            page.room().log().notKeptBefore(first);
            page.taker().took(page.room().log().shown(entries));
        } else {
            loads.wasRead(readId, first, entries);
        }
    }

    /** The journal could not read. */
    public void readFailed(long readId) {
        Cursor cursor = pages.remove(readId);
        if (cursor != null) {
            cursor.pageFailed();
            if (rooms.containsKey(cursor)) {
                loop.at(loop.now() + READ_RETRY, () -> cursor.apart(cursor::wake));
            }
            return;
        }
        Wanted page = wanted.remove(readId);
        if (page != null) {
            page.taker().failed();
        } else {
            loads.readFailed(readId);
        }
    }

    public void addHeld(Map<String, Integer> held) {
        int dropped = loads.dropped();
        int closed = (int) pages.values().stream()
                .filter(cursor -> !rooms.containsKey(cursor))
                .count();
        held.put("proposals", proposals.size());
        held.put("pages", pages.size() + wanted.size() + dropped);
        held.put("pages for nobody", closed + dropped); // those of the pages that are thrown away when they come
        held.put("cursors", rooms.size());
        loads.addHeld(held);
    }
}
