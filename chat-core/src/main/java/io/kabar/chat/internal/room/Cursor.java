package io.kabar.chat.internal.room;

import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.FrameClass;
import io.kabar.chat.internal.connection.FrameSource;
import io.kabar.chat.internal.wire.EventCodec;
import io.kabar.chat.internal.wire.FrameWriter;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * It holds events only while a page of older ones, read from the journal, is being sent.
 */
public final class Cursor implements FrameSource {

    /** How a cursor asks for events that are no longer in memory; answered by {@link #pageRead} or {@link #pageFailed}. */
    public interface PageReader {
        void readPage(Cursor cursor, long from);
    }

    /** Body bytes in one EVENT_PART: an event that does not fit a packet whole is sent in these. */
    private static final int PART = 1024;
    /** Body bytes up to which an event is sent whole: it must fit an otherwise empty packet. */
    private static final int WHOLE = 1100;

    private static final int MAX_RUN = 100;

    private static final int RUN = 0;
    private static final int PIECE = 1;
    private static final int GAP = 2;

    private final RoomLog log;
    private final long room;
    private final PageReader reader;
    private final FrameSource.Handle handle;

    private long next;
    private long credit;
    private long delivered;
    private int nextPart;
    private final LongRanges lost = new LongRanges();
    private final LongRanges acked = new LongRanges();
    private @Nullable ArrayDeque<Long> lostParts;
    /** For each event under way in parts, a bit for each part that has not arrived yet. */
    private @Nullable Map<Long, Long> missingParts;

    private @Nullable List<byte[]> page;
    private long pageFrom;
    private boolean reading;
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
        next = from;
        delivered = from - 1;
        handle = connection.register(this, FrameClass.ROOM);
    }

    /** The log has grown, or more is allowed: asks to be asked. */
    public void wake() {
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

    int place() {
        return place;
    }

    void place(int index) {
        place = index;
    }

    /** All events up to this number have arrived. */
    public long delivered() {
        return delivered;
    }

    /** Ends the cursor; nothing more is sent. */
    public void close() {
        closed = true;
        page = null;
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
        if (lostParts != null && !lostParts.isEmpty()) {
            return available(seqOf(lostParts.peekFirst()));
        }
        return lost.isEmpty() ? next <= Math.min(log.last(), credit) && available(next) : available(lost.first());
    }

    @Override
    public long writeFrames(FrameWriter out, long now) {
        if (closed) {
            return NOTHING;
        }
        if (lostParts != null && !lostParts.isEmpty()) {
            return writeLostPart(out, lostParts);
        }
        if (!lost.isEmpty()) {
            return writeFrom(out, lost.first(), lost.firstEnd(), true);
        }
        return writeFrom(out, next, Math.min(log.last(), credit), false);
    }

    private long writeFrom(FrameWriter out, long from, long to, boolean again) {
        if (from <= to && from < log.firstKept()) {
            return writeGap(out, log.firstKept() - 1);
        }
        long seq = from;
        while (seq <= to && seq - from < MAX_RUN) {
            byte[] body = bodyOrRead(seq);
            if (body == null) {
                break;
            }
            if (body.length > WHOLE) {
                if (seq > from) {
                    break;
                }
                return again ? splitLost(out, seq, body) : writeNextPart(out, seq, body);
            }
            if (!out.event(room, seq, body)) {
                break;
            }
            seq++;
        }
        if (seq == from) {
            return NOTHING;
        }
        if (again) {
            lost.remove(from, seq - 1);
        } else {
            next = seq;
        }
        return token(RUN, from, (int) (seq - from));
    }

    private long writeGap(FrameWriter out, long to) {
        if (!out.gap(room, Math.min(delivered + 1, to), to)) {
            return NOTHING;
        }
        lost.remove(0, to);
        if (next <= to) {
            next = to + 1;
            nextPart = 0;
        }
        return token(GAP, to, 0);
    }

    private long writeNextPart(FrameWriter out, long seq, byte[] body) {
        int part = nextPart;
        if (!writePart(out, seq, body, part)) {
            return NOTHING;
        }
        if ((part + 1) * PART >= body.length) {
            next = seq + 1;
            nextPart = 0;
        } else {
            nextPart = part + 1;
        }
        return token(PIECE, seq, part);
    }

    /** An event lost as a whole and now too long for that: only possible if it was counted lost as a gap was. */
    private long splitLost(FrameWriter out, long seq, byte[] body) {
        lost.remove(seq, seq);
        ArrayDeque<Long> parts = lostParts();
        for (int part = 0; part * PART < body.length; part++) {
            parts.add(token(PIECE, seq, part));
        }
        return writeLostPart(out, parts);
    }

    private long writeLostPart(FrameWriter out, ArrayDeque<Long> parts) {
        long token = parts.getFirst();
        long seq = seqOf(token);
        if (seq < log.firstKept()) {
            parts.removeIf(other -> seqOf(other) < log.firstKept());
            return writeGap(out, log.firstKept() - 1);
        }
        byte[] body = bodyOrRead(seq);
        if (body == null || !writePart(out, seq, body, amountOf(token))) {
            return NOTHING;
        }
        parts.removeFirst();
        return token;
    }

    private boolean writePart(FrameWriter out, long seq, byte[] body, int part) {
        int offset = part * PART;
        if (!out.eventPart(room, seq, body, offset, Math.min(PART, body.length - offset))) {
            return false;
        }
        if (missingParts == null) {
            missingParts = new HashMap<>(2);
        }
        // Noted now: when the last one has arrived, the event may have left the memory.
        missingParts.putIfAbsent(seq, -1L >>> (Long.SIZE - (body.length + PART - 1) / PART));
        return true;
    }

    @Override
    public void onAcked(long token, long now) {
        long seq = seqOf(token);
        switch (kindOf(token)) {
            case RUN -> acked(seq, seq + amountOf(token) - 1);
            case GAP -> acked(delivered + 1, seq);
            default -> partAcked(seq, amountOf(token));
        }
    }

    @Override
    public void onLost(long token, long now) {
        long seq = seqOf(token);
        switch (kindOf(token)) {
            case RUN -> lost.add(Math.max(seq, delivered + 1), seq + amountOf(token) - 1);
            case GAP -> lost.add(Math.max(seq, delivered + 1), seq);
            default -> lostParts().add(token);
        }
    }

    private void partAcked(long seq, int part) {
        if (missingParts == null || !missingParts.containsKey(seq)) {
            return; // delivered or gone meanwhile
        }
        long missing = missingParts.get(seq) & ~(1L << part);
        missingParts.put(seq, missing);
        if (missing == 0) {
            missingParts.remove(seq);
            acked(seq, seq);
        }
    }

    private void acked(long from, long to) {
        acked.add(Math.max(from, delivered + 1), to);
        if (!acked.isEmpty() && acked.first() == delivered + 1) {
            delivered = acked.firstEnd();
            acked.remove(0, delivered);
            if (missingParts != null) {
                missingParts.keySet().removeIf(seq -> seq <= delivered);
            }
            if (page != null && delivered >= pageFrom + page.size() - 1) {
                page = null;
                wake();
            }
        }
    }

    /** The page asked for; empty if there is nothing from there on. */
    public void pageRead(List<LogEntry> entries) {
        reading = false;
        if (closed) {
            return;
        }
        if (!entries.isEmpty()) {
            pageFrom = entries.get(0).event().sequence();
            page = entries.stream()
                    .map(entry -> EventCodec.encode(entry.event()))
                    .toList();
        }
        wake();
    }

    /** The page could not be read; it is asked for again at the next {@link #wake}. */
    public void pageFailed() {
        reading = false;
    }

    /** Whether {@code seq} can be written now; asks for its page if it cannot. */
    private boolean available(long seq) {
        return seq < log.firstKept() || bodyOrRead(seq) != null;
    }

    private byte @Nullable [] bodyOrRead(long seq) {
        byte[] body = body(seq);
        // One page at a time: what is under way of the present one may have to be sent again. Only something older that
        // was lost, and has left the memory meanwhile, takes its place; the page is read again then.
        if (body == null && !reading && (page == null || seq < pageFrom)) {
            reading = true;
            reader.readPage(this, seq);
        }
        return body;
    }

    private byte @Nullable [] body(long seq) {
        byte[] body = log.body(seq);
        if (body == null && page != null && seq >= pageFrom && seq < pageFrom + page.size()) {
            body = page.get((int) (seq - pageFrom));
        }
        return body;
    }

    private ArrayDeque<Long> lostParts() {
        if (lostParts == null) {
            lostParts = new ArrayDeque<>();
        }
        return lostParts;
    }

    // A token: number, 46 bits; how many events, or which part, 8 bits; kind, 2 bits. Never 0: numbers begin at 1.

    private static long token(int kind, long seq, int amount) {
        return seq << 10 | (long) amount << 2 | kind;
    }

    private static int kindOf(long token) {
        return (int) token & 3;
    }

    private static int amountOf(long token) {
        return (int) (token >>> 2) & 0xff;
    }

    private static long seqOf(long token) {
        return token >>> 10;
    }
}
