package io.kabar.chat.internal.connection.loss;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The packets sent, by number, from the oldest of interest to the newest. Also gives out the numbers, leaving one out
 * now and then: a peer that acknowledges such a one acknowledges blindly (RFC 9000 section 21.4).
 */
public final class SentPackets {
    private static final int INITIAL_CAPACITY = 8;
    private static final int KEPT_CAPACITY = 64;
    private static final int SKIPS_REMEMBERED = 4;

    /**
     * Numbers from the oldest of interest to the newest. Beyond it, what is not in flight is forgotten: some windows,
     * and what an ACK may cost, for it walks them.
     */
    public static final int REMEMBERED = 4096;

    /** Packets in flight, beyond which there is nothing more to send: a window of tiny packets. */
    public static final int MAX_IN_FLIGHT = 8192;

    /** Numbers beyond the oldest in flight, after which the peer has acknowledged nothing for far too long. */
    public static final int MAX_SPAN = 4 * MAX_IN_FLIGHT;

    /** The first is left out among so many numbers, each later one among twice as many as the one before. */
    private static final int FIRST_SKIP_WITHIN = 64;

    private final RandomGenerator random;

    /** The packet of number n is at n modulo the length, a power of two; null if its fate is settled. */
    private @Nullable SentPacket[] ring = new @Nullable SentPacket[INITIAL_CAPACITY];

    private long base;
    private long next;
    private final long[] skipped = new long[SKIPS_REMEMBERED];
    private int skips;
    private long skipAt;
    private int eliciting;
    private long lastElicitingAt = Long.MIN_VALUE;
    /** Between the last two that are eliciting. */
    private long lastGap;

    public SentPackets(RandomGenerator random) {
        this.random = random;
        Arrays.fill(skipped, -1);
        skipAt = random.nextInt(FIRST_SKIP_WITHIN);
    }

    /** The number of the next packet. */
    public long nextNumber() {
        while (next == skipAt) {
            skipped[skips % SKIPS_REMEMBERED] = next;
            skips++;
            skipAt = next + 1 + random.nextLong((long) FIRST_SKIP_WITHIN << Math.min(skips, 32));
            append(null);
        }
        return next;
    }

    /** Of number {@link #nextNumber}. */
    public void add(SentPacket packet) {
        if (packet.number != next) {
            throw new IllegalArgumentException("packet " + packet.number + " instead of " + next);
        }
        append(packet);
        if (packet.eliciting) {
            eliciting++;
            lastGap = lastElicitingAt == Long.MIN_VALUE ? 0 : packet.sentAt - lastElicitingAt;
            lastElicitingAt = packet.sentAt;
        }
    }

    /** The lowest number of which something may be remembered. */
    public long base() {
        return base;
    }

    /** One past the largest number used. */
    public long end() {
        return next;
    }

    /** Null if the number's fate is settled or it was never used. */
    @Nullable
    public SentPacket get(long number) {
        return number < base || number >= next ? null : ring[index(number)];
    }

    /** Whether a number between the two, both included, was left out; as far as remembered. */
    public boolean skippedBetween(long smallest, long largest) {
        for (long number : skipped) {
            if (number >= smallest && number <= largest) {
                return true;
            }
        }
        return false;
    }

    boolean skipped(long number) {
        return skippedBetween(number, number);
    }

    /** The packet is out of flight, but may still turn out to have arrived. */
    void markLost(SentPacket packet, long now) {
        if (packet.inFlight()) {
            eliciting--;
        }
        packet.lostAt = now;
    }

    /** The packet's fate is settled. */
    void remove(SentPacket packet) {
        if (packet.inFlight()) {
            eliciting--;
        }
        ring[index(packet.number)] = null;
        advance();
    }

    /** Settles the oldest packets that were lost before {@code time}. */
    void forgetLostBefore(long time) {
        for (SentPacket oldest = get(base); oldest != null && oldest.lostAt < time; oldest = get(base)) {
            remove(oldest);
        }
    }

    /** Packets in flight. */
    public int elicitingInFlight() {
        return eliciting;
    }

    long lastElicitingAt() {
        return lastElicitingAt;
    }

    /** Whether nothing that asks for an acknowledgement was sent for so long before the last one that does. */
    boolean alone(long silence) {
        return lastGap >= silence;
    }

    private void append(@Nullable SentPacket packet) {
        if (next - base == ring.length) {
            resize(2 * ring.length);
        }
        ring[index(next)] = packet;
        next++;
        advance();
        forgetSurplus();
    }

    /** A peer that acknowledges nothing must not make us remember all the acknowledgements sent to it. */
    private void forgetSurplus() {
        for (SentPacket oldest = get(base);
                next - base > REMEMBERED && oldest != null && !oldest.inFlight();
                oldest = get(base)) {
            remove(oldest);
        }
    }

    /** Whether so much was sent since the oldest packet in flight that the peer acknowledges nothing. */
    public boolean full() {
        return next - base >= MAX_SPAN;
    }

    private void advance() {
        while (base < next && ring[index(base)] == null) {
            base++;
        }
        if (base == next && ring.length > KEPT_CAPACITY) {
            ring = new @Nullable SentPacket[INITIAL_CAPACITY];
        }
    }

    private void resize(int capacity) {
        @Nullable SentPacket[] grown = new @Nullable SentPacket[capacity];
        for (long number = base; number < next; number++) {
            grown[(int) (number & (capacity - 1))] = ring[index(number)];
        }
        ring = grown;
    }

    private int index(long number) {
        return (int) (number & (ring.length - 1));
    }
}
