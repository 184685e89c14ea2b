package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody says one thing, somebody else hears it, and nothing else is on the way that would show its loss. */
class LoneMessageTest {
    private static final double ROUND_TRIP = 30e6;
    private static final int MESSAGES = Lines.FULL ? 20_000 : 3_000;

    /** Of what is sent each way, and the round trips after which half, and nearly all, must have been heard. */
    @ParameterizedTest
    @CsvSource({"0, 1.1, 1.1", "0.02, 1.1, 2.9", "0.1, 1.1, 4.8", "0.3, 3.0, 14"})
    void message_that_is_lost_comes_soon_after_all(double loss, double median, double nearlyAll) {
        World world = new World(1);
        List<SimClient> clients = world.lobby(2);
        world.run(Duration.ofSeconds(10));
        world.weather(link -> link.loss = loss);
        List<Double> after = new ArrayList<>();
        long[] said = {0};
        clients.get(1).onEvent = event -> {
            if (event.isSaid()) {
                after.add((world.now - said[0]) / ROUND_TRIP);
            }
        };
        for (int i = 0; i < MESSAGES; i++) {
            world.run(Duration.ofMillis(500 + world.random.nextInt(1000)));
            int before = after.size();
            said[0] = world.now;
            clients.get(0).say("lobby");
            world.until(() -> after.size() > before, Duration.ofSeconds(60));
        }
        Collections.sort(after);
        double half = after.get(MESSAGES / 2);
        double most = after.get(MESSAGES * 99 / 100);
        Lines.print("a lone message, %.0f %% lost: p50 %.1f, p99 %.1f round trips", 100 * loss, half, most);
        assertThat(half).as("round trips, median").isLessThanOrEqualTo(median);
        assertThat(most).as("round trips, 99th percentile").isLessThanOrEqualTo(nearlyAll);
        world.finish();
    }
}
