package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetSocketAddress;

/**
 * The longest datagrams that this machine's own network takes without fragmenting them. What the path beyond carries is
 * for probes to find out.
 *
 * @param loopback bytes of one to this very machine
 * @param elsewhere bytes of any other
 */
public record DatagramLimits(int loopback, int elsewhere) {
    /** Nothing is known: what every path carries. */
    public static final DatagramLimits BASE = new DatagramLimits(WireLimits.DATAGRAM, WireLimits.DATAGRAM);

    int of(InetSocketAddress remote) {
        return remote.getAddress() != null && remote.getAddress().isLoopbackAddress() ? loopback : elsewhere;
    }
}
