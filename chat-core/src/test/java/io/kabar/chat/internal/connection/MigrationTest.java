package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.connection.loss.CongestionController;
import io.kabar.chat.internal.connection.loss.Path;
import io.kabar.chat.internal.connection.loss.RttEstimator;
import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 9000 sections 8.2 and 9. */
class MigrationTest {
    private static final InetSocketAddress OTHER_PORT = ConnectionPair.address(2, 6000);
    private static final InetSocketAddress OTHER_HOST = ConnectionPair.address(3, 5000);

    private final ConnectionPair pair = new ConnectionPair(1);
    private final byte[] out = new byte[WireLimits.DATAGRAM];

    @Test
    void client_is_followed_at_once_and_its_new_address_validated() {
        exchange();
        pair.clientAddress = OTHER_HOST;
        List<ConnectionPair.Datagram> log = pair.startLog();
        pair.client.ping(pair.now);
        pair.runUntil(() -> pair.server.remote().equals(OTHER_HOST), Duration.ofSeconds(1));

        assertThat(pair.serverSink.moves).containsExactly(OTHER_HOST);
        assertThat(pair.server.path().validated()).isFalse();
        pair.runFor(Duration.ofSeconds(1));
        assertThat(pair.server.path().validated()).isTrue();
        assertThat(pair.server.stats().migrations()).isEqualTo(1);
        assertThat(log).anyMatch(datagram -> !datagram.toServer() && datagram.bytes().length > 50);
        pair.runFor(Duration.ofSeconds(30));
        assertThat(pair.server.remote()).isEqualTo(OTHER_HOST);
    }

    @Test
    void another_port_keeps_what_is_known_of_the_way_and_another_host_does_not() {
        exchange();
        RttEstimator known = pair.server.path().rtt();
        CongestionController congestion = pair.server.path().congestion();
        moveTo(OTHER_PORT);
        assertThat(pair.server.path().rtt()).isSameAs(known);
        assertThat(pair.server.path().congestion()).isSameAs(congestion);
        assertThat(pair.server.path().validated()).isTrue();

        moveTo(OTHER_HOST);
        assertThat(pair.server.path().rtt()).isNotSameAs(known);
        assertThat(pair.server.path().congestion()).isNotSameAs(congestion);
        assertThat(pair.server.path().validated()).isTrue();
    }

    @Test
    void move_that_nobody_confirms_is_taken_back() {
        exchange();
        InetSocketAddress home = pair.clientAddress;
        pair.client.ping(pair.now);
        int length = pair.client.pollTransmit(out, pair.now);
        pair.server.handleDatagram(OTHER_HOST, out, 0, length, pair.now); // somebody on the path has redirected it
        assertThat(pair.server.remote()).isEqualTo(OTHER_HOST);
        pair.blackHole = true;
        pair.runFor(Duration.ofSeconds(4)); // 3 * 1.04 s
        pair.blackHole = false;

        assertThat(pair.server.remote()).isEqualTo(home);
        assertThat(pair.serverSink.moves).containsExactly(OTHER_HOST, home);
    }

    @Test
    void client_that_did_not_move_brings_the_path_back_when_asked() {
        exchange();
        InetSocketAddress home = pair.clientAddress;
        pair.client.ping(pair.now);
        int length = pair.client.pollTransmit(out, pair.now);
        pair.server.handleDatagram(OTHER_HOST, out, 0, length, pair.now);
        pair.runFor(Duration.ofMillis(200)); // the challenge to the old address is enough

        assertThat(pair.server.remote()).isEqualTo(home);
        assertThat(pair.server.path().validated()).isTrue();
    }

    @Test
    void old_packet_from_an_old_address_moves_nothing() {
        exchange();
        pair.client.ping(pair.now);
        byte[] late = new byte[WireLimits.DATAGRAM];
        int length = pair.client.pollTransmit(late, pair.now);
        moveTo(OTHER_PORT);
        pair.server.handleDatagram(ConnectionPair.address(2, 5000), late, 0, length, pair.now);

        assertThat(pair.server.remote()).isEqualTo(OTHER_PORT);
        assertThat(pair.server.stats().drops(DropReason.DUPLICATE)).isZero();
    }

    @Test
    void replayed_packet_from_elsewhere_moves_nothing() {
        List<ConnectionPair.Datagram> log = pair.startLog();
        exchange();
        List<ConnectionPair.Datagram> recorded =
                log.stream().filter(ConnectionPair.Datagram::toServer).toList();
        long events = pair.server.stats().elicitingIn();
        for (ConnectionPair.Datagram datagram : recorded) {
            byte[] bytes = datagram.bytes().clone();
            pair.server.handleDatagram(OTHER_HOST, bytes, 0, bytes.length, pair.now);
        }
        assertThat(recorded).isNotEmpty();
        assertThat(pair.server.stats().drops(DropReason.DUPLICATE)).isEqualTo(recorded.size());
        assertThat(pair.server.stats().elicitingIn()).isEqualTo(events);
        assertThat(pair.server.stats().migrations()).isZero();
    }

    @Test
    void probing_packet_is_answered_where_it_came_from_and_moves_nothing() {
        ConnectionPair.Liar client = pair.liar();
        client.say(OTHER_HOST, frames -> frames.pathChallenge(42));

        int length = pair.server.pollTransmit(out, pair.now);
        assertThat(length).isBetween(20, 100);
        assertThat(pair.server.transmitTo()).isEqualTo(OTHER_HOST);
        assertThat(pair.server.remote()).isEqualTo(pair.clientAddress);
    }

    @Test
    void address_not_validated_gets_three_times_what_came_from_it_and_not_a_byte_more() {
        RoomSource room = new RoomSource(1);
        for (int i = 0; i < 200; i++) {
            room.events.add(new byte[900]);
        }
        pair.server.register(room, FrameClass.LOG).ready();
        InetSocketAddress spoofed = OTHER_HOST;
        long[] received = {0};
        ConnectionPair.Liar client = pair.liar();
        long sent = 0;
        for (int i = 0; i < 20; i++) {
            client.say(spoofed, frames -> {
                frames.ping();
                frames.padTo(100);
            });
            received[0] += 100 + 9 + 16;
            for (int length = pair.server.pollTransmit(out, pair.now);
                    length > 0;
                    length = pair.server.pollTransmit(out, pair.now)) {
                sent += pair.server.transmitTo().equals(spoofed) ? length : 0;
            }
            assertThat(sent).isLessThanOrEqualTo(3 * (received[0] + 20 * 4));
        }
        assertThat(sent).isGreaterThan(3000);
    }

    /** The client has moved on between the challenge and its answer, or somebody has carried both. */
    @Test
    void answer_that_comes_from_elsewhere_proves_nothing_and_the_address_gets_no_more_than_before() {
        exchange();
        long[] sent = {0};
        pair.blackHole = true;
        pair.client.ping(pair.now);
        int received = pair.client.pollTransmit(out, pair.now);
        pair.server.handleDatagram(OTHER_HOST, out, 0, received, pair.now);
        List<byte[]> challenges = sentTo(OTHER_HOST, sent);
        assertThat(challenges).isNotEmpty();
        challenges.forEach(
                bytes -> pair.client.handleDatagram(ConnectionPair.SERVER, bytes, 0, bytes.length, pair.now));
        int length = pair.client.pollTransmit(out, pair.now); // the answer, and a PING
        InetSocketAddress yetElsewhere = ConnectionPair.address(4, 5000);

        pair.server.handleDatagram(yetElsewhere, out, 0, length, pair.now);

        assertThat(pair.server.remote()).isEqualTo(yetElsewhere);
        assertThat(pair.server.path().validated()).isFalse();
        for (int i = 0; i < 20; i++) {
            sentTo(OTHER_HOST, sent);
            pair.now = Math.max(pair.now, Math.min(pair.server.nextTimeout(), pair.now + 1_000_000_000L));
            pair.server.handleTimeout(pair.now);
        }
        assertThat(sent[0]).isBetween(1L, 3L * received);
        assertThat(pair.server.remote()).as("the last that was proven").isEqualTo(pair.clientAddress);
    }

    /** Datagrams that the server sends now to this address. */
    private List<byte[]> sentTo(InetSocketAddress address, long[] sum) {
        List<byte[]> all = new ArrayList<>();
        for (int length = pair.server.pollTransmit(out, pair.now);
                length > 0;
                length = pair.server.pollTransmit(out, pair.now)) {
            if (pair.server.transmitTo().equals(address)) {
                all.add(Arrays.copyOf(out, length));
                sum[0] += length;
            }
        }
        return all;
    }

    @Test
    void rebinding_every_300_ms_starves_nobody() {
        RoomSource room = new RoomSource(1);
        FrameSource.Handle handle = pair.server.register(room, FrameClass.LOG);
        for (int i = 0; i < 40; i++) {
            pair.clientAddress = ConnectionPair.address(2 + i % 3, 7000 + i);
            pair.client.ping(pair.now);
            for (int j = 0; j < 100; j++) {
                room.events.add(new byte[500]);
            }
            handle.ready();
            int before = pair.clientSink.eventsInAll;
            pair.runFor(Duration.ofMillis(300));
            assertThat(pair.clientSink.eventsInAll).as("after move " + i).isGreaterThan(before + 20);
        }
        pair.runFor(Duration.ofSeconds(5));

        assertThat(pair.clientSink.events(1)).hasSize(4000);
        assertThat(pair.server.stats().migrations()).isEqualTo(40);
        assertThat(pair.serverSink.closed).isNull();
    }

    /** RFC 9000 section 9.3: an address that was seen lately need not be validated again. */
    @Test
    void address_that_was_proven_lately_is_believed_and_its_way_known() {
        exchange();
        InetSocketAddress home = pair.clientAddress;
        Path known = pair.server.path();
        moveTo(OTHER_HOST);
        Path other = pair.server.path();
        pair.clientAddress = home;
        pair.client.ping(pair.now);
        pair.runUntil(() -> pair.server.remote().equals(home), Duration.ofSeconds(1));
        assertThat(pair.server.path()).isSameAs(known);
        assertThat(pair.server.path().validated()).isTrue();

        pair.clientAddress = OTHER_HOST;
        pair.client.ping(pair.now);
        pair.runUntil(() -> pair.server.remote().equals(OTHER_HOST), Duration.ofSeconds(1));
        assertThat(pair.server.path()).isSameAs(other);
    }

    @Test
    void address_that_was_not_heard_from_for_a_minute_has_to_prove_itself_again() {
        exchange();
        InetSocketAddress home = pair.clientAddress;
        moveTo(OTHER_HOST);
        for (int i = 0; i < 61; i++) {
            pair.client.ping(pair.now);
            pair.runFor(Duration.ofSeconds(1));
        }
        pair.clientAddress = home;
        pair.client.ping(pair.now);
        pair.runUntil(() -> pair.server.remote().equals(home), Duration.ofSeconds(1));

        assertThat(pair.server.path().validated()).isFalse();
    }

    @Test
    void eight_addresses_are_remembered() {
        exchange();
        for (int i = 0; i < 9; i++) {
            moveTo(ConnectionPair.address(10 + i, 5000));
        }
        pair.clientAddress = ConnectionPair.address(10, 5000); // the home address is forgotten by now
        pair.client.ping(pair.now);
        pair.runUntil(() -> pair.server.remote().equals(pair.clientAddress), Duration.ofSeconds(1));
        assertThat(pair.server.path().validated()).isTrue();

        pair.clientAddress = ConnectionPair.address(2, 5000);
        pair.client.ping(pair.now);
        pair.runUntil(() -> pair.server.remote().equals(pair.clientAddress), Duration.ofSeconds(1));
        assertThat(pair.server.path().validated()).isFalse();
    }

    /** Whoever is at two addresses answers the challenge of the one when a packet from the other has come already. */
    @Test
    void address_is_proven_by_its_answer_though_the_peer_is_at_a_proven_one_again() {
        exchange();
        InetSocketAddress home = pair.clientAddress;
        pair.client.ping(pair.now);
        int length = pair.client.pollTransmit(out, pair.now);
        pair.server.handleDatagram(OTHER_HOST, out, 0, length, pair.now);
        List<byte[]> challenges = sentTo(OTHER_HOST, new long[1]);
        pair.client.ping(pair.now);
        length = pair.client.pollTransmit(out, pair.now);
        pair.server.handleDatagram(home, out, 0, length, pair.now);
        assertThat(pair.server.remote()).isEqualTo(home);
        challenges.forEach(
                bytes -> pair.client.handleDatagram(ConnectionPair.SERVER, bytes, 0, bytes.length, pair.now));
        length = pair.client.pollTransmit(out, pair.now); // the answer, and a PING
        pair.server.handleDatagram(OTHER_HOST, out, 0, length, pair.now);

        assertThat(pair.server.remote()).isEqualTo(OTHER_HOST);
        assertThat(pair.server.path().validated()).isTrue();
    }

    /** Else whoever is at two addresses is sent everything again at each step. */
    @Test
    void only_a_probe_is_said_again_to_whoever_comes_back_to_a_known_address() {
        exchange();
        InetSocketAddress home = pair.clientAddress;
        moveTo(OTHER_PORT);
        pair.server.lane(1).offer(new byte[8_000]);
        pair.flush();
        pair.clearNetwork();
        List<ConnectionPair.Datagram> log = pair.startLog();
        pair.clientAddress = home;
        pair.client.ping(pair.now);
        pair.runUntil(() -> pair.server.remote().equals(home), Duration.ofSeconds(1));
        pair.flush();

        assertThat(log)
                .as("two packets' worth, and a question where the client was, of seven")
                .filteredOn(datagram -> !datagram.toServer() && datagram.bytes().length > 600)
                .hasSize(3);
        assertThat(pair.runUntil(() -> pair.clientSink.messages(1).size() == 1, Duration.ofMillis(100)))
                .as("the rest follows as soon as they are acknowledged")
                .isTrue();
    }

    @Test
    void what_is_under_way_on_a_slow_path_does_not_keep_loss_on_a_fast_one_from_being_noticed() {
        exchange();
        pair.delay = Duration.ofMillis(1500).toNanos();
        pair.client.ping(pair.now);
        pair.runFor(Duration.ofSeconds(20));
        pair.client.lane(1).offer(new byte[100]);
        pair.flush();
        pair.clearNetwork();
        pair.delay = Duration.ofMillis(1).toNanos();
        pair.clientAddress = OTHER_HOST;
        pair.client.pathChanged(
                DatagramLimits.BASE, pair.now); // what follows is acknowledged long before the first message is overdue
        pair.runFor(Duration.ofMillis(50));

        pair.client.lane(2).offer(new byte[100]);
        pair.flush();
        pair.clearNetwork();

        assertThat(pair.runUntil(() -> pair.serverSink.messages(2).size() == 1, Duration.ofMillis(200)))
                .isTrue();
    }

    @Test
    void client_drops_what_does_not_come_from_its_server() {
        pair.server.ping(pair.now);
        int length = pair.server.pollTransmit(out, pair.now);
        pair.client.handleDatagram(OTHER_HOST, out, 0, length, pair.now);

        assertThat(pair.client.stats().drops(DropReason.WRONG_ADDRESS)).isEqualTo(1);
        assertThat(pair.client.remote()).isEqualTo(ConnectionPair.SERVER);
        assertThat(pair.client.stats().elicitingIn()).isZero();
    }

    @Test
    void client_with_a_new_socket_probes_at_once_and_begins_anew() {
        exchange();
        pair.client.lane(1).offer(new byte[10_000]);
        pair.flush();
        pair.clearNetwork(); // the old socket took it along
        pair.clientAddress = OTHER_HOST;
        pair.client.pathChanged(DatagramLimits.BASE, pair.now);
        assertThat(pair.client.path().congestion().bytesInFlight()).isZero();
        assertThat(pair.client.path().rtt().sampled()).isFalse();
        assertThat(pair.runUntil(pair.client::lanesIdle, Duration.ofSeconds(5))).isTrue();

        assertThat(pair.server.remote()).isEqualTo(OTHER_HOST);
        assertThat(pair.serverSink.messages(1)).hasSize(1);
        assertThat(pair.serverSink.messages(1).get(0)).hasSize(10_000);
        assertThat(pair.clientSink.moves).isEmpty();
    }

    private void exchange() {
        pair.client.lane(0).offer(new byte[50]);
        pair.server.lane(0).offer(new byte[50]);
        pair.runFor(Duration.ofSeconds(1));
        assertThat(pair.clientSink.messages(0)).hasSize(1);
    }

    private void moveTo(InetSocketAddress address) {
        pair.clientAddress = address;
        pair.client.ping(pair.now);
        pair.runFor(Duration.ofSeconds(1));
        assertThat(pair.server.remote()).isEqualTo(address);
    }
}
