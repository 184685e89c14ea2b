package io.kabar.chat.internal.endpoint;

import java.time.Duration;

/** A rate with a burst: so many at once, then so many a second. */
public final class TokenBucket {

    private static final long SECOND = 1_000_000_000L;

    private final long capacity;
    private final long intervalNanos;
    private long emptyAt;

    /**
     * A full bucket.
     *
     * @param burst how many at once; 0 = no limit
     */
    public TokenBucket(int burst, int perSecond, long now) {
        this(burst, SECOND / perSecond, now);
    }

    private TokenBucket(int burst, long intervalNanos, long now) {
        this.intervalNanos = intervalNanos;
        capacity = burst * intervalNanos;
        emptyAt = now - capacity;
    }

    /** A full bucket for what is rarer: one more every so often. */
    public static TokenBucket every(Duration interval, int burst, long now) {
        return new TokenBucket(burst, interval.toNanos(), now);
    }

    /** When the bucket is full again if nothing is taken. */
    public long fullAt() {
        return emptyAt + capacity;
    }

    /**
     * Takes one.
     *
     * @return 0 if there was one, else the nanoseconds until there is one
     */
    public long take(long now) {
        if (capacity == 0) {
            return 0;
        }
        long wait = waitNanos(now);
        if (wait == 0) {
            emptyAt += intervalNanos;
        }
        return wait;
    }

    /** Takes so many whether there are as many or not: what is owed is waited for. */
    public void charge(long amount, long now) {
        if (capacity > 0) {
            emptyAt = Math.max(emptyAt, now - capacity) + amount * intervalNanos;
        }
    }

    /** Takes all there is. */
    public void empty(long now) {
        emptyAt = Math.max(emptyAt, now);
    }

    /** Nanoseconds until one can be taken; 0 for now. Takes nothing. */
    public long waitNanos(long now) {
        if (capacity == 0) {
            return 0;
        }
        emptyAt = Math.max(emptyAt, now - capacity);
        return Math.max(0, emptyAt + intervalNanos - now);
    }
}
