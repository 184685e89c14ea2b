package io.kabar.chat.simulation;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What stands between a client and the network and gives it the address that others see: another one when it has been
 * silent for too long, or when the NAT likes.
 */
final class Nat {
    /** An address is forgotten after such a silence of the client; what comes for it is dropped then. */
    private long memory = Long.MAX_VALUE;

    private final World world;
    private final SimClient client;
    private InetSocketAddress outside;
    private long usedAt;

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
        return outside;
    }

    boolean letsIn(InetSocketAddress to) {
        return to.equals(outside) && isKnown();
    }

    private boolean isKnown() {
        return world.now - usedAt < memory;
    }

    void becomes(InetSocketAddress address) {
        outside = address;
        world.seenAt(address, client);
        usedAt = world.now;
    }
}
