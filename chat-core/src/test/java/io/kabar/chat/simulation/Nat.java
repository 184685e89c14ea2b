package io.kabar.chat.simulation;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What stands between a client and the network and gives it the address that others see: another one when it has been
 * silent for too long, or when the NAT likes. Or several at a time: several uplinks, a pool of a carrier's addresses.
 */
final class Nat {
    /** An address is forgotten after such a silence of the client; what comes for it is dropped then. */
    private long memory = Long.MAX_VALUE;

    private final World world;
    private final SimClient client;
    private InetSocketAddress outside;
    private long usedAt;
    /** All of them live; datagrams go by one after the other. Empty if there is one only. */
    private List<InetSocketAddress> pool = List.of();
    /** Datagrams that go by one before the next one's turn. */
    private int perTurn;

    private long outgoing;

    Nat(World world, SimClient client, InetSocketAddress outside) {
        this.world = world;
        this.client = client;
        this.outside = outside;
        becomes(outside);
    }

    void forgetsAfter(Duration silence) {
        memory = silence.toNanos();
    }

    void neverForgets() {
        memory = Long.MAX_VALUE;
    }

    /** Where the client is seen. */
    InetSocketAddress outside() {
        return outside;
    }

    /** The client sends: the address it is seen at. */
    InetSocketAddress outgoing() {
        if (!isKnown()) {
            becomes(world.freshAddress(outside));
        }
        usedAt = world.now;
        if (!pool.isEmpty()) {
            outside = pool.get((int) (outgoing++ / perTurn % pool.size()));
        }
        return outside;
    }

    boolean letsIn(InetSocketAddress to) {
        return (to.equals(outside) || pool.contains(to)) && isKnown();
    }

    /** From now on it uses all of these in turn, so many datagrams each. */
    void alternates(List<InetSocketAddress> addresses, int datagrams) {
        addresses.forEach(address -> world.seenAt(address, client));
        pool = addresses;
        perTurn = datagrams;
    }

    private boolean isKnown() {
        return world.now - usedAt < memory;
    }

    void becomes(InetSocketAddress address) {
        pool = List.of();
        outside = address;
        world.seenAt(address, client);
        usedAt = world.now;
    }
}
