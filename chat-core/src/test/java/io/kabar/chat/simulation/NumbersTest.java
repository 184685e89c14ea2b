package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The figures of {@code docs/operations.md}, in virtual time and so the same on every machine:
 * {@code ./mvnw test -pl chat-core -Dtest=NumbersTest -Dnumbers.full} prints them. Without {@code -Dnumbers.full} there
 * are fewer members and messages. Each is held to a bound.
 */
@ExtendWith(CheapKeys.class)
class NumbersTest {
    private static final boolean FULL = System.getProperty("numbers.full") != null;
    private static final int SHORTER = FULL ? 1 : 4;
    private static final Duration ROUND_TRIP = Duration.ofMillis(30);
    private static final double SECOND = 1e9;

    @Test
    void history_at_ten_megabits() {
        int half = FULL ? 1 : 2; // shorter still, and the time it takes to find out how fast the line is would count
        for (int[] size : new int[][] {{40_000 / half, 80}, {10_000 / half, 1_000}, {2_500 / half, 4_000}}) {
            World world = new World(1);
            world.server.remembers("archive", size[0], size[1]);
            SimClient ada = world.client("ada");
            world.until(ada::isLive, Duration.ofSeconds(10));
            world.run(Duration.ofSeconds(1));
            Bottleneck down = new Bottleneck(10, 25);
            ada.down.bottleneck = down;
            ada.up.bottleneck = new Bottleneck(10, 25);
            long began = world.now;
            ada.join(new RoomName("archive"), JoinHistory.from(1));
            world.until(() -> ada.isUpToDate("archive"), Duration.ofMinutes(1));
            double seconds = (world.now - began) / SECOND;
            double line = 100 * 8 * down.bytes / seconds / 10e6;
            double text = 100 * 8.0 * size[0] * size[1] / seconds / 10e6;
            print(
                    "history, %d events of %d bytes: %.1f s, %.0f %% of the line used, %.0f %% of it text",
                    size[0], size[1], seconds, line, text);
            assertThat(line).as("per cent of the line").isGreaterThan(FULL ? 90 : 88); // half of it: 89 to 90
        }
    }

    @Test
    void lone_message_on_a_lossy_network() {
        for (double loss : new double[] {0, 0.02, 0.1, 0.3}) {
            World world = new World(2);
            List<SimClient> clients = world.lobby(2);
            world.weather(link -> link.loss = loss);
            int count = FULL ? 10_000 : 500;
            double[] roundTrips = new double[count];
            Map<String, Long> said = new HashMap<>();
            int[] seen = {0};
            clients.get(1).onEvent = event -> {
                if (event.isSaid()) {
                    roundTrips[seen[0]++] =
                            (world.now - said.getOrDefault(event.text(), 0L)) / (double) ROUND_TRIP.toNanos();
                }
            };
            for (int i = 0; i < count; i++) {
                said.put(clients.get(0).say("lobby").text, world.now);
                int expected = i + 1;
                world.until(() -> seen[0] == expected, Duration.ofMinutes(2));
                world.run(Duration.ofMillis(2_000 + world.random.nextInt(1_000)));
            }
            Arrays.sort(roundTrips);
            double median = roundTrips[count / 2];
            double late = roundTrips[count * 99 / 100];
            print("lone message, %.0f %% lost each way: p50 %.1f, p99 %.1f round trips", 100 * loss, median, late);
            assertThat(median).isLessThan(loss < 0.3 ? 1.2 : 4);
            assertThat(clients).allMatch(client -> client.connections == 1);
        }
    }

    @Test
    void share_of_a_line_beside_another_kabar() {
        World world = new World(3);
        Bottleneck shared = new Bottleneck(10, 25);
        SimClient ada = hasForItself(world, shared);
        SimClient bob = restores(world, "bob", shared);
        world.run(Duration.ofSeconds(3));
        long first = ada.room("archive").next;
        long second = bob.room("archive").next;
        world.run(Duration.ofSeconds(40 / SHORTER));
        first = ada.room("archive").next - first;
        second = bob.room("archive").next - second;
        double share = 100.0 * first / (first + second);
        print("beside another Kabar: %.0f %% of what arrived is of the one who came first", share);
        assertThat(share).isBetween(35.0, 65.0);
    }

    @Test
    void share_of_a_line_beside_tcp() {
        World world = new World(3);
        Bottleneck shared = new Bottleneck(10, 25);
        hasForItself(world, shared);
        RenoFlow reno = new RenoFlow(world, shared, ROUND_TRIP.dividedBy(2));
        reno.send();
        world.run(Duration.ofSeconds(3));
        long all = shared.bytes;
        long other = reno.sent;
        world.run(Duration.ofSeconds(40 / SHORTER));
        double share = 100 - 100.0 * (reno.sent - other) / (shared.bytes - all);
        print("beside TCP Reno: %.0f %% of the bytes on the line are Kabar's", share);
        assertThat(share).isBetween(25.0, 75.0);
    }

    /** A client that has had the line for itself for a while, and has more to read than there is time for. */
    private static SimClient hasForItself(World world, Bottleneck line) {
        world.server.remembers("archive", 20_000, 4_000);
        SimClient client = restores(world, "ada", line);
        world.run(Duration.ofSeconds(2));
        return client;
    }

    private static SimClient restores(World world, String name, Bottleneck line) {
        SimClient client = world.client(name);
        client.down.bottleneck = line;
        client.join(new RoomName("archive"), JoinHistory.from(1));
        return client;
    }

    @Test
    void idle_hour() {
        World world = new World(4);
        SimClient ada = world.lobby(1).get(0);
        world.run(Duration.ofMinutes(1));
        Meter meter = new Meter(List.of(ada));
        world.run(Duration.ofHours(1));
        print("idle hour of a client: %s", meter);
        assertThat(meter.bytes()).isLessThan(60_000);
    }

    @Test
    void one_message_to_many() {
        for (int members : FULL ? new int[] {10, 100, 1000} : new int[] {10}) {
            World world = new World(5);
            List<SimClient> clients = world.lobby(members);
            world.run(Duration.ofMinutes(1));
            Meter meter = new Meter(clients);
            long before = world.now;
            Call call = clients.get(0).say(RoomName.LOBBY, 50);
            world.until(
                    () -> call.accepted() && clients.stream().allMatch(client -> client.isUpToDate("lobby")),
                    Duration.ofSeconds(10));
            double roundTrips = (world.now - before) / (double) ROUND_TRIP.toNanos();
            world.run(Duration.ofSeconds(1));
            print(
                    "message of 50 bytes to %d members: %s; everybody has it after %.1f round trips",
                    members, meter, roundTrips);
            assertThat(meter.bytes() / (double) members)
                    .as("bytes for each member")
                    .isLessThan(350);
        }
    }

    /**
     * Both talk all the time, so the server hears soon that the client has moved. A client that only listens is found
     * when it next sends, at the latest at its keep-alive.
     */
    @Test
    void rebind_costs_no_event_and_at_most_a_round_trip() {
        double worst = 0;
        for (int seed = 1; seed <= (FULL ? 200 : 3); seed++) {
            World world = new World(seed);
            List<SimClient> clients = world.lobby(2);
            Map<String, Long> said = new HashMap<>();
            long[] slowest = {0};
            for (SimClient client : clients) {
                client.onEvent = event -> {
                    if (event.isSaid()) {
                        slowest[0] = Math.max(slowest[0], world.now - said.getOrDefault(event.text(), 0L));
                    }
                };
            }
            talk(world, clients, said, 100);
            long before = slowest[0];
            slowest[0] = 0;
            for (int i = 0; i < 10; i++) {
                clients.get(0).rebindNat(world.random.nextBoolean());
                talk(world, clients, said, 50);
            }
            worst = Math.max(worst, (slowest[0] - before) / (double) ROUND_TRIP.toNanos());
            world.finish();
            assertThat(world.server.roamed).isEqualTo(10);
            assertThat(clients)
                    .allMatch(client -> client.connections == 1
                            && client.room("lobby").said().size() == 1200);
            assertThat(world.server.journal.log(RoomName.LOBBY).entries)
                    .as("no leave and no join but the first and the last")
                    .filteredOn(entry -> !entry.event().isSaid())
                    .hasSize(4);
        }
        print("rebind: at most %.2f round trips later than without", worst);
        assertThat(worst).isLessThanOrEqualTo(1);
    }

    /** Each says something every 10 ms. */
    private static void talk(World world, List<SimClient> clients, Map<String, Long> said, int count) {
        for (int i = 0; i < count; i++) {
            for (SimClient client : clients) {
                said.put(client.say("lobby").text, world.now);
            }
            world.run(Duration.ofMillis(10));
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf("numbers: " + format + "%n", values);
    }

    /** Bytes and datagrams on the lines of some clients, both ways, headers of UDP and IPv4 included. */
    private static final class Meter {
        private final List<Bottleneck> lines = new ArrayList<>();

        Meter(List<SimClient> clients) {
            for (SimClient client : clients) {
                client.up.bottleneck = new Bottleneck(1000, 1000);
                client.down.bottleneck = new Bottleneck(1000, 1000);
                lines.add(client.up.bottleneck);
                lines.add(client.down.bottleneck);
            }
        }

        long bytes() {
            return lines.stream().mapToLong(line -> line.bytes).sum();
        }

        @Override
        public String toString() {
            return bytes() + " bytes in "
                    + lines.stream().mapToLong(line -> line.datagrams).sum() + " datagrams";
        }
    }
}
