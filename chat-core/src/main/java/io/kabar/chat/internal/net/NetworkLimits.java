package io.kabar.chat.internal.net;

import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.wire.WireLimits;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.nio.channels.DatagramChannel;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * How long datagrams may be that a socket sends in one piece, by the MTU of this machine's interfaces.
 *
 * <p>A datagram must not be fragmented on its way (RFC 9000 section 14), or a probe would arrive in pieces and prove
 * nothing. Java can forbid that since JDK 19 ({@code IP_DONTFRAGMENT}). Before, only the loopback, which is but one
 * interface with an MTU that is known, may carry more than {@link WireLimits#DATAGRAM} bytes.
 */
final class NetworkLimits {
    /** Headers of IPv6 and UDP. */
    private static final int HEADERS = 48;

    private NetworkLimits() {}

    /** The option that forbids to fragment; null if this Java has none. */
    static @Nullable SocketOption<Boolean> dontFragment(DatagramChannel channel) {
        for (SocketOption<?> option : channel.supportedOptions()) {
            if (option.name().equals("IP_DONTFRAGMENT") && option.type() == Boolean.class) {
                return bool(option);
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked") // the option's type says so
    private static SocketOption<Boolean> bool(SocketOption<?> option) {
        return (SocketOption<Boolean>) option;
    }

    /** Of a socket; {@code whole}: none of its datagrams is fragmented. */
    static DatagramLimits of(boolean whole) {
        int loopback = 0;
        int elsewhere = 0;
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp() && each.isLoopback()) {
                    loopback = Math.max(loopback, each.getMTU());
                } else if (each.isUp() && whole) {
                    elsewhere = Math.max(elsewhere, each.getMTU());
                }
            }
        } catch (IOException e) {
            return DatagramLimits.BASE; // a machine that does not tell; what every path carries will do
        }
        return new DatagramLimits(bytes(loopback), bytes(elsewhere));
    }

    private static int bytes(int mtu) {
        return Math.max(WireLimits.DATAGRAM, Math.min(mtu - HEADERS, WireLimits.LARGEST_DATAGRAM));
    }
}
