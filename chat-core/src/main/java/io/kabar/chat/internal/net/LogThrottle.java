package io.kabar.chat.internal.net;

/**
 * Counts what may happen a million times a minute, and tells which times are worth a line in the log: 1, 2, 4, 8 ...
 */
public final class LogThrottle {

    private long count;

    /** It has happened again. Returns whether it is worth a line. */
    public boolean again() {
        count++;
        return Long.bitCount(count) == 1;
    }

    public long count() {
        return count;
    }
}
