package io.kabar.daemon;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Under which address people may reach this machine, as text for a link. */
final class HostText {

    private HostText() {}

    /** The bound address itself, or, where every address is bound, the one others are likeliest to reach. */
    static String of(InetAddress bound) {
        return bound.isAnyLocalAddress() ? text(likeliest(addresses())) : text(bound);
    }

    /** The first address of a private network, else any that is not of this machine alone, IPv4 before IPv6. */
    static InetAddress likeliest(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(address -> !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress()
                        && !address.isAnyLocalAddress()
                        && !address.isMulticastAddress())
                .min(Comparator.comparing((InetAddress address) -> address instanceof Inet6Address)
                        .thenComparing(address -> !address.isSiteLocalAddress()))
                .orElse(InetAddress.getLoopbackAddress());
    }

    /** IPv6 as RFC 5952 writes it: no leading zeros, the longest run of zero groups as {@code ::}. */
    static String text(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        int start = -1;
        int length = 1; // a single zero group is written out
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                boolean separate = !text.isEmpty() && text.charAt(text.length() - 1) != ':';
                text.append(separate ? ":" : "").append(Integer.toHexString(groups[i]));
            }
        }
        return text.append(zone(address)).toString();
    }

    /** Without it nobody could tell which network a link-local address is of; other addresses need none. */
    private static String zone(InetAddress address) {
        if (!(address instanceof Inet6Address six) || !six.isLinkLocalAddress()) {
            return "";
        }
        NetworkInterface network = six.getScopedInterface();
        return network != null ? "%" + network.getName() : six.getScopeId() > 0 ? "%" + six.getScopeId() : "";
    }

    private static List<InetAddress> addresses() {
        List<InetAddress> found = new ArrayList<>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp()) {
                    found.addAll(Collections.list(each.getInetAddresses()));
                }
            }
        } catch (SocketException e) {
            return List.of();
        }
        return found;
    }
}
