package io.kabar.chat.internal.server.log;

import static io.kabar.chat.internal.server.log.Positions.end;
import static io.kabar.chat.internal.server.log.Positions.firstOf;
import static io.kabar.chat.internal.server.log.Positions.lastOf;
import static io.kabar.chat.internal.server.log.Positions.partOf;
import static io.kabar.chat.internal.server.log.Positions.seqOf;
import static io.kabar.chat.internal.server.log.Positions.start;
import static io.kabar.chat.internal.server.log.Positions.token;

import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.message.EventCodec;
import io.kabar.chat.spi.Journal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member's place in a room's log. Fan-out, history, catching up and retransmission are all this: the cursor has not
 * reached the end of the log, or is told that a range was lost, and writes from there when its connection asks.
 *
 * <pre>
 *   1 ........ delivered ...... next ........ credit
 *     acked             under way     to be sent     not allowed yet
 *                        (some lost: sent first)
 * </pre>
 *
 * Places are counted in <em>positions</em>: the number of an event and the part of it, so that what was lost is one set
 * in one order, whether it went as whole events or in parts. It holds events only while they are being sent and are no
 * longer in the log's memory: one page read from the journal, and what of older ones has to be sent again.
 *
 * <p>Events that the journal should have and has lost are a hole. The member is told of the gap once everything before
 * it has arrived, because a gap means that nothing before its end is still to come.
 */
public final class Cursor implements FrameSource {

    /** Body bytes in one EVENT_PART: an event that does not fit a packet whole is sent in these. */
    private static final int PART = 1024;
    /** Body bytes up to which an event is sent whole: it must fit an otherwise empty packet. */
    private static final int WHOLE = 1100;

    /**
     * Bytes held that were not sent yet, below which the next page is asked for: what the journal takes its time for.
     * What is on its way does not count, or no more than this would be for a round trip, however fat the line.
     */
    private static final int AHEAD = 128 * 1024;

    private static final int MAX_RUN = 100;

    /**
     * Ranges that have arrived with something missing before them, from which on nothing new is sent: whoever
     * acknowledges every other packet only must not have us remember without end. An honest reader has no more of them
     * than packets are on their way, and what is missing is sent again first.
     */
    static final int MAX_ACKED_RANGES = 1024;

    private final RoomLog log;
    private final long room;
    private final PageReader reader;
    private final FrameSource.Handle handle;

    /** Position of what is sent next for the first time. */
    private long next;

    private long credit;
    private long delivered;
    private long notBefore = 1; // the first event that its reader may have
    /** Positions before {@link #next} that have to be sent again. */
    private final LongRanges lost = new LongRanges();
    /** Positions that have arrived, from the first event that is not delivered on. */
    private final LongRanges acked = new LongRanges();
    /** Bodies read from the journal, until they are delivered. */
    private final HeldEvents held = new HeldEvents();

    /** The event from which on a page was asked for; 0 if none is. */
    private long reading;
    /** Events from here on were in memory then, so the page need not have them. */
    private long readingBelow;

    private final LongRanges holes = new LongRanges();
    /** Whether what was read has been let go of since the page was asked for. */
    private boolean unwanted;
    /** Whether the last page could not be read, and somebody will say when to ask again. */
    private boolean failed;

    private boolean closed;
    private int place;

    /**
     * A cursor that starts at event {@code from} and may go up to {@code credit}.
     *
     * @param room the number EVENT frames carry
     */
    public Cursor(RoomLog log, long room, long from, long credit, PageReader reader, Connection connection) {
        this.log = log;
        this.room = room;
        this.reader = reader;
        this.credit = credit;
        next = start(from);
        delivered = from - 1;
        handle = connection.register(this, FrameClass.LOG);
    }

    /** The log has grown, or more is allowed: asks to be asked. */
    public void wake() {
        failed = false;
        goOn();
    }

    /** Does something for this cursor, one of several: a defect that it meets is its own session's. */
    public void apart(Runnable service) {
        try {
            service.run();
        } catch (RuntimeException e) {
            broke(e);
        }
    }

    public void broke(RuntimeException cause) {
        reader.broke(cause);
    }

    private void goOn() {
        if (hasMore()) {
            handle.ready();
        }
    }

    /** The member takes events up to number {@code upTo}. */
    public void allow(long upTo) {
        if (upTo > credit) {
            credit = upTo;
            wake();
        }
    }

    public int place() {
        return place;
    }

    public void place(int index) {
        place = index;
    }

    /** All events up to this number have arrived. */
    public long delivered() {
        return delivered;
    }

    /** Ends the cursor; nothing more is sent. */
    public void close() {
        closed = true;
        letGo();
        handle.close();
    }

    @Override
    public boolean reliable() {
        return true;
    }

    @Override
    public boolean hasMore() {
        if (closed) {
            return false;
        }
        return lost.isEmpty() ? next <= newest() && available(seqOf(next)) : available(seqOf(lost.first()));
    }

    @Override
    public long writeFrames(FrameWriter out, long now) {
        if (closed) {
            return NOTHING;
        }
        long token = lost.isEmpty() ? write(out, next, newest()) : write(out, lost.first(), lost.firstEnd());
        readAhead();
        return token;
    }

    /** The last position that may be sent. */
    private long newest() {
        return acked.size() < MAX_ACKED_RANGES ? end(Math.min(log.last(), credit)) : next - 1;
    }

    /**
     * Whether there is something to send and nothing of the cursor's own that will bring it on its way: no page is
     * asked for or about to be. Then a connection with nothing on its way and nothing to send has forgotten this
     * cursor.
     */
    public boolean restsOnConnection() {
        return !closed && reading == 0 && !failed && (!lost.isEmpty() || next <= newest());
    }

    private long write(FrameWriter out, long from, long to) {
        if (from > to) {
            return NOTHING;
        }
        long first = seqOf(from);
        long kept = Math.max(log.firstKept(), notBefore);
        if (first < kept) {
            return writeGap(out, kept - 1);
        }
        if (holes.contains(first, first)) {
            return canBeTold(first) ? writeGap(out, holes.endOf(first)) : NOTHING;
        }
        byte[] body = bodyOrRead(first);
        if (body != null && body.length > WHOLE) {
            return writePart(out, from, body);
        }
        long seq = first;
        while (body != null && body.length <= WHOLE && out.event(room, seq, body)) {
            seq++;
            body = seq <= seqOf(to) && seq - first < MAX_RUN ? bodyOrRead(seq) : null;
        }
        if (seq == first) {
            return NOTHING;
        }
        written(from, end(seq - 1));
        return token(Positions.RUN, first, (int) (seq - first));
    }

    private long writePart(FrameWriter out, long position, byte[] body) {
        long seq = seqOf(position);
        int part = partOf(position);
        int offset = part * PART;
        if (!out.eventPart(room, seq, body, offset, Math.min(PART, body.length - offset))) {
            return NOTHING;
        }
        long token = token(offset + PART < body.length ? Positions.PIECE : Positions.LAST_PIECE, seq, part);
        written(position, lastOf(token));
        return token;
    }

    private long writeGap(FrameWriter out, long to) {
        if (!out.gap(room, Math.min(delivered + 1, to), to)) {
            return NOTHING;
        }
        written(0, end(to));
        return token(Positions.GAP, to, 0);
    }

    private void written(long from, long to) {
        lost.remove(from, to);
        if (to >= next) {
            held.sent(firstUnsent(), seqOf(to));
            next = to + 1;
        }
    }

    /** The first event that no part of was sent yet. */
    private long firstUnsent() {
        return seqOf(next - 1) + 1;
    }

    @Override
    public void onAcked(long token, long now) {
        long undelivered = start(delivered + 1);
        acked.add(Math.max(firstOf(token), undelivered), lastOf(token));
        if (acked.isEmpty() || acked.first() > undelivered) {
            return;
        }
        delivered = seqOf(acked.firstEnd() + 1) - 1;
        acked.remove(0, end(delivered));
        lost.remove(0, end(delivered)); // some may have been on their way when they went for good
        if (!holes.isEmpty()) {
            holes.remove(0, delivered);
            goOn();
        }
        if (held.delivered(delivered)) {
            goOn(); // what was held may be all that it waited for
            readAhead();
        }
    }

    @Override
    public void onLost(long token, long now) {
        lost.add(Math.max(firstOf(token), start(delivered + 1)), lastOf(token));
    }

    /** The page asked for; it begins later, or is empty, if the journal has lost what it should begin with. */
    public void pageRead(List<Journal.Entry> entries) {
        long asked = reading;
        reading = 0;
        if (closed) {
            return;
        }
        long found = entries.isEmpty() ? Long.MAX_VALUE : entries.get(0).event().sequence();
        holes.add(Math.max(asked, delivered + 1), Math.min(found, readingBelow) - 1);
        if (unwanted) { // what comes before it is not there any more
            unwanted = false;
            goOn();
            return;
        }
        boolean all = held.isEmpty() || start(asked) >= next;
        for (Journal.Entry entry : entries) {
            long seq = entry.event().sequence();
            // Of what was sent already, only what has to be sent again or may have to be.
            if (seq > delivered && (all || (start(seq) < next && !acked.contains(start(seq), end(seq))))) {
                held.add(seq, EventCodec.encode(entry.event()));
            }
        }
        held.count(firstUnsent());
        wake();
    }

    /** Asks for the next page before the last one is used up. */
    private void readAhead() {
        if (closed || failed || reading != 0 || held.isEmpty() || held.aheadBytes() >= AHEAD) {
            return;
        }
        long seq = Math.max(held.last() + 1, seqOf(next));
        boolean wanted = seq <= Math.min(log.last(), credit)
                && seq >= Math.max(notBefore, log.firstKept())
                && !holes.contains(seq, seq);
        if (wanted && log.body(seq) == null) {
            ask(seq);
        }
    }

    /** Bytes of events read from the journal and not delivered yet. */
    public int heldBytes() {
        return held.bytes();
    }

    /** Forgets what was read from the journal: if it is needed after all, it is read again. */
    public void letGo() {
        held.clear();
        unwanted = reading != 0;
    }

    /** The page could not be read; it is asked for again at the next {@link #wake}. */
    public void pageFailed() {
        reading = 0;
        unwanted = false;
        failed = true;
    }

    /** What is before this event is not for its reader, and told as if it were not kept. */
    public void readsNothingBefore(long first) {
        notBefore = first;
    }

    /** Whether {@code seq} can be written now; asks for its page if it cannot. */
    private boolean available(long seq) {
        return seq < Math.max(notBefore, log.firstKept())
                || (holes.contains(seq, seq) ? canBeTold(seq) : bodyOrRead(seq) != null);
    }

    private boolean canBeTold(long hole) {
        return holes.startOf(hole) <= delivered + 1;
    }

    private byte @Nullable [] bodyOrRead(long seq) {
        byte[] body = body(seq);
        if (body == null && reading == 0 && !failed && !holes.contains(seq, seq) && nothingElseComesFirst(seq)) {
            ask(seq);
        }
        return body;
    }

    /**
     * Whether nothing is held whose delivery leads to {@code seq}. What is held behind it only is no reason to wait: it
     * cannot be sent before {@code seq} is. It can come to that: a page may begin later than asked for, or have a hole,
     * and what was still in memory then be gone by now.
     */
    private boolean nothingElseComesFirst(long seq) {
        return held.isEmpty() || held.first() > seq || start(seq) < next;
    }

    private void ask(long seq) {
        reading = seq;
        readingBelow = log.firstInMemory();
        reader.readPage(this, seq);
    }

    private byte @Nullable [] body(long seq) {
        byte[] body = log.body(seq);
        return body == null ? log.shown(seq, held.body(seq)) : body;
    }
}
