package io.kabar.chat.server;

import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import java.util.Objects;

/** Calls of a journal on the loop's thread. It is not ours: whatever it throws, an {@code Error} too, is an answer. */
final class JournalCalls {

    private static final String JOURNAL = "The journal";

    private final Journal journal;
    private final ListenerCalls listener;

    JournalCalls(Journal journal, ListenerCalls listener) {
        this.journal = journal;
        this.listener = listener;
    }

    /** Returns whether it took the call: it has to answer then. */
    boolean propose(Journal.Proposal proposal) {
        return took(() -> journal.propose(proposal));
    }

    /** Returns whether it took the call: it has to answer then. */
    boolean read(long ticket, RoomName room, long from, int maxEvents, int maxBytes) {
        return took(() -> journal.read(ticket, room, from, maxEvents, maxBytes));
    }

    void drop(RoomName room) {
        boolean unused = took(() -> journal.drop(room));
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
