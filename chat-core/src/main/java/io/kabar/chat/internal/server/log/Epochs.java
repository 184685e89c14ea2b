package io.kabar.chat.internal.server.log;

import io.kabar.chat.LogPosition;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whose writing a room's log is: each run of a server draws an epoch, and uses it from the first event on that it
 * writes there. Two logs that both have an epoch are the same log up to where it ends in the shorter of them; so a
 * reader who says which epoch it was in, and how far it has read, can be told whether this is the log that it knows.
 */
public final class Epochs {

    /** Epochs remembered, the newest. */
    public static final int MAX = 64;

    /** The epochs by their first events. */
    private final TreeMap<Long, Long> byFirst = new TreeMap<>();

    /** The log of a room of which nothing is known. */
    public Epochs() {}

    /** What a journal knows of a log: epochs by the numbers of their first events. */
    public Epochs(Map<Long, Long> known) {
        byFirst.putAll(known);
        trim();
    }

    /** Event {@code seq} is the newest, and of this epoch. */
    void wrote(long epoch, long seq) {
        if (epoch != newest()) {
            byFirst.put(seq, epoch);
            trim();
        }
    }

    /** The epochs by their first events, the oldest first. */
    Map<Long, Long> byFirst() {
        return Collections.unmodifiableMap(byFirst);
    }

    /** What is known from elsewhere stands in place of what was found. */
    void adopt(Map<Long, Long> known) {
        if (!known.isEmpty()) {
            byFirst.clear();
            byFirst.putAll(known);
            trim();
        }
    }

    /** Nothing behind event {@code last} belongs to the log. */
    void endAt(long last) {
        byFirst.tailMap(last, false).clear();
    }

    private void trim() {
        while (byFirst.size() > MAX) {
            byFirst.pollFirstEntry();
        }
    }

    /** The epoch of an event; 0 if that is not known. */
    public long of(long seq) {
        Map.Entry<Long, Long> known = byFirst.floorEntry(seq);
        return known == null ? 0 : known.getValue();
    }

    /** The epoch of the newest event; 0 if that is not known. */
    public long newest() {
        return byFirst.isEmpty() ? 0 : byFirst.lastEntry().getValue();
    }

    /**
     * Up to which number a log that has the events {@code firstKept..last} is the one that somebody has read: all they
     * have read, or less.
     */
    public long agreed(LogPosition read, long firstKept, long last) {
        long agreed = unknown(firstKept, last);
        long end = last;
        for (Map.Entry<Long, Long> epoch : byFirst.descendingMap().entrySet()) {
            if (epoch.getValue() == read.epoch()) {
                agreed = end;
                break;
            }
            end = epoch.getKey() - 1;
        }
        return Math.min(read.sequence(), agreed);
    }

    /**
     * Up to which number no epoch of the log is known, as it was written before there were any, or by a journal that
     * does not keep them: of that no more than its length can be compared. Where nothing of it is kept, nothing can be:
     * the log may have begun there, behind the numbers of a room that went.
     */
    private long unknown(long firstKept, long last) {
        if (byFirst.isEmpty()) {
            return last;
        }
        long firstKnown = byFirst.firstKey();
        boolean comparable = firstKept < firstKnown && byFirst.size() < MAX; // or those of before were let go of here
        return comparable ? firstKnown - 1 : 0;
    }
}
