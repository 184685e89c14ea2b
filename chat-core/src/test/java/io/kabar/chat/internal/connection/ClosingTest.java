package io.kabar.chat.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final ConnectionPair pair = new ConnectionPair(1);
    private final byte[] out = new byte[WireLimits.DATAGRAM];

    @Test
    void close_is_told_at_once_and_reported_here_when_it_has_drained() {
        pair.client.close(0x11, "bye", pair.now);
        assertThat(pair.client.state()).isEqualTo(Connection.State.CLOSING);
        pair.runUntil(() -> pair.serverSink.closed != null, Duration.ofSeconds(1));

        assertThat(pair.serverSink.closed).isEqualTo(new RecordingSink.Closed(true, 0x11, "bye"));
        assertThat(pair.server.state()).isEqualTo(Connection.State.DRAINING);
        assertThat(pair.clientSink.closed).isNull();
        pair.runFor(Duration.ofSeconds(10));
        assertThat(pair.clientSink.closed).isEqualTo(new RecordingSink.Closed(false, 0x11, "bye"));
        assertThat(pair.clientSink.closings).isEqualTo(1);
        assertThat(pair.serverSink.closings).isEqualTo(1);
        assertThat(pair.client.state()).isEqualTo(Connection.State.CLOSED);
        assertThat(pair.server.state()).isEqualTo(Connection.State.CLOSED);
        assertThat(pair.client.nextTimeout()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void closing_side_repeats_itself_ever_more_rarely() {
        List<ConnectionPair.Datagram> log = pair.startLog();
        pair.client.close(0x11, "bye", pair.now);
        pair.flush();
        pair.clearNetwork(); // the CLOSE is lost
        log.clear();
        for (int i = 0; i < 64; i++) {
            pair.server.ping(pair.now);
            int length = pair.server.pollTransmit(out, pair.now);
            assertThat(length).isPositive();
            pair.client.handleDatagram(ConnectionPair.SERVER, out, 0, length, pair.now);
            while (pair.client.pollTransmit(out, pair.now) > 0) {
                log.add(new ConnectionPair.Datagram(0, 0, true, ConnectionPair.SERVER, out.clone()));
            }
        }
        assertThat(log).hasSize(7); // after 1, 2, 4, 8, 16, 32, 64
    }

    @Test
    void both_may_close_at_the_same_time() {
        pair.client.close(0x11, "first", pair.now);
        pair.server.close(0x12, "me too", pair.now);
        pair.runFor(Duration.ofSeconds(10));

        assertThat(pair.clientSink.closed).isEqualTo(new RecordingSink.Closed(false, 0x11, "first"));
        assertThat(pair.serverSink.closed).isEqualTo(new RecordingSink.Closed(false, 0x12, "me too"));
        assertThat(pair.client.state()).isEqualTo(Connection.State.CLOSED);
    }

    @Test
    void reason_is_cut_to_its_limit_between_two_characters() {
        pair.client.close(0x11, "€".repeat(200), pair.now);
        pair.runFor(Duration.ofSeconds(1));

        assertThat(Objects.requireNonNull(pair.serverSink.closed).reason()).isEqualTo("€".repeat(85));
    }

    @Test
    void silence_ends_in_the_idle_timeout() {
        pair.blackHole = true;
        pair.runFor(Duration.ofSeconds(59));
        assertThat(pair.serverSink.closed).isNull();
        pair.runFor(Duration.ofSeconds(40));

        assertThat(Objects.requireNonNull(pair.serverSink.closed).code()).isEqualTo(CloseCode.IDLE_TIMEOUT);
        assertThat(Objects.requireNonNull(pair.clientSink.closed).code()).isEqualTo(CloseCode.IDLE_TIMEOUT);
        assertThat(pair.server.state()).isEqualTo(Connection.State.CLOSED);
        assertThat(pair.server.nextTimeout()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void keep_alive_keeps_alive_at_little_cost() {
        pair.runFor(Duration.ofHours(1));

        assertThat(pair.serverSink.closed).isNull();
        assertThat(pair.clientSink.closed).isNull();
        assertThat(pair.client.stats().datagramsOut()).isBetween(200L, 300L);
    }

    @Test
    void idle_timeout_is_never_shorter_than_three_probe_timeouts() {
        ConnectionPair slow = new ConnectionPair(
                2, ConnectionOptions.CLIENT, ConnectionOptions.SERVER.withIdleTimeout(Duration.ofSeconds(1)));
        slow.blackHole = true;
        slow.runFor(Duration.ofSeconds(3)); // 3 * (333 + 4 * 166.5 + 25) ms = 3.07 s
        assertThat(slow.serverSink.closed).isNull();
        slow.runFor(Duration.ofSeconds(1));
        assertThat(slow.serverSink.closed).isNotNull();
    }

    @Test
    void stateless_reset_ends_the_connection() {
        int length = PacketCodec.statelessReset(out, 500, ConnectionPair.RESET_TOKEN, new Random(1));
        pair.client.handleDatagram(ConnectionPair.SERVER, out, 0, length, pair.now);

        assertThat(pair.clientSink.closed)
                .isEqualTo(new RecordingSink.Closed(true, CloseCode.RESET, "the peer has lost the connection"));
        assertThat(pair.client.state()).isEqualTo(Connection.State.CLOSED);
        assertThat(pair.client.pollTransmit(out, pair.now)).isZero();
    }

    @Test
    void reset_with_another_token_from_elsewhere_or_for_a_connection_without_token_is_nothing() {
        Random random = new Random(1);
        byte[] wrong = ConnectionPair.RESET_TOKEN.clone();
        wrong[15] ^= 1;
        for (int i = 0; i < 100; i++) {
            int length = PacketCodec.statelessReset(out, 500, wrong, random);
            pair.client.handleDatagram(ConnectionPair.SERVER, out, 0, length, pair.now);
            length = PacketCodec.statelessReset(out, 500, ConnectionPair.RESET_TOKEN, random);
            pair.client.handleDatagram(pair.clientAddress, out, 0, length, pair.now);
            length = PacketCodec.statelessReset(out, 500, ConnectionPair.RESET_TOKEN, random);
            pair.server.handleDatagram(pair.clientAddress, out, 0, length, pair.now);
        }
        assertThat(pair.clientSink.closed).isNull();
        assertThat(pair.serverSink.closed).isNull();
        assertThat(pair.client.stats().drops(DropReason.WRONG_ADDRESS)).isEqualTo(100);
    }

    @Test
    void abandoned_connection_says_nothing_to_anybody() {
        pair.client.lane(0).offer(new byte[100]);
        pair.client.abandon();

        assertThat(pair.client.pollTransmit(out, pair.now)).isZero();
        assertThat(pair.client.nextTimeout()).isEqualTo(Long.MAX_VALUE);
        assertThat(pair.clientSink.closings).isZero();
        assertThat(pair.client.lane(0).offer(new byte[1])).isFalse();
    }
}
