package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.connection.lane.SendQueue;
import io.kabar.chat.internal.connection.lane.SentFrame;
import io.kabar.chat.internal.connection.loss.CongestionController;
import io.kabar.chat.internal.connection.loss.LossDetector;
import io.kabar.chat.internal.connection.loss.Path;
import io.kabar.chat.internal.connection.loss.ReceivedPackets;
import io.kabar.chat.internal.connection.loss.SentPacket;
import io.kabar.chat.internal.connection.loss.SentPackets;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a packet may go now and what goes into it: acknowledgements, path frames, then what the {@link
 * SendQueue} has, as far as amplification limit, congestion window and pacer allow.
 */
final class Transmitter {
    /** Then one of them asks for an acknowledgement, or a mere receiver would never forget any (RFC 9000 13.2.4). */
    private static final int ACKS_BEFORE_PING = 32;

    /** Packets in flight that make such a PING needless: a peer that never answers must not have us ask for ever. */
    private static final int ENOUGH_IN_FLIGHT = 16;

    /** Packets kept back from the key's limit, for the CLOSE. */
    static final int SPARE_PACKETS = 64;

    private final KeySchedule keys;
    private final SentPackets sent;
    private final ReceivedPackets received;
    private final SendQueue queue;
    private final LossDetector loss;
    private final Paths paths;
    private final TimerTable timers;
    private final PacketBuilder builder;
    private InetSocketAddress destination;
    private boolean pingDue;
    private int acksOnly;
    private boolean elicited;

    Transmitter(
            KeySchedule keys,
            SentPackets sent,
            ReceivedPackets received,
            SendQueue queue,
            LossDetector loss,
            Paths paths,
            TimerTable timers,
            long remoteCid) {
        this.keys = keys;
        this.sent = sent;
        this.received = received;
        this.queue = queue;
        this.loss = loss;
        this.paths = paths;
        this.timers = timers;
        builder = new PacketBuilder(keys, sent, remoteCid);
        destination = paths.current().remote();
    }

    /** Where the packet written last goes. */
    InetSocketAddress destination() {
        return destination;
    }

    /** Whether the packet written last asks for an acknowledgement. */
    boolean elicited() {
        return elicited;
    }

    void ping() {
        pingDue = true;
    }

    /** Whether {@link #poll} would write a packet, as far as can be told without trying. */
    boolean ready(long now) {
        if (paths.elsewhere() != null) {
            return true;
        }
        Path path = paths.current();
        if (longest(path) == 0) {
            return false;
        }
        return received.deadline() <= now
                || paths.wantsFrames()
                || pingDue
                || loss.probes() > 0
                || (!queue.isEmpty() && hasSpace(path) && !timers.running(TimerTable.PACING));
    }

    /** Writes the next packet and returns its length; 0 if there is none to be sent now. */
    int poll(byte[] out, long now) {
        if (keys.wornOut(SPARE_PACKETS) || sent.full()) {
            timers.hasten(TimerTable.KEYS, now + 1); // which closes: from here the sink must not be called
            return 0;
        }
        InetSocketAddress elsewhere = paths.elsewhere();
        if (elsewhere != null) {
            return elsewhere(out, elsewhere, now);
        }
        Path path = paths.current();
        int longest = Math.min(longest(path), out.length);
        if (longest == 0) {
            return 0;
        }
        boolean probe = loss.probes() > 0;
        boolean data = probe || mayCarryData(path, now);
        // None to an address that is not proven: it would be many times what came from there.
        int mtuProbe = data && !probe && path.validated() ? path.mtu().probeSize(now) : 0;
        if (mtuProbe > 0 && mtuProbe <= Math.min(out.length, path.congestion().window())) {
            return mtuProbe(out, path, mtuProbe, now);
        }
        if (longest > WireLimits.DATAGRAM) {
            // Without data it is what no window holds back, which may be full or overdrawn.
            longest = data && !probe ? (int) Math.min(longest, path.congestion().space()) : WireLimits.DATAGRAM;
        }
        FrameWriter writer = builder.begin(out, loss.largestAcked(), longest);
        boolean ack = received.anythingNew() && received.writeAck(writer, now);
        int frames = writer.frames();
        boolean full = paths.writeFrames(writer) && longest >= WireLimits.DATAGRAM;
        int before = writer.frames();
        SentFrame contents = data ? queue.fill(writer, now) : null;
        if (data && longest == path.mtu().size()) {
            path.mtu().onFilled(!queue.isEmpty());
        }
        if ((pingDue || probe) && writer.frames() == before) {
            // Whatever the window says: it is small, rare, and may be what finds out that the network is back.
            writer.ping();
        }
        boolean eliciting = writer.frames() > frames;
        if (!eliciting) {
            // What did not fit beside the ACK will fit without it.
            boolean crowdedOut = data && !queue.isEmpty();
            if (!ack || (received.deadline() > now && !crowdedOut)) {
                return 0;
            }
            boolean ask = ++acksOnly >= ACKS_BEFORE_PING && sent.elicitingInFlight() < ENOUGH_IN_FLIGHT;
            eliciting = ask && writer.ping();
        }
        if (full) {
            builder.pad(WireLimits.DATAGRAM);
        }
        long reported = ack ? received.largest() : -1;
        if (ack) {
            received.onAckSent();
        }
        if (eliciting) {
            acksOnly = 0;
            pingDue = false;
        }
        if (probe && eliciting) {
            loss.onProbeSent();
        }
        return finish(out, path, eliciting, reported, contents, now);
    }

    /** A PING, padded: whether it arrives shows whether datagrams of its length do. */
    private int mtuProbe(byte[] out, Path path, int size, long now) {
        builder.begin(out, loss.largestAcked(), size).ping();
        builder.pad(size);
        int length = finish(out, path, true, -1, null, now);
        SentPacket packet = sent.get(builder.number());
        if (packet != null) {
            packet.onlyProbesMtu();
            path.mtu().onProbeSent();
        }
        return length;
    }

    /** Writes a packet that says goodbye and nothing else. */
    int pollClose(byte[] out, long code, byte[] reason, long now) {
        Path path = paths.current();
        int longest = longest(path);
        if (longest == 0) {
            return 0;
        }
        FrameWriter writer = builder.begin(out, loss.largestAcked(), longest);
        if (!writer.close(code, reason)) {
            writer.close(code, new byte[0]); // the sentence is too long for an address that is not proven
        }
        return finish(out, path, false, -1, null, now);
    }

    private boolean mayCarryData(Path path, long now) {
        boolean waiting = !queue.isEmpty();
        CongestionController congestion = path.congestion();
        congestion.applicationLimited(!waiting);
        if (!waiting || !hasSpace(path)) {
            return false;
        }
        long at = path.pacer().nextSend(congestion.window(), path.rtt().smoothed(), now);
        timers.set(TimerTable.PACING, at > now ? at : TimerTable.NEVER);
        return at <= now;
    }

    /** The longest datagram that may go there now; 0 if not even the shortest may. */
    private static int longest(Path path) {
        int longest = path.longestDatagram();
        return longest < PacketOpener.SMALLEST_PACKET ? 0 : longest;
    }

    private boolean hasSpace(Path path) {
        return path.congestion().hasSpace() && sent.elicitingInFlight() < SentPackets.MAX_IN_FLIGHT;
    }

    /** A packet with path frames for another address than the current one; not counted as in flight anywhere. */
    private int elsewhere(byte[] out, InetSocketAddress address, long now) {
        if (paths.writeElsewhere(builder.begin(out, loss.largestAcked(), WireLimits.DATAGRAM))) {
            builder.pad(WireLimits.DATAGRAM);
        }
        int length = seal(out, now);
        sent.add(new SentPacket(builder.number(), now, paths.current(), length, false, -1, null));
        destination = address;
        elicited = false;
        return length;
    }

    private int finish(
            byte[] out, Path path, boolean eliciting, long reported, @Nullable SentFrame contents, long now) {
        int length = seal(out, now);
        keys.acknowledged(reported);
        sent.add(new SentPacket(builder.number(), now, path, length, eliciting, reported, contents));
        path.onSent(length);
        if (eliciting) {
            path.congestion().onSent(length);
            path.pacer().onSent(length);
        }
        destination = path.remote();
        elicited = eliciting;
        return length;
    }

    private int seal(byte[] out, long now) {
        keys.updateIfDue(loss.largestAcked(), now);
        return builder.finish(out);
    }
}
