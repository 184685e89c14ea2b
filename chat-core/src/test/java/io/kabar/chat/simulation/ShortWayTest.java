package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ways so short that the ends take longer than the way: timers that are late, programs that stand still. Nothing is
 * lost.
 */
class ShortWayTest {
    private static final double MILLI = 1e6;

    /** Of the way there and back, in microseconds; the most that a timer is late, in tenths of a millisecond. */
    @ParameterizedTest
    @CsvSource({"100, 10", "1000, 10", "100, 100", "1000, 156", "30000, 156"})
    void late_timers_cost_nothing_and_are_not_taken_for_the_way(int micros, int late) {
        double roundTrip = micros / 1000.0;
        List<Double> shown = talks(micros, late, false);
        Lines.print(
                "%s ms, timers %s ms late: shown %.1f to %.1f ms",
                roundTrip, late / 10.0, shown.get(0), shown.get(shown.size() - 1));
        assertThat(shown).allSatisfy(millis -> assertThat(millis).isBetween(roundTrip, roundTrip + 2));
    }

    @ParameterizedTest
    @CsvSource({"100, 10", "1000, 156"})
    void programs_that_stand_still_cost_nothing(int micros, int late) {
        double roundTrip = micros / 1000.0;
        List<Double> shown = talks(micros, late, true);
        Lines.print(
                "%s ms, timers %s ms late, pauses: median %.1f ms",
                roundTrip, late / 10.0, shown.get(shown.size() / 2));
        assertThat(shown.get(shown.size() / 2)).isBetween(roundTrip, roundTrip + 2);
    }

    /** Two in a room who say something about once a second; returns the round trips that the ends then see, sorted. */
    private static List<Double> talks(int micros, int late, boolean pauses) {
        List<Double> shown = new ArrayList<>();
        long deliveries = 0;
        long eliciting = 0;
        long probes = 0;
        for (int seed = 1; seed <= (Lines.FULL ? 20 : 3); seed++) {
            World world = new World(seed);
            world.lateness = late * 100_000;
            world.weather(link -> link.delay = micros * 1000L / 2);
            List<SimClient> clients = world.lobby(2);
            world.run(Duration.ofSeconds(10));
            if (pauses) {
                standStill(world, clients);
            }
            int[] seen = {0};
            clients.get(1).onEvent = event -> seen[0] += event.isSaid() ? 1 : 0;
            ConnectionStats stats = Lines.server(world, clients.get(1));
            long before = stats.packetsAcked() + stats.packetsLost();
            for (int i = 0; i < 200; i++) {
                clients.get(i % 5 == 0 ? 1 : 0).say("lobby");
                world.run(Duration.ofMillis(500 + world.random.nextInt(1000)));
                for (SimClient client : clients) {
                    shown.add(Lines.server(world, client).smoothedRttNanos() / MILLI);
                    shown.add(Objects.requireNonNull(client.endpoint().connection())
                                    .smoothedRttNanos()
                            / MILLI);
                }
            }
            world.run(Duration.ofSeconds(1));
            deliveries += seen[0];
            eliciting += stats.packetsAcked() + stats.packetsLost() - before;
            for (SimClient client : clients) {
                Connection connection = Objects.requireNonNull(client.endpoint().connection());
                probes +=
                        connection.stats().ptos() + Lines.server(world, client).ptos();
            }
            world.finish();
        }
        double each = (double) eliciting / deliveries;
        Lines.print(
                "%d us, timers %.1f ms late%s: %d probe timeouts, %.3f datagrams a delivery",
                micros, late / 10.0, pauses ? ", pauses" : "", probes, each);
        assertThat(probes).as("probe timeouts, with nothing lost").isZero();
        assertThat(each)
                .as("datagrams of a delivery that ask for an acknowledgement")
                .isBetween(1.0, 1.05);
        Collections.sort(shown);
        return shown;
    }

    /** Each of the three stands still for 5 to 50 ms some twice a second. */
    private static void standStill(World world, List<SimClient> clients) {
        for (int second = 0; second < 210; second++) {
            for (int i = 0; i < 6; i++) {
                int who = i % 3;
                Duration pause = Duration.ofMillis(5 + world.random.nextInt(45));
                world.inTime(Duration.ofMillis(1000L * second + world.random.nextInt(1000)), () -> {
                    if (who == 2) {
                        world.server.freeze(pause);
                    } else {
                        clients.get(who).freeze(pause);
                    }
                });
            }
        }
    }

    @Test
    void keep_alive_is_answered_at_once() {
        World world = new World(1);
        SimClient ada = world.lobby(1).get(0);
        world.run(Duration.ofMinutes(1));
        ConnectionStats server = Lines.server(world, ada);
        long heard = server.datagramsIn();
        long said = server.datagramsOut();
        while (server.datagramsIn() == heard) {
            world.run(Duration.ofMillis(1));
        }

        assertThat(server.datagramsOut()).isEqualTo(said + 1);
    }

    /** Nobody says anything by which it could be learnt: each acknowledgement waits for the next word, in vain. */
    @Test
    void way_is_known_from_the_handshake() {
        World world = new World(1, settings -> settings.password = true);
        world.server.journal.delay = Duration.ofMillis(300).toNanos();
        world.weather(link -> link.delay = Duration.ofMillis(2).toNanos());
        List<SimClient> clients = world.lobby(2);
        world.run(Duration.ofSeconds(5));
        for (int i = 0; i < 30; i++) {
            clients.get(0).say("lobby");
            world.run(Duration.ofSeconds(1));
        }
        for (SimClient client : clients) {
            assertThat(Lines.server(world, client).smoothedRttNanos() / MILLI).isBetween(4.0, 6.0);
            assertThat(Objects.requireNonNull(client.endpoint().connection()).smoothedRttNanos() / MILLI)
                    .isBetween(4.0, 6.0);
        }
        world.finish();
    }
}
