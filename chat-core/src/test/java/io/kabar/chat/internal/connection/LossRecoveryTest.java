package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.connection.loss.CongestionController;
import io.kabar.chat.internal.connection.loss.RttEstimator;
import io.kabar.chat.internal.connection.loss.SentPackets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 9002 section 6. */
class LossRecoveryTest {
    private final ConnectionPair pair = new ConnectionPair(1);

    @Test
    void lost_tail_is_sent_again_after_a_probe_timeout_with_back_off() {
        warmUp();
        pair.blackHole = true;
        pair.client.lane(1).offer(new byte[100]);
        pair.flush();
        List<ConnectionPair.Datagram> log = pair.startLog();
        long pto = pair.client.nextTimeout() - pair.now;
        long start = pair.now;
        pair.runUntil(() -> log.size() >= 5, Duration.ofSeconds(10));

        // One probe after 1 timeout, as there is one packet whose fate is in doubt; two after 1 + 1 and 1 + 1 + 2. Of
        // two
        // at once, neither is alone.
        assertThat(log).hasSize(5);
        assertThat(pair.now - start).isEqualTo(4 * pto + 2 * RttEstimator.LATENESS);
        assertThat(pair.client.ptoCount()).isEqualTo(3);
        pair.blackHole = false;
        assertThat(pair.runUntil(pair.client::lanesIdle, Duration.ofSeconds(10)))
                .isTrue();
        assertThat(pair.client.ptoCount()).isZero();
        assertThat(pair.client.stats().ptos()).isEqualTo(4);
    }

    @Test
    void probe_timeouts_do_not_grow_beyond_half_a_minute() {
        ConnectionPair patient = new ConnectionPair(
                1,
                ConnectionOptions.CLIENT.withIdleTimeout(Duration.ofHours(2)),
                ConnectionOptions.SERVER.withIdleTimeout(Duration.ofHours(2)));
        patient.blackHole = true;
        patient.client.lane(1).offer(new byte[100]);
        patient.runFor(Duration.ofMinutes(30));
        long before = patient.client.stats().ptos();
        patient.runFor(Duration.ofMinutes(30));

        assertThat(patient.client.stats().ptos() - before).isEqualTo(60);
        patient.blackHole = false;
        assertThat(patient.runUntil(patient.client::lanesIdle, Duration.ofMinutes(1)))
                .isTrue();
        assertThat(patient.serverSink.messages(1)).hasSize(1);
    }

    @Test
    void keep_alive_goes_although_the_window_is_full() {
        warmUp();
        pair.blackHole = true;
        pair.client.lane(1).offer(new byte[30_000]);
        pair.runFor(Duration.ofSeconds(35));
        assertThat(pair.client.path().congestion().hasSpace()).isFalse();
        List<ConnectionPair.Datagram> log = pair.startLog();
        pair.runFor(Duration.ofSeconds(20));

        assertThat(log).as("not a probe, which would carry data").anyMatch(datagram -> datagram.bytes().length < 100);
    }

    @Test
    void loss_in_the_middle_is_found_by_what_came_later_without_a_timeout() {
        warmUp();
        RoomSource room = new RoomSource(1);
        FrameSource.Handle handle = pair.server.register(room, FrameClass.LOG);
        room.events.add(new byte[1000]);
        handle.ready();
        pair.blackHole = true;
        pair.flush(); // lost
        pair.blackHole = false;
        for (int i = 0; i < 4; i++) {
            room.events.add(new byte[1000]);
        }
        handle.ready();
        assertThat(pair.runUntil(() -> pair.clientSink.eventsInAll == 5, Duration.ofMillis(70)))
                .isTrue();

        assertThat(pair.server.stats().packetsLost()).isEqualTo(1);
        assertThat(pair.server.stats().ptos()).isZero();
        assertThat(pair.server.stats().congestionWindow()).isLessThan(12_000);
    }

    @Test
    void reordering_beyond_the_threshold_is_found_to_have_been_no_loss() {
        warmUp();
        byte[] out = new byte[1200];
        pair.client.ping(pair.now);
        int length = pair.client.pollTransmit(out, pair.now);
        byte[] late = out.clone();
        for (int i = 0; i < 4; i++) {
            pair.client.ping(pair.now);
            pair.flush();
        }
        pair.runFor(Duration.ofMillis(60));
        assertThat(pair.client.stats().packetsLost()).isEqualTo(1);
        pair.server.handleDatagram(pair.clientAddress, late, 0, length, pair.now);
        pair.runFor(Duration.ofMillis(60));

        assertThat(pair.client.stats().packetsSpurious()).isEqualTo(1);
    }

    @Test
    void long_silence_of_the_network_is_persistent_congestion() {
        warmUp();
        RoomSource room = new RoomSource(1);
        FrameSource.Handle handle = pair.server.register(room, FrameClass.LOG);
        pair.blackHole = true;
        for (int i = 0; i < 20; i++) {
            room.events.add(new byte[500]);
            handle.ready();
            pair.runFor(Duration.ofMillis(200));
        }
        pair.blackHole = false;
        long[] least = {Long.MAX_VALUE};
        assertThat(pair.runUntil(
                        () -> {
                            least[0] = Math.min(least[0], pair.server.stats().congestionWindow());
                            return room.pending() == 0 && !room.hasMore();
                        },
                        Duration.ofMinutes(2)))
                .isTrue();
        assertThat(least[0]).isEqualTo(CongestionController.MINIMUM_WINDOW);
        assertThat(pair.clientSink.events(1)).hasSize(20);
    }

    @Test
    void round_trip_time_is_that_of_the_network() {
        for (int i = 0; i < 50; i++) {
            pair.client.ping(pair.now);
            pair.runFor(Duration.ofMillis(200));
        }
        assertThat(pair.client.smoothedRttNanos())
                .isBetween(
                        Duration.ofMillis(30).toNanos(), Duration.ofMillis(31).toNanos());
        assertThat(pair.client.stats().minRttNanos())
                .isEqualTo(Duration.ofMillis(30).toNanos());
    }

    @Test
    void one_and_a_half_seconds_round_trip_are_no_obstacle() {
        pair.delay = Duration.ofMillis(750).toNanos();
        for (int i = 0; i < 10; i++) {
            pair.client.lane(1).offer(new byte[5000]);
        }
        assertThat(pair.runUntil(pair.client::lanesIdle, Duration.ofMinutes(1))).isTrue();
        assertThat(pair.serverSink.messages(1)).hasSize(10);
    }

    @Test
    void five_seconds_on_and_two_off_lose_nothing() {
        RoomSource room = new RoomSource(1);
        FrameSource.Handle handle = pair.server.register(room, FrameClass.LOG);
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 50; j++) {
                room.events.add(new byte[700]);
            }
            handle.ready();
            pair.blackHole = false;
            pair.runFor(Duration.ofSeconds(5));
            room.events.add(new byte[700]);
            handle.ready();
            pair.blackHole = true;
            pair.runFor(Duration.ofSeconds(2));
        }
        pair.blackHole = false;
        pair.runFor(Duration.ofSeconds(10));
        assertThat(pair.clientSink.events(1)).hasSize(510);
        assertThat(pair.clientSink.closed).isNull();
    }

    @Test
    void mere_receiver_asks_for_acknowledgements_now_and_then_so_that_it_can_forget() {
        RoomSource room = new RoomSource(1);
        FrameSource.Handle handle = pair.server.register(room, FrameClass.LOG);
        for (int i = 0; i < 6000; i++) {
            room.events.add(new byte[1000]);
        }
        handle.ready();
        pair.runUntil(() -> !room.hasMore() && room.pending() == 0, Duration.ofMinutes(1));

        SentPackets sent = pair.client.sentPackets();
        assertThat(sent.end()).isGreaterThan(500);
        assertThat(sent.end() - sent.base()).isLessThan(300);
    }

    private void warmUp() {
        pair.client.lane(0).offer(new byte[10]);
        pair.server.lane(0).offer(new byte[10]);
        for (int i = 0; i < 10; i++) {
            pair.client.ping(pair.now);
            pair.server.ping(pair.now);
            pair.runFor(Duration.ofMillis(200));
        }
    }
}
