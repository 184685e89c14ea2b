package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.simulation.Recording.Mutilation;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Strangers who flood and make things up change nothing but counters. */
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

    /** Bytes of a flood reach nobody: whoever is signed in sees what is said no later. */
    @Test
    void flood_of_everything_holds_nobody_up() {
        World world = new World(7);
        Recording recording = Recording.ofConversation(world);
        Attacker attacker = new Attacker(world);
        List<Object> before = recording.state();
        for (int i = 0; i < 20_000; i++) {
            SimNetwork.Datagram datagram = recording.toServer.get(world.random.nextInt(recording.toServer.size()));
            world.inject(attacker.from(), Mutilation.any(world.random).of(datagram.bytes(), world.random));
        }
        assertThat(recording.state()).isEqualTo(before);
        long began = world.now;
        Call call = recording.clients.get(0).say("lobby");
        world.until(() -> call.answered, Duration.ofSeconds(5));
        assertThat(world.now - began).isLessThan(Duration.ofMillis(40).toNanos());
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
}
