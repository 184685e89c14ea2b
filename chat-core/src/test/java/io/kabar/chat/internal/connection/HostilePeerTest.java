package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.loss.ReceivedPackets;
import io.kabar.chat.internal.connection.loss.SentPackets;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.VarInt;
import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A peer that has the keys, or a stranger that has not, can cost only itself. */
class HostilePeerTest {
    private final ConnectionPair pair = new ConnectionPair(1);
    private final ConnectionPair.Liar liar = pair.liar();
    private final ConnectionPair.Liar lyingServer = pair.lyingServer();
    private final byte[] out = new byte[WireLimits.DATAGRAM];

    @Test
    void acknowledging_what_was_never_sent_closes() {
        says(frames -> frames.ack(0, new long[] {0, 1000}, 1));

        assertClosed(CloseCode.PROTOCOL_VIOLATION);
    }

    @Test
    void acknowledging_a_number_that_was_left_out_closes() {
        SentPackets sent = pair.server.sentPackets();
        for (int i = 0; i < 100; i++) {
            pair.server.ping(pair.now);
            assertThat(pair.server.pollTransmit(out, pair.now)).isPositive();
            pair.now += 1_000_000_000;
            if (sent.skippedBetween(0, sent.end())) {
                break;
            }
            says(frames -> frames.ack(0, new long[] {0, sent.end() - 1}, 1));
            assertThat(pair.serverSink.closed).isNull();
        }
        says(frames -> frames.ack(0, new long[] {0, sent.end() - 1}, 1));

        assertClosed(CloseCode.PROTOCOL_VIOLATION);
    }

    /** Times 1000, these do not fit a long. */
    @Test
    void delay_too_long_to_be_true_is_not_believed() {
        for (long delay : new long[] {VarInt.MAX, 0x3fef9db22d0e5604L, 0x1ffdf3b645a1cac0L, 10_000_000_000_000_000L}) {
            pair.server.ping(pair.now);
            assertThat(pair.server.pollTransmit(out, pair.now)).isPositive();
            long number = pair.server.sentPackets().end() - 1;
            pair.now += 30_000_000;
            says(frames -> frames.ack(delay, new long[] {number, number}, 1));

            assertThat(pair.server.smoothedRttNanos()).isBetween(0L, 100_000_000L);
        }
    }

    @Test
    void frames_that_do_not_decode_close() {
        says(frames -> {
            frames.ping();
            frames.lane(64, 0, new byte[1], 0, 1);
            frames.close(1, new byte[0]);
        });
        assertThat(Objects.requireNonNull(pair.serverSink.closed).byPeer()).isTrue();

        ConnectionPair other = new ConnectionPair(2);
        other.liar().say(other.clientAddress, frames -> frames.lane(65, 0, new byte[1], 0, 1));
        assertThat(Objects.requireNonNull(other.serverSink.closed).code()).isEqualTo(CloseCode.MALFORMED);
        assertThat(other.server.stats().drops(DropReason.MALFORMED)).isEqualTo(1);
    }

    @Test
    void lane_bytes_beyond_the_window_close() {
        byte[] one = new byte[1];
        says(frames -> frames.lane(1, WireLimits.LANE_WINDOW - 1, one, 0, 1));
        assertThat(pair.serverSink.closed).isNull();
        says(frames -> frames.lane(1, WireLimits.LANE_WINDOW, one, 0, 1));

        assertClosed(CloseCode.FLOW_CONTROL);
    }

    @Test
    void message_too_large_closes_before_it_is_held() {
        byte[] length = new byte[VarInt.size(WireLimits.MESSAGE + 1)];
        VarInt.write(length, 0, WireLimits.MESSAGE + 1);
        says(frames -> frames.lane(1, 0, length, 0, length.length));

        assertClosed(CloseCode.FLOW_CONTROL);
    }

    @Test
    void lane_bytes_in_a_thousand_pieces_close() {
        byte[] one = new byte[1];
        int[] offset = {1};
        while (pair.serverSink.closed == null) {
            assertThat(offset[0]).isLessThan(2 * 1200);
            says(frames -> {
                for (int i = 0; i < 100; i++, offset[0] += 2) {
                    frames.lane(1, offset[0], one, 0, 1);
                }
            });
        }
        assertClosed(CloseCode.FLOW_CONTROL);
    }

    @Test
    void events_never_completed_close_at_their_limit() {
        byte[] body = new byte[2];
        for (int seq = 0; seq < WireLimits.PARTIAL_EVENTS; seq++) {
            long number = seq;
            serverSays(frames -> frames.eventPart(1, number, body, 0, 1));
        }
        assertThat(pair.clientSink.closed).isNull();
        serverSays(frames -> frames.eventPart(1, WireLimits.PARTIAL_EVENTS, body, 0, 1));

        assertClosed(pair.client, pair.clientSink, CloseCode.FLOW_CONTROL);
        assertThat(pair.clientSink.eventsInAll).isZero();
    }

    @Test
    void bytes_of_partial_events_are_bounded() {
        byte[] body = new byte[WireLimits.MESSAGE];
        for (int seq = 0; seq < WireLimits.PARTIAL_EVENT_BYTES / body.length; seq++) {
            long number = seq;
            serverSays(frames -> frames.eventPart(1, number, body, body.length - 2, 1));
        }
        assertThat(pair.clientSink.closed).isNull();
        serverSays(frames -> frames.eventPart(1, 1000, body, body.length - 2, 1));

        assertClosed(pair.client, pair.clientSink, CloseCode.FLOW_CONTROL);
    }

    /** Else anybody could have a server hold a mebibyte, before it is known who that is. */
    @Test
    void server_holds_no_events() {
        says(frames -> frames.eventPart(1, 1, new byte[2], 0, 1));

        assertClosed(CloseCode.PROTOCOL_VIOLATION);
    }

    @Test
    void lane_that_is_not_open_closes() {
        pair.server.acceptLanes(1);
        says(frames -> frames.lane(0, 0, new byte[1], 0, 1));
        assertThat(pair.serverSink.closed).isNull();
        says(frames -> frames.lane(1, 0, new byte[1], 0, 1));

        assertClosed(CloseCode.PROTOCOL_VIOLATION);
    }

    @Test
    void acknowledging_twice_in_one_packet_closes() {
        pair.server.ping(pair.now);
        assertThat(pair.server.pollTransmit(out, pair.now)).isPositive();
        long number = pair.server.sentPackets().end() - 1;
        says(frames -> {
            frames.ack(0, new long[] {number, number}, 1);
            frames.ack(0, new long[] {number, number}, 1);
        });

        assertClosed(CloseCode.PROTOCOL_VIOLATION);
    }

    /** It has us send acknowledgements, which we remember until they are acknowledged, and never does that. */
    @Test
    void peer_that_acknowledges_nothing_is_remembered_so_far_and_no_further() {
        SentPackets sent = pair.server.sentPackets();
        int packets = 0;
        while (pair.serverSink.closed == null) {
            assertThat(packets++).isLessThan((ReceivedPackets.PER_ACK_STEADY + 1) * SentPackets.MAX_SPAN);
            pair.now += 10_000;
            says(FrameWriter::ping);
            flushServer();
            assertThat(sent.end() - sent.base()).isLessThanOrEqualTo(SentPackets.MAX_SPAN + 4L);
            assertThat(sent.elicitingInFlight())
                    .as("asks so often, not for ever")
                    .isLessThanOrEqualTo(16);
        }
        assertThat(Objects.requireNonNull(pair.serverSink.closed).code()).isEqualTo(CloseCode.PROTOCOL_VIOLATION);
    }

    @Test
    void acknowledgements_of_acknowledgements_are_not_waited_for_when_there_are_too_many() {
        SentPackets sent = pair.server.sentPackets();
        long last = 0;
        for (int i = 0; i < 4 * SentPackets.REMEMBERED; i++) {
            says(FrameWriter::ping);
            flushServer();
            if (sent.elicitingInFlight() > 0) { // the PING that asks for an answer gets one
                long number = sent.end() - 1;
                says(frames -> frames.ack(0, new long[] {number, number}, 1));
            }
            last = Math.max(last, sent.end() - sent.base());
        }
        assertThat(last).isLessThanOrEqualTo(SentPackets.REMEMBERED);
        assertThat(pair.serverSink.closed).isNull();
    }

    @Test
    void peer_that_seems_to_be_everywhere_is_followed_ten_times_a_second() {
        for (int i = 0; i < 100; i++) {
            liar.say(ConnectionPair.address(3 + i, 5000), FrameWriter::ping);
        }
        assertThat(pair.server.stats().migrations()).isEqualTo(Roaming.MOVES);
        for (int i = 0; i < 100; i++) {
            pair.now += Roaming.MOVE_INTERVAL / 10;
            liar.say(ConnectionPair.address(3 + i, 5000), FrameWriter::ping);
        }
        assertThat(pair.server.stats().migrations()).isEqualTo(2L * Roaming.MOVES);
    }

    @Test
    void flood_of_challenges_is_answered_with_less_than_it_sent() {
        InetSocketAddress victim = ConnectionPair.address(7, 7);
        long answered = 0;
        for (int i = 0; i < 100; i++) {
            liar.say(victim, frames -> {
                for (int j = 0; j < 100; j++) {
                    frames.pathChallenge(j);
                }
            });
            int length;
            int packets = 0;
            while ((length = pair.server.pollTransmit(out, pair.now)) > 0) {
                answered += pair.server.transmitTo().equals(victim) ? length : 0;
                packets += pair.server.transmitTo().equals(victim) ? 1 : 0;
            }
            assertThat(packets).isEqualTo(1);
        }
        assertThat(answered).isLessThan(100 * 128);
    }

    @Test
    void acknowledgement_held_back_for_an_hour_keeps_nobody_waiting_for_hours() {
        pair.server.ping(pair.now);
        assertThat(pair.server.pollTransmit(out, pair.now)).isPositive();
        long number = pair.server.sentPackets().end() - 1;
        pair.now += Duration.ofHours(1).toNanos();
        says(frames -> frames.ack(0, new long[] {number, number}, 1));
        pair.server.close(0, "", pair.now);
        flushServer();

        assertThat(pair.server.nextTimeout() - pair.now)
                .isBetween(1L, Duration.ofMinutes(5).toNanos());
    }

    @Test
    void every_bit_flip_truncation_and_extension_is_dropped_and_counted_and_changes_nothing() {
        pair.server.ping(pair.now);
        pair.flush();
        byte[] packet = new byte[WireLimits.DATAGRAM];
        pair.client.lane(0).offer("hello".getBytes(StandardCharsets.UTF_8));
        int length = pair.client.pollTransmit(packet, pair.now);
        long drops = 0;
        for (int bit = 0; bit < 8 * length; bit++) {
            byte[] flipped = packet.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            pair.server.handleDatagram(pair.clientAddress, flipped, 0, length, pair.now);
            assertThat(drops(pair.server)).isEqualTo(++drops);
        }
        for (int other = 0; other < length + 20; other++) {
            if (other != length) {
                pair.server.handleDatagram(pair.clientAddress, packet.clone(), 0, other, pair.now);
                assertThat(drops(pair.server)).isEqualTo(++drops);
            }
        }
        assertThat(pair.serverSink.messages(0)).isEmpty();
        assertThat(pair.server.state()).isEqualTo(Connection.State.OPEN);
        pair.server.handleDatagram(pair.clientAddress, packet, 0, length, pair.now);
        assertThat(pair.serverSink.messages(0)).hasSize(1);
    }

    @Test
    void any_bytes_are_dropped() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(1, 100)];
            random.nextBytes(bytes);
            if (bytes.length >= PacketCodec.SHORT_HEADER && random.nextBoolean()) {
                PacketCodec.writeShortHeader(
                        bytes, 0, PacketCodec.FIXED_BIT | random.nextInt(64), pair.server.localCid());
            }
            pair.server.handleDatagram(pair.clientAddress, bytes, 0, bytes.length, pair.now);
        }
        assertThat(drops(pair.server)).isEqualTo(20_000);
        assertThat(pair.server.stats().drops(DropReason.FORGED)).isGreaterThan(1000);
        assertThat(pair.server.state()).isEqualTo(Connection.State.OPEN);
    }

    @Test
    void any_frames_of_an_authenticated_peer_leave_the_connection_open_or_closed_and_nothing_else() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            ConnectionPair fuzzed = new ConnectionPair(seed);
            boolean toServer = seed % 2 == 0;
            ConnectionPair.Liar peer = toServer ? fuzzed.liar() : fuzzed.lyingServer();
            Connection victim = toServer ? fuzzed.server : fuzzed.client;
            InetSocketAddress from = toServer ? fuzzed.clientAddress : ConnectionPair.SERVER;
            for (int i = 0; i < 10 && victim.state() == Connection.State.OPEN; i++) {
                peer.say(from, frames -> anyFrames(frames, random, toServer ? 7 : 10));
                while (victim.pollTransmit(out, fuzzed.now) > 0) {
                    ConnectionCheck.check(victim);
                }
                fuzzed.now =
                        Math.max(fuzzed.now + 1_000_000, Math.min(victim.nextTimeout(), fuzzed.now + 1_000_000_000L));
                victim.handleTimeout(fuzzed.now);
            }
            assertThat(fuzzed.serverSink.closings).isLessThanOrEqualTo(1);
            assertThat(fuzzed.clientSink.closings).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void silence_after_all_that_ends_by_itself() {
        says(frames -> frames.ack(0, new long[] {0, 1000}, 1));
        pair.flush();
        pair.clearNetwork();
        pair.runFor(Duration.ofSeconds(10));

        assertThat(pair.server.state()).isEqualTo(Connection.State.CLOSED);
        assertThat(pair.serverSink.closings).isEqualTo(1);
    }

    private static void anyFrames(FrameWriter frames, Random random, int kinds) {
        byte[] bytes = new byte[random.nextInt(1, 60)];
        random.nextBytes(bytes);
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            int small = random.nextInt(4);
            switch (random.nextInt(kinds)) {
                case 0 -> frames.ping();
                case 1 -> frames.ack(random.nextInt(1000), new long[] {0, small}, 1);
                case 2 -> frames.pathChallenge(random.nextLong());
                case 3 -> frames.pathResponse(random.nextLong());
                case 4 -> frames.lane(small, random.nextInt(200), bytes, 0, bytes.length);
                case 5 -> frames.lane(random.nextInt(70), random.nextInt(1 << 17), bytes, 0, bytes.length);
                case 6 -> frames.signal(random.nextInt(100), bytes);
                case 7 -> frames.event(small, random.nextInt(9), bytes);
                case 8 -> frames.eventPart(small, random.nextInt(4), bytes, bytes.length / 2, bytes.length / 2);
                default -> frames.gap(small, 0, random.nextInt(9));
            }
        }
    }

    private void says(Consumer<FrameWriter> frames) {
        liar.say(pair.clientAddress, frames);
    }

    private void serverSays(Consumer<FrameWriter> frames) {
        lyingServer.say(ConnectionPair.SERVER, frames);
    }

    private void flushServer() {
        while (pair.server.pollTransmit(out, pair.now) > 0) {
            // Nobody hears it.
        }
    }

    private void assertClosed(long code) {
        assertClosed(pair.server, pair.serverSink, code);
    }

    private void assertClosed(Connection connection, RecordingSink sink, long code) {
        RecordingSink.Closed closed = Objects.requireNonNull(sink.closed);
        assertThat(closed.code()).isEqualTo(code);
        assertThat(closed.byPeer()).isFalse();
        assertThat(connection.state()).isEqualTo(Connection.State.CLOSING);
        assertThat(connection.pollTransmit(out, pair.now))
                .as("the peer is told")
                .isPositive();
    }

    private static long drops(Connection connection) {
        long drops = 0;
        for (DropReason reason : DropReason.values()) {
            drops += connection.stats().drops(reason);
        }
        return drops;
    }
}
