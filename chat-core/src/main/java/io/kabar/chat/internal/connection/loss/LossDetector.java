package io.kabar.chat.internal.connection.loss;

import io.kabar.chat.internal.connection.lane.SendQueue;
import io.kabar.chat.internal.connection.lane.SentFrame;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.ProtocolViolation;
import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which packets arrived and which are lost, and probes when nothing is heard (RFC 9002 section 6). Tells the
 * congestion controller of each packet's path and, through the queue, whoever wrote into it.
 */
public final class LossDetector {
    /**
     * RFC 9002 section 6.2.4; at first one, and another one as much later, if there is one packet whose fate is in
     * doubt.
     */
    private static final int PROBES = 2;

    /** RFC 9002 section 7.6.1. */
    private static final int PERSISTENT_CONGESTION_PTOS = 3;

    /** Back-off stops here, so that a network that comes back is noticed. */
    private static final long LONGEST_PTO = Duration.ofSeconds(30).toNanos();

    /** A lost packet is remembered for so many PTO, to see whether it was. */
    private static final int LOST_MEMORY_PTOS = 2;

    private static final long NEVER = Long.MAX_VALUE;

    private final SentPackets sent;
    private final ReceivedPackets received;
    private final SendQueue queue;
    private final long maxAckDelay;
    private long largestAcked = -1;
    private long lossTime = NEVER;
    /** Of the path of the packet that is overdue then. */
    private @Nullable RttEstimator lossRtt;

    private long lastProbeAt = Long.MIN_VALUE;
    private int ptoCount;
    private int probes;
    private long packetsAcked;
    private long packetsLost;
    private long packetsSpurious;
    private long ptos;
    private long firstSampleAt = Long.MAX_VALUE;
    private long persistentUntil = Long.MIN_VALUE;

    public LossDetector(SentPackets sent, ReceivedPackets received, SendQueue queue, long maxAckDelay) {
        this.sent = sent;
        this.received = received;
        this.queue = queue;
        this.maxAckDelay = maxAckDelay;
    }

    /** Packets that the peer has acknowledged. */
    public long packetsAcked() {
        return packetsAcked;
    }

    /** Packets that were in flight and taken for lost. */
    public long packetsLost() {
        return packetsLost;
    }

    /** Packets taken for lost that were acknowledged later. */
    public long packetsSpurious() {
        return packetsSpurious;
    }

    /** Probe timeouts that have passed, in all. */
    public long ptos() {
        return ptos;
    }

    public long largestAcked() {
        return largestAcked;
    }

    public int ptoCount() {
        return ptoCount;
    }

    /** Packets that may be sent whatever the congestion window says. */
    public int probes() {
        return probes;
    }

    public void onProbeSent() {
        probes--;
    }

    /** The PTO of a path without back-off, in nanoseconds. */
    public long pto(Path path) {
        return path.rtt().pto(maxAckDelay + RttEstimator.LATENESS);
    }

    /**
     * The same of what is in flight: a packet alone is acknowledged so early that the peer's timer may be late. What
     * was alone when it was sent may come closer to the one before, so that is asked for twice as strictly.
     */
    private long ptoInFlight(Path path) {
        return sent.alone(2 * maxAckDelay) ? path.rtt().pto(maxAckDelay) : pto(path);
    }

    /**
     * Applies an ACK by walking the packets sent, never the numbers claimed: its cost is bounded by what is in flight.
     */
    public void onAck(Frame.Ack ack, Path path, long now) throws ProtocolViolation {
        if (ack.largest() >= sent.end()) {
            throw new ProtocolViolation(CloseCode.PROTOCOL_VIOLATION, "acknowledged a packet that was never sent");
        }
        for (int i = 0; i < ack.rangeCount(); i++) {
            if (sent.skippedBetween(ack.smallest(i), ack.largest(i))) {
                throw new ProtocolViolation(CloseCode.PROTOCOL_VIOLATION, "acknowledged a number that was left out");
            }
        }
        SentPacket largest = sent.get(ack.largest());
        boolean largestIsNew = largest != null && !largest.lost();
        boolean elicitingAcked = false;
        boolean anyAcked = false;
        largestAcked = Math.max(largestAcked, ack.largest());
        for (int i = ack.rangeCount() - 1; i >= 0; i--) {
            for (long number = Math.max(ack.smallest(i), sent.base()); number <= ack.largest(i); number++) {
                SentPacket packet = sent.get(number);
                if (packet != null) {
                    anyAcked = true; // one taken for lost, too, shows that the peer is there
                    elicitingAcked |= packet.inFlight();
                    acked(packet, now);
                }
            }
        }
        if (largest != null && largestIsNew && elicitingAcked) { // section 5.1
            // Bounded while it still is in microseconds: what a peer claims may be too large for nanoseconds.
            long delay = 1000 * Math.min(ack.delayMicros(), RttEstimator.LONGEST / 1000);
            largest.path.rtt().sample(now - largest.sentAt, delay, maxAckDelay);
            firstSampleAt = Math.min(firstSampleAt, now);
        }
        if (anyAcked) {
            ptoCount = 0;
            probes = 0;
            detectLost(path, now);
        }
        sent.forgetLostBefore(now - LOST_MEMORY_PTOS * pto(path));
    }

    /** When {@link #onTimeout} is due. */
    public long timeout(Path path) {
        // While a packet is about to be overdue there is no probing (RFC 9002 appendix A.8). But one of a slow path
        // that was
        // left since must not keep what is lost on a fast one from being noticed.
        return lossRtt == path.rtt() ? lossTime : Math.min(lossTime, probeTime(path));
    }

    private long probeTime(Path path) {
        if (sent.elicitingInFlight() == 0) {
            return NEVER;
        }
        long pto = ptoInFlight(path);
        int doublings = Math.max(0, ptoCount - 1); // the second one makes up for a probe that the first did not send
        long backedOff = doublings < Long.numberOfLeadingZeros(pto) - 1 ? pto << doublings : LONGEST_PTO;
        // While probing, what else is sent does not put the next probe off: else a keep-alive could do so for ever.
        long since = ptoCount > 0 ? lastProbeAt : Math.max(sent.lastElicitingAt(), lastProbeAt);
        return since + Math.min(backedOff, Math.max(pto, LONGEST_PTO));
    }

    public void onTimeout(Path path, long now) {
        if (lossTime <= now) {
            detectLost(path, now);
        }
        if (timeout(path) > now) {
            return;
        }
        ptoCount++;
        ptos++;
        lastProbeAt = now;
        probe(now);
    }

    private void sayAgain(int packets, long now) {
        int moved = 0;
        for (long number = sent.base(); number < sent.end() && moved < packets; number++) {
            SentPacket packet = sent.get(number);
            if (packet != null && packet.frames != null) {
                SentFrame frames = packet.frames;
                packet.frames = null;
                queue.onLost(frames, now);
                moved++;
            }
        }
    }

    /**
     * The network is another one: what was learnt about silence is void. If the way before was left for good, what is
     * on it has most likely gone where nobody is any more: it is said again at once. Else some of it is, as a probe,
     * whose acknowledgement tells of the rest. The packets stay in flight, as some may have arrived.
     */
    public void onPathChanged(boolean left, long now) {
        ptoCount = 0;
        lastProbeAt = now;
        if (left) {
            sayAgain(Integer.MAX_VALUE, now);
        } else {
            probe(now);
        }
    }

    /** Whatever the window says, something goes that will be acknowledged: the oldest data once more. */
    private void probe(long now) {
        probes = ptoCount > 1 ? PROBES : Math.min(PROBES, sent.elicitingInFlight());
        // The packets it was in stay in flight; their fate means nothing more to its writers.
        sayAgain(probes, now);
    }

    private void acked(SentPacket packet, long now) {
        sent.remove(packet);
        received.forget(packet.reported);
        packet.path.mtu().onAcked(packet);
        if (packet.lost()) {
            arrivedAfterAll(packet, now);
            return;
        }
        packetsAcked++;
        if (packet.eliciting) {
            packet.path.congestion().onAcked(packet.size, packet.sentAt);
        }
        SentFrame frames = packet.frames;
        packet.frames = null;
        queue.onAcked(frames, now);
    }

    private void arrivedAfterAll(SentPacket packet, long now) {
        Path path = packet.path;
        path.reordering().onSpurious(largestAcked - packet.number, now - packet.sentAt, path.rtt());
        if (packet.eliciting) {
            packetsSpurious++;
        }
        if (packet.eliciting && !packet.mtuProbe) {
            path.congestion().onSpurious(packet.sentAt, packet.lostAt);
        }
    }

    /** RFC 9002 section 6.1. */
    private void detectLost(Path path, long now) {
        lossTime = NEVER;
        lossRtt = null;
        SentPacket youngest = null;
        int lost = 0;
        long chainStart = Long.MAX_VALUE; // when the first of a row of lost packets was sent
        boolean persistent = false;
        int shortestLarge = Integer.MAX_VALUE;
        long youngestLarge = Long.MIN_VALUE;
        for (long number = sent.base(); number < largestAcked; number++) {
            SentPacket packet = sent.get(number);
            if (packet == null) {
                chainStart = sent.skipped(number) ? chainStart : Long.MAX_VALUE;
                continue;
            }
            boolean newlyLost = false;
            if (!packet.lost()) {
                long overdueAt = packet.sentAt + packet.path.reordering().lossDelay(packet.path.rtt());
                if (number > largestAcked - packet.path.reordering().packets() && overdueAt > now) {
                    if (overdueAt < lossTime) {
                        lossTime = overdueAt;
                        lossRtt = packet.path.rtt();
                    }
                    chainStart = Long.MAX_VALUE;
                    continue;
                }
                lost(packet, now);
                newlyLost = true;
            }
            if (!packet.eliciting || packet.mtuProbe || packet.path != path) {
                continue;
            }
            if (newlyLost) {
                youngest = packet;
                lost++;
                if (packet.size > WireLimits.DATAGRAM) {
                    shortestLarge = Math.min(shortestLarge, packet.size);
                    youngestLarge = packet.sentAt;
                }
            }
            if (packet.sentAt <= Math.max(firstSampleAt, persistentUntil)) {
                continue;
            }
            chainStart = Math.min(chainStart, packet.sentAt);
            if (newlyLost && packet.sentAt - chainStart > PERSISTENT_CONGESTION_PTOS * pto(path)) {
                persistent = true;
            }
        }
        if (shortestLarge < Integer.MAX_VALUE) {
            path.mtu().onLargeLost(shortestLarge, youngestLarge, now);
        }
        if (youngest != null) {
            if (path.congestion().onCongestion(lost, youngest.sentAt, now)) {
                path.reordering().onCongestion();
            }
            if (persistent) {
                persistentUntil = youngest.sentAt;
                path.congestion().onPersistentCongestion();
            }
        }
    }

    /** The packet sent last has never left: no sign of congestion, and what it held goes at once in shorter ones. */
    public void onNotSent(int length, long now) {
        SentPacket packet = sent.get(sent.end() - 1);
        if (packet == null || packet.size != length || !packet.inFlight()) {
            return;
        }
        packet.path.mtu().onRefused(length, packet.mtuProbe);
        packet.path.congestion().onLost(length);
        packet.path.pacer().onNotSent(length);
        sent.remove(packet);
        SentFrame frames = packet.frames;
        packet.frames = null;
        queue.onLost(frames, now);
    }

    private void lost(SentPacket packet, long now) {
        boolean counted = packet.inFlight();
        sent.markLost(packet, now);
        if (counted) {
            packet.path.congestion().onLost(packet.size);
        }
        if (packet.mtuProbe) {
            packet.path.mtu().onProbeLost();
        } else if (counted) {
            packetsLost++;
        }
        SentFrame frames = packet.frames;
        packet.frames = null;
        queue.onLost(frames, now);
    }
}
