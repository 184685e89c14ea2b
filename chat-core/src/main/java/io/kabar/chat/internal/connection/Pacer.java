package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.wire.WireLimits;

/**
 * Spreads a window over its round trip instead of sending it in one burst that a router would drop: a bucket of bytes
 * that fills at 1.25 windows a round trip (RFC 9002 section 7.7). Bytes and nanoseconds.
 */
final class Pacer {
    /** What may go at once. */
    private static final long BURST = 10L * WireLimits.DATAGRAM;

    /** A fast path may burst for so long: no event loop wakes up more often. */
    private static final long BURST_NANOS = 2_000_000;

    private double available = BURST;
    private long filledAt;

    Pacer(long now) {
        filledAt = now;
    }

    /** When a datagram of full size may go; not after {@code now} if it may go at once. */
    long nextSend(long window, long smoothedRtt, long now) {
        double rate = 1.25 * window / Math.max(1, smoothedRtt);
        double capacity = Math.max(BURST, rate * BURST_NANOS);
        available = Math.min(capacity, available + rate * (now - filledAt));
        filledAt = now;
        double missing = WireLimits.DATAGRAM - available;
        return missing <= 0 ? now : now + 1 + (long) (missing / rate);
    }

    void onSent(int bytes) {
        available -= bytes;
    }
}
