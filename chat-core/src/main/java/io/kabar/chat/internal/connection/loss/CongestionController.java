package io.kabar.chat.internal.connection.loss;

import io.kabar.chat.internal.wire.WireLimits;

/** How many bytes a path may carry unacknowledged: NewReno as in RFC 9002 section 7. Bytes and nanoseconds. */
public final class CongestionController {
    /** RFC 9002 section 7.2. */
    public static final long INITIAL_WINDOW = 10L * WireLimits.DATAGRAM;

    /** RFC 9002 section 7.2. */
    public static final long MINIMUM_WINDOW = 2L * WireLimits.DATAGRAM;

    /** What a path may carry at most, so that a peer can make us hold so much only: 80 Mbit/s at 100 ms. */
    static final long MAXIMUM_WINDOW = 1024 * 1024;

    private long window = INITIAL_WINDOW;
    private long threshold = Long.MAX_VALUE;
    private long bytesInFlight;
    private long ackedInAvoidance;
    private long recoveryStart = Long.MIN_VALUE;
    /** What window and threshold were before the last congestion. */
    private long windowBefore;

    private long thresholdBefore;
    /** Packets that were lost in it and have not arrived after all. */
    private int lostSince;

    private boolean applicationLimited = true;

    /** Space for one more datagram of full size. */
    public boolean hasSpace() {
        return bytesInFlight + WireLimits.DATAGRAM <= window;
    }

    /** Bytes that may be sent now. */
    public long space() {
        return window - bytesInFlight;
    }

    public long window() {
        return window;
    }

    public long bytesInFlight() {
        return bytesInFlight;
    }

    /** Whether there was less to send than the window allowed; then acknowledgements prove nothing (section 7.8). */
    public void applicationLimited(boolean limited) {
        applicationLimited = limited;
    }

    public void onSent(int bytes) {
        bytesInFlight += bytes;
    }

    void onAcked(int bytes, long sentAt) {
        leave(bytes);
        if (applicationLimited || sentAt <= recoveryStart) {
            return;
        }
        if (window < threshold) { // slow start, section 7.3.1
            window = Math.min(window + bytes, MAXIMUM_WINDOW);
            return;
        }
        ackedInAvoidance += bytes; // section 7.3.3: a datagram a round trip
        if (ackedInAvoidance >= window) {
            ackedInAvoidance -= window;
            window = Math.min(window + WireLimits.DATAGRAM, MAXIMUM_WINDOW);
        }
    }

    /** A packet left the network without an acknowledgement; {@link #onCongestion} is told apart. */
    void onLost(int bytes) {
        leave(bytes);
    }

    /**
     * So many packets were lost, the youngest of them sent at {@code sentAt}: once for a round trip (section 7.3.2).
     * Returns whether it is another congestion than the last one.
     */
    boolean onCongestion(int packets, long sentAt, long now) {
        if (sentAt <= recoveryStart) {
            lostSince += packets;
            return false;
        }
        recoveryStart = now;
        lostSince = packets;
        windowBefore = window;
        thresholdBefore = threshold;
        window = Math.max(window / 2, MINIMUM_WINDOW);
        threshold = window;
        ackedInAvoidance = 0;
        return true;
    }

    /**
     * A packet taken for lost at {@code lostAt} has arrived. When all of the last congestion's have, there was none,
     * and it is as if nothing had been (RFC 9438 section 4.9.2).
     */
    void onSpurious(long sentAt, long lostAt) {
        if (lostAt < recoveryStart || sentAt > recoveryStart || lostSince == 0) {
            return; // of an earlier one, or it is settled
        }
        if (--lostSince == 0) {
            window = Math.max(window, windowBefore);
            threshold = thresholdBefore;
            recoveryStart = Long.MIN_VALUE;
        }
    }

    /** Everything sent for a long time was lost (section 7.6.2). */
    void onPersistentCongestion() {
        window = MINIMUM_WINDOW;
        recoveryStart = Long.MIN_VALUE;
        lostSince = 0;
        ackedInAvoidance = 0;
    }

    private void leave(int bytes) {
        bytesInFlight -= bytes;
    }
}
