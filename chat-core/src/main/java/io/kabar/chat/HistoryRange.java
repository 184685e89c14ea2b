package io.kabar.chat;

/**
 * A piece of a room's log that is read on its own, beside the events that happen: for scrolling back, or for what lies
 * around a message somebody points at.
 *
 * @param from number of the first event wanted; 0 for the newest ones
 * @param count events wanted at most
 */
public record HistoryRange(long from, int count) {

    /** Events in a page, if there is no reason for another number. */
    public static final int PAGE = 100;

    /** Most events in one request. */
    public static final int MAX = 1_000;

    /** Checks both numbers. */
    public HistoryRange {
        if (from < 0 || from > JoinHistory.MAX_SEQUENCE || count < 1 || count > MAX) {
            throw new IllegalArgumentException("History is read 1 to " + MAX + " events at a time, from number 1 on.");
        }
    }

    /** The newest {@code count} events. */
    public static HistoryRange newest(int count) {
        return new HistoryRange(0, count);
    }

    /** {@code count} events from number {@code sequence} (1 or more) on. */
    public static HistoryRange from(long sequence, int count) {
        if (sequence < 1) {
            throw new IllegalArgumentException("Events are numbered from 1.");
        }
        return new HistoryRange(sequence, count);
    }

    /**
     * The {@code count} events right before number {@code sequence} (2 or more): the page above the ones that are
     * shown.
     */
    public static HistoryRange before(long sequence, int count) {
        if (sequence < 2) {
            throw new IllegalArgumentException("There is nothing before event 1.");
        }
        HistoryRange whole = new HistoryRange(Math.max(1, sequence - count), count);
        return new HistoryRange(whole.from(), (int) Math.min(count, sequence - whole.from()));
    }

    /** {@code count} events with number {@code sequence} (1 or more) in the middle. */
    public static HistoryRange around(long sequence, int count) {
        if (sequence < 1) {
            throw new IllegalArgumentException("Events are numbered from 1.");
        }
        return new HistoryRange(Math.max(1, sequence - count / 2), count);
    }
}
