package io.kabar.chat.internal.connection.loss;

import io.kabar.chat.internal.wire.WireLimits;

/**
 * Spreads a window over its round trip instead of sending it in one burst that a router would drop: a bucket of bytes
 * that fills at 1.25 windows a round trip (RFC 9002 section 7.7). What fills it while nobody waits for it, because the
 * window is used up or there is nothing to send, is kept up to a small burst only: else each acknowledgement of some
 * packets would let as many go at once, and nothing would be paced. What is sent without asking (probes, PINGs) is
 * charged too, but never makes anybody wait longer than the round trip in which a whole window may go. Bytes and
 * nanoseconds.
 */
public final class Pacer {
    /** What may go at once to begin with (RFC 9002 section 7.2). */
    private static final long FIRST_BURST = 10L * WireLimits.DATAGRAM;

    /** And later. */
    private static final long BURST = 3L * WireLimits.DATAGRAM;

    /** A fast path may burst for so long: no event loop wakes up more often. */
    private static final long BURST_NANOS = 2_000_000;

    /** A loop that wakes up late makes up for so much of it: a tick of a coarse clock. */
    private static final long LATENESS = 16_000_000;

    private double available = FIRST_BURST;
    private long filledAt;
    /** Whether somebody waits for the bucket to fill. */
    private boolean awaited;

    Pacer(long now) {
        filledAt = now;
    }

    /** When a datagram of full size may go; not after {@code now} if it may go at once. */
    public long nextSend(long window, long smoothedRtt, long now) {
        double rate = 1.25 * window / Math.max(1, smoothedRtt);
        double capacity = Math.max(BURST, rate * (awaited ? LATENESS : BURST_NANOS));
        available = Math.max(available, Math.min(capacity, available + rate * (now - filledAt)));
        available = Math.max(available, (double) WireLimits.DATAGRAM - window);
        filledAt = now;
        double missing = WireLimits.DATAGRAM - available;
        awaited = missing > 0;
        return missing <= 0 ? now : now + 1 + (long) (missing / rate);
    }

    public void onSent(int bytes) {
        available -= bytes;
    }

    void onNotSent(int bytes) {
        available += bytes;
    }
}
