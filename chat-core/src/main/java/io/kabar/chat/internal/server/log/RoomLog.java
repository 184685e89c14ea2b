package io.kabar.chat.internal.server.log;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.EventCodec;
import io.kabar.chat.spi.Journal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of a room, encoded once for everybody, in a ring; older ones are read from the journal. Numbers run
 * 1, 2, 3 ... without holes.
 */
public final class RoomLog {

    /** An id is its sender's own: nobody can take another's by guessing it. */
    private record Sent(String user, MessageId id) {}

    /** What an event costs beside its body, roughly. */
    private static final int OVERHEAD = 128;

    private static final byte[] NOTHING = {};

    private final LogMemory memory;
    private final int capacity;
    private byte[][] bodies = new byte[16][];
    private @Nullable Sent[] sent = new Sent[16];
    private final Map<Sent, SaidAs> known = new HashMap<>();
    private final RoomFold fold;
    private long firstKept;
    private long firstInMemory;

    /**
     * A log of which {@code firstKept} to {@code last} are in the journal and none is in memory yet.
     *
     * @param memory what it may hold together with others
     * @param capacity how many of the newest events are kept in memory
     */
    public RoomLog(LogMemory memory, int capacity, long firstKept, long last) {
        this(memory, capacity, firstKept, RoomFold.at(last));
    }

    /** The same of which the state is known: it is the fold of the log up to its end. */
    public RoomLog(LogMemory memory, int capacity, long firstKept, RoomFold fold) {
        this.fold = fold;
        this.memory = memory;
        this.capacity = capacity;
        this.firstKept = firstKept;
        firstInMemory = fold.last() + 1;
        memory.learned(this, fold.runs().size());
    }

    /** The number of the newest event; 0 if there is none. */
    public long last() {
        return fold.last();
    }

    /** The state of the room that this log brings about. */
    public RoomFold fold() {
        return fold;
    }

    /** Whose writing it is. */
    public Epochs epochs() {
        return fold.epochs();
    }

    /** The number of the oldest event the journal still has; {@code last() + 1} if it has none. */
    public long firstKept() {
        return firstKept;
    }

    /** The number of the oldest event in memory; {@code last() + 1} if none is. */
    public long firstInMemory() {
        return firstInMemory;
    }

    /**
     * Where the newest so many messages before event {@code before} begin, at most {@link JoinHistory#MAX_LAST} events
     * back. Between them may be joins, leaves and topics; of events that are not in memory each counts as a message.
     */
    public long startOf(long messages, long before) {
        long start = before;
        long left = messages;
        while (left > 0 && start > firstKept && before - start < JoinHistory.MAX_LAST) {
            start--;
            byte[] body = body(start);
            if (body == null || EventCodec.isMessage(body)) {
                left--;
            }
        }
        return Math.max(firstKept, start);
    }

    /** The journal has nothing before {@code first}; what is in memory is served all the same. */
    public void notKeptBefore(long first) {
        firstKept = Math.max(firstKept, Math.min(first, firstInMemory));
    }

    /** Nobody is shown anything before {@code first} any more. */
    public void forget(long first) {
        firstKept = Math.max(firstKept, Math.min(first, last() + 1));
        while (firstInMemory < firstKept) {
            evict();
        }
        fold.amendments().forgetBefore(firstKept);
    }

    /**
     * Appends what was committed. A log that is new to this server begins with whatever number the journal gives: there
     * may have been a room of this name before, and numbers are not given again.
     *
     * @return false if it is not the next event of the log: nothing is changed then
     */
    public boolean append(Journal.Entry entry) {
        long number = entry.event().sequence();
        if (fold.last() == 0 && firstKept == 1 && number > 1) {
            fold.beginBehind(number - 1);
            firstKept = number;
            firstInMemory = number;
        }
        int before = fold.runs().size();
        if (fold.fold(entry) == RoomFold.NOTHING) {
            return false;
        }
        if (number - firstInMemory >= capacity) {
            evict();
        }
        put(number, entry);
        if (entry.event().content().kind() == Content.DELETED) {
            blank(entry.event().ref());
        }
        while (fold.runs().size() > RunTable.MAX_RUNS && fold.runs().forgetEldest(firstInMemory)) {
            // One more has come, so one has to go.
        }
        memory.learned(this, fold.runs().size() - before);
        return true;
    }

    /**
     * Puts older events, oldest first and up to the ones in memory, back into memory. What was appended since they were
     * asked for may be among them, and is here already.
     */
    public void restore(List<Journal.Entry> entries) {
        int before = fold.runs().size();
        fold.runs().restored(entries);
        memory.learned(this, fold.runs().size() - before);
        for (int i = entries.size() - 1; i >= 0; i--) {
            Journal.Entry entry = entries.get(i);
            if (entry.event().sequence() >= firstInMemory) {
                continue;
            }
            boolean follows = entry.event().sequence() == firstInMemory - 1 && firstInMemory > firstKept;
            if (!follows || last() - firstInMemory + 1 >= capacity) {
                return;
            }
            firstInMemory--;
            put(firstInMemory, entry);
        }
    }

    /** The body of an event that is in memory; null if it is not. */
    public byte @Nullable [] body(long seq) {
        return seq >= firstInMemory && seq <= last() ? bodies[index(seq)] : null;
    }

    /** An event as whoever reads it is given it: without its text if it is deleted, or edits what is. */
    private Journal.Entry shown(Journal.Entry entry) {
        return fold.amendments().isBlank(entry.event()) ? withoutText(entry) : entry;
    }

    private static Journal.Entry withoutText(Journal.Entry entry) {
        return new Journal.Entry(entry.event().withoutText(), entry.id());
    }

    /** What the journal was asked for before it knew of deletions that are known by now. */
    public List<Journal.Entry> shown(List<Journal.Entry> entries) {
        return fold.amendments().hasDeletions()
                ? entries.stream().map(this::shown).toList()
                : entries;
    }

    /** What is found by words: of what reads otherwise by now, or not at all, that is nothing. */
    public List<Journal.Entry> current(List<Journal.Entry> entries) {
        Amendments amendments = fold.amendments();
        return amendments.hasChangedTexts()
                ? entries.stream()
                        .map(this::shown)
                        .map(entry -> amendments.isEarlierWording(entry.event()) ? withoutText(entry) : entry)
                        .toList()
                : entries;
    }

    /** The body of an event that was read before, without its text if it is deleted by now, or edits what is. */
    byte @Nullable [] shown(long seq, byte @Nullable [] body) {
        Amendments amendments = fold.amendments();
        return body != null && amendments.hasDeletions() && (amendments.deletionOf(seq) != 0 || editsDeleted(body))
                ? EventCodec.withoutText(body)
                : body;
    }

    private boolean editsDeleted(byte[] body) {
        long target = EventCodec.edited(body);
        return target != 0 && fold.amendments().deletionOf(target) != 0;
    }

    /** Takes the text of an event, and of its edits, out of what is in memory. */
    private void blank(long target) {
        for (long seq = Math.max(target, firstInMemory); seq <= last(); seq++) {
            byte[] body = bodies[index(seq)];
            if (seq == target || EventCodec.edited(body) == target) {
                byte[] blank = EventCodec.withoutText(body);
                bodies[index(seq)] = blank;
                memory.grown(this, blank.length - body.length);
            }
        }
    }

    /** The event of this number, if it is in memory; null if it is not. */
    public @Nullable ChatEvent event(RoomName room, long seq) {
        byte[] body = body(seq);
        try {
            return body == null ? null : EventCodec.decode(room, 0, seq, body);
        } catch (MalformedPacketException e) {
            throw new IllegalStateException(e); // this server has encoded it
        }
    }

    /** How an account was called when it last said something, if that is in memory; null else. */
    public @Nullable UserName nameOf(RoomName room, long account) {
        for (long seq = last(); seq >= firstInMemory; seq--) {
            ChatEvent event = event(room, seq);
            if (event != null && event.author().account() == account) {
                return event.from();
            }
        }
        return null;
    }

    /**
     * What became of a message of {@code from}, if it is among the events in memory or the newest of its run; null if
     * it was not accepted, or if that is not known any more.
     */
    public @Nullable SaidAs find(Author from, MessageId id) {
        SaidAs said = known.get(new Sent(SenderRun.user(from), id));
        return said == null ? fold.runs().find(from, id) : said;
    }

    /** Whether this message of {@code from}, or a later one of its run, was accepted: it never comes in again. */
    public boolean isPast(Author from, MessageId id) {
        return fold.runs().isPast(from, id);
    }

    int runs() {
        return fold.runs().size();
    }

    /** Gives up runs that have been silent for longest, not those of the events in memory; tells how many. */
    int forgetRuns(int most) {
        int forgotten = 0;
        while (forgotten < most && fold.runs().forgetEldest(firstInMemory)) {
            forgotten++;
        }
        return forgotten;
    }

    private void put(long seq, Journal.Entry entry) {
        if (last() - firstInMemory + 1 > bodies.length) {
            grow(seq);
        }
        int index = index(seq);
        bodies[index] = EventCodec.encode(shown(entry).event());
        sent[index] = null;
        if (!entry.id().equals(MessageId.NONE)) {
            Sent by = new Sent(SenderRun.user(entry.event().author()), entry.id());
            sent[index] = by;
            known.put(by, new SaidAs(seq, entry.event().time().toEpochMilli()));
        }
        memory.grown(this, OVERHEAD + bodies[index].length);
    }

    /** Nobody reads here any more. */
    public void letGo() {
        while (firstInMemory <= last()) {
            evict();
        }
        memory.forgotten(this, fold.runs().size());
        fold.runs().clear();
    }

    /** Gives up the oldest event in memory. */
    void evict() {
        int index = index(firstInMemory);
        Sent by = sent[index];
        SaidAs said = by == null ? null : known.get(by);
        if (by != null && said != null && said.seq() == firstInMemory) {
            known.remove(by);
        }
        int length = bodies[index].length;
        bodies[index] = NOTHING;
        firstInMemory++;
        memory.shrunk(this, OVERHEAD + length);
    }

    private void grow(long newest) {
        int size = Math.min(Math.max(capacity, 16), bodies.length * 2);
        byte[][] oldBodies = bodies;
        @Nullable Sent[] oldSent = sent;
        bodies = new byte[size][];
        sent = new Sent[size];
        for (long seq = firstInMemory; seq <= last(); seq++) {
            if (seq != newest) {
                bodies[index(seq)] = oldBodies[(int) (seq % oldBodies.length)];
                sent[index(seq)] = oldSent[(int) (seq % oldSent.length)];
            }
        }
    }

    private int index(long seq) {
        return (int) (seq % bodies.length);
    }
}
