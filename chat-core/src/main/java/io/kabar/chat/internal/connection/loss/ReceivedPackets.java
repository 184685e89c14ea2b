package io.kabar.chat.internal.connection.loss;

import io.kabar.chat.internal.connection.lane.RangeSet;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.WireLimits;

/** Which packets have come and when they are to be acknowledged (RFC 9000 section 13.2). */
public final class ReceivedPackets {
    /** Packets that ask for it to an ACK (RFC 9000 section 13.2.2). */
    static final int PER_ACK = 2;

    /**
     * The same while nothing goes missing: taking an ACK in costs about a third of what sending a packet does. Less
     * than the initial window, so that a sender without losses never stands still for want of an ACK; one with losses
     * leaves gaps, and is told more often.
     */
    public static final int PER_ACK_STEADY = 8;

    /** Bytes of datagrams to an ACK, for the same reason: some may be longer than the base. */
    static final int BYTES_PER_ACK = PER_ACK_STEADY * WireLimits.DATAGRAM;

    /** Packets in order, one behind the other, that make traffic steady, counted anew after each gap. */
    static final int STEADY_AFTER = 64;

    private final RangeSet ranges = new RangeSet();
    private final long maxAckDelay;

    /**
     * For a packet that is alone, since none came for so long before: if they go on like that, none shares its
     * acknowledgement. The sender waits for that one, so a timer of ours that is late is part of the delay (RFC 9000
     * section 18.2).
     */
    private final long aloneDelay;

    private long largest = -1;
    private long largestAt;
    /** From then on, what comes is alone. */
    private long aloneFrom = Long.MAX_VALUE;

    private long deadline = Long.MAX_VALUE;
    private int elicitingSinceAck;
    private int bytesSinceAck;
    private int inOrderRun;
    private boolean anySinceAck;

    public ReceivedPackets(long maxAckDelay) {
        this.maxAckDelay = maxAckDelay;
        aloneDelay = Math.max(0, maxAckDelay - RttEstimator.LATENESS);
    }

    /**
     * A packet that was not seen before.
     *
     * @param elicitingBytes the length of its datagram; 0 if it holds only what nobody waits to hear of, ACK or CLOSE
     * @param asked whether it was sent to be acknowledged, for it holds nothing else: a PING
     */
    public void add(long number, int elicitingBytes, boolean asked, long now) {
        boolean inOrder = number == largest + 1;
        inOrderRun = inOrder ? Math.min(inOrderRun + 1, STEADY_AFTER) : 0;
        ranges.add(number, number + 1);
        if (ranges.count() > WireLimits.ACK_RANGES) {
            ranges.removeFirst();
        }
        if (number > largest) {
            largest = number;
            largestAt = now;
        }
        anySinceAck = true;
        if (elicitingBytes == 0) {
            return;
        }
        elicitingSinceAck++;
        bytesSinceAck += elicitingBytes;
        int perAck = inOrderRun < STEADY_AFTER ? PER_ACK : PER_ACK_STEADY;
        if (asked || !inOrder || elicitingSinceAck >= perAck || bytesSinceAck >= BYTES_PER_ACK) {
            deadline = now; // section 13.2.1: a gap is news for the peer's loss detection
        } else {
            deadline = Math.min(deadline, now + (now >= aloneFrom ? aloneDelay : maxAckDelay));
        }
        aloneFrom = now + maxAckDelay;
    }

    /** When an ACK must go even if nothing else does; {@code Long.MAX_VALUE} for never. */
    public long deadline() {
        return deadline;
    }

    /** Whether something came that no ACK has reported yet, so that one should ride along. */
    public boolean anythingNew() {
        return anySinceAck;
    }

    /** The largest number an ACK would report. */
    public long largest() {
        return largest;
    }

    public boolean writeAck(FrameWriter out, long now) {
        int count = ranges.count();
        long[] descending = new long[2 * count];
        for (int i = 0; i < count; i++) {
            descending[2 * i] = ranges.from(count - 1 - i);
            descending[2 * i + 1] = ranges.to(count - 1 - i) - 1;
        }
        return out.ack(Math.max(0, now - largestAt) / 1000, descending, count);
    }

    /** The ACK was sent. */
    public void onAckSent() {
        anySinceAck = false;
        elicitingSinceAck = 0;
        bytesSinceAck = 0;
        deadline = Long.MAX_VALUE;
    }

    /**
     * The peer has got an ACK that reported up to {@code number}, so there is no need to repeat it (section 13.2.4).
     * The largest stays, because the delay in an ACK is measured from it.
     */
    void forget(long number) {
        ranges.remove(0, Math.min(number + 1, largest));
    }

    public int rangeCount() {
        return ranges.count();
    }
}
