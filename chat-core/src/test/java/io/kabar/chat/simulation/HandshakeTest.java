package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in over networks of all kinds; what quic-interop-runner asks of a handshake, asked of ours. */
class HandshakeTest {
    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** handshake, retry */
    @Test
    void login_and_a_message_take_one_handshake_of_four_packets() {
        Seeds.run(5, seed -> {
            World world = new World(seed);
            world.weather(Link::interop);
            SimClient ada = world.lobby(1).get(0);
            for (int i = 0; i < 3; i++) {
                ada.say(LOBBY, 3500);
            }
            world.finish();

            assertThat(world.wiretap.greetings)
                    .containsOnlyKeys("HELLO", "RETRY", "INIT", "REPLY")
                    .allSatisfy((kind, times) -> assertThat(times).isEqualTo(1));
            assertThat(ada.room("lobby").said()).hasSize(3);
        });
    }

    /** versionnegotiation */
    @ParameterizedTest
    @ValueSource(ints = {0x7f414202, 0x4b414201})
    void version_that_is_not_spoken_is_answered_with_ours_and_nothing_is_kept(int version) {
        World world = new World(1);
        List<SimNetwork.Datagram> sent = record(world);
        byte[] hello = new Attacker(world).hello();
        ByteBuffer.wrap(hello).putInt(1, version);
        InetSocketAddress stranger = SimNetwork.address(9, 9, 999);
        world.inject(stranger, hello);

        assertThat(sent).singleElement().satisfies(answer -> {
            assertThat(answer.to()).isEqualTo(stranger);
            assertThat(PacketCodec.decode(answer.bytes(), 0, answer.bytes().length))
                    .isInstanceOfSatisfying(Packet.VersionNegotiation.class, packet -> {
                        assertThat(packet.versions()).containsExactly(Packet.VERSION_2);
                        assertThat(packet.clientCid()).isEqualTo(clientCid(hello));
                    });
        });
        world.finish();
    }

    /** versionnegotiation, v2: a client of today meets a server of tomorrow */
    @Test
    void client_whose_version_the_server_does_not_know_ends_with_a_sentence() {
        World world = new World(1);
        world.weather(link -> link.loss = 1); // all the server says comes from here
        List<SimNetwork.Datagram> sent = record(world);
        SimClient ada = world.client("ada");
        world.until(
                () -> {
                    if (ada.closed == null && !sent.isEmpty()) {
                        ada.receive(ada.server, otherVersion(sent.get(0).bytes()));
                    }
                    return ada.closed != null;
                },
                Duration.ofSeconds(5));

        assertThat(ada.ending().refusal()).isEqualTo(Refusal.VERSION);
        assertThat(ada.ending().sentence()).isEqualTo(Refusal.VERSION.sentence());
        world.finish();
    }

    private static byte[] otherVersion(byte[] hello) {
        byte[] answer = new byte[WireLimits.DATAGRAM];
        return Arrays.copyOf(
                answer,
                PacketCodec.encode(new Packet.VersionNegotiation(clientCid(hello), List.of(0x4b414203)), answer));
    }

    /** Whoever sees a HELLO can be the first to answer it, as often as they like. */
    @Test
    void forged_answers_to_the_handshake_delay_nobody() {
        Seeds.run(20, seed -> {
            World world = new World(seed);
            world.weather(Link::interop);
            List<SimNetwork.Datagram> sent = record(world);
            byte[] strange = SimSettings.identity().publicKey().clone();
            strange[7] ^= 1;
            SimClient ada = world.client("ada");
            byte[] hello = sent.get(0).bytes();
            long cid = clientCid(hello);
            for (int i = 0; i < 12; i++) {
                byte[] token = new byte[24];
                token[0] = (byte) i;
                ada.receive(ada.server, otherVersion(hello));
                ada.receive(ada.server, encoded(new Packet.Retry(Packet.VERSION_2, cid, strange, token)));
                ada.receive(
                        ada.server,
                        encoded(new Packet.Retry(
                                Packet.VERSION_2, cid, SimSettings.identity().publicKey(), token)));
                ada.receive(ada.server, encoded(new Packet.Reply(Packet.VERSION_2, cid, new byte[72])));
            }
            world.until(() -> ada.signedIn != null, Duration.ofSeconds(2));

            assertThat(ada.connections).isEqualTo(1);
            world.finish();
        });
    }

    @Test
    void one_forged_answer_of_each_kind_ends_no_handshake_whenever_it_comes() {
        for (int when = 0; when < 6; when++) {
            int moment = when;
            World world = new World(7);
            world.weather(Link::interop);
            List<SimNetwork.Datagram> sent = record(world);
            SimClient ada = world.client("ada");
            long cid = clientCid(sent.get(0).bytes());
            boolean[] forged = {false};
            world.until(
                    () -> {
                        if (!forged[0] && sent.size() >= moment) {
                            forged[0] = true;
                            ada.receive(ada.server, otherVersion(sent.get(0).bytes()));
                            ada.receive(
                                    ada.server,
                                    encoded(new Packet.Retry(
                                            Packet.VERSION_2,
                                            cid,
                                            SimSettings.identity().publicKey(),
                                            new byte[24])));
                            ada.receive(ada.server, encoded(new Packet.Reply(Packet.VERSION_2, cid, new byte[72])));
                        }
                        return ada.signedIn != null;
                    },
                    Duration.ofSeconds(2));

            assertThat(ada.connections).as("moment %d", moment).isEqualTo(1);
            world.finish();
        }
    }

    /** Whoever sees each HELLO and knows the key can fill the room for answers before the server's comes. */
    @Test
    void many_forged_answers_to_each_hello_keep_nobody_out() {
        Seeds.run(20, seed -> {
            World world = new World(seed);
            world.weather(Link::interop);
            List<SimNetwork.Datagram> sent = record(world);
            SimClient ada = world.client("ada");
            int[] seen = {0};
            byte[] token = new byte[24];
            world.until(
                    () -> {
                        for (; seen[0] < sent.size(); seen[0]++) {
                            byte[] hello = sent.get(seen[0]).bytes();
                            if (SimNetwork.isServer(sent.get(seen[0]).to()) && kind(hello) instanceof Packet.Hello) {
                                for (int i = 0; i < 2 * 16; i++) {
                                    world.random.nextBytes(token);
                                    ada.receive(
                                            ada.server,
                                            encoded(new Packet.Retry(
                                                    Packet.VERSION_2,
                                                    clientCid(hello),
                                                    SimSettings.identity().publicKey(),
                                                    token)));
                                }
                            }
                        }
                        return ada.signedIn != null;
                    },
                    world.connectTimeout);

            assertThat(ada.connections).isEqualTo(1);
            world.finish();
        });
    }

    private static Object kind(byte[] datagram) {
        try {
            return PacketCodec.decode(datagram, 0, datagram.length);
        } catch (MalformedPacketException e) {
            return e; // protected, as all that follows the handshake
        }
    }

    private static byte[] encoded(Packet packet) {
        byte[] datagram = new byte[WireLimits.DATAGRAM];
        return Arrays.copyOf(datagram, PacketCodec.encode(packet, datagram));
    }

    /** longrtt */
    @Test
    void round_trip_of_a_second_and_a_half_repeats_the_hello_and_makes_one_session() {
        Seeds.run(5, seed -> {
            World world = new World(seed);
            world.weather(link -> link.delay = Duration.ofMillis(750).toNanos());
            SimClient ada = world.lobby(1).get(0);
            Call call = ada.say(LOBBY, 1000);
            world.finish();

            assertThat(world.wiretap.greetings.get("HELLO")).isGreaterThanOrEqualTo(2);
            assertThat(ada.connections).isEqualTo(1);
            assertThat(world.server.endpoint().counters().logins()).isEqualTo(1);
            assertThat(call.accepted()).isTrue();
        });
    }

    /** handshakeloss */
    @Test
    void fifty_logins_with_thirty_percent_of_all_datagrams_lost_succeed_once_each() {
        fiftyLogins(link -> link.loss = 0.3);
    }

    @Test
    void fifty_logins_through_bursts_of_loss_succeed_once_each() {
        fiftyLogins(link -> link.bursts = 0.14); // three in ten are lost, three at a time
    }

    /** handshakecorruption */
    @Test
    void fifty_logins_with_thirty_percent_of_all_datagrams_damaged_succeed_once_each() {
        World world = fiftyLogins(link -> link.corruption = 0.3);
        assertThat(world.server.endpoint().drops().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as("damaged datagrams are counted")
                .isGreaterThan(100);
    }

    @Test
    void first_contact_survives_damage_to_the_key_that_is_shown() {
        Seeds.run(20, seed -> {
            World world = new World(seed);
            world.connectTimeout = Duration.ofMinutes(5);
            world.weather(link -> link.corruption = 0.3);
            SimClient ada = world.client("ada", null, null);
            world.until(() -> ada.signedIn != null, Duration.ofMinutes(5));

            assertThat(ada.welcome().firstContact()).isTrue();
            assertThat(ada.welcome().key())
                    .isEqualTo(ServerKey.of(SimSettings.identity().publicKey()));
            world.finish();
        });
    }

    @Test
    void server_with_another_key_is_refused_once_it_has_shown_it_three_times() {
        World world = new World(3);
        byte[] other = SimSettings.identity().publicKey().clone();
        other[7] ^= 1;
        SimClient ada = world.client("ada", ServerKey.of(other), SimSettings.PASSWORD);
        world.until(() -> ada.closed != null, Duration.ofSeconds(3));

        assertThat(ada.ending().refusal()).isEqualTo(Refusal.SERVER_KEY_CHANGED);
        assertThat(world.wiretap.greetings).isEqualTo(Map.of("HELLO", 3, "RETRY", 3));
        world.finish();
    }

    private static World fiftyLogins(java.util.function.Consumer<Link> trouble) {
        World world = new World(50);
        world.connectTimeout = Duration.ofMinutes(5);
        world.weather(link -> {
            Link.interop(link);
            trouble.accept(link);
        });
        for (int i = 0; i < 50; i++) {
            SimClient client = world.client("client" + i);
            client.join(i % 2 == 0 ? "even" : "odd");
            client.say(client.rooms.keySet().iterator().next(), 1000);
        }
        world.until(
                () -> world.clients.stream().allMatch(client -> client.signedIn != null && client.openCalls() == 0),
                Duration.ofMinutes(5));
        assertThat(world.clients).allMatch(client -> client.calls.get(1).accepted());
        world.finish();
        return world;
    }

    /** amplificationlimit */
    @Test
    void client_that_falls_silent_in_the_handshake_draws_less_than_three_times_what_it_sent() {
        Seeds.run(
                20,
                seed -> { // the network of a simulation insists on three times in every other scenario, too
                    World world = new World(seed);
                    world.weather(link -> link.loses(place -> place >= 2 && place <= 7));
                    SimClient ada = world.client("ada");
                    ada.down.loses(place -> false);
                    ada.join("lobby");
                    world.until(() -> ada.isIn("lobby"), MINUTE);
                    world.finish();
                });
    }

    @Test
    void client_that_vanishes_when_it_has_proven_its_address_is_forgotten_without_a_word() {
        World world = new World(12);
        SimClient ada = world.client("ada");
        world.until(() -> world.wiretap.greetings.containsKey("REPLY"), MINUTE);
        ada.kill();
        long said = world.server.endpoint().counters().datagramsOut();
        assertThat(world.server.endpoint().handshaking()).isEqualTo(1);
        world.run(Duration.ofSeconds(30));

        assertThat(world.server.endpoint().counters().datagramsOut()).isEqualTo(said);
        assertThat(world.server.endpoint().held().values()).containsOnly(0);
        world.finish();
    }

    /** ipv6 */
    @Test
    void everything_works_without_a_single_packet_of_ipv4() {
        World world = new World(6);
        world.onlyIpv6();
        List<SimNetwork.Datagram> sent = record(world);
        List<SimClient> clients = world.lobby(2);
        for (int size : new int[] {5_000, 10_000}) {
            for (int said = 0; said < size; said += 2_500) {
                clients.get(0).say(LOBBY, 2_500);
            }
        }
        world.run(Duration.ofSeconds(1));
        clients.get(0).rebindNat(false);
        world.finish();

        assertThat(clients.get(1).room("lobby").said()).hasSize(6);
        assertThat(sent)
                .allSatisfy(datagram -> assertThat(List.of(datagram.from(), datagram.to()))
                        .allSatisfy(address ->
                                assertThat(address.getAddress().getAddress()).hasSize(16)));
    }

    private static List<SimNetwork.Datagram> record(World world) {
        List<SimNetwork.Datagram> sent = new ArrayList<>();
        world.network.record = sent;
        return sent;
    }

    private static long clientCid(byte[] hello) {
        return java.nio.ByteBuffer.wrap(hello, 5, Long.BYTES).getLong();
    }
}
