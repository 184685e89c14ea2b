package io.kabar.chat.internal.connection;

/**
 * Which of the newest packet numbers were seen: a number counts once, and one older than the window not at all (RFC
 * 9000 section 12.3). To be asked with authenticated numbers only, or a forger could move it.
 */
final class ReplayWindow {
    /** Numbers remembered: reordering that goes beyond is taken for loss. */
    static final int SIZE = 1024;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private long largest = -1;

    long largest() {
        return largest;
    }

    /** Whether {@code number} is new; from now on it is not. */
    boolean admit(long number) {
        if (number > largest) {
            forget(largest + 1, number);
            largest = number;
        } else if (number <= largest - SIZE) {
            return false;
        }
        int word = (int) (number / Long.SIZE) % seen.length;
        long bit = 1L << (number % Long.SIZE);
        boolean fresh = (seen[word] & bit) == 0;
        seen[word] |= bit;
        return fresh;
    }

    private void forget(long from, long to) {
        for (long number = Math.max(from, to - SIZE + 1); number <= to; number++) {
            seen[(int) (number / Long.SIZE) % seen.length] &= ~(1L << (number % Long.SIZE));
        }
    }
}
