package io.kabar.chat.rules;

import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An address, or a network of addresses, that is banned as one. The narrowest network of IPv6 is a /64, which is what
 * one household has at least; an IPv4 address in IPv6 clothes is the IPv4 address.
 *
 * @param isV6 whether it is of IPv6
 * @param bits the length of the prefix: 8 to 32 of IPv4, 16 to 64 of IPv6
 * @param prefix the first bits, in the lowest 32 of IPv4 and in all 64 of IPv6; those behind the prefix are 0
 */
public record Network(boolean isV6, int bits, long prefix) {

    private static final int V4_BITS = 32;
    private static final int V6_BITS = 64;
    private static final int WIDEST_V4 = 8;
    private static final int WIDEST_V6 = 16;

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};
    /** 64:ff9b::/96, RFC 6052 section 2.1. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    /** Checks the length, and clears what is behind the prefix. */
    public Network {
        int most = isV6 ? V6_BITS : V4_BITS;
        int least = isV6 ? WIDEST_V6 : WIDEST_V4;
        if (bits < least || bits > most) {
            throw new IllegalArgumentException("A network of " + (isV6 ? "IPv6" : "IPv4") + " has a prefix of " + least
                    + " to " + most + " bits.");
        }
        prefix = isV6 ? prefix & (-1L << (V6_BITS - bits)) : prefix & (-1L << (V4_BITS - bits)) & 0xffffffffL;
    }

    /** The network of one address: all of IPv4, the /64 of IPv6. */
    public static Network of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address && !startsWith(bytes, MAPPED) && !startsWith(bytes, NAT64)) {
            return new Network(true, V6_BITS, number(bytes, 0, Long.BYTES));
        }
        return new Network(false, V4_BITS, number(bytes, bytes.length - Integer.BYTES, Integer.BYTES));
    }

    /**
     * A network as people write it: {@code 192.0.2.7}, {@code 192.0.2.0/24}, {@code 2001:db8::/48}. Nothing is looked
     * up: a name of a host is none.
     *
     * @throws IllegalArgumentException with a sentence, if it is none
     */
    public static Network parse(String text) {
        List<String> parts = Parts.of(text.strip(), '/');
        String address = parts.get(0);
        boolean isV6 = address.indexOf(':') >= 0;
        long prefix = isV6 ? ipv6(address) : ipv4(address);
        int most = isV6 ? V6_BITS : V4_BITS;
        if (parts.size() > 2) {
            throw none();
        }
        int bits = parts.size() == 1 ? most : Parts.isDigits(parts.get(1), 1, 3) ? Digits.parseInt(parts.get(1)) : -1;
        if (bits < 0 || bits > (isV6 ? 128 : V4_BITS)) {
            throw none();
        }
        return new Network(isV6, Math.min(bits, most), prefix);
    }

    private static IllegalArgumentException none() {
        return new IllegalArgumentException(
                "That is no address and no network, such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/48.");
    }

    private static long ipv4(String text) {
        List<String> parts = Parts.of(text, '.');
        if (parts.size() != Integer.BYTES) {
            throw none();
        }
        long value = 0;
        for (String part : parts) {
            if (!Parts.isDigits(part, 1, 3) || Digits.parseInt(part) > 255) {
                throw none();
            }
            value = (value << Byte.SIZE) | Digits.parseInt(part);
        }
        return value;
    }

    /** The first four groups. */
    private static long ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return first(groups(text, 8));
        }
        List<Integer> before = groups(text.substring(0, gap), -1);
        List<Integer> after = groups(text.substring(gap + 2), -1);
        if (before.size() + after.size() > 7) {
            throw none();
        }
        List<Integer> all = new ArrayList<>(before);
        while (all.size() + after.size() < 8) {
            all.add(0);
        }
        all.addAll(after);
        return first(all);
    }

    private static long first(List<Integer> groups) {
        if (groups.size() != 8) {
            throw none();
        }
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = (value << 16) | groups.get(i);
        }
        return value;
    }

    /** Hexadecimal ones, of which the large ones stand sixteen places behind the small ones. */
    private static final String DIGITS = "0123456789abcdef" + "0123456789ABCDEF";

    private static List<Integer> groups(String text, int wanted) {
        List<Integer> groups = new ArrayList<>();
        for (String group : text.isEmpty() ? List.<String>of() : Parts.of(text, ':')) {
            if (group.isEmpty() || group.length() > 4) {
                throw none();
            }
            int value = 0;
            for (int i = 0; i < group.length(); i++) {
                int digit = DIGITS.indexOf(group.charAt(i));
                if (digit < 0) {
                    throw none();
                }
                value = value * 16 + digit % 16;
            }
            groups.add(value);
        }
        if (wanted >= 0 && groups.size() != wanted) {
            throw none();
        }
        return groups;
    }

    /** Whether an address lies in it. */
    public boolean contains(InetAddress address) {
        return contains(of(address));
    }

    /** Whether another network lies in it as a whole. */
    public boolean contains(Network other) {
        return isV6 == other.isV6 && bits <= other.bits && new Network(isV6, bits, other.prefix).prefix == prefix;
    }

    /** The wider network of this prefix length that it lies in. */
    public Network widened(int toBits) {
        return new Network(isV6, Math.min(bits, toBits), prefix);
    }

    private static long number(byte[] bytes, int from, int length) {
        long value = 0;
        for (int i = from; i < from + length; i++) {
            value = (value << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return value;
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    /** As people write it; a single address of IPv4 without the length of its prefix. */
    @Override
    public String toString() {
        if (!isV6) {
            String address =
                    (prefix >> 24) + "." + (prefix >> 16 & 0xff) + "." + (prefix >> 8 & 0xff) + "." + (prefix & 0xff);
            return bits == V4_BITS ? address : address + "/" + bits;
        }
        StringBuilder text = new StringBuilder();
        int groups = (bits + 15) / 16;
        for (int i = 0; i < groups; i++) {
            text.append(i == 0 ? "" : ":").append(Long.toHexString(prefix >>> (48 - 16 * i) & 0xffff));
        }
        return text.append("::/").append(bits).toString();
    }
}
