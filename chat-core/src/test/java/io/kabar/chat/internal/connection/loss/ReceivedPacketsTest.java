package io.kabar.chat.internal.connection.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.FrameReader;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.MalformedPacketException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReceivedPacketsTest {
    private static final int PACKET = 100;

    private static final long DELAY = 25_000_000;

    private final ReceivedPackets received = new ReceivedPackets(DELAY);

    @Test
    void one_packet_is_acknowledged_after_the_delay_and_two_at_once() {
        received.add(0, PACKET, false, 100);
        assertThat(received.deadline()).isEqualTo(100 + DELAY);
        received.add(1, PACKET, false, 200);
        assertThat(received.deadline()).isEqualTo(200);
    }

    /** Its sender waits; and if packets go on coming like that, none shares an acknowledgement with the next one. */
    @Test
    void packet_that_is_alone_is_acknowledged_so_early_that_the_timer_may_be_late() {
        received.add(0, PACKET, false, 100);
        received.onAckSent();
        received.add(1, PACKET, false, 100 + DELAY - 1);
        assertThat(received.deadline()).isEqualTo(100 + DELAY - 1 + DELAY);
        received.onAckSent();
        received.add(2, PACKET, false, 100 + 3 * DELAY);
        assertThat(received.deadline()).isEqualTo(100 + 4 * DELAY - RttEstimator.LATENESS);
    }

    @Test
    void of_steady_traffic_every_eighth_packet_is_acknowledged_at_once_and_none_later_than_the_delay() {
        for (int i = 0; i < ReceivedPackets.STEADY_AFTER; i++) {
            received.add(i, PACKET, false, i);
        }
        received.onAckSent();
        for (int i = 0; i < ReceivedPackets.PER_ACK_STEADY - 1; i++) {
            received.add(ReceivedPackets.STEADY_AFTER + i, PACKET, false, 1000 + i);
            assertThat(received.deadline()).isEqualTo(1000 + DELAY);
        }
        received.add(ReceivedPackets.STEADY_AFTER + ReceivedPackets.PER_ACK_STEADY - 1, PACKET, false, 2000);
        assertThat(received.deadline()).isEqualTo(2000);
    }

    @Test
    void a_gap_in_steady_traffic_is_news_and_brings_every_second_packet_back() {
        int lost = ReceivedPackets.STEADY_AFTER;
        for (int i = 0; i < lost; i++) {
            received.add(i, PACKET, false, i);
        }
        received.onAckSent();
        received.add(lost + 1, PACKET, false, 1000);
        assertThat(received.deadline()).isEqualTo(1000);
        received.onAckSent();
        received.add(lost + 2, PACKET, false, 2000);
        assertThat(received.deadline()).isEqualTo(2000 + DELAY);
        received.add(lost + 3, PACKET, false, 3000);
        assertThat(received.deadline()).isEqualTo(3000);
    }

    @Test
    void a_gap_and_what_fills_it_are_news() {
        received.add(0, PACKET, false, 100);
        received.onAckSent();
        received.add(2, PACKET, false, 200);
        assertThat(received.deadline()).isEqualTo(200);
        received.onAckSent();
        received.add(1, PACKET, false, 300);
        assertThat(received.deadline()).isEqualTo(300);
    }

    @Test
    void a_mere_acknowledgement_is_not_acknowledged_for_its_own_sake() {
        received.add(0, 0, false, 100);
        received.add(5, 0, false, 100);

        assertThat(received.deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(received.anythingNew()).isTrue();
    }

    @Test
    void reports_ranges_from_the_newest_down_and_the_delay_of_the_largest() throws Exception {
        received.add(0, PACKET, false, 0);
        received.add(1, PACKET, false, 0);
        received.add(7, PACKET, false, 1_000_000);
        received.add(4, PACKET, false, 3_000_000);

        Frame.Ack ack = ack(5_000_000);
        assertThat(ack.ranges()).containsExactly(7, 7, 4, 4, 0, 1);
        assertThat(ack.delayMicros()).isEqualTo(4000);
    }

    @Test
    void keeps_32_ranges_and_drops_the_oldest() throws Exception {
        for (int i = 0; i < 100; i++) {
            received.add(2L * i, PACKET, false, i);
        }

        Frame.Ack ack = ack(100);
        assertThat(ack.rangeCount()).isEqualTo(32);
        assertThat(ack.largest()).isEqualTo(198);
    }

    @Test
    void forgets_what_the_peer_knows_but_the_largest() throws Exception {
        for (int i = 0; i < 10; i++) {
            received.add(2L * i, PACKET, false, i);
        }
        received.forget(12);
        assertThat(ack(20).ranges()).containsExactly(18, 18, 16, 16, 14, 14);
        received.forget(18);
        assertThat(ack(20).ranges()).containsExactly(18, 18);
    }

    @Test
    void no_more_ranges_are_kept_than_an_acknowledgement_holds() {
        for (int i = 0; i < 100; i++) {
            received.add(2L * i, PACKET, false, i);
            assertThat(received.rangeCount()).isEqualTo(Math.min(i + 1, 32));
            assertThat(received.largest()).isEqualTo(2L * i);
        }
    }

    /** Else a sender of long datagrams would hear nothing of a whole window. */
    @Test
    void so_many_bytes_of_steady_traffic_are_acknowledged_at_once() {
        for (int i = 0; i < ReceivedPackets.STEADY_AFTER; i++) {
            received.add(i, PACKET, false, i);
        }
        received.onAckSent();
        received.add(64, ReceivedPackets.BYTES_PER_ACK / 2, false, 1000);
        received.add(65, ReceivedPackets.BYTES_PER_ACK / 2 - 1, false, 1001);
        assertThat(received.deadline()).isEqualTo(1000 + DELAY);
        received.add(66, 1, false, 1002);
        assertThat(received.deadline()).isEqualTo(1002);

        received.onAckSent();
        received.add(67, ReceivedPackets.BYTES_PER_ACK - 1, false, 2000);
        assertThat(received.deadline()).as("counted anew").isEqualTo(2000 + DELAY);
    }

    @Test
    void packet_after_the_very_delay_is_alone() {
        received.add(0, PACKET, false, 100);
        received.onAckSent();
        received.add(1, PACKET, false, 100 + DELAY);

        assertThat(received.deadline()).isEqualTo(100 + 2 * DELAY - RttEstimator.LATENESS);
    }

    @Test
    void acknowledgement_that_finds_no_space_is_due_still() {
        received.add(0, PACKET, false, 100);

        assertThat(received.writeAck(new FrameWriter(new byte[10], 0, 2), 100)).isFalse();
        assertThat(received.anythingNew()).isTrue();
        received.onAckSent();
        assertThat(received.anythingNew()).isFalse();
        assertThat(received.deadline()).isEqualTo(Long.MAX_VALUE);
    }

    private Frame.Ack ack(long now) throws MalformedPacketException {
        byte[] out = new byte[1000];
        FrameWriter writer = new FrameWriter(out, 0, out.length);
        assertThat(received.writeAck(writer, now)).isTrue();
        return (Frame.Ack) Objects.requireNonNull(new FrameReader(out, 0, writer.length()).next());
    }

    @Test
    void what_was_only_sent_to_be_acknowledged_is_acknowledged_at_once() {
        received.add(0, PACKET, true, 100);
        assertThat(received.deadline()).isEqualTo(100);
    }
}
