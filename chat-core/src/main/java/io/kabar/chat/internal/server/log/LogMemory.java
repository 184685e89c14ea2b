package io.kabar.chat.internal.server.log;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the logs of all rooms may hold in memory together: anybody can fill a room, and leave it for the next one.
 * Beyond it, the room in which nothing was said for longest gives up its oldest events; they are read from the journal
 * then.
 */
public final class LogMemory {

    /** Bytes: half a million short messages. */
    public static final long MAX = 64 * 1024 * 1024;

    /** Those that hold something, the one that grew last being the last. */
    private final Set<RoomLog> logs = new LinkedHashSet<>();

    private long bytes;

    /** Runs of senders that all rooms may know together, beyond those of the events in memory. */
    static final int MAX_RUNS = 4 * RunTable.MAX_RUNS;

    /** Logs asked for runs they can give up, whenever one learns of another: anybody can fill many that have none. */
    static final int LOOKED_AT = 4;

    /** Logs that know any, the one that learned of one, or was looked at, last being the last. */
    private final Set<RoomLog> knowing = new LinkedHashSet<>();

    private int runs;
    private long looks;

    void grown(RoomLog log, int by) {
        bytes += by;
        logs.remove(log);
        logs.add(log);
        while (bytes > MAX) {
            logs.iterator().next().evict();
        }
    }

    void shrunk(RoomLog log, int by) {
        bytes -= by;
        if (log.firstInMemory() > log.last()) {
            logs.remove(log);
        }
    }

    /** A log knows {@code by} more runs than before. */
    void learned(RoomLog log, int by) {
        runs += by;
        if (by <= 0) {
            return;
        }
        knowing.remove(log);
        knowing.add(log);
        for (int i = 0; i < LOOKED_AT && runs > MAX_RUNS && !knowing.isEmpty(); i++) {
            RoomLog silent = knowing.iterator().next();
            looks++;
            knowing.remove(silent);
            runs -= silent.forgetRuns(runs - MAX_RUNS);
            if (silent.runs() > 0) {
                knowing.add(silent); // looked at again when all others were: it may have none that it can give up
            }
        }
    }

    /** A log is gone, with so many runs. */
    void forgotten(RoomLog log, int itsRuns) {
        logs.remove(log);
        knowing.remove(log);
        runs -= itsRuns;
    }

    /** Runs known at present, and how often a log was asked for some in all. */
    int runs() {
        return runs;
    }

    long looks() {
        return looks;
    }

    /** Bytes held at present. */
    public long bytes() {
        return bytes;
    }
}
