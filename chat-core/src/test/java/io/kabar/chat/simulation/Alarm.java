package io.kabar.chat.simulation;

import java.util.Random;

/** When a loop wakes up for a timeout: never early, and up to a millisecond late, as a selector is. */
final class Alarm {
    private static final int LATENESS = 1_000_000;

    private long wanted = Long.MAX_VALUE;
    private long at = Long.MAX_VALUE;

    long at(long timeout, Random random) {
        if (timeout != wanted) {
            wanted = timeout;
            at = timeout == Long.MAX_VALUE ? timeout : timeout + random.nextInt(LATENESS);
        }
        return at;
    }
}
