package io.kabar.chat.internal.session;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** What counts as one address for limits: an IPv4 address, or the /64 that one IPv6 subscriber is given. */
public final class AddressKey {

    private static final int SUBSCRIBER = 8;

    private AddressKey() {}

    public static String of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, SUBSCRIBER) : bytes);
    }

    /** Loopback, link-local or private: one such address may stand for a whole office. */
    public static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || (address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc);
    }
}
