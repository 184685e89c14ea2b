package io.kabar.chat.simulation;

import java.util.Random;

/**
 * When a loop wakes up for a timeout: never early, and up to a millisecond late, as a selector is; later on some
 * machines.
 */
final class Alarm {
    /** Nanoseconds. */
    static final int LATENESS = 1_000_000;

    private long wanted = Long.MAX_VALUE;
    private long at = Long.MAX_VALUE;

    /** {@code latest} is the most that it may be late, in nanoseconds. */
    long at(long timeout, int latest, Random random) {
        if (timeout != wanted) {
            wanted = timeout;
            at = timeout == Long.MAX_VALUE ? timeout : timeout + random.nextInt(latest);
        }
        return at;
    }
}
