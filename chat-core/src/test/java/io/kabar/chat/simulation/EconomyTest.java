package io.kabar.chat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What a delivery of 100 bytes costs may not grow unnoticed: datagrams, bytes and garbage, at fixed loads in virtual
 * time. The bounds are about a seventh above what it costs now; lower them when it gets cheaper.
 */
class EconomyTest {

    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration ROUND_TRIP = Duration.ofNanos(200_000);

    /** Nothing coalesces: a datagram for each delivery, and what an acknowledgement costs. */
    @Test
    void steady_conversation_takes_a_datagram_a_delivery_and_an_eighth_of_an_acknowledgement() {
        CrowdedRoom room = new CrowdedRoom(40, ROUND_TRIP);
        room.talk(1000, WARM_UP);
        room.costs.forget();
        room.talk(1000, Duration.ofSeconds(1));
        assertThat(room.costs.perDelivery(room.costs.datagramsOut)).isBetween(0.95, 1.1);
        assertThat(room.costs.perDelivery(room.costs.datagramsIn)).isLessThan(0.19);
        assertThat(room.costs.perDelivery(room.costs.bytesOut)).isLessThan(165);
        assertThat(room.costs.perDelivery(room.costs.garbage)).isLessThan(1800);
    }

    /** A pause of 20 ms between messages: acknowledgements are held back as long as they may be. */
    @Test
    void slow_conversation_takes_half_an_acknowledgement_a_delivery() {
        CrowdedRoom room = new CrowdedRoom(40, ROUND_TRIP);
        room.talk(50, Duration.ofSeconds(2));
        room.costs.forget();
        room.talk(50, Duration.ofSeconds(4));
        assertThat(room.costs.perDelivery(room.costs.datagramsOut)).isBetween(0.95, 1.1);
        assertThat(room.costs.perDelivery(room.costs.datagramsIn)).isLessThan(0.55);
        assertThat(room.costs.perDelivery(room.costs.garbage)).isLessThan(2270);
    }

    /** More than goes into single datagrams: they are filled. */
    @Test
    void at_full_load_a_datagram_carries_nine_deliveries() {
        CrowdedRoom room = new CrowdedRoom(50, ROUND_TRIP);
        room.talkWithoutEnd(512, Duration.ofMillis(300));
        room.costs.forget();
        room.talkWithoutEnd(512, Duration.ofMillis(300));
        assertThat(room.costs.perDelivery(room.costs.datagramsOut)).isLessThan(0.125);
        assertThat(room.costs.perDelivery(room.costs.datagramsIn)).isLessThan(0.048);
        assertThat(room.costs.perDelivery(room.costs.bytesOut)).isLessThan(140);
        assertThat(room.costs.perDelivery(room.costs.garbage)).isLessThan(290);
    }
}
