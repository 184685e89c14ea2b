package io.kabar.chat.internal.connection;

import java.time.Duration;

/**
 * How patient a connection is.
 *
 * @param idleTimeoutNanos silence after which the peer is taken for gone; 3 PTO if that is longer
 * @param keepAliveNanos silence after which a PING is sent; 0 for never
 * @param maxAckDelayNanos the longest an acknowledgement is held back here
 * @param datagrams how long datagrams may be here
 * @param peer what the peer has said of itself
 */
public record ConnectionOptions(
        long idleTimeoutNanos,
        long keepAliveNanos,
        long maxAckDelayNanos,
        KeyLimits keyLimits,
        DatagramLimits datagrams,
        PeerLimits peer) {
    public ConnectionOptions {
        if (idleTimeoutNanos <= 0 || keepAliveNanos < 0 || maxAckDelayNanos < 0) {
            throw new IllegalArgumentException("times must be positive");
        }
    }

    /** Idle after 60 s, no keep-alive, acknowledgements within 25 ms. */
    public static final ConnectionOptions SERVER = new ConnectionOptions(
            Duration.ofSeconds(60).toNanos(),
            0,
            Duration.ofMillis(25).toNanos(),
            KeyLimits.DEFAULT,
            DatagramLimits.BASE,
            PeerLimits.DEFAULT);

    /** As the server's, with a keep-alive after 15 s. */
    public static final ConnectionOptions CLIENT = SERVER.withKeepAlive(Duration.ofSeconds(15));

    public ConnectionOptions withIdleTimeout(Duration timeout) {
        return new ConnectionOptions(timeout.toNanos(), keepAliveNanos, maxAckDelayNanos, keyLimits, datagrams, peer);
    }

    public ConnectionOptions withKeepAlive(Duration interval) {
        return new ConnectionOptions(
                idleTimeoutNanos, interval.toNanos(), maxAckDelayNanos, keyLimits, datagrams, peer);
    }

    public ConnectionOptions withKeyLimits(KeyLimits limits) {
        return new ConnectionOptions(idleTimeoutNanos, keepAliveNanos, maxAckDelayNanos, limits, datagrams, peer);
    }

    public ConnectionOptions withDatagrams(DatagramLimits limits) {
        return new ConnectionOptions(idleTimeoutNanos, keepAliveNanos, maxAckDelayNanos, keyLimits, limits, peer);
    }

    /** For this peer. */
    public ConnectionOptions withPeer(PeerLimits limits) {
        return new ConnectionOptions(idleTimeoutNanos, keepAliveNanos, maxAckDelayNanos, keyLimits, datagrams, limits);
    }
}
