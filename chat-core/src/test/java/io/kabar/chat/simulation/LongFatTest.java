package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that carry much and are long, whose routers count bytes, and whose rates change. */
class LongFatTest {

    @ParameterizedTest
    @CsvSource({"5, 100, 2", "20, 30, 4", "50, 30, 8"})
    void history_fills_a_line(int megabits, int roundTrip, int megabytes) {
        uses(megabits, roundTrip, megabytes, 0, 0.8);
    }

    @ParameterizedTest
    @CsvSource({"20, 100, 8"})
    void history_fills_a_line_though_the_journal_is_slow(int megabits, int roundTrip, int megabytes) {
        uses(megabits, roundTrip, megabytes, 20, 0.8);
    }

    /**
     * Some hundreds of megabytes: only if asked for, by {@code -Dworlds.full}. A window of 1 MiB is 80 Mbit/s at 100
     * ms: of longer and fatter lines, that is what is used.
     */
    @ParameterizedTest
    @CsvSource({"50, 100, 24", "100, 30, 40", "100, 100, 60", "200, 300, 60"})
    void history_fills_longer_and_fatter_lines_as_far_as_the_greatest_window_goes(
            int megabits, int roundTrip, int megabytes) {
        if (Lines.FULL) {
            double greatest = 8.0 * 1024 * 1024 / 1e3 / roundTrip / megabits;
            uses(megabits, roundTrip, megabytes, 0, 0.8 * Math.min(1, greatest));
            uses(megabits, roundTrip, megabytes, 20, 0.8 * Math.min(1, greatest));
        }
    }

    private static void uses(int megabits, int roundTrip, int megabytes, int journalMillis, double least) {
        World world = new World(1);
        world.weather(link -> link.delay = Duration.ofMillis(roundTrip).toNanos() / 2);
        world.server.journal.delay = Duration.ofMillis(journalMillis).toNanos();
        SimClient ada = Lines.reader(world, megabytes);
        line(ada, megabits, roundTrip);
        long began = world.now;
        Lines.readsAll(world, ada);
        double share = Lines.share(world, Lines.read(ada), began, megabits);
        Lines.print(
                "%d Mbit/s, %d ms, journal %d ms: %.0f %% of the line, lost %d, spurious %d",
                megabits,
                roundTrip,
                journalMillis,
                100 * share,
                Lines.server(world, ada).packetsLost(),
                Lines.server(world, ada).packetsSpurious());
        assertThat(share).isGreaterThan(least);
        world.finish();
    }

    private static void line(SimClient client, double megabits, int roundTrip) {
        long queue = Duration.ofMillis(roundTrip).toNanos();
        client.down.bottleneck = Bottleneck.holding(megabits, queue);
        client.up.bottleneck = Bottleneck.holding(megabits, queue);
    }

    @Test
    void rate_that_falls_to_a_twentieth_and_rises_again_is_followed() {
        World world = new World(2);
        world.weather(link -> link.delay = Duration.ofMillis(25).toNanos());
        SimClient ada = Lines.reader(world, 30);
        Bottleneck down = Bottleneck.holding(10, Duration.ofMillis(100).toNanos());
        ada.down.bottleneck = down;
        ada.join(new RoomName("archive"), JoinHistory.from(1));
        world.run(Duration.ofSeconds(1));
        double[] shares = new double[3];
        double[] rates = {10, 0.5, 10};
        for (int i = 0; i < rates.length; i++) {
            down.becomes(rates[i]);
            world.run(Duration.ofSeconds(i == 1 ? 2 : 0));
            long began = world.now;
            long before = Lines.read(ada);
            world.run(Duration.ofSeconds(i == 1 ? 6 : 10));
            shares[i] = Lines.share(world, Lines.read(ada) - before, began, rates[i]);
        }
        Lines.print(
                "10, 0.5 and 10 Mbit/s: %.0f, %.0f and %.0f %% of the line",
                100 * shares[0], 100 * shares[1], 100 * shares[2]);
        for (double share : shares) {
            assertThat(share).isGreaterThan(0.8);
        }
    }

    /**
     * 10 Mbit/s, 30 ms. A share of some seconds depends on whose queue overflowed first: that of three worlds counts.
     */
    @ParameterizedTest
    @CsvSource({"10", "25", "60"})
    void line_is_shared_with_tcp(int queue) {
        if (queue != 25 && !Lines.FULL) {
            return;
        }
        double share = LongStream.rangeClosed(3, 5)
                .mapToDouble(seed -> shareBesideReno(seed, queue))
                .average()
                .orElseThrow();
        Lines.print("beside TCP Reno, queue of %d: %.0f %% are Kabar's", queue, 100 * share);
        double tolerance = Lines.FULL ? 0.1 : 0.15; // of some seconds, a few losses more or less of one of the two
        assertThat(share).isBetween(0.5 - tolerance, 0.5 + tolerance);
    }

    private static double shareBesideReno(long seed, int queue) {
        World world = new World(seed);
        SimClient ada = Lines.reader(world, 30);
        Bottleneck shared = new Bottleneck(10, queue);
        ada.down.bottleneck = shared;
        ada.join(new RoomName("archive"), JoinHistory.from(1));
        world.run(Duration.ofSeconds(2));
        RenoFlow reno = new RenoFlow(world, shared, Duration.ofMillis(15));
        reno.send();
        world.run(Duration.ofSeconds(3));
        long all = shared.bytes;
        long other = reno.sent;
        world.run(Duration.ofSeconds(Lines.FULL ? 60 : 12));
        return 1 - (double) (reno.sent - other) / (shared.bytes - all);
    }
}
