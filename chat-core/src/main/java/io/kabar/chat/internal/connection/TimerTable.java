package io.kabar.chat.internal.connection;

import java.util.Arrays;

/** The named deadlines of a connection, in nanoseconds; {@link #NEVER} is a timer that does not run. */
final class TimerTable {
    static final long NEVER = Long.MAX_VALUE;

    /** A packet becomes overdue, or the probe timeout passes (RFC 9002 section 6). */
    static final int LOSS = 0;

    /** An acknowledgement cannot be held back any longer. */
    static final int ACK = 1;

    /** The pacer lets the next datagram go. */
    static final int PACING = 2;

    /** The peer was silent for too long. */
    static final int IDLE = 3;

    /** We were silent for too long. */
    static final int KEEP_ALIVE = 4;

    /** A path challenge was not answered in time. */
    static final int PATH = 5;

    /** Keys of the former phase are to be forgotten, or the present ones are worn out. */
    static final int KEYS = 6;

    /** Closing or draining ends. */
    static final int CLOSE = 7;

    private final long[] deadlines = new long[CLOSE + 1];

    TimerTable() {
        clear();
    }

    void set(int timer, long deadline) {
        deadlines[timer] = deadline;
    }

    /** As {@link #set}, unless the timer runs out earlier anyway. */
    void hasten(int timer, long deadline) {
        deadlines[timer] = Math.min(deadlines[timer], deadline);
    }

    void stop(int timer) {
        deadlines[timer] = NEVER;
    }

    boolean running(int timer) {
        return deadlines[timer] != NEVER;
    }

    /** Whether the timer has run out; if so it stops. */
    boolean expired(int timer, long now) {
        if (deadlines[timer] > now) {
            return false;
        }
        deadlines[timer] = NEVER;
        return true;
    }

    long next() {
        long next = NEVER;
        for (long deadline : deadlines) {
            next = Math.min(next, deadline);
        }
        return next;
    }

    void clear() {
        Arrays.fill(deadlines, NEVER);
    }
}
