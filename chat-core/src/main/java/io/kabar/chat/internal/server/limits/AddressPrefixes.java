package io.kabar.chat.internal.server.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * The prefixes an address lies in, for limits: who was given a whole network must not count as thousands of strangers.
 * The narrowest comes first, and each wider one may use a fixed multiple of what the narrowest may, since it can be
 * many people or one. Made once for a session, so that counting costs no parsing.
 *
 * <pre>
 *   IPv4   /32 once    /24 16 times                    /16 256 times
 *   IPv6   /64 once    /56  4 times    /48 16 times    /32 256 times
 * </pre>
 *
 * The widest is that of a provider: whoever has some hundred networks there has no more than sixteen. A private,
 * link-local or loopback address may stand for a whole office, so it has a larger allowance where the limit says so,
 * and no provider. An IPv4 address in IPv6 clothes (mapped, or the well-known prefix of NAT64) is the IPv4 address.
 */
public final class AddressPrefixes {

    /** One network. All of ours fit the upper half of an IPv6 address. */
    public record Prefix(boolean v6, int bits, long value, int times) {}

    /** Times what an address has: of one subscriber's network, and of a provider's. */
    private static final int NETWORK = 16;

    private static final int PROVIDER = 256;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};
    /** 64:ff9b::/96, RFC 6052 section 2.1. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private final List<Prefix> narrowestFirst;
    private final boolean isPrivate;

    private AddressPrefixes(List<Prefix> narrowestFirst, boolean isPrivate) {
        this.narrowestFirst = narrowestFirst;
        this.isPrivate = isPrivate;
    }

    public static AddressPrefixes of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (!(address instanceof Inet6Address)) {
            return ipv4(bytes);
        }
        if (startsWith(bytes, MAPPED) || startsWith(bytes, NAT64)) {
            return ipv4(Arrays.copyOfRange(bytes, MAPPED.length, bytes.length));
        }
        boolean isPrivate = address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || (bytes[0] & 0xfe) == 0xfc; // RFC 4193
        long upper = number(bytes, Long.BYTES);
        return of(
                isPrivate, ipv6(upper, 64, 1), ipv6(upper, 56, 4), ipv6(upper, 48, NETWORK), ipv6(upper, 32, PROVIDER));
    }

    private static AddressPrefixes of(boolean isPrivate, Prefix... narrowestFirst) {
        List<Prefix> all = List.of(narrowestFirst);
        return new AddressPrefixes(isPrivate ? all.subList(0, all.size() - 1) : all, isPrivate);
    }

    private static AddressPrefixes ipv4(byte[] bytes) {
        long value = number(bytes, Integer.BYTES);
        return of(
                isPrivate(bytes[0] & 0xff, bytes[1] & 0xff),
                new Prefix(false, 32, value, 1),
                new Prefix(false, 24, value & ~0xffL, NETWORK),
                new Prefix(false, 16, value & ~0xffffL, PROVIDER));
    }

    /** RFC 1918, RFC 3927, and the loopback. */
    private static boolean isPrivate(int first, int second) {
        return switch (first) {
            case 10, 127 -> true;
            case 172 -> second >= 16 && second < 32;
            case 192 -> second == 168;
            case 169 -> second == 254;
            default -> false;
        };
    }

    private static Prefix ipv6(long upper, int bits, int times) {
        return new Prefix(true, bits, upper & (-1L << (Long.SIZE - bits)), times);
    }

    private static long number(byte[] bytes, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return value;
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    List<Prefix> narrowestFirst() {
        return narrowestFirst;
    }

    /** The narrowest, which counts as one address. */
    public Prefix narrowest() {
        return narrowestFirst.get(0);
    }

    /** Loopback, link-local or private: one such address may stand for a whole office. */
    public boolean isPrivate() {
        return isPrivate;
    }
}
