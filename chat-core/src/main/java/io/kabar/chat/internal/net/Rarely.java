package io.kabar.chat.internal.net;

/** Counts what may happen a million times a minute, and tells which times are worth a line in the log: 1, 2, 4, 8 ... */
final class Rarely {

    private long count;

    /** It has happened again. Returns whether it is worth a line. */
    boolean again() {
        count++;
        return Long.bitCount(count) == 1;
    }

    long count() {
        return count;
    }
}
