package io.kabar.chat.simulation;

import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Somebody who sees everything, holds no key, and sends to the server whatever and from wherever it likes. */
final class Attacker {
    /** Datagrams recorded; later ones take the place of earlier ones. */
    private static final int MEMORY = 500;

    private final World world;
    private final Random random;
    private final List<SimNetwork.Datagram> seen;

    Attacker(World world) {
        this.world = world;
        random = world.random;
        if (world.network.record == null) {
            world.network.record = new ArrayList<>();
        }
        seen = world.network.record;
    }

    List<Runnable> all() {
        return List.of(
                () -> world.relay(from(), any()),
                () -> {
                    SimNetwork.Datagram datagram = any();
                    world.relay(datagram.from(), datagram);
                },
                () -> world.inject(any().from(), flipped(any().bytes())),
                () -> world.inject(from(), Arrays.copyOf(any().bytes(), random.nextInt(WireLimits.DATAGRAM))),
                () -> world.inject(from(), noise(random.nextInt(WireLimits.DATAGRAM))),
                this::hellos);
    }

    /** An address that never answers, or that of a client. */
    InetSocketAddress from() {
        return random.nextBoolean() || world.clients.isEmpty()
                ? SimNetwork.address(200 + random.nextInt(50), random.nextInt(1 << 16), 1 + random.nextInt(65_000))
                : world.clients.get(random.nextInt(world.clients.size())).address();
    }

    private SimNetwork.Datagram any() {
        if (seen.size() > MEMORY) {
            seen.subList(0, seen.size() - MEMORY).clear();
        }
        return seen.isEmpty()
                ? new SimNetwork.Datagram(0, 0, from(), SimNetwork.SERVER, noise(100), false)
                : seen.get(random.nextInt(seen.size()));
    }

    private byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private void hellos() {
        for (int i = 0; i < 20; i++) {
            world.inject(from(), hello());
        }
    }

    /** A HELLO as any stranger may say it. */
    byte[] hello() {
        byte[] datagram = new byte[WireLimits.DATAGRAM];
        PacketCodec.encode(new Packet.Hello(Packet.VERSION_2, random.nextLong(), noise(Packet.KEY_LENGTH)), datagram);
        return datagram;
    }
}
