package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.kabar.chat.internal.connection.Connection.State;
import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What an endpoint is told by its connection, and when it is woken. */
class ConnectionTest {
    private final ConnectionPair pair = new ConnectionPair(1);
    private final byte[] out = new byte[WireLimits.LARGEST_DATAGRAM];

    @Test
    void what_one_end_has_sent_the_other_has_received() {
        talk(20);
        ConnectionStats client = pair.client.stats();
        ConnectionStats server = pair.server.stats();

        assertThat(server.datagramsIn()).isEqualTo(client.datagramsOut()).isPositive();
        assertThat(server.bytesIn()).isEqualTo(client.bytesOut()).isGreaterThan(20 * 100);
        assertThat(client.datagramsIn()).isEqualTo(server.datagramsOut());
        assertThat(client.bytesIn()).isEqualTo(server.bytesOut());
        assertThat(client.packetsAcked()).isBetween(20L, client.datagramsOut());
        assertThat(server.elicitingIn()).isBetween(20L, server.datagramsIn());
        assertThat(client.bytesInFlight()).isZero();
        assertThat(client.smoothedRttNanos()).isEqualTo(pair.client.smoothedRttNanos());
        assertThat(client.congestionWindow()).isGreaterThanOrEqualTo(12_000);
        assertThat(client.migrations()).isZero();
    }

    @Test
    void datagram_for_a_connection_that_is_over_is_counted_and_nothing_else() {
        talk(1);
        pair.server.abandon();
        pair.client.ping(pair.now);
        pair.runFor(Duration.ofMillis(20));

        assertThat(pair.server.stats().drops(DropReason.CLOSED)).isEqualTo(1);
        assertThat(pair.server.pollTransmit(out, pair.now)).isZero();
    }

    @Test
    void times_of_its_beginning_and_of_the_last_that_was_heard_are_known() {
        long began = pair.now;
        assertThat(pair.server.openedAt()).isEqualTo(began);
        assertThat(pair.server.lastReceivedAt()).isEqualTo(began);
        pair.runFor(Duration.ofMillis(100));
        pair.client.ping(pair.now);
        pair.flush();
        long sentAt = pair.now;
        assertThat(pair.client.awaitsAcknowledgement()).isTrue();
        pair.runFor(Duration.ofMillis(100));

        assertThat(pair.client.awaitsAcknowledgement()).isFalse();
        assertThat(pair.server.lastReceivedAt()).isEqualTo(sentAt + pair.delay);
        assertThat(pair.server.openedAt()).isEqualTo(began);
    }

    /** RFC 9000 section 10.1: by what asks for an answer, once after each thing that was heard. */
    @Test
    void idle_timeout_counts_from_the_first_question_after_the_last_answer() {
        talk(1);
        pair.blackHole = true;
        pair.runFor(Duration.ofSeconds(20));
        pair.server.lane(1).offer(new byte[10]);
        pair.flush();
        long asked = pair.now;
        pair.runFor(Duration.ofSeconds(20));
        pair.server.lane(1).offer(new byte[10]);
        pair.runUntil(() -> pair.server.state() == State.CLOSED, Duration.ofMinutes(5));

        assertThat(pair.now - asked).isEqualTo(Duration.ofSeconds(60).toNanos());
        assertThat(Objects.requireNonNull(pair.serverSink.closed).code()).isEqualTo(CloseCode.IDLE_TIMEOUT);
    }

    @Test
    void bytes_held_are_those_of_unfinished_lanes_and_events_and_of_the_control_lane() {
        ConnectionPair.Liar liar = pair.lyingServer();
        liar.say(ConnectionPair.SERVER, frames -> frames.lane(3, 0, new byte[] {20, 1, 2}, 0, 3));
        assertThat(pair.client.heldBytes()).isEqualTo(3);
        liar.say(ConnectionPair.SERVER, frames -> frames.eventPart(1, 1, new byte[100], 0, 10));
        assertThat(pair.client.heldBytes()).isEqualTo(3 + 10);
        pair.client.lane(0).offer(new byte[49]);
        assertThat(pair.client.heldBytes()).isEqualTo(3 + 10 + 50);

        pair.client.forgetLogs(log -> log == 1);
        assertThat(pair.client.heldBytes()).isEqualTo(3 + 50);
        pair.client.close(CloseCode.NONE, "bye", pair.now);
        assertThat(pair.client.heldBytes()).isZero();
        assertThat(pair.client.lanesIdle()).isTrue();
    }

    @Test
    void lanes_that_nobody_has_named_share_a_window_from_the_time_they_are_accepted() {
        pair.server.acceptNamedLanes();
        pair.server.nameLane(1);
        saysFrom(1);
        saysFrom(2);
        assertThat(pair.server.state()).isEqualTo(State.OPEN);
        saysFrom(3);

        assertThat(pair.server.state()).isEqualTo(State.CLOSING);
        assertThat(Objects.requireNonNull(pair.serverSink.closed).code()).isEqualTo(CloseCode.FLOW_CONTROL);
    }

    private ConnectionPair.Liar client = pair.liar();

    /** Twenty thousand bytes of a message that does not end. */
    private void saysFrom(int lane) {
        for (int at = 1; at < 20_000; at += 1000) {
            int from = at;
            client.say(pair.clientAddress, frames -> frames.lane(lane, from, new byte[1000], 0, 1000));
        }
    }

    @Test
    void closing_wakes_the_endpoint_once_and_closing_again_says_nothing() {
        talk(1);
        int readies = pair.clientSink.readies;
        pair.client.close(7, "bye", pair.now);
        assertThat(pair.clientSink.readies).isEqualTo(readies + 1);
        pair.client.close(8, "again", pair.now);
        assertThat(pair.clientSink.readies).isEqualTo(readies + 1);
        assertThat(pair.client.pollTransmit(out, pair.now)).isPositive();
        assertThat(pair.client.pollTransmit(out, pair.now)).as("once").isZero();
        assertThat(pair.client.state()).isEqualTo(State.CLOSING);
    }

    @Test
    void endpoint_is_woken_by_a_datagram_only_if_there_is_an_answer_to_it_now() {
        ConnectionPair.Liar liar = pair.liar();
        assertThat(pair.server.pollTransmit(out, pair.now)).isZero();
        int readies = pair.serverSink.readies;
        liar.say(pair.clientAddress, frames -> frames.lane(1, 0, new byte[] {1, 'a'}, 0, 2));
        assertThat(pair.serverSink.readies).as("the acknowledgement may wait").isEqualTo(readies);
        assertThat(pair.server.nextTimeout())
                .as("but no longer")
                .isEqualTo(pair.now + ConnectionOptions.SERVER.maxAckDelayNanos());
        liar.say(pair.clientAddress, frames -> frames.lane(1, 2, new byte[] {1, 'b'}, 0, 2));
        assertThat(pair.serverSink.readies).isEqualTo(readies + 1);
        liar.say(pair.clientAddress, frames -> frames.lane(1, 4, new byte[] {1, 'c'}, 0, 2));
        assertThat(pair.serverSink.readies).as("once until it has polled").isEqualTo(readies + 1);

        assertThat(pair.server.pollTransmit(out, pair.now)).isPositive();
        assertThat(pair.server.pollTransmit(out, pair.now)).isZero();
        assertThat(pair.server.nextTimeout())
                .isGreaterThan(pair.now + Duration.ofSeconds(1).toNanos());
        liar.say(pair.clientAddress, frames -> frames.pathChallenge(1));
        assertThat(pair.serverSink.readies).isEqualTo(readies + 2);
    }

    /** RFC 9000 section 10.2: nothing but the end is waited for. */
    @Test
    void closing_stops_all_timers_but_its_own() {
        talk(1);
        pair.client.lane(1).offer(new byte[100]);
        pair.flush();
        long end = pair.now + 3 * pair.client.loss().pto(pair.client.path());
        pair.client.close(7, "bye", pair.now);

        assertThat(pair.client.nextTimeout()).isEqualTo(end);
    }

    /** Also while the last answer to it is on its way: else the two would talk for ever. */
    @Test
    void packet_that_comes_while_closing_wakes_for_another_goodbye_ever_more_rarely() {
        ConnectionPair.Liar liar = pair.liar();
        pair.server.close(7, "bye", pair.now);
        assertThat(pair.server.pollTransmit(out, pair.now)).isPositive();
        assertThat(pair.server.pollTransmit(out, pair.now)).isZero();
        int readies = pair.serverSink.readies;
        int goodbyes = 0;
        for (int i = 0; i < 16; i++) {
            liar.say(pair.clientAddress, frames -> frames.ping());
            goodbyes += pair.server.pollTransmit(out, pair.now) > 0 ? 1 : 0;
            pair.server.pollTransmit(out, pair.now);
        }

        assertThat(goodbyes).as("to the 1st, 2nd, 4th, 8th and 16th").isEqualTo(5);
        assertThat(pair.serverSink.readies - readies).isEqualTo(5);
    }

    @Test
    void datagram_of_the_base_length_cannot_have_been_too_long() {
        talk(1);
        pair.client.lane(1).offer(new byte[3000]);
        int length = pair.client.pollTransmit(out, pair.now);
        assertThat(length).isEqualTo(WireLimits.DATAGRAM);
        pair.client.notSent(length, pair.now);

        assertThat(pair.client.stats().bytesInFlight()).isEqualTo(length);
        assertThat(pair.client.awaitsAcknowledgement()).isTrue();
    }

    @Test
    void server_stays_where_it_is() {
        assertThatIllegalStateException().isThrownBy(() -> pair.server.pathChanged(DatagramLimits.BASE, pair.now));
    }

    @Test
    void source_is_registered_for_both_ways_of_a_connection() {
        RoomSource room = new RoomSource(1);
        room.events.add(new byte[10]);
        pair.server.register(room, FrameClass.LOG).ready();
        assertThat(pair.runUntil(() -> pair.clientSink.eventsInAll == 1, Duration.ofSeconds(1)))
                .isTrue();
    }

    /** RFC 9000 section 17.3.1: reserved bits, and a packet without frames, once it is known who sent them. */
    @Test
    void header_that_nobody_should_send_closes_if_it_is_the_peers_and_is_nothing_if_it_is_not() {
        Consumer<byte[]> send =
                packet -> pair.server.handleDatagram(pair.clientAddress, packet, 0, packet.length, pair.now);
        byte[] good = sealed(0, 0, new byte[] {1});
        byte[] forged = sealed(1, 0x08, new byte[] {1});
        forged[forged.length - 1] ^= 1;
        send.accept(good);
        send.accept(forged);
        assertThat(pair.server.state()).isEqualTo(State.OPEN);
        assertThat(pair.server.stats().drops(DropReason.FORGED)).isEqualTo(1);
        for (byte[] wrong : new byte[][] {
            sealed(1, 0x08, new byte[] {1}), sealed(1, 0x10, new byte[] {1}), sealed(1, 0, new byte[0])
        }) {
            ConnectionPair other = new ConnectionPair(1);
            other.server.handleDatagram(other.clientAddress, wrong, 0, wrong.length, other.now);
            assertThat(other.server.state()).isEqualTo(State.CLOSING);
            assertThat(other.server.stats().drops(DropReason.MALFORMED)).isEqualTo(1);
            assertThat(Objects.requireNonNull(other.serverSink.closed).code()).isEqualTo(CloseCode.PROTOCOL_VIOLATION);
        }
    }

    /** A packet of the client with a number of four bytes, by hand (RFC 9001 section 5.4). */
    private byte[] sealed(int number, int reserved, byte[] frames) {
        KeySchedule keys = pair.keysOfClient();
        int header = PacketCodec.SHORT_HEADER + 4;
        byte[] packet = new byte[header + frames.length + 16];
        PacketCodec.writeShortHeader(packet, 0, PacketCodec.FIXED_BIT | reserved | 3, pair.server.localCid());
        packet[header - 1] = (byte) number;
        System.arraycopy(frames, 0, packet, header, frames.length);
        assertThat(keys.seal(number, packet, header, frames.length)).isEqualTo(frames.length + 16);
        byte[] mask = new byte[5];
        keys.sendProtection().mask(packet, header, mask);
        packet[0] ^= (byte) (mask[0] & 0x1f);
        for (int i = 0; i < 4; i++) {
            packet[PacketCodec.SHORT_HEADER + i] ^= mask[1 + i];
        }
        return packet;
    }

    private void talk(int messages) {
        for (int i = 0; i < messages; i++) {
            pair.client.lane(1).offer(new byte[100]);
            pair.server.lane(1).offer(new byte[100]);
            pair.runFor(Duration.ofMillis(200));
        }
    }
}
