package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.connection.lane.Deliveries;
import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.connection.lane.Lane;
import io.kabar.chat.internal.connection.lane.SendQueue;
import io.kabar.chat.internal.connection.loss.LossDetector;
import io.kabar.chat.internal.connection.loss.Path;
import io.kabar.chat.internal.connection.loss.ReceivedPackets;
import io.kabar.chat.internal.connection.loss.SentPackets;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.FrameReader;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.ProtocolViolation;
import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetSocketAddress;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One secure, reliable, roaming peer.
 *
 * <p>Its life, from OPEN to CLOSED, is drawn at {@link LifeCycle}.
 *
 * <p>Times are monotonic nanoseconds and never decrease. After any input: {@link #pollTransmit} until it returns 0,
 * then {@link #nextTimeout}. After a pause, datagrams go in before {@link #handleTimeout}, or a peer that was there all
 * the time is taken for gone. One thread at a time; no method blocks or throws on what a peer sends.
 */
public final class Connection {
    /** Probe timeouts that it takes for a phase of keys (RFC 9001 section 6.5) or a connection (RFC 9000 10) to end. */
    static final int PTOS = 3;

    private final Side side;
    private final long localCid;
    private final long remoteCid;
    private final byte @Nullable [] peerResetToken;
    private final ConnectionSink sink;
    private final TimerTable timers = new TimerTable();
    private final KeySchedule keys;
    private final PacketOpener opener;
    private final ReceivedPackets received;
    private final SentPackets sent;
    private final SendQueue queue;
    private final LossDetector loss;
    private final Paths paths;
    private final Roaming roaming;
    private final Transmitter transmitter;
    private final Deliveries deliveries;
    private final FrameHandler handler;
    private final LifeCycle life;
    private final ConnectionStats stats = new ConnectionStats(this);
    private final long openedAt;
    private final PeerLimits peer;
    private final Silence silence;
    private boolean ready;

    /** Where the connection is in its life. */
    public enum State {
        OPEN,
        CLOSING,
        DRAINING,
        CLOSED
    }

    /**
     * An open connection whose handshake has just proven the peer's address.
     *
     * @param random must be unpredictable for others, outside tests
     */
    public Connection(
            Side side,
            ConnectionOptions options,
            Agreement agreement,
            InetSocketAddress remote,
            ConnectionSink sink,
            RandomGenerator random,
            long now) {
        this.side = side;
        localCid = agreement.localCid();
        remoteCid = agreement.remoteCid();
        peerResetToken = agreement.peerResetToken();
        this.sink = sink;
        openedAt = now;
        peer = options.peer();
        silence = new Silence(options, timers, now);
        keys = new KeySchedule(agreement.sendSecret(), agreement.receiveSecret(), options.keyLimits(), random, now);
        opener = new PacketOpener(keys, localCid);
        received = new ReceivedPackets(options.maxAckDelayNanos());
        sent = new SentPackets(random);
        queue = new SendQueue(new QueueOwner());
        loss = new LossDetector(sent, received, queue, peer.maxAckDelayNanos());
        paths = new Paths(remote, peer.within(options.datagrams()), random, now);
        life = new LifeCycle(sink, timers, keys);
        roaming = new Roaming(side, paths, loss, timers, sink, stats, peer.maxAckDelayNanos(), now);
        transmitter = new Transmitter(keys, sent, received, queue, loss, paths, timers, remoteCid);
        deliveries = new Deliveries(sink, life::open);
        handler = new FrameHandler(side, life, received, loss, paths, roaming, transmitter, deliveries, stats);
        silence.restart(pto(), now);
    }

    /** Takes a datagram in; the array is written to. */
    public void handleDatagram(InetSocketAddress from, byte[] data, int offset, int length, long now) {
        stats.datagramsIn++;
        stats.bytesIn += length;
        if (state() == State.DRAINING || state() == State.CLOSED) {
            stats.dropped(DropReason.CLOSED);
            return;
        }
        if (side == Side.CLIENT && !from.equals(remote())) {
            stats.dropped(DropReason.WRONG_ADDRESS);
            return;
        }
        int phase = keys.receivePhase();
        DropReason drop = opener.open(data, offset, length, now);
        if (phase != keys.receivePhase()) {
            timers.set(TimerTable.KEYS, now + PTOS * pto());
        }
        if (drop != null) {
            dropped(drop, data, offset, length, now);
            return;
        }
        silence.onReceived(now);
        try {
            FrameReader frames = new FrameReader(data, opener.payloadOffset, opener.payloadLength);
            if (life.open()) {
                silence.restart(pto(), now);
                handler.handle(frames, opener.number, from, length, now);
            } else {
                handler.handleWhileClosing(frames, now);
            }
        } catch (MalformedPacketException e) {
            stats.dropped(DropReason.MALFORMED);
            violated(CloseCode.MALFORMED, String.valueOf(e.getMessage()), now);
        } catch (ProtocolViolation e) {
            violated(e.code(), e.reason(), now);
        }
        afterInput(now);
    }

    /** Does what is due. Harmless when nothing is. */
    public void handleTimeout(long now) {
        if (timers.expired(TimerTable.CLOSE, now)) {
            life.onDeadline();
            return;
        }
        if (timers.expired(TimerTable.IDLE, now)) {
            life.endAtOnce(false, CloseCode.IDLE_TIMEOUT, "nothing heard from the peer");
            return;
        }
        timers.expired(TimerTable.PACING, now);
        timers.expired(TimerTable.ACK, now);
        if (timers.expired(TimerTable.KEYS, now)) {
            keys.forgetPrevious();
        }
        if (timers.expired(TimerTable.KEEP_ALIVE, now)) {
            transmitter.ping(); // which goes sooner or later, and then our time begins anew
        }
        if (timers.expired(TimerTable.LOSS, now)) {
            loss.onTimeout(paths.current(), now);
        }
        if (timers.expired(TimerTable.PATH, now)) {
            roaming.onTimeout(now);
        }
        afterInput(now);
    }

    /** When {@link #handleTimeout} wants to be called next; {@code Long.MAX_VALUE} for never. */
    public long nextTimeout() {
        return timers.next();
    }

    /**
     * Writes the next datagram to the start of {@code out} and returns its length; 0 if there is none to be sent now.
     * {@code out} has at least {@link WireLimits#DATAGRAM} bytes; one that may become longer where the path carries it
     * has {@link WireLimits#LARGEST_DATAGRAM}.
     */
    public int pollTransmit(byte[] out, long now) {
        ready = true; // whatever turns up meanwhile is seen without a call of the sink
        int length = life.open() ? transmitter.poll(out, now) : 0;
        Ending farewell = life.farewell();
        if (farewell != null) {
            length = transmitter.pollClose(out, farewell.code(), farewell.utf8(), now);
            farewell.onSent();
        }
        restartTimers(now);
        if (length == 0) {
            ready = false;
            return 0;
        }
        stats.datagramsOut++;
        stats.bytesOut += length;
        if (life.open() && transmitter.elicited()) {
            if (silence.onElicitingSent(now)) {
                silence.restartIdle(pto(), now);
            }
        }
        return length;
    }

    /** The datagram polled last, of so many bytes, was too long for this machine's own network: it did not leave. */
    public void notSent(int length, long now) {
        if (life.open() && length > WireLimits.DATAGRAM) {
            loss.onNotSent(length, now);
            afterInput(now);
        }
    }

    /** Where the datagram polled last goes. */
    public InetSocketAddress transmitTo() {
        return transmitter.destination();
    }

    /** The sending end of a lane, 0 to 64; lane 0 is the control lane and goes before everything else. */
    public Lane lane(int id) {
        return queue.lane(id);
    }

    /**
     * From now on the peer may use lanes 0 to {@code count - 1} only; all by default. Each lane can be made to hold
     * some 64 KiB, so a peer that nobody knows yet gets one.
     */
    public void acceptLanes(int count) {
        deliveries.acceptLanes(count);
    }

    /**
     * From now on the peer may use lane 0 and those that {@link #nameLane} has named. On the others together it may
     * have {@link WireLimits#EARLY_LANES_HELD} bytes of messages that are not complete.
     */
    public void acceptNamedLanes() {
        deliveries.acceptNamedLanes();
    }

    /** The peer has a use for this lane, and may have for as long as the connection lives. */
    public void nameLane(int lane) {
        deliveries.nameLane(lane);
    }

    /** Bytes held of what has come and is not complete, and of lane 0's that the peer has not acknowledged. */
    public int heldBytes() {
        return deliveries.laneBytes()
                + deliveries.partialBytes()
                + queue.lane(0).queuedBytes();
    }

    /** Lets a source take part in sending. It is asked once it has said {@link FrameSource.Handle#ready}. */
    public FrameSource.Handle register(FrameSource source, FrameClass frameClass) {
        return queue.register(source, frameClass);
    }

    /** What has come of these logs is of no interest any more: should their events come again, they are new. */
    public void forgetLogs(LongPredicate logs) {
        deliveries.forgetLogs(logs);
    }

    /**
     * Lets go of what it held, tells the peer that it is over, keeps telling for 3 PTO if asked, and then reports
     * {@code onClosed}.
     */
    public void close(long code, String reason, long now) {
        if (!life.open()) {
            return;
        }
        life.close(code, reason, now + PTOS * pto());
        deliveries.letGo();
        queue.letGo();
        wake();
    }

    /** Forgets everything at once without telling anybody, the sink included. */
    public void abandon() {
        life.abandon();
    }

    /** Client: the own socket was replaced. Probes with a PING; round-trip time and congestion window begin anew. */
    public void pathChanged(DatagramLimits datagrams, long now) {
        if (side != Side.CLIENT) {
            throw new IllegalStateException("a server stays where it is");
        }
        if (life.open()) {
            roaming.renew(peer.within(datagrams), now);
            ping(now);
        }
    }

    /**
     * The handshake has shown how long the way there and back takes, before anything has. Without it the least round
     * trip that is seen holds a delayed acknowledgement where little is said, and no delay is ever taken off (RFC 9002
     * section 5.3).
     */
    public void roundTripSeen(long nanos) {
        paths.current().rtt().begin(nanos);
    }

    /** Sends a PING: is the peer still there? */
    public void ping(long now) {
        transmitter.ping();
        afterInput(now);
    }

    public State state() {
        return life.state();
    }

    /** Where the peer is at the moment. */
    public InetSocketAddress remote() {
        return paths.current().remote();
    }

    public long localCid() {
        return localCid;
    }

    public long remoteCid() {
        return remoteCid;
    }

    /** Probe timeouts in a row without an answer: 2 or more, and the network is probably gone. */
    public int ptoCount() {
        return loss.ptoCount();
    }

    /** Whether something is on its way that asks for an acknowledgement, so that silence is noticed before long. */
    public boolean awaitsAcknowledgement() {
        return sent.elicitingInFlight() > 0;
    }

    /** When the connection began: a server's, with the last word of its handshake. */
    public long openedAt() {
        return openedAt;
    }

    /** When the last authenticated packet came, or the connection began. */
    public long lastReceivedAt() {
        return silence.lastReceivedAt();
    }

    public long smoothedRttNanos() {
        return paths.current().rtt().smoothed();
    }

    public ConnectionStats stats() {
        return stats;
    }

    /** Whether everything written to lanes has been acknowledged. */
    public boolean lanesIdle() {
        return queue.lanesIdle();
    }

    KeySchedule keys() {
        return keys;
    }

    LossDetector loss() {
        return loss;
    }

    Path path() {
        return paths.current();
    }

    SentPackets sentPackets() {
        return sent;
    }

    ReceivedPackets receivedPackets() {
        return received;
    }

    SendQueue sendQueue() {
        return queue;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    private void dropped(DropReason reason, byte[] data, int offset, int length, long now) {
        if (reason == DropReason.DUPLICATE) {
            stats.dropped(reason);
        } else if (reason == DropReason.MALFORMED) {
            stats.dropped(reason);
            violated(CloseCode.PROTOCOL_VIOLATION, "malformed header, no frames, or keys updated too soon", now);
        } else if (PacketOpener.isReset(data, offset, length, peerResetToken)) {
            life.endAtOnce(true, CloseCode.RESET, "the peer has lost the connection");
        } else {
            stats.dropped(reason);
            if (keys.underAttack()) {
                violated(CloseCode.KEY_LIMIT, "too many forged packets", now);
            }
        }
    }

    private void violated(long code, String reason, long now) {
        if (life.open()) {
            close(code, reason, now);
            life.report(false, code, reason);
        }
    }

    private void afterInput(long now) {
        if (life.open() && keys.wornOut(Transmitter.SPARE_PACKETS)) {
            violated(CloseCode.KEY_LIMIT, "the peer does not follow the key update", now);
        }
        if (life.open() && sent.full()) {
            violated(CloseCode.PROTOCOL_VIOLATION, "nothing was acknowledged for too many packets", now);
        }
        restartTimers(now);
        if (life.farewell() != null || (life.open() && transmitter.ready(now))) {
            wake();
        }
    }

    private void restartTimers(long now) {
        if (life.open()) {
            timers.set(TimerTable.LOSS, loss.timeout(paths.current()));
            long acknowledgeAt = received.deadline(); // if it has passed, pollTransmit knows
            timers.set(TimerTable.ACK, acknowledgeAt > now ? acknowledgeAt : TimerTable.NEVER);
        }
    }

    private void wake() {
        if (!ready) {
            ready = true;
            sink.onReady();
        }
    }

    private long pto() {
        return loss.pto(paths.current());
    }

    private final class QueueOwner implements SendQueue.Owner {
        @Override
        public boolean isOpen() {
            return life.open();
        }

        @Override
        public void wake() {
            if (life.open()) {
                Connection.this.wake();
            }
        }

        @Override
        public void laneWritable(int lane) {
            sink.onLaneWritable(lane);
        }
    }
}
