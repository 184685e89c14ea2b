package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that are seen from elsewhere, and do not know it or do: a session is a key, not an address. */
@ExtendWith(CheapKeys.class)
class RoamingTest {
    private static final int EVENT = 4_000;
    private static final int TEN_MEGABYTES = 2_500;
    private static final RoomName HISTORY = new RoomName("history");

    /** rebind-port */
    @Test
    void ten_megabytes_arrive_while_the_port_changes_every_five_seconds() {
        World world = download(client -> client.rebindNat(true), Duration.ofSeconds(5));
        assertThat(world.server.roamed).isGreaterThanOrEqualTo(2);
    }

    /** rebind-addr */
    @Test
    void ten_megabytes_arrive_while_the_address_changes_every_five_seconds() {
        World world = download(client -> client.rebindNat(false), Duration.ofSeconds(5));
        assertThat(world.server.roamed).isGreaterThanOrEqualTo(2);
    }

    /** connectionmigration */
    @Test
    void ten_megabytes_arrive_while_the_machine_goes_from_wifi_to_cable_and_back() {
        boolean[] cable = new boolean[1];
        World world = download(
                client -> client.changeNetwork(link -> {
                    cable[0] = !cable[0];
                    link.delay = Duration.ofMillis(cable[0] ? 5 : 40).toNanos();
                    link.bottleneck = new Bottleneck(cable[0] ? 20 : 5, 25);
                }),
                Duration.ofSeconds(3));
        assertThat(world.server.roamed).isGreaterThanOrEqualTo(2);
    }

    private static World download(Consumer<SimClient> move, Duration interval) {
        World world = new World(1);
        world.weather(Link::interop);
        world.server.remembers("history", TEN_MEGABYTES, EVENT);
        SimClient ada = world.client("ada");
        ada.join(HISTORY, JoinHistory.from(1));
        world.run(Duration.ofSeconds(1));
        while (!ada.isUpToDate("history")) {
            move.accept(ada);
            world.run(interval);
            World.require(world.now - ada.room("history").enteredNanos < 60e9, "it takes more than a minute");
        }
        assertThat(ada.connections).isEqualTo(1);
        assertThat(ada.searches).isZero();
        world.finish();
        return world;
    }

    /** Only the server has something to say, and says it to an address where nobody is any more. */
    @Test
    void history_goes_on_within_a_second_after_a_nat_has_changed_its_mind() {
        Seeds.run(5, seed -> {
            World world = new World(seed);
            world.weather(Link::interop);
            world.server.remembers("history", TEN_MEGABYTES / 2, EVENT);
            SimClient ada = world.client("ada");
            ada.join(HISTORY, JoinHistory.from(1));
            world.until(() -> ada.isIn("history"), Duration.ofSeconds(5));
            world.run(Duration.ofMillis(500 + world.random.nextInt(1000)));
            ada.rebindNat(seed % 2 == 0);
            world.run(Duration.ofMillis(50)); // what was under way has arrived, or has not
            long before = ada.room("history").next;
            world.run(Duration.ofSeconds(1));
            assertThat(ada.room("history").next)
                    .as("events seen a second later")
                    .isGreaterThan(before + 10);
            world.finish();
        });
    }

    @Test
    void port_that_changes_every_300_milliseconds_for_ten_seconds_starves_nobody() {
        Seeds.lobby(10, 3, (world, clients) -> {
            SimClient ada = clients.get(0);
            List<Long> delays = delaysOf(world, ada, number -> true);
            for (int i = 0; i < 33; i++) {
                ada.rebindNat(true);
                clients.get(1).say("lobby");
                ada.say("lobby");
                world.run(Duration.ofMillis(300));
            }
            world.run(Duration.ofSeconds(1));
            assertUntouched(world, clients);
            world.finish();

            assertThat(ada.room("lobby").said()).hasSize(66);
            assertThat(delays).as("nanoseconds from commit to sight").allMatch(delay -> delay < 1_500_000_000L);
        });
    }

    /** A session survives a rebind with no leave, no join, no loss and no more than one round trip of added delay. */
    @Test
    void message_after_a_rebind_comes_at_most_one_round_trip_later() {
        Seeds.lobby(20, 2, (world, clients) -> {
            SimClient ada = clients.get(0);
            SimClient bob = clients.get(1);
            List<Long> delays = delaysOf(world, bob, number -> true);
            for (int i = 0; i < 20; i++) {
                bob.rebindNat(i % 2 == 0);
                bob.type("lobby"); // anything that goes out from the new address
                bob.say("lobby");
                world.run(Duration.ofMillis(200));
            }
            world.run(Duration.ofSeconds(1));
            long way = ada.down.delay;
            assertThat(delays).hasSize(20).allMatch(delay -> delay <= way + 2 * way + 5_000_000);
            assertUntouched(world, clients);
        });
    }

    @Test
    void client_goes_on_over_ipv6_and_back() {
        Seeds.run(10, seed -> {
            World world = new World(seed);
            world.weather(link -> link.loss = 0.05);
            List<SimClient> clients = world.lobby(3);
            for (int i = 0; i < 10; i++) {
                SimClient client = clients.get(world.random.nextInt(3));
                if (i % 2 == 0) {
                    client.rebindToIpv6();
                } else {
                    client.rebindNat(false);
                }
                clients.forEach(each -> each.say("lobby"));
                world.run(Duration.ofSeconds(2));
            }
            assertUntouched(world, clients);
            world.finish();
        });
    }

    /** A NAT that forgets a client after half a minute of silence; the client says nothing for ten minutes. */
    @Test
    void what_is_said_after_ten_silent_minutes_arrives_through_a_nat_that_remembers_for_thirty_seconds() {
        World world = new World(9);
        List<SimClient> clients = world.lobby(2);
        SimClient bob = clients.get(1);
        bob.nat.forgetsAfter(Duration.ofSeconds(30));
        world.run(Duration.ofMinutes(10));
        List<Long> delays = delaysOf(world, bob, number -> true);
        clients.get(0).say("lobby");
        world.run(Duration.ofSeconds(1));

        assertThat(delays).singleElement().satisfies(delay -> assertThat(delay).isLessThan(20_000_000L));
        assertThat(world.server.roamed).isZero();
        world.finish();
    }

    @Test
    void nat_that_forgets_sooner_than_the_client_speaks_costs_at_most_until_it_speaks() {
        World world = new World(10);
        List<SimClient> clients = world.lobby(2);
        SimClient bob = clients.get(1);
        bob.nat.forgetsAfter(Duration.ofSeconds(10));
        world.run(Duration.ofMinutes(2));
        clients.get(0).say("lobby");
        world.run(Duration.ofSeconds(16)); // the keep-alive shows the server where he is now

        assertThat(bob.room("lobby").said()).hasSize(1);
        assertUntouched(world, clients);
        world.finish();
    }

    /**
     * One message ends the silence of a whole room at the same moment; nobody is asked for life by all of it at
     * another.
     */
    @Test
    void keep_alives_of_a_room_do_not_come_at_the_same_moment() {
        World world = new World(11);
        List<SimClient> clients = world.lobby(100);
        world.run(Duration.ofSeconds(20));
        clients.get(0).say("lobby");
        world.run(Duration.ofSeconds(1));
        world.network.record = new ArrayList<>();
        world.run(Duration.ofSeconds(15));
        List<Long> times = world.network.record.stream()
                .filter(datagram -> SimNetwork.isServer(datagram.to()))
                .map(SimNetwork.Datagram::at)
                .toList();

        assertThat(times).hasSizeGreaterThanOrEqualTo(100);
        for (long time : times) {
            assertThat(times.stream().filter(other -> Math.abs(other - time) < 50_000_000L))
                    .as("keep-alives within 100 ms")
                    .hasSizeLessThan(15);
        }
        world.finish();
    }

    @Test
    void network_that_works_in_one_direction_only_is_survived_either_way() {
        Seeds.lobby(10, 3, (world, clients) -> {
            for (boolean up : new boolean[] {true, false}) {
                Link broken = up ? clients.get(0).up : clients.get(0).down;
                broken.blackHole = true;
                for (int i = 0; i < 20; i++) {
                    clients.forEach(client -> client.say("lobby"));
                    world.run(Duration.ofSeconds(1));
                }
                broken.blackHole = false;
                world.run(Duration.ofSeconds(40));
            }
            assertUntouched(world, clients);
            world.finish();
            assertThat(clients).allMatch(client -> client.room("lobby").said().size() == 120);
        });
    }

    @Test
    void path_that_carries_less_than_it_did_is_noticed_when_it_carries_all_again() {
        Seeds.lobby(5, 2, (world, clients) -> {
            SimClient bob = clients.get(1);
            bob.down.mtu = 600;
            clients.get(0).say(RoomName.LOBBY, 3_000);
            clients.get(0).say("lobby");
            world.run(Duration.ofSeconds(20));
            bob.down.mtu = Integer.MAX_VALUE;
            world.finish();
            assertThat(bob.room("lobby").said()).hasSize(2);
            assertThat(bob.connections).isEqualTo(1);
        });
    }

    /** How long after its commit a client sees each message that others say from now on. */
    static List<Long> delaysOf(World world, SimClient client, LongPredicate numbers) {
        List<Long> delays = new ArrayList<>();
        client.onEvent = event -> {
            if (numbers.test(event.sequence())) {
                delays.add(world.now - world.server.journal.committedAt(event.room(), event.sequence()));
            }
        };
        return delays;
    }

    /** Nobody has noticed anything: one connection each, no leave, no join after the first. */
    private static void assertUntouched(World world, List<SimClient> clients) {
        assertThat(clients).allMatch(client -> client.connections == 1);
        assertThat(world.server.journal.log(RoomName.LOBBY).count(io.kabar.chat.Content.Left.class))
                .isZero();
        assertThat(world.server.journal.log(RoomName.LOBBY).count(io.kabar.chat.Content.Joined.class))
                .isEqualTo(clients.size());
    }
}
