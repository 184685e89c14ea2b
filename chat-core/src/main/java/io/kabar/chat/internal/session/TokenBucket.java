package io.kabar.chat.internal.session;

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
        intervalNanos = SECOND / perSecond;
        capacity = burst * intervalNanos;
        emptyAt = now - capacity;
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
        emptyAt = Math.max(emptyAt, now - capacity);
        long wait = emptyAt + intervalNanos - now;
        if (wait > 0) {
            return wait;
        }
        emptyAt += intervalNanos;
        return 0;
    }
}
