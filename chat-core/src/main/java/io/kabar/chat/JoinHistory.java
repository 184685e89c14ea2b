package io.kabar.chat;

/**
 * Where somebody who joins a room starts to read its log. Joining with history is the same as having been there: the
 * same events arrive in the same way, only earlier ones first.
 *
 * @param kind how {@link #amount()} is meant
 * @param amount a count of messages, or a sequence number
 * @param read what the reader has of this log from earlier, so that it is told if the server's history is another one
 */
public record JoinHistory(Kind kind, long amount, LogPosition read) {

    /** How far back a reader starts. */
    public enum Kind {
        /** The newest {@code amount} messages, with what happened between and after them. */
        LAST,
        /** All events from number {@code amount} on. */
        FROM
    }

    /** Most messages that can be asked for by count, and most events that are restored for them. */
    public static final int MAX_LAST = 1_000;

    /**
     * The largest sequence number that can be asked for: one more than a room can have, which is what comes next there.
     */
    public static final long MAX_SEQUENCE = Limits.LAST_NUMBER + 1;

    /** Only what happens from now on. */
    public static final JoinHistory NONE = new JoinHistory(Kind.LAST, 0);

    /** Checks the amount. */
    public JoinHistory {
        if (amount < 0
                || amount > (kind == Kind.LAST ? MAX_LAST : MAX_SEQUENCE)
                || (kind == Kind.FROM && amount == 0)) {
            throw new IllegalArgumentException("History is 0 to " + MAX_LAST + " messages, or from number 1 on.");
        }
    }

    /** A start of somebody who has read nothing of this log before. */
    public JoinHistory(Kind kind, long amount) {
        this(kind, amount, LogPosition.NONE);
    }

    /**
     * The newest {@code count} messages, 0 to 1000, with the joins, leaves and topics between them, then what happens.
     * At most {@value #MAX_LAST} events in all, so a room in which many come and go may give fewer messages.
     */
    public static JoinHistory last(int count) {
        return new JoinHistory(Kind.LAST, count);
    }

    /**
     * What this device has not seen, then what happens: everything after {@code seen}, the last event it has seen. If
     * the server's history is not the one that was seen, it begins where the two part, at most {@value #MAX_LAST}
     * events back.
     */
    public static JoinHistory after(LogPosition seen) {
        return new JoinHistory(Kind.FROM, seen.sequence() + 1, seen);
    }

    /** The same start, by somebody who has read up to {@code position}. */
    public JoinHistory having(LogPosition position) {
        return new JoinHistory(kind, amount, position);
    }

    /** Everything from event number {@code sequence} (1 or more) that is still kept, then what happens. */
    public static JoinHistory from(long sequence) {
        return new JoinHistory(Kind.FROM, sequence);
    }
}
