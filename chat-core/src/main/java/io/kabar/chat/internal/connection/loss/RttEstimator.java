package io.kabar.chat.internal.connection.loss;

/** The round-trip time of a path, from acknowledgements (RFC 9002 section 5). Nanoseconds throughout. */
public final class RttEstimator {
    /** Before the first sample (RFC 9002 section 6.2.2). */
    static final long INITIAL = 333_000_000;

    /** Timers are not more exact than this (RFC 9002 section 6.1.2). */
    static final long GRANULARITY = 1_000_000;

    /**
     * What a peer's acknowledgement may be late beyond the delay it promises, since timers are: a tick of a coarse
     * clock (RFC 9000 section 18.2 counts it to the delay).
     */
    public static final long LATENESS = 16_000_000;

    /**
     * The least of a round trip and its probe timeout. On a short way the peer is the longer part of it: a program
     * stands still for some 50 ms now and then, and holds the acknowledgement back after that. TCP waits for 200 ms. On
     * a longer one a probe in vain costs a datagram, and one that comes late a person's time.
     */
    static final long LEAST_PTO = 85_000_000;

    /**
     * No way is longer. Who holds acknowledgements back seems to be far away, and everything that waits some PTO would
     * wait as long as that peer likes: closing, keys, the idle timeout.
     */
    static final long LONGEST = 30_000_000_000L;

    private long latest;
    private long smoothed = INITIAL;
    private long variation = INITIAL / 2;
    private long min;
    private boolean sampled;

    /** How long the handshake took for the way there and back: a first sample that no acknowledgement has delayed. */
    public void begin(long roundTrip) {
        if (!sampled) {
            sample(roundTrip, 0, 0);
        }
    }

    /**
     * One packet's way there and its acknowledgement's way back.
     *
     * @param ackDelay how long the peer says it held the acknowledgement back; not believed beyond {@code maxAckDelay}
     *     and what its timers may be late
     */
    void sample(long roundTrip, long ackDelay, long maxAckDelay) {
        latest = Math.max(1, Math.min(roundTrip, LONGEST));
        if (!sampled) {
            sampled = true;
            min = latest;
            smoothed = latest;
            variation = latest / 2;
            return;
        }
        min = Math.min(min, latest);
        long delay = Math.min(ackDelay, maxAckDelay + LATENESS);
        long adjusted = latest >= min + delay ? latest - delay : latest;
        variation = (3 * variation + Math.abs(smoothed - adjusted)) / 4;
        smoothed = (7 * smoothed + adjusted) / 8;
    }

    /** Whether there was a sample yet. */
    public boolean sampled() {
        return sampled;
    }

    public long smoothed() {
        return smoothed;
    }

    /** 0 before the first sample. */
    public long min() {
        return min;
    }

    /**
     * The probe timeout without back-off (RFC 9002 section 6.2.1), and no less than {@link #LEAST_PTO} on a short way.
     *
     * @param ackDelay how late an acknowledgement may be, with what the peer's timers are
     */
    public long pto(long ackDelay) {
        return Math.max(LEAST_PTO - smoothed, smoothed + Math.max(4 * variation, GRANULARITY) + ackDelay);
    }

    /** What is taken for a round trip when it comes to losses (RFC 9002 section 6.1.2). */
    long longest() {
        return Math.max(latest, smoothed);
    }
}
