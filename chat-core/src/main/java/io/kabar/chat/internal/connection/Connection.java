package io.kabar.chat.internal.connection;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One secure, reliable, roaming peer.
 *
 * <pre>
 *             close, violation
 *      OPEN ───────────────────► CLOSING ──── 3 PTO ────► CLOSED
 *       │ │                         │                       ▲ ▲
 *       │ └── peer's CLOSE ──┐      │ peer's CLOSE          │ │
 *       │                    ▼      ▼                       │ │
 *       │                    DRAINING ──────── 3 PTO ───────┘ │
 *       └── idle timeout, stateless reset, abandon ───────────┘
 * </pre>
 *
 * Times are monotonic nanoseconds and never decrease. After any input: {@link #pollTransmit} until it returns 0, then
 * {@link #nextTimeout}. One thread at a time; no method blocks or throws on what a peer sends.
 */
public final class Connection {
    private final Options options;
    private final InetSocketAddress remote;
    private final ConnectionSink sink;
    private final long localCid;
    private final long remoteCid;
    private final ConnectionStats stats = new ConnectionStats(this);

    /** Where the connection is in its life. */
    public enum State {
        OPEN,
        CLOSING,
        DRAINING,
        CLOSED
    }

    /**
     * How patient a connection is.
     *
     * @param idleTimeoutNanos silence after which the peer is taken for gone; 3 PTO if that is longer
     * @param keepAliveNanos silence after which a PING is sent; 0 for never
     * @param maxAckDelayNanos the longest an acknowledgement is held back; the same on both ends
     */
    public record Options(long idleTimeoutNanos, long keepAliveNanos, long maxAckDelayNanos, KeyLimits keyLimits) {
        /** Idle after 60 s, no keep-alive, acknowledgements within 25 ms. */
        public static final Options SERVER = new Options(
                Duration.ofSeconds(60).toNanos(), 0, Duration.ofMillis(25).toNanos(), KeyLimits.DEFAULT);

        /** As the server's, with a keep-alive after 15 s. */
        public static final Options CLIENT = SERVER.withKeepAlive(Duration.ofSeconds(15));

        public Options withIdleTimeout(Duration timeout) {
            return new Options(timeout.toNanos(), keepAliveNanos, maxAckDelayNanos, keyLimits);
        }

        public Options withKeepAlive(Duration interval) {
            return new Options(idleTimeoutNanos, interval.toNanos(), maxAckDelayNanos, keyLimits);
        }

        public Options withKeyLimits(KeyLimits limits) {
            return new Options(idleTimeoutNanos, keepAliveNanos, maxAckDelayNanos, limits);
        }
    }

    /**
     * An open connection whose handshake has just proven the peer's address.
     *
     * @param sendSecret 32 bytes that only the two ends know, for packets to the peer; {@code receiveSecret} for the
     *     other direction
     * @param localCid what the peer writes into its packets to us, {@code remoteCid} what we write into ours
     * @param peerResetToken the 16 bytes that end a stateless reset of the peer, if it has one
     */
    public Connection(
            Side side,
            Options options,
            byte[] sendSecret,
            byte[] receiveSecret,
            long localCid,
            long remoteCid,
            byte @Nullable [] peerResetToken,
            InetSocketAddress remote,
            ConnectionSink sink,
            RandomGenerator random,
            long now) {
        this.options = options;
        this.localCid = localCid;
        this.remoteCid = remoteCid;
        this.remote = remote;
        this.sink = sink;
    }

    /** Takes a datagram in; the array is written to. */
    public void handleDatagram(InetSocketAddress from, byte[] data, int offset, int length, long now) {}

    /** Does what is due. Harmless when nothing is. */
    public void handleTimeout(long now) {}

    /** When {@link #handleTimeout} wants to be called next; {@code Long.MAX_VALUE} for never. */
    public long nextTimeout() {
        return Long.MAX_VALUE;
    }

    /**
     * Writes the next datagram to the start of {@code out}, of at least 1200 bytes, and returns its length; 0 if there
     * is none to be sent now.
     */
    public int pollTransmit(byte[] out, long now) {
        return 0;
    }

    /** Where the datagram polled last goes. */
    public InetSocketAddress transmitTo() {
        return remote;
    }

    /** The sending end of a lane, 0 to 64; lane 0 is the control lane and goes before everything else. */
    public Lane lane(int id) {
        return new Lane();
    }

    public FrameSource.Handle register(FrameSource source, FrameClass frameClass) {
        return new FrameSource.Handle() {
            @Override
            public void ready() {}

            @Override
            public void close() {}
        };
    }

    /** Tells the peer that it is over, keeps telling for 3 PTO if asked, and then reports {@code onClosed}. */
    public void close(long code, String reason, long now) {
        sink.onClosed(false, code, reason);
    }

    /** Forgets everything at once without telling anybody, the sink included. */
    public void abandon() {}

    /** Client: the own socket was replaced. Probes with a PING; round-trip time and congestion window begin anew. */
    public void pathChanged(long now) {}

    /** Sends a PING: is the peer still there? */
    public void ping(long now) {}

    public State state() {
        return options.idleTimeoutNanos() > 0 ? State.OPEN : State.CLOSED;
    }

    /** Where the peer is at the moment. */
    public InetSocketAddress remote() {
        return remote;
    }

    public long localCid() {
        return localCid;
    }

    public long remoteCid() {
        return remoteCid;
    }

    /** Probe timeouts in a row without an answer: 2 or more, and the network is probably gone. */
    public int ptoCount() {
        return 0;
    }

    /** When the last authenticated packet came, or the connection began. */
    public long lastReceivedAt() {
        return 0;
    }

    public long smoothedRttNanos() {
        return 0;
    }

    public ConnectionStats stats() {
        return stats;
    }

    /** Whether everything written to lanes has been acknowledged. */
    public boolean lanesIdle() {
        return true;
    }

    long minRttNanos() {
        return 0;
    }

    long congestionWindow() {
        return 0;
    }

    long bytesInFlight() {
        return 0;
    }
}
