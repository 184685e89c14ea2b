package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;

/**
 * What the peer has said of itself in the handshake.
 *
 * @param maxAckDelayNanos the longest it holds an acknowledgement back
 * @param longestDatagram bytes of the longest datagram it takes
 */
public record PeerLimits(long maxAckDelayNanos, int longestDatagram) {

    /** A peer that has said nothing. */
    public static final PeerLimits DEFAULT =
            new PeerLimits(Duration.ofMillis(25).toNanos(), WireLimits.LARGEST_DATAGRAM);

    /** What may be sent at once where the network takes so much. */
    DatagramLimits within(DatagramLimits here) {
        return new DatagramLimits(
                Math.min(here.loopback(), longestDatagram), Math.min(here.elsewhere(), longestDatagram));
    }
}
