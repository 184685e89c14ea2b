package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server to which every datagram is work, that reads and sends some in a turn, and stands still at times. Nothing is
 * lost.
 */
class RealLoopTest {

    private static final int MEMBERS = Lines.FULL ? 1000 : 40;

    @ParameterizedTest
    @ValueSource(ints = {50, 1000, 31_000})
    void server_that_stood_still_takes_nobody_for_lost(int pauseMillis) {
        CrowdedRoom room = new CrowdedRoom(MEMBERS, Duration.ofMillis(60));
        room.talk(5, Duration.ofSeconds(2));
        long before = room.probeTimeouts();
        for (int i = 0; i < 2; i++) {
            room.talk(20, Duration.ofMillis(500)); // the answers to the last of these wait in the socket
            room.standStill(Duration.ofMillis(pauseMillis));
            room.run(Duration.ofMillis(pauseMillis));
            room.run(Duration.ofSeconds(2));
        }
        long probes = room.probeTimeouts() - before;
        Lines.print("%d members, a server that stood still for %d ms: %d probe timeouts", MEMBERS, pauseMillis, probes);
        assertThat(probes).as("the server's probe timeouts").isZero();
        assertThat(room.overflows).isZero();
        assertThat(room.allStillThere()).isTrue();
    }

    @Test
    void at_full_load_everybody_hears_at_about_the_same_time() {
        CrowdedRoom room = new CrowdedRoom(MEMBERS, Duration.ofMillis(1));
        room.talkWithoutEnd(256, Duration.ofMillis(100));
        room.latencies.clear();
        room.talkWithoutEnd(256, Duration.ofMillis(Lines.FULL ? 3000 : 100));
        double ratio = (double) room.percentile(99) / room.percentile(50);
        Lines.print(
                "full load: p50 %.1f ms, p99 %.1f ms, %.1f times",
                room.percentile(50) / 1e6, room.percentile(99) / 1e6, ratio);
        assertThat(ratio).isLessThan(4);
        assertThat(room.probeTimeouts()).isZero();
    }
}
