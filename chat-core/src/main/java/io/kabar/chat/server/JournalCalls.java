package io.kabar.chat.server;

import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;

/**
 * Calls of a journal on the loop's thread. It is not ours: whatever it throws, an {@code Error} too, is an answer; and
 * if it gives none at all, somebody is told, since nobody can tell then what becomes of what was said.
 */
final class JournalCalls {

    /** A journal that takes longer than the slowest disk. */
    static final long SILENCE = Duration.ofSeconds(30).toNanos();

    private static final String JOURNAL = "The journal";

    private final Journal journal;
    private final ListenerCalls listener;
    /** Calls that it has to answer. */
    private int open;

    private long quietSince;
    private boolean told;

    JournalCalls(Journal journal, ListenerCalls listener) {
        this.journal = journal;
        this.listener = listener;
    }

    /** Returns whether it took the call: it has to answer then. */
    boolean propose(Journal.Proposal proposal, long now) {
        asked(now);
        return took(() -> journal.propose(proposal));
    }

    /** Returns whether it took the call: it has to answer then. */
    boolean read(long readId, RoomName room, long from, int maxEvents, int maxBytes, long now) {
        asked(now);
        return took(() -> journal.read(readId, room, from, maxEvents, maxBytes));
    }

    private void asked(long now) {
        if (open++ == 0) {
            quietSince = now;
        }
    }

    /** One call was answered; also those that it did not take. */
    void answered(long now) {
        open = Math.max(0, open - 1);
        quietSince = now;
        if (told) {
            told = false;
            listener.warn("The journal answers again.");
        }
    }

    /** Whether it has calls to answer. */
    boolean isOwedAnAnswer() {
        return open > 0;
    }

    /** Tells once if it is silent. */
    void check(long now) {
        if (open > 0 && !told && now - quietSince >= SILENCE) {
            told = true;
            listener.warn("The journal has not answered for "
                    + Duration.ofNanos(SILENCE).toSeconds() + " seconds; " + open
                    + " calls wait for it, and with them what was said.");
        }
    }

    void drop(RoomName room) {
        boolean unused = took(() -> journal.drop(room));
    }

    void snapshot(RoomName room, Journal.Snapshot snapshot) {
        boolean unused = took(() -> journal.snapshot(room, snapshot));
    }

    /** What is kept of a room, in the journal's words. */
    String retention(RoomName room) {
        try {
            return Limits.cut(Objects.requireNonNullElse(journal.retention(room), ""), Limits.LINE_BYTES);
        } catch (Throwable e) {
            listener.failed(JOURNAL, e);
            return "";
        }
    }

    /** Of these rooms was told that their names look alike. */
    void told(Collection<RoomName> lookAlikes) {
        boolean unused = took(() -> journal.told(lookAlikes));
    }

    private boolean took(Runnable call) {
        try {
            call.run();
            return true;
        } catch (Throwable e) {
            listener.failed(JOURNAL, e);
            return false;
        }
    }
}
