package io.kabar.chat.internal.server.log;

import io.kabar.chat.MessageId;
import io.kabar.chat.UserName;
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
 * <p>Runs of the events in memory are always known, older ones as long as there are not too many. Nothing but the
 * events that a journal gives back tells of them after a restart.
 */
public final class RunTable {

    /** Runs of a room that are remembered: more than say something there in a day. */
    static final int MAX_RUNS = 65_536;

    /** The newest message of a run. */
    private static final class Newest {
        private long number;
        private long seq;
        private long timeMillis;

        private void is(Journal.Entry entry) {
            number = entry.id().number();
            seq = entry.event().sequence();
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

    /** A message has become an event. */
    void accepted(Journal.Entry entry) {
        MessageId id = entry.id();
        if (id.equals(MessageId.NONE)) {
            return;
        }
        SenderRun run = SenderRun.of(entry.event().from(), id);
        Newest newest = runs.get(run);
        if (newest == null) {
            newest = new Newest();
            newest.is(entry);
            runs.put(run, newest);
        } else if (Long.compareUnsigned(id.number(), newest.number) > 0) { // else it is of before there was an order
            newest.is(entry);
        }
    }

    /** Older events were read: their runs stand behind those that are known already. */
    void restored(List<Journal.Entry> older) {
        List<Map.Entry<SenderRun, Newest>> known = new ArrayList<>(runs.entrySet());
        runs.clear();
        older.forEach(this::accepted);
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
    boolean isPast(UserName from, MessageId id) {
        Newest newest = runs.get(SenderRun.of(from, id));
        return newest != null && Long.compareUnsigned(id.number(), newest.number) <= 0;
    }

    /** The event that this message is, if it is the newest of its run; null if it is not, or not known. */
    @Nullable
    SaidAs find(UserName from, MessageId id) {
        Newest newest = runs.get(SenderRun.of(from, id));
        return newest == null || newest.number != id.number() ? null : new SaidAs(newest.seq, newest.timeMillis);
    }
}
