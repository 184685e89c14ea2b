package io.kabar.chat.internal.server.log;

import io.kabar.chat.Author;
import io.kabar.chat.MessageId;
import io.kabar.chat.spi.Journal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The highest number that each run has had accepted in a room. What is said again and stands at or below it is either
 * known, or never comes in: so neither a second copy nor a message whose refusal was lost gets in behind a later one.
 *
 * <p>Runs of the events in memory are always known, older ones as long as there are not too many. After a restart the
 * newest snapshot tells of them, and the events behind it.
 */
public final class RunTable {

    /** Runs of a room that are remembered: more than say something there in a day. */
    static final int MAX_RUNS = 65_536;

    /** The newest message of a run. */
    private static final class Newest {
        private long number;
        private long seq;
        private long timeMillis;

        private void is(long event, Journal.Entry entry) {
            number = entry.id().number();
            seq = event;
            timeMillis = entry.event().time().toEpochMilli();
        }
    }

    /** The run that spoke, or was asked for, last at the end. */
    private final Map<SenderRun, Newest> runs = new LinkedHashMap<>(16, 0.75f, true);

    /** How many runs are known. */
    int size() {
        return runs.size();
    }

    /** Nobody speaks here any more. */
    void clear() {
        runs.clear();
    }

    /** A message has become event {@code seq}. */
    void accepted(long seq, Journal.Entry entry) {
        MessageId id = entry.id();
        if (id.equals(MessageId.NONE)) {
            return;
        }
        SenderRun run = SenderRun.of(entry.event().author(), id);
        Newest newest = runs.get(run);
        if (newest == null) {
            newest = new Newest();
            newest.is(seq, entry);
            runs.put(run, newest);
        } else if (Long.compareUnsigned(id.number(), newest.number) > 0) { // else it is of before there was an order
            newest.is(seq, entry);
        }
    }

    /** Older events were read: their runs stand behind those that are known already. */
    void restored(List<Journal.Entry> older) {
        List<Map.Entry<SenderRun, Newest>> known = new ArrayList<>(runs.entrySet());
        runs.clear();
        older.forEach(entry -> accepted(entry.event().sequence(), entry));
        for (Map.Entry<SenderRun, Newest> run : known) {
            runs.remove(run.getKey());
            runs.put(run.getKey(), run.getValue());
        }
    }

    /**
     * Gives up the run that has been silent for longest, unless its newest event is in memory; tells whether it did.
     */
    boolean forgetEldest(long firstInMemory) {
        Iterator<Newest> eldest = runs.values().iterator();
        if (!eldest.hasNext() || eldest.next().seq >= firstInMemory) {
            return false;
        }
        eldest.remove();
        return true;
    }

    /** Whether this message, or a later one of its run, was accepted. */
    boolean isPast(Author from, MessageId id) {
        Newest newest = runs.get(SenderRun.of(from, id));
        return newest != null && Long.compareUnsigned(id.number(), newest.number) <= 0;
    }

    /** The event that this message is, if it is the newest of its run; null if it is not, or not known. */
    @Nullable
    SaidAs find(Author from, MessageId id) {
        Newest newest = runs.get(SenderRun.of(from, id));
        return newest == null || newest.number != id.number() ? null : new SaidAs(newest.seq, newest.timeMillis);
    }

    /** The log ends at event {@code last}: what was accepted behind it is not known to have been. */
    void endAt(long last) {
        runs.values().removeIf(newest -> newest.seq > last);
    }

    // In a snapshot
    // -------------------------------------------------------------------------------------------------------

    /** Writes the runs that have spoken behind event {@code seq}, or after a time. */
    void write(StateWriter out, long seq, long afterMillis) {
        List<Map.Entry<SenderRun, Newest>> kept = runs.entrySet().stream()
                .filter(run -> run.getValue().seq > seq || run.getValue().timeMillis > afterMillis)
                .toList();
        List<Map.Entry<SenderRun, Newest>> newest = kept.subList(Math.max(0, kept.size() - MAX_RUNS), kept.size());
        out.writeInt(newest.size());
        for (Map.Entry<SenderRun, Newest> run : newest) {
            out.writeText(run.getKey().user());
            out.writeLong(run.getKey().run());
            out.writeLong(run.getValue().number);
            out.writeLong(run.getValue().seq);
            out.writeLong(run.getValue().timeMillis);
        }
    }

    /** Reads what {@link #write} has written. */
    void read(StateReader in) {
        for (int left = in.readInt(); left > 0; left--) {
            SenderRun run = new SenderRun(in.readText(), in.readLong());
            Newest newest = new Newest();
            newest.number = in.readLong();
            newest.seq = in.readLong();
            newest.timeMillis = in.readLong();
            runs.put(run, newest);
        }
    }
}
