package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.connection.lane.Deliveries;
import io.kabar.chat.internal.connection.loss.LossDetector;
import io.kabar.chat.internal.connection.loss.ReceivedPackets;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.FrameReader;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.ProtocolViolation;
import java.net.InetSocketAddress;

/** Hands the frames of an opened packet to those they are for. */
final class FrameHandler {
    private final Side side;
    private final LifeCycle life;
    private final ReceivedPackets received;
    private final LossDetector loss;
    private final Paths paths;
    private final Roaming roaming;
    private final Transmitter transmitter;
    private final Deliveries deliveries;
    private final ConnectionStats stats;

    FrameHandler(
            Side side,
            LifeCycle life,
            ReceivedPackets received,
            LossDetector loss,
            Paths paths,
            Roaming roaming,
            Transmitter transmitter,
            Deliveries deliveries,
            ConnectionStats stats) {
        this.side = side;
        this.life = life;
        this.received = received;
        this.loss = loss;
        this.paths = paths;
        this.roaming = roaming;
        this.transmitter = transmitter;
        this.deliveries = deliveries;
        this.stats = stats;
    }

    /** Handles packet {@code number} of {@code length} bytes; stops as soon as the connection is not open any more. */
    void handle(FrameReader frames, long number, InetSocketAddress from, int length, long now)
            throws MalformedPacketException, ProtocolViolation {
        boolean eliciting = false;
        boolean asked = true;
        boolean probing = true;
        boolean acknowledged = false;
        for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
            eliciting |= !(frame instanceof Frame.Ack);
            asked &= frame instanceof Frame.Ack || frame instanceof Frame.Ping;
            probing &= frame instanceof Frame.PathChallenge || frame instanceof Frame.PathResponse;
            if (frame instanceof Frame.Ack) {
                if (acknowledged) { // each costs a walk over what is in flight
                    throw new ProtocolViolation(CloseCode.PROTOCOL_VIOLATION, "acknowledged twice in one packet");
                }
                acknowledged = true;
            }
            handle(frame, number, from, now);
            if (!life.open()) {
                return;
            }
        }
        received.add(number, eliciting ? length : 0, asked, now);
        stats.elicitingIn += eliciting ? 1 : 0;
        roaming.onPacket(from, number, probing, length, now);
    }

    /** While closing only one thing is of interest: that the peer closes, too. */
    void handleWhileClosing(FrameReader frames, long now) throws MalformedPacketException {
        for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
            if (frame instanceof Frame.Close) {
                life.drain(endOfDraining(now));
                return;
            }
        }
        life.onPacketWhileClosing();
    }

    private void handle(Frame frame, long number, InetSocketAddress from, long now) throws ProtocolViolation {
        if (frame instanceof Frame.Ack ack) {
            loss.onAck(ack, paths.current(), now);
        } else if (frame instanceof Frame.Lane lane) {
            deliveries.onLane(lane);
        } else if (frame instanceof Frame.Event event) {
            fromServer();
            deliveries.onEvent(event);
        } else if (frame instanceof Frame.EventPart part) {
            fromServer();
            deliveries.onEventPart(part);
        } else if (frame instanceof Frame.Signal signal) {
            if (!deliveries.onSignal(signal, number)) {
                stats.dropped(DropReason.STALE_SIGNAL);
            }
        } else if (frame instanceof Frame.Gap gap) {
            fromServer();
            deliveries.onGap(gap);
        } else if (frame instanceof Frame.Close close) {
            life.drain(endOfDraining(now));
            life.report(true, close.code(), close.reason());
        } else if (frame instanceof Frame.PathChallenge challenge) {
            paths.onChallenge(from, challenge.data());
            if (side == Side.CLIENT) {
                // If somebody redirects our packets, a newer one brings the path back (RFC 9000 section 9.3.3).
                transmitter.ping();
            }
        } else if (frame instanceof Frame.PathResponse response) {
            roaming.onResponse(from, response.data());
        } // a PING asks for nothing else, and an extension is for who knows it
    }

    /** Parts of events cost memory: nobody makes a server hold what only servers send. */
    private void fromServer() throws ProtocolViolation {
        if (side == Side.SERVER) {
            throw new ProtocolViolation(CloseCode.PROTOCOL_VIOLATION, "only servers send events");
        }
    }

    private long endOfDraining(long now) {
        return now + Connection.PTOS * loss.pto(paths.current());
    }
}
