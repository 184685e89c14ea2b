package io.kabar.chat.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries datagrams between clients and the one server, as badly as their links are. Watches that little is sent to an
 * address that has not proven that somebody hears there.
 */
final class SimNetwork {
    static final InetSocketAddress SERVER = address(0, 1, 2120);
    /** The same server, where there is only IPv6. */
    static final InetSocketAddress SERVER_6 = address6(1, 2120);
    /** More than any run keeps on its way: a flood is a bug, not a reason to run out of memory. */
    private static final int MAX_UNDER_WAY = 200_000;

    /** A datagram on its way. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Datagram(long at, long order, InetSocketAddress from, InetSocketAddress to, byte[] bytes, boolean proof) {}

    private final Random random;
    private final PriorityQueue<Datagram> underWay = new PriorityQueue<>(
            (a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.order(), b.order()));
    private final Map<InetSocketAddress, long[]> unproven = new HashMap<>();
    private final Set<InetSocketAddress> heard = new HashSet<>();
    private final Set<InetSocketAddress> proven = new HashSet<>();
    private long order;

    /** Everything that was sent, for those who want to see or repeat it; null for nobody. */
    @Nullable
    List<Datagram> record;

    long sent;
    long lost;
    /** Of everything sent so far: two runs in which it is the same were the same. */
    long fingerprint;

    SimNetwork(Random random) {
        this.random = random;
    }

    static InetSocketAddress address(int net, int host, int port) {
        try {
            byte[] bytes = {10, (byte) net, (byte) (host >> 8), (byte) host};
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static InetSocketAddress address6(int host, int port) {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) 0xfd;
        bytes[5] = (byte) (host >> 8); // another /64 for each host
        bytes[6] = (byte) host;
        bytes[15] = 1;
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static boolean isServer(InetSocketAddress address) {
        return address.equals(SERVER) || address.equals(SERVER_6);
    }

    /** Sends through a link; tells how many copies will arrive. */
    int send(InetSocketAddress from, InetSocketAddress to, byte[] bytes, Link link, long now) {
        sent++;
        fingerprint = 31 * (31 * fingerprint + now) + bytes.length + bytes[bytes.length - 1];
        boolean proof = heard.contains(from);
        if (record != null) {
            record.add(new Datagram(now, order, from, to, bytes, proof));
        }
        if (isServer(from)) {
            accountReply(to, bytes.length);
        }
        List<Long> delays = link.delays(bytes.length, now, random);
        for (long delay : delays) {
            underWay.add(new Datagram(now + delay, order++, from, to, link.damaged(bytes, random), proof));
        }
        lost += delays.isEmpty() ? 1 : 0;
        World.require(underWay.size() < MAX_UNDER_WAY, "a flood of datagrams");
        return delays.size();
    }

    /** RFC 9000 section 8: at most three times what came. */
    private void accountReply(InetSocketAddress to, int length) {
        if (proven.contains(to)) {
            return;
        }
        long[] bytes = unproven.computeIfAbsent(to, key -> new long[2]);
        bytes[1] += length;
        World.require(
                bytes[1] <= 3 * bytes[0],
                () -> bytes[1] + " bytes to " + to + ", which has not proven itself and sent " + bytes[0]);
    }

    /** When the next datagram arrives. */
    long next() {
        Datagram first = underWay.peek();
        return first == null ? Long.MAX_VALUE : first.at();
    }

    /** The datagrams that arrive by now. */
    List<Datagram> arrived(long now) {
        List<Datagram> arrived = new ArrayList<>(2);
        while (next() <= now) {
            arrived.add(underWay.remove());
        }
        return arrived;
    }

    /** The server is handed a datagram. One that was sent after something had been heard there proves the address. */
    void countReceived(InetSocketAddress from, int length, boolean proof) {
        if (proof && proven.add(from)) {
            unproven.remove(from);
        } else if (!proven.contains(from)) {
            unproven.computeIfAbsent(from, key -> new long[2])[0] += length;
        }
    }

    /** Somebody at this address was handed something of the server's. */
    void countHeard(InetSocketAddress address) {
        heard.add(address);
    }

    /** Bytes from and to addresses that have not proven themselves. */
    long[] bytesUnproven() {
        long[] sum = new long[2];
        for (long[] bytes : unproven.values()) {
            sum[0] += bytes[0];
            sum[1] += bytes[1];
        }
        return sum;
    }

    boolean isEmpty() {
        return underWay.isEmpty();
    }
}
