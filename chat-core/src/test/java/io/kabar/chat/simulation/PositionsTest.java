package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sixty players who tell each other where they are, while a room beside theirs restores its history to each. */
class PositionsTest {

    private static final int PLAYERS = 60;
    private static final int PER_SECOND = 20;
    private static final Duration TIME = Duration.ofSeconds(2);

    @Test
    void positions_arrive_within_two_round_trips_beside_a_room_that_restores_its_history() {
        Duration roundTrip = Duration.ofMillis(40);
        CrowdedRoom room = new CrowdedRoom(PLAYERS, roundTrip);
        room.fillArchive(1500);

        room.signalPositions(PER_SECOND, TIME);

        long toBeHeard = room.signalled * (PLAYERS - 1);
        assertThat((long) room.latencies.size())
                .as("heard, where a newer one may take the place of one that waits")
                .isBetween(toBeHeard * 98 / 100, toBeHeard);
        assertThat(room.besideReading).hasSizeGreaterThan(1000);
        assertThat(CrowdedRoom.percentile(room.besideReading, 99))
                .as("to who reads history")
                .isLessThan(2 * roundTrip.toNanos());
        assertThat(room.percentile(99)).isLessThan(2 * roundTrip.toNanos());
        assertThat(room.costs.datagramsOut)
                .as("datagrams, those of the history included: many signals go in one")
                .isLessThan(room.latencies.size());
        assertThat(room.overflows).isZero();
    }
}
