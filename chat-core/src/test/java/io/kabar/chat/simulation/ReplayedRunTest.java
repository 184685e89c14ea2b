package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.endpoint.ServerEndpoint;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Somebody has recorded everything that clients have sent in a whole run, and plays it back, as it was and mutilated: to the
 * same server while it serves, and to others. Nothing changes but counters.
 */
class ReplayedRunTest {
    private static final RoomName LOBBY = RoomName.LOBBY;

    /** What an attacker does with a datagram before sending it. */
    private enum Mutilation {
        NONE {
            @Override
            byte[] of(byte[] datagram, Random random) {
                return datagram.clone();
            }
        },
        FLIPPED {
            @Override
            byte[] of(byte[] datagram, Random random) {
                byte[] copy = datagram.clone();
                copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
                return copy;
            }
        },
        TRUNCATED {
            @Override
            byte[] of(byte[] datagram, Random random) {
                return Arrays.copyOf(datagram, random.nextInt(datagram.length));
            }
        },
        EXTENDED {
            @Override
            byte[] of(byte[] datagram, Random random) {
                byte[] longer = Arrays.copyOf(datagram, datagram.length + 1 + random.nextInt(300));
                for (int i = datagram.length; i < longer.length; i++) {
                    longer[i] = (byte) random.nextInt();
                }
                return longer;
            }
        };

        abstract byte[] of(byte[] datagram, Random random);
    }

    @Test
    void recorded_run_played_back_to_the_same_server_changes_nothing_but_counters() {
        Seeds.run(5, seed -> {
            World world = new World(seed);
            List<SimClient> clients = conversation(world);
            List<SimNetwork.Datagram> recorded = recorded(world);
            world.run(Duration.ofSeconds(1));
            List<Object> before = state(world, clients);
            for (Mutilation mutilation : Mutilation.values()) {
                for (boolean spoofed : new boolean[] {true, false}) {
                    long dropped = dropped(world.server.endpoint());
                    long answered = greeted(world);
                    long received = world.server.endpoint().counters().datagramsIn();
                    for (SimNetwork.Datagram datagram : recorded) {
                        InetSocketAddress from = spoofed ? datagram.from() : SimNetwork.address(77, 7, 7);
                        world.inject(from, mutilation.of(datagram.bytes(), world.random));
                    }
                    received = world.server.endpoint().counters().datagramsIn() - received;
                    assertThat(received).isEqualTo(recorded.size());
                    assertThat(dropped(world.server.endpoint()) - dropped + greeted(world) - answered)
                            .as("each is counted, or answered as a stranger's first word: %s", mutilation)
                            .isEqualTo(received);
                    assertThat(state(world, clients)).as("after %s", mutilation).isEqualTo(before);
                }
            }
            // And everybody talks on.
            clients.forEach(client -> client.say("lobby"));
            world.finish();
            assertThat(clients).allMatch(client -> client.connections == 1);
            assertThat(world.server.journal.log(LOBBY).entries)
                    .filteredOn(entry -> !(entry.event() instanceof ChatEvent.Said))
                    .hasSize(2 * clients.size());
        });
    }

    /** Of the same identity, as after a restart or a move to another machine: connection ids look familiar to it. */
    @Test
    void recorded_run_played_back_to_a_fresh_server_makes_no_session_and_draws_less_than_it_sends() {
        World world = new World(1);
        conversation(world);
        List<SimNetwork.Datagram> recorded = recorded(world);
        ServerEndpoint fresh = new ServerEndpoint(new SimSettings().build(), new Random(5), world::wallClock);
        byte[] out = new byte[1500];
        for (Mutilation mutilation : Mutilation.values()) {
            for (SimNetwork.Datagram datagram : recorded) {
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
        conversation(world);
        SimSettings settings = new SimSettings();
        settings.identity = ServerIdentity.generate(new Random(6));
        ServerEndpoint other = new ServerEndpoint(settings.build(), new Random(5), world::wallClock);
        byte[] out = new byte[1500];
        int answers = 0;
        int hellos = 0;
        for (SimNetwork.Datagram datagram : recorded(world)) {
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

    /** Bytes of a flood reach nobody: whoever is signed in sees what is said no later. */
    @Test
    void flood_of_everything_holds_nobody_up() {
        World world = new World(3);
        List<SimClient> clients = conversation(world);
        List<SimNetwork.Datagram> recorded = recorded(world);
        Attacker attacker = new Attacker(world);
        List<Object> before = state(world, clients);
        for (int i = 0; i < 20_000; i++) {
            SimNetwork.Datagram datagram = recorded.get(world.random.nextInt(recorded.size()));
            Mutilation mutilation = Mutilation.values()[world.random.nextInt(Mutilation.values().length)];
            world.inject(attacker.from(), mutilation.of(datagram.bytes(), world.random));
        }
        assertThat(state(world, clients)).isEqualTo(before);
        long began = world.now;
        Call call = clients.get(0).say("lobby");
        world.until(() -> call.answered, Duration.ofSeconds(5));
        assertThat(world.now - began).isLessThan(Duration.ofMillis(40).toNanos());
        world.finish();
    }

    /** Clients that sign in, talk, move, and of whom one has gone by the end; a run with everything in it. */
    private static List<SimClient> conversation(World world) {
        world.network.record = new ArrayList<>();
        List<SimClient> clients = world.lobby(3);
        for (int i = 0; i < 30; i++) {
            clients.get(i % 3).say(LOBBY, i % 7 == 0 ? 3000 : 20);
            if (i % 10 == 5) {
                clients.get(i % 3).rebindNat(true);
            }
            world.run(Duration.ofMillis(40));
        }
        world.run(Duration.ofSeconds(2));
        return clients;
    }

    private static List<SimNetwork.Datagram> recorded(World world) {
        List<SimNetwork.Datagram> all = List.copyOf(world.network.record);
        world.network.record = null;
        List<SimNetwork.Datagram> toServer = all.stream()
                .filter(datagram -> SimNetwork.isServer(datagram.to()))
                .collect(Collectors.toList());
        assertThat(toServer).hasSizeGreaterThan(80);
        return toServer;
    }

    /** All that must not change. */
    private static List<Object> state(World world, List<SimClient> clients) {
        ServerEndpoint server = world.server.endpoint();
        List<Object> state = new ArrayList<>();
        state.add(server.activeSessions());
        state.add(server.handshaking());
        state.add(server.rooms());
        state.add(server.delivered());
        state.add(server.counters().committed());
        state.add(server.counters().logins());
        state.add(server.counters().roamed());
        state.add(server.nextTimeout());
        state.add(world.server.journal.log(LOBBY).last());
        for (SimClient client : clients) {
            state.add(client.room("lobby").next);
            state.add(client.connections);
        }
        return state;
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
