package io.kabar.chat.internal.connection.loss;

import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;

/**
 * How long datagrams may be on a path: what every path carries, until probes have shown that this one carries more
 * (DPLPMTUD, RFC 8899; RFC 9000 section 14.3). A probe is a PING padded to the size in question; its loss means nothing
 * to the congestion controller. Nothing is probed before there was more to send, for some packets in a row, than one
 * could hold: whoever chats at a human pace never needs it. Bytes and nanoseconds.
 *
 * <pre>
 *               full packets                probe arrived
 *   BASE ───────────────────► probing ───────────────────► larger
 *    ▲                          │ no size arrives             │
 *    └──────────────────────────┴─────────────────────────────┘
 *         again after 10 minutes       large ones vanish, three times in a row
 * </pre>
 */
public final class PathMtu {
    /**
     * Sizes worth a probe, the largest first: 9000, 1500 and 1420 bytes (WireGuard) less the headers of IPv6 and UDP.
     */
    private static final int[] SIZES = {WireLimits.LARGEST_DATAGRAM, 1452, 1372};

    /** Full packets in a row that make it worth while. */
    public static final int FULL_PACKETS = 8;

    /** RFC 8899 section 5.1.2, MAX_PROBES. */
    static final int PROBES = 3;

    /** Times that datagrams larger than the base are lost and none as long arrives, before the path is of the base. */
    static final int BLACK_HOLE = 3;

    /** RFC 8899 section 5.1.1, PMTU_RAISE_TIMER. */
    static final long RAISE_AFTER = Duration.ofMinutes(10).toNanos();

    /** What this end's own network takes at most. */
    private final int ceiling;

    private int size = WireLimits.DATAGRAM;
    private int candidate;
    private int probesLost;
    private boolean probing;

    private int fullPackets;
    private int lostLarge;
    /** When they were found lost the last time: what was sent before is of the same time. */
    private long lostAt = Long.MIN_VALUE;
    /** The shortest of those that were lost. */
    private int shortestLost = Integer.MAX_VALUE;
    /** What this end's own system does not take at present, and anything longer. */
    private int refused = Integer.MAX_VALUE;

    private long probeFrom = Long.MIN_VALUE; // a clock may be below zero

    /**
     * {@code ceiling} up to {@link WireLimits#LARGEST_DATAGRAM}; anything up to {@link WireLimits#DATAGRAM}: no probes.
     */
    PathMtu(int ceiling) {
        this.ceiling = ceiling;
    }

    /** Bytes that a datagram may have. */
    public int size() {
        return size;
    }

    /** A packet was filled as far as this path allows; {@code more}: it could not hold all there was. */
    public void onFilled(boolean more) {
        fullPackets = more ? fullPackets + 1 : 0;
    }

    /** The size of a probe that is to go now; 0 for none. */
    public int probeSize(long now) {
        if (ceiling <= size || fullPackets < FULL_PACKETS || probing || now < probeFrom) {
            return 0;
        }
        while (candidate < SIZES.length && (SIZES[candidate] > ceiling || SIZES[candidate] >= refused)) {
            candidate++;
        }
        if (candidate < SIZES.length && SIZES[candidate] > size) {
            return SIZES[candidate];
        }
        startAgain(now + RAISE_AFTER);
        return 0;
    }

    public void onProbeSent() {
        probing = true;
    }

    /** A packet of this path has arrived. */
    void onAcked(SentPacket packet) {
        if (packet.size >= shortestLost) { // a shorter one that arrives says nothing of these
            forgetLost();
        }
        if (packet.mtuProbe) {
            probing = false;
            size = Math.max(size, packet.size);
        }
    }

    void onProbeLost() {
        probing = false;
        if (++probesLost == PROBES) {
            probesLost = 0;
            candidate++;
        }
    }

    /**
     * This end's own system did not take a datagram of so many bytes: it knows the path better, or believes so. Nothing
     * of that length is tried before the others are, and then not for a while.
     */
    void onRefused(int length, boolean probe) {
        refused = Math.min(refused, length);
        if (probe) {
            probing = false;
            probesLost = 0;
        }
        if (size >= refused) {
            size = WireLimits.DATAGRAM;
            candidate = 0;
        }
    }

    /**
     * Packets were found lost that were larger than the base and no probes, the shortest of so many bytes, the youngest
     * sent at {@code sentAt}. Those of one time count once, however many acknowledgements and timeouts it takes to find
     * them.
     */
    void onLargeLost(int shortest, long sentAt, long now) {
        shortestLost = Math.min(shortestLost, shortest);
        if (sentAt <= lostAt) {
            return;
        }
        lostAt = now;
        if (++lostLarge == BLACK_HOLE) {
            size = WireLimits.DATAGRAM;
            startAgain(now + RAISE_AFTER);
        }
    }

    private void startAgain(long at) {
        candidate = 0;
        probesLost = 0;
        fullPackets = 0;
        probeFrom = at;
        refused = Integer.MAX_VALUE;
        forgetLost();
    }

    private void forgetLost() {
        lostLarge = 0;
        shortestLost = Integer.MAX_VALUE;
    }
}
