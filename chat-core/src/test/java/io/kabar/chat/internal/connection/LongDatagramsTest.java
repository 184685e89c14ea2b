package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.connection.loss.CongestionController;
import io.kabar.chat.internal.connection.loss.PathMtu;
import io.kabar.chat.internal.connection.loss.ReceivedPackets;
import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection that has much to say finds out how long its datagrams may be, and notices when that changes. */
class LongDatagramsTest {
    private static final DatagramLimits LARGE =
            new DatagramLimits(WireLimits.LARGEST_DATAGRAM, WireLimits.LARGEST_DATAGRAM);
    /** What one of the events takes in a datagram, about. */
    private static final int EVENT = 110;

    private static final Duration LONG = Duration.ofMinutes(2);

    private final ConnectionPair pair = new ConnectionPair(
            5, ConnectionOptions.CLIENT.withDatagrams(LARGE), ConnectionOptions.SERVER.withDatagrams(LARGE));
    private final RoomSource room = new RoomSource(1);
    private final FrameSource.Handle handle = pair.server.register(room, FrameClass.LOG);

    @Test
    void a_busy_path_is_used_as_far_as_it_goes() {
        for (int[] path : new int[][] {{9000, 8952}, {8952, 8952}, {8951, 1452}, {1451, 1372}, {1371, 1200}}) {
            LongDatagramsTest fresh = new LongDatagramsTest();
            fresh.pair.mtu = path[0];
            fresh.say(30_000);
            assertThat(fresh.pair.server.path().mtu().size())
                    .as("on a path of %d", path[0])
                    .isEqualTo(path[1]);
            assertThat(fresh.longest()).as("on a path of %d", path[0]).isBetween(path[1] - EVENT, path[1]);
        }
    }

    @Test
    void long_datagrams_are_fewer() {
        say(1000);
        List<ConnectionPair.Datagram> log = pair.startLog();
        say(1000);
        assertThat(log.stream().filter(each -> !each.toServer()))
                .hasSizeLessThan(1000 * EVENT / WireLimits.DATAGRAM / 4);
    }

    @Test
    void parts_of_large_events_share_a_long_datagram() {
        say(1000);
        List<ConnectionPair.Datagram> log = pair.startLog();
        room.events.add(new byte[16_000]);
        say(0);
        assertThat(log.stream().filter(each -> !each.toServer())).hasSizeLessThan(6);
    }

    @Test
    void who_says_little_probes_nothing() {
        List<ConnectionPair.Datagram> log = pair.startLog();
        for (int i = 0; i < 100; i++) {
            say(5);
        }
        assertThat(log).allSatisfy(each -> assertThat(each.bytes()).hasSizeLessThanOrEqualTo(WireLimits.DATAGRAM));
    }

    @Test
    void a_probe_that_is_lost_is_no_sign_of_congestion() {
        pair.mtu = 1300;
        say(5000);
        assertThat(pair.server.stats().packetsLost()).isZero();
        assertThat(pair.server.path().congestion().bytesInFlight()).isZero();
        assertThat(pair.server.path().congestion().window()).isGreaterThan(CongestionController.INITIAL_WINDOW);
    }

    /** Losses come in a burst, and it takes some acknowledgements and timeouts to find all of it. */
    @Test
    void a_path_that_loses_stays_as_wide_as_it_is() {
        say(1000);
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 2_000; j++) {
                room.events.add(new byte[100]);
            }
            handle.ready();
            pair.runFor(Duration.ofMillis(10 + 3 * i));
            pair.blackHole = true;
            pair.runFor(Duration.ofMillis(20));
            pair.blackHole = false;
            pair.jitter = Duration.ofMillis(10).toNanos(); // so that what is lost is found a packet at a time
            say(0);
            assertThat(pair.server.path().mtu().size()).as("after %d", i).isEqualTo(WireLimits.LARGEST_DATAGRAM);
        }
    }

    @Test
    void what_this_machine_does_not_take_goes_in_shorter_ones_at_once() {
        say(1000);
        for (int i = 0; i < 100; i++) {
            room.events.add(new byte[100]);
        }
        handle.ready();
        byte[] out = new byte[WireLimits.LARGEST_DATAGRAM];
        int length = pair.server.pollTransmit(out, pair.now);
        assertThat(length).isGreaterThan(8_000);
        pair.server.notSent(length, pair.now);

        assertThat(pair.server.path().congestion().bytesInFlight()).isZero();
        assertThat(pair.server.pollTransmit(out, pair.now)).isBetween(1_000, WireLimits.DATAGRAM);
        assertThat(pair.server.stats().packetsLost()).isZero();
        say(0);
    }

    @Test
    void a_path_that_gets_narrower_costs_seconds_and_no_event() {
        say(1000);
        assertThat(pair.server.path().mtu().size()).isEqualTo(WireLimits.LARGEST_DATAGRAM);
        pair.mtu = 1400;
        long before = pair.now;
        say(1000);
        assertThat(pair.server.path().mtu().size()).isEqualTo(WireLimits.DATAGRAM);
        assertThat(Duration.ofNanos(pair.now - before)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void a_path_that_gets_narrower_is_found_out_though_shorter_ones_get_through() {
        say(1000);
        pair.mtu = 1400;
        for (int i = 0; i < 20; i++) {
            say(12); // a datagram of 1201 to 1400 bytes
            say(25);
        }
        assertThat(pair.server.path().mtu().size()).isEqualTo(WireLimits.DATAGRAM);
    }

    @Test
    void what_comes_is_acknowledged_while_the_window_is_full() {
        say(1000);
        for (int i = 0; i < 20_000; i++) {
            room.events.add(new byte[100]);
        }
        handle.ready();
        byte[] out = new byte[WireLimits.LARGEST_DATAGRAM];
        while (pair.server.path().congestion().hasSpace()) {
            if (pair.server.pollTransmit(out, pair.now) == 0) {
                pair.now += 1_000_000; // for the pacer
                pair.server.handleTimeout(pair.now);
            }
        }
        for (int i = 0; i < ReceivedPackets.PER_ACK_STEADY; i++) {
            pair.client.ping(pair.now);
            int length = pair.client.pollTransmit(out, pair.now);
            pair.server.handleDatagram(pair.clientAddress, out, 0, length, pair.now);
        }
        assertThat(pair.server.receivedPackets().deadline()).isLessThanOrEqualTo(pair.now);
        assertThat(pair.server.pollTransmit(out, pair.now)).isPositive();
        assertThat(pair.server.receivedPackets().anythingNew()).isFalse();
    }

    @Test
    void an_address_that_is_not_proven_gets_no_probe() {
        for (int i = 0; i < 200; i++) {
            room.events.add(new byte[900]);
        }
        handle.ready();
        byte[] out = new byte[WireLimits.LARGEST_DATAGRAM];
        ConnectionPair.Liar client = pair.liar();
        long came = 0;
        long sent = 0;
        for (int i = 0; i < 20; i++) {
            client.say(ConnectionPair.address(3, 5000), frames -> {
                frames.ping();
                frames.padTo(1000);
            });
            came += 1000 + 40; // at most: header and tag
            int length = pair.server.pollTransmit(out, pair.now);
            while (length > 0) {
                sent += pair.server.transmitTo().equals(pair.clientAddress) ? 0 : length;
                length = pair.server.pollTransmit(out, pair.now);
            }
            assertThat(sent).isLessThanOrEqualTo(3 * came);
        }
        assertThat(sent).isGreaterThan(PathMtu.FULL_PACKETS * WireLimits.DATAGRAM);
    }

    @Test
    void another_host_is_another_path_and_another_port_is_not() {
        say(1000);
        pair.clientAddress = ConnectionPair.address(2, 5001);
        pair.client.ping(pair.now);
        assertThat(pair.runUntil(
                        () -> pair.server.path().validated()
                                && pair.server.remote().getPort() == 5001,
                        LONG))
                .isTrue();
        assertThat(pair.server.path().mtu().size()).isEqualTo(WireLimits.LARGEST_DATAGRAM);

        pair.clientAddress = ConnectionPair.address(3, 5001);
        pair.client.ping(pair.now);
        assertThat(pair.runUntil(() -> pair.server.remote().equals(pair.clientAddress), LONG))
                .isTrue();
        assertThat(pair.server.path().mtu().size()).isEqualTo(WireLimits.DATAGRAM);
    }

    /** Says so many events of 100 bytes and waits until they have arrived. */
    private void say(int events) {
        for (int i = 0; i < events; i++) {
            room.events.add(new byte[100]);
        }
        handle.ready();
        assertThat(pair.runUntil(() -> !room.hasMore() && room.pending() == 0, LONG))
                .isTrue();
        pair.runFor(Duration.ofSeconds(1));
        assertThat(pair.clientSink.events(1).values()).containsExactlyElementsOf(room.events);
    }

    /** The longest datagram of those that some more events need. */
    private int longest() {
        List<ConnectionPair.Datagram> log = pair.startLog();
        say(500);
        return log.stream().mapToInt(each -> each.bytes().length).max().orElse(0);
    }
}
