package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.server.ServerEndpoint;
import io.kabar.chat.simulation.Recording.Mutilation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Everything that went over the wire in a whole run, played back to those who were there and to others: only counters
 * change.
 */
class ReplayedRunTest {
    private static final RoomName LOBBY = RoomName.LOBBY;

    @Test
    void recorded_run_played_back_to_the_same_server_changes_nothing_but_counters() {
        Seeds.run(5, seed -> {
            World world = new World(seed);
            Recording recording = Recording.ofConversation(world);
            List<Object> before = recording.state();
            for (Mutilation mutilation : Mutilation.values()) {
                for (boolean spoofed : new boolean[] {true, false}) {
                    long dropped = dropped(world.server.endpoint());
                    long answered = greeted(world);
                    long received = world.server.endpoint().counters().datagramsIn();
                    recording.playToServer(mutilation, spoofed);
                    received = world.server.endpoint().counters().datagramsIn() - received;
                    assertThat(received).isEqualTo(recording.toServer.size());
                    assertThat(dropped(world.server.endpoint()) - dropped + greeted(world) - answered)
                            .as("each is counted, or answered as a stranger's first word: %s", mutilation)
                            .isEqualTo(received);
                    assertThat(recording.state()).as("after %s", mutilation).isEqualTo(before);
                }
            }
            assertThat(world.server.endpoint().drops()).containsKey("duplicate");
            talkOn(world, recording);
        });
    }

    @Test
    void recorded_run_played_back_to_the_clients_changes_nothing() {
        Seeds.run(5, seed -> {
            World world = new World(seed);
            Recording recording = Recording.ofConversation(world);
            List<Object> before = recording.state();
            for (Mutilation mutilation : Mutilation.values()) {
                recording.playToClients(mutilation);
                assertThat(recording.state()).as("after %s", mutilation).isEqualTo(before);
            }
            talkOn(world, recording);
        });
    }

    /** And everybody talks on: on the same connections, and nobody has left or come. */
    private static void talkOn(World world, Recording recording) {
        recording.clients.forEach(client -> client.say("lobby"));
        world.finish();
        assertThat(recording.clients).allMatch(client -> client.connections == 1);
        assertThat(world.server.journal.log(LOBBY).count(Content.Said.class))
                .isEqualTo(Recording.SAID + Recording.CLIENTS);
        assertThat(world.server.journal.log(LOBBY).count(Content.Joined.class)).isEqualTo(Recording.CLIENTS);
    }

    /** A replay beyond the window, after more than a thousand packets, is no better. */
    @Test
    void run_played_back_after_two_thousand_other_packets_changes_nothing() {
        World world = new World(6);
        Recording recording = Recording.ofConversation(world);
        for (int i = 0; i < 700; i++) {
            recording.clients.forEach(client -> client.say("lobby"));
            world.run(Duration.ofMillis(35));
        }
        world.run(Duration.ofSeconds(3));
        List<Object> before = recording.state();
        for (boolean spoofed : new boolean[] {true, false}) {
            recording.playToServer(Mutilation.NONE, spoofed);
        }
        assertThat(recording.state()).isEqualTo(before);
        world.run(Duration.ofSeconds(5));
        assertThat(recording.clients).allMatch(client -> client.connections == 1);
    }

    /** Of the same identity, as after a restart or a move to another machine: connection ids look familiar to it. */
    @Test
    void recorded_run_played_back_to_a_fresh_server_makes_no_session_and_draws_less_than_it_sends() {
        World world = new World(1);
        Recording recording = Recording.ofConversation(world);
        ServerEndpoint fresh = new ServerEndpoint(new SimSettings().build(), new Random(5), world::wallClock);
        byte[] out = new byte[1500];
        for (Mutilation mutilation : Mutilation.values()) {
            for (SimNetwork.Datagram datagram : recording.toServer) {
                byte[] bytes = mutilation.of(datagram.bytes(), world.random);
                fresh.handleDatagram(datagram.from(), bytes, bytes.length, world.now);
                int answer = 0;
                for (int length = fresh.pollTransmit(out, world.now);
                        length > 0;
                        length = fresh.pollTransmit(out, world.now)) {
                    answer += length;
                    assertThat(fresh.transmitTo()).isEqualTo(datagram.from());
                }
                assertThat(answer).as("answer to %d bytes", bytes.length).isLessThanOrEqualTo(bytes.length);
            }
        }
        assertThat(fresh.handshaking()).isZero();
        assertThat(fresh.activeSessions()).isZero();
        assertThat(fresh.rooms()).isZero();
        assertThat(fresh.pollEvent()).as("no work is done").isNull();
        assertThat(fresh.nextTimeout()).as("nothing is kept").isEqualTo(Long.MAX_VALUE);
        assertThat(fresh.drops()).containsKeys("bad_token", "forgotten_connection", "malformed");
    }

    @Test
    void recorded_run_played_back_to_a_server_with_another_key_is_not_even_answered_but_for_first_words() {
        World world = new World(2);
        Recording recording = Recording.ofConversation(world);
        SimSettings settings = new SimSettings();
        settings.identity = ServerIdentity.generate(new Random(6));
        ServerEndpoint other = new ServerEndpoint(settings.build(), new Random(5), world::wallClock);
        byte[] out = new byte[1500];
        int answers = 0;
        int hellos = 0;
        for (SimNetwork.Datagram datagram : recording.toServer) {
            hellos += (datagram.bytes()[0] & 0xff) == 0xc0 ? 1 : 0;
            other.handleDatagram(datagram.from(), datagram.bytes().clone(), datagram.bytes().length, world.now);
            for (int length = other.pollTransmit(out, world.now);
                    length > 0;
                    length = other.pollTransmit(out, world.now)) {
                answers++;
            }
        }
        assertThat(answers).isEqualTo(hellos).isPositive();
        assertThat(other.handshaking()).isZero();
        assertThat(other.drops()).containsOnlyKeys("bad_token", "unknown_connection");
    }

    private static long dropped(ServerEndpoint server) {
        return server.drops().values().stream().mapToLong(Long::longValue).sum();
    }

    /** RETRYs and the like. */
    private static long greeted(World world) {
        return world.wiretap.greetings.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals("HELLO") && !entry.getKey().equals("INIT"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
