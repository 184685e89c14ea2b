package io.kabar.chat;

/**
 * Where somebody who joins a room starts to read its log. Joining with history is the same as having been there: the
 * same events arrive in the same way, only earlier ones first.
 *
 * @param kind how {@link #amount()} is meant
 * @param amount a count of events, or a sequence number
 */
public record History(Kind kind, long amount) {

    /** How far back a reader starts. */
    public enum Kind {
        /** The newest {@code amount} events. */
        LAST,
        /** All events from number {@code amount} on. */
        FROM
    }

    /** Most events that can be asked for by count. */
    public static final int MAX_LAST = 1_000;

    /** The largest sequence number that can be asked for: more events than a room will ever have. */
    public static final long MAX_SEQUENCE = 1L << 46;

    /** Only what happens from now on. */
    public static final History NONE = new History(Kind.LAST, 0);

    /** Checks the amount. */
    public History {
        if (amount < 0
                || amount > (kind == Kind.LAST ? MAX_LAST : MAX_SEQUENCE)
                || (kind == Kind.FROM && amount == 0)) {
            throw new IllegalArgumentException("History is 0 to " + MAX_LAST + " events, or from number 1 on.");
        }
    }

    /** The newest {@code count} events, 0 to 1000, then what happens. */
    public static History last(int count) {
        return new History(Kind.LAST, count);
    }

    /**
     * What this device has not seen, then what happens: everything after number {@code sequence}, the last one it has
     * seen; 0 if it has seen none.
     */
    public static History after(long sequence) {
        return new History(Kind.FROM, sequence + 1);
    }

    /** Everything from event number {@code sequence} (1 or more) that is still kept, then what happens. */
    public static History from(long sequence) {
        return new History(Kind.FROM, sequence);
    }
}
