package io.kabar.chat.internal.connection.loss;

/**
 * How far packets of a path overtake each other, as far as is known: what overtakes a packet by more than that, in
 * number or in time, shows it lost (RFC 9002 section 6.1). A packet that was taken for lost and arrives after all shows
 * that the bounds were too narrow: they grow at once (section 6.1.1 leaves it to the sender), as in RFC 8985 section
 * 6.2, and are forgotten after a row of losses that were what they seemed.
 */
final class Reordering {
    /** Later packets that have arrived (RFC 9002 section 6.1.1). */
    static final int PACKET_THRESHOLD = 3;

    /** Beyond it a loss is noticed too late: some windows of a slow path. */
    static final int MOST_PACKETS = 64;

    /** Of a round trip, beyond one, that a packet may be late: 9/8 in all (RFC 9002 section 6.1.2). */
    private static final int EIGHTHS = 1;

    /** A packet may be late by another round trip (RFC 8985 section 6.2 allows as much). */
    private static final int MOST_EIGHTHS = 8;

    /** Losses in a row, each of a round trip, that were none of overtaking (RFC 8985 section 6.2). */
    private static final int FORGOTTEN_AFTER = 16;

    private int packets = PACKET_THRESHOLD;
    private int eighths = EIGHTHS;
    private int losses;

    /** So many numbers below the largest acknowledged one, a packet is lost. */
    int packets() {
        return packets;
    }

    /** So long after it was sent, a packet is lost if a later one has arrived; nanoseconds. */
    long lossDelay(RttEstimator rtt) {
        long longest = rtt.longest();
        return Math.max(longest + longest / 8 * eighths, RttEstimator.GRANULARITY);
    }

    /**
     * A packet taken for lost has arrived, so many numbers below the largest acknowledged one, and so long after it was
     * sent.
     */
    void onSpurious(long distance, long after, RttEstimator rtt) {
        losses = 0;
        packets = (int) Math.max(packets, Math.min(distance + 1, MOST_PACKETS));
        long late = after - rtt.longest();
        eighths = (int) Math.max(eighths, Math.min(1 + 8 * late / Math.max(1, rtt.longest()), MOST_EIGHTHS));
    }

    /** Packets were lost: congestion. */
    void onCongestion() {
        if (++losses > FORGOTTEN_AFTER) {
            losses = 0;
            packets = PACKET_THRESHOLD;
            eighths = EIGHTHS;
        }
    }
}
