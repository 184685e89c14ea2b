package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Much at once: histories of megabytes, thousands of rooms, links that lose, damage, break off and are shared. */
@ExtendWith(CheapKeys.class)
class TransferTest {
    private static final int EVENT = 4_000;
    private static final int MEGABYTE = 1_000_000 / EVENT;
    private static final double NANOS = 1e9;

    /** transfer */
    @Test
    void histories_of_two_three_and_five_megabytes_arrive_together_on_one_connection() {
        World world = new World(1);
        world.weather(Link::interop);
        world.server.remembers("two", 2 * MEGABYTE, EVENT);
        world.server.remembers("three", 3 * MEGABYTE, EVENT);
        world.server.remembers("five", 5 * MEGABYTE, EVENT);
        SimClient ada = world.client("ada");
        for (String room : List.of("two", "three", "five")) {
            ada.join(new RoomName(room), JoinHistory.from(1));
        }
        world.until(() -> List.of("two", "three", "five").stream().allMatch(ada::isUpToDate), Duration.ofMinutes(1));

        assertThat(ada.connections).isEqualTo(1);
        world.finish();
    }

    /** goodput */
    @Test
    void history_fills_nine_tenths_of_a_link_of_ten_megabits() {
        World world = new World(2);
        world.weather(Link::interop);
        SimClient ada = restores(world, 10, link -> {});

        double seconds = (world.now - ada.room("history").enteredNanos) / NANOS;
        double used = 8 * Objects.requireNonNull(ada.down.bottleneck).bytes / 1e6 / seconds;
        assertThat(used).as("Mbit/s on the line").isGreaterThan(9);
        double text = 8 * 10 / seconds;
        assertThat(text).as("Mbit/s of text").isGreaterThan(8.5);
    }

    /** transferloss */
    @Test
    void two_megabytes_arrive_though_two_percent_are_lost_in_bursts() {
        restores(new World(3), 2, link -> link.bursts = 0.0067);
    }

    /** transfercorruption */
    @Test
    void two_megabytes_arrive_though_two_percent_are_damaged() {
        restores(new World(4), 2, link -> link.corruption = 0.02);
    }

    /** keyupdate */
    @Test
    void keys_change_in_mid_traffic_while_packets_overtake_each_other() {
        World world = new World(5);
        restores(world, 3, link -> {
            link.reordering = 0.1;
            link.duplication = 0.05;
        });
        assertThat(world.wiretap.updates).as("updates of keys, both directions").isGreaterThanOrEqualTo(2);
    }

    /** blackhole */
    @Test
    void five_seconds_on_and_two_off_lose_nothing_and_end_nothing() {
        World world = new World(6);
        world.weather(Link::interop);
        world.server.remembers("history", 10 * MEGABYTE, EVENT);
        SimClient ada = world.client("ada");
        ada.join(new RoomName("history"), JoinHistory.from(1));
        while (!ada.isUpToDate("history")) {
            world.run(Duration.ofSeconds(5));
            setBlackHole(ada, true);
            world.run(Duration.ofSeconds(2));
            setBlackHole(ada, false);
            World.require(ada.connections == 1, "the connection ended");
        }
        world.finish();
    }

    private static void setBlackHole(SimClient client, boolean there) {
        client.up.blackHole = there;
        client.down.blackHole = there;
    }

    /** multiplexing */
    @Test
    void two_thousand_messages_in_a_thousand_rooms() {
        World world = new World(7, settings -> settings.sessionsPerAddress = 20);
        world.weather(Link::interop);
        List<SimClient> clients = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            SimClient client = world.client("client" + i);
            clients.add(client);
            for (int room = 0; room < 63; room++) {
                client.join("room" + (63 * i + room));
            }
        }
        world.until(() -> clients.stream().allMatch(client -> client.openCalls() == 0), Duration.ofMinutes(1));
        for (SimClient client : clients) {
            for (RoomName room : client.rooms.keySet()) {
                client.say(room, 32);
                client.say(room, 32);
            }
        }
        world.finish();
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.connections).isEqualTo(1);
            assertThat(client.calls).hasSize(3 * 63).allMatch(call -> call.text.isEmpty() || call.accepted());
        });
    }

    /** multiplexing: no head-of-line blocking */
    @Test
    void event_that_is_lost_in_one_room_holds_up_no_other() {
        Seeds.run(10, seed -> {
            World world = new World(seed);
            List<SimClient> clients = world.lobby(2);
            clients.forEach(client -> client.join("den"));
            world.run(Duration.ofSeconds(1));
            SimClient ada = clients.get(0);
            SimClient bob = clients.get(1);
            List<String> seen = new ArrayList<>();
            bob.onEvent = event -> seen.add(event.room().text());

            bob.down.blackHole = true;
            ada.say("lobby");
            world.run(Duration.ofMillis(25)); // now it is on its way to bob, and lost
            bob.down.blackHole = false;
            ada.say("den");
            world.until(() -> seen.size() == 2, Duration.ofSeconds(2));

            assertThat(seen).containsExactly("den", "lobby");
            world.finish();
        });
    }

    /** http3: sizes and lanes mixed */
    @Test
    void small_and_large_messages_and_a_long_history_at_the_same_time() {
        Seeds.run(3, seed -> {
            World world = new World(seed, settings -> settings.maxMessageBytes = 16_000);
            world.weather(link -> {
                Link.interop(link);
                link.loss = 0.01;
            });
            world.server.remembers("archive", 125, EVENT);
            List<SimClient> clients = world.lobby(2);
            clients.get(1).join(new RoomName("archive"), JoinHistory.from(1));
            for (int size : new int[] {5_000, 20, 10_000, 20}) {
                clients.get(0).say(RoomName.LOBBY, size);
                clients.get(1).say(RoomName.LOBBY, size);
            }
            world.finish();
            assertThat(clients.get(1).room("lobby").said()).hasSize(8);
            assertThat(clients.get(1).room("archive").said()).hasSize(125);
        });
    }

    /** crosstraffic */
    @Test
    void two_histories_share_a_bottleneck_fairly() {
        World world = new World(8);
        Bottleneck shared = new Bottleneck(10, 25);
        world.weather(link -> link.bottleneck = shared);
        world.server.remembers("history", 10 * MEGABYTE, EVENT);
        List<SimClient> clients = new ArrayList<>();
        for (String name : List.of("ada", "bob")) {
            SimClient client = world.client(name);
            client.join(new RoomName("history"), JoinHistory.from(1));
            clients.add(client);
            world.run(Duration.ofSeconds(1)); // the first one has the line to itself for a while
        }
        long[] before = seen(clients);
        world.run(Duration.ofSeconds(10));
        long[] after = seen(clients);
        double first = after[0] - before[0];
        double second = after[1] - before[1];

        assertThat(first / (first + second))
                .as("share of the one who came first")
                .isBetween(0.3, 0.7);
        world.finish();
    }

    private static long[] seen(List<SimClient> clients) {
        return clients.stream().mapToLong(client -> client.room("history").next).toArray();
    }

    /** Restores a history of so many megabytes over the line of quic-interop-runner with some trouble. */
    private static SimClient restores(World world, int megabytes, Consumer<Link> trouble) {
        world.weather(link -> {
            Link.interop(link);
            trouble.accept(link);
        });
        world.server.remembers("history", megabytes * MEGABYTE, EVENT);
        SimClient ada = world.client("ada");
        ada.join(new RoomName("history"), JoinHistory.from(1));
        world.until(() -> ada.isUpToDate("history"), Duration.ofMinutes(1));
        assertThat(ada.connections).isEqualTo(1);
        return ada;
    }
}
