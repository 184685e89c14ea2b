package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever floods, replays, flips, cuts and makes up changes nothing but counters. */
class HostileTest {

    @Test
    void thousand_hellos_from_addresses_that_never_answer_leave_no_session_and_draw_fewer_bytes_than_they_sent() {
        World world = new World(1);
        Attacker attacker = new Attacker(world);
        for (int i = 0; i < 1000; i++) {
            world.inject(stranger(i), attacker.hello());
        }
        long[] bytes = world.network.bytesUnproven();
        assertThat(bytes[0]).isEqualTo(1000L * WireLimits.DATAGRAM);
        assertThat(bytes[1]).isPositive().isLessThan(bytes[0]);
        assertThat(world.server.endpoint().held().values()).containsOnly(0);
        assertThat(world.wiretap.greetings).isEqualTo(Map.of("RETRY", 1000));
        world.lobby(2); // and the door is still open
        world.finish();
    }

    @Test
    void thousand_inits_with_tokens_of_others_or_none_draw_nothing() {
        World world = new World(2);
        List<SimNetwork.Datagram> seen = record(world);
        world.lobby(2);
        byte[] init = seen.stream()
                .filter(datagram -> (datagram.bytes()[0] & 0xff) == Packet.INIT)
                .findFirst()
                .orElseThrow()
                .bytes();
        long out = world.server.endpoint().counters().datagramsOut();
        for (int i = 0; i < 1000; i++) {
            byte[] forged = init.clone();
            if (i % 2 == 0) {
                forged[14 + i % 24] ^= 1; // in the token
            }
            world.inject(stranger(i), forged);
        }
        assertThat(world.server.endpoint().counters().datagramsOut()).isEqualTo(out);
        assertThat(world.server.endpoint().handshaking()).isZero();
        world.finish();
    }

    @Test
    void packets_for_connections_that_never_were_are_answered_rarely_and_never_with_more() {
        World world = new World(3);
        List<SimNetwork.Datagram> answers = record(world);
        for (int i = 0; i < 5_000; i++) {
            byte[] packet = new byte[30 + i % 1000];
            world.random.nextBytes(packet);
            packet[0] = (byte) (PacketCodec.FIXED_BIT | (packet[0] & 0x3f));
            world.inject(stranger(i), packet);
        }
        assertThat(answers)
                .as("one id in four thousand million is plausible by chance")
                .isEmpty();
        world.finish();
    }

    @Test
    void every_datagram_of_a_whole_session_replayed_from_anywhere_changes_nothing() {
        World world = new World(4);
        List<SimNetwork.Datagram> seen = record(world);
        List<SimClient> clients = converse(world);
        List<SimNetwork.Datagram> all = List.copyOf(seen);
        long elsewhere = 0;
        for (SimNetwork.Datagram datagram : all) {
            if (SimNetwork.isServer(datagram.to())) {
                world.inject(datagram.from(), datagram.bytes());
                world.inject(stranger((int) elsewhere++), datagram.bytes());
            } else {
                clients.stream()
                        .filter(client -> client.address().equals(datagram.to()))
                        .forEach(client -> client.receive(datagram.from(), datagram.bytes()));
            }
        }
        world.run(Duration.ofSeconds(5));
        assertUnmoved(world, clients);
        assertThat(world.server.endpoint().drops().get("duplicate"))
                .as("replays that are counted as such")
                .isGreaterThan(20);
        world.finish();
    }

    @Test
    void every_packet_of_a_whole_session_flipped_cut_and_extended_is_dropped_and_counted() {
        World world = new World(5);
        List<SimNetwork.Datagram> seen = record(world);
        List<SimClient> clients = converse(world);
        long damaged = 0;
        for (SimNetwork.Datagram datagram : List.copyOf(seen)) {
            if (!PacketCodec.isProtected(datagram.bytes()[0])) {
                continue;
            }
            for (byte[] bytes : damagedCopies(datagram.bytes())) {
                if (SimNetwork.isServer(datagram.to())) {
                    world.inject(datagram.from(), bytes);
                    damaged++;
                } else {
                    clients.stream()
                            .filter(client -> client.address().equals(datagram.to()))
                            .forEach(client -> client.receive(datagram.from(), bytes));
                }
            }
        }
        world.run(Duration.ofSeconds(5));
        assertUnmoved(world, clients);
        assertThat(world.server.endpoint().drops().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isGreaterThanOrEqualTo(damaged);
        world.finish();
    }

    private static List<byte[]> damagedCopies(byte[] datagram) {
        List<byte[]> copies = new ArrayList<>();
        for (int bit = 0; bit < 8 * datagram.length; bit += 1 + datagram.length / 8) {
            byte[] copy = datagram.clone();
            copy[bit / 8] ^= (byte) (1 << bit % 8);
            copies.add(copy);
        }
        for (int length = 1; length < datagram.length; length += 1 + datagram.length / 16) {
            copies.add(Arrays.copyOf(datagram, length));
        }
        copies.add(Arrays.copyOf(datagram, datagram.length + 1));
        return copies;
    }

    /** A replay beyond the window, after more than a thousand packets, is no better. */
    @Test
    void first_packets_replayed_after_two_thousand_others_change_nothing() {
        World world = new World(6);
        List<SimNetwork.Datagram> seen = record(world);
        List<SimClient> clients = converse(world);
        List<SimNetwork.Datagram> first = List.copyOf(seen);
        for (int i = 0; i < 700; i++) {
            clients.forEach(client -> client.say("lobby"));
            world.run(Duration.ofMillis(35));
        }
        for (SimNetwork.Datagram datagram : first) {
            if (SimNetwork.isServer(datagram.to()) && PacketCodec.isProtected(datagram.bytes()[0])) {
                world.inject(datagram.from(), datagram.bytes());
                world.inject(stranger(1), datagram.bytes());
            }
        }
        world.run(Duration.ofSeconds(5));
        assertThat(world.server.roamed).isZero();
        assertThat(clients).allMatch(client -> client.connections == 1);
        world.finish();
    }

    private static InetSocketAddress stranger(int number) {
        return SimNetwork.address(100 + number % 100, number, 1 + number);
    }

    private static List<SimNetwork.Datagram> record(World world) {
        List<SimNetwork.Datagram> seen = new ArrayList<>();
        world.network.record = seen;
        return seen;
    }

    private static List<SimClient> converse(World world) {
        List<SimClient> clients = world.lobby(3);
        for (int i = 0; i < 10; i++) {
            clients.forEach(client -> client.say(io.kabar.chat.RoomName.LOBBY, world.random.nextInt(2000)));
            world.run(Duration.ofMillis(100));
        }
        world.run(Duration.ofSeconds(1));
        return clients;
    }

    /** Nothing was seen twice, nobody moved, left or came. */
    private static void assertUnmoved(World world, List<SimClient> clients) {
        assertThat(world.server.roamed).isZero();
        assertThat(world.server.signedOut).isEmpty();
        assertThat(world.server.endpoint().activeSessions()).isEqualTo(3);
        assertThat(world.server.endpoint().handshaking()).isZero();
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.connections).isEqualTo(1);
            assertThat(client.room("lobby").said()).hasSize(30);
            assertThat(client.searches).isZero();
        });
    }
}
