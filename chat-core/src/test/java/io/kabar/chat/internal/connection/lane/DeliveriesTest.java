package io.kabar.chat.internal.connection.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.ProtocolViolation;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    /** Two messages of one byte. */
    private static final byte[] TWO = {1, 'a', 1, 'b'};

    private final List<String> heard = new ArrayList<>();
    private boolean open = true;
    private boolean closesAtAMessage;
    private final Deliveries deliveries = new Deliveries(
            new DeliverySink() {
                @Override
                public void onMessage(int lane, byte[] message) {
                    heard.add("message " + lane + ":" + message.length);
                    open &= !closesAtAMessage;
                }

                @Override
                public void onEvent(long log, long seq, byte[] body) {
                    heard.add("event " + log + ":" + seq + ":" + body.length);
                }

                @Override
                public void onGap(long log, long from, long to) {
                    heard.add("gap " + log + ":" + from + "-" + to);
                }

                @Override
                public boolean onSignal(long log, long packet, byte[] body) {
                    heard.add("signal " + log + ":" + body.length + " in " + packet);
                    return packet == 10;
                }
            },
            () -> open);

    @Test
    void messages_of_each_lane_are_handed_on_until_nobody_wants_to_hear_more() throws Exception {
        deliveries.onLane(new Frame.Lane(3, 0, TWO));
        deliveries.onLane(new Frame.Lane(64, 0, TWO));
        assertThat(heard).containsExactly("message 3:1", "message 3:1", "message 64:1", "message 64:1");

        closesAtAMessage = true;
        deliveries.onLane(new Frame.Lane(4, 0, TWO));
        assertThat(heard).hasSize(5);
    }

    @Test
    void lanes_are_refused_until_they_are_open() throws Exception {
        deliveries.acceptLanes(1);
        deliveries.onLane(new Frame.Lane(0, 0, TWO));
        assertViolation(CloseCode.PROTOCOL_VIOLATION, new Frame.Lane(1, 0, TWO));
        deliveries.acceptNamedLanes();
        deliveries.onLane(new Frame.Lane(64, 0, TWO));

        assertThat(heard).hasSize(4);
    }

    @Test
    void bytes_of_unfinished_messages_are_bounded_for_all_lanes_together() throws Exception {
        int lanes = WireLimits.LANES_HELD / WireLimits.LANE_WINDOW;
        for (int lane = 0; lane < lanes; lane++) {
            fill(lane, WireLimits.LANE_WINDOW);
        }
        assertThat(deliveries.laneBytes()).isEqualTo(WireLimits.LANES_HELD);

        assertViolation(CloseCode.FLOW_CONTROL, new Frame.Lane(lanes, 1, new byte[1]));
    }

    @Test
    void bytes_of_a_message_are_held_no_more_once_it_is_whole() throws Exception {
        deliveries.onLane(new Frame.Lane(1, 2, new byte[] {1, 'b'}));
        assertThat(deliveries.laneBytes()).as("from the start of the stream").isEqualTo(4);
        deliveries.onLane(new Frame.Lane(1, 0, new byte[] {1, 'a'}));
        assertThat(deliveries.laneBytes()).isZero();

        deliveries.onLane(new Frame.Lane(1, 4, new byte[] {5, 'c'}));
        assertThat(deliveries.laneBytes()).isEqualTo(2);
        deliveries.letGo();
        assertThat(deliveries.laneBytes()).isZero();
    }

    /** What is said right behind a Join may overtake it: one window for all lanes that have no name yet. */
    @Test
    void lanes_without_a_name_share_a_window() throws Exception {
        deliveries.acceptNamedLanes();
        deliveries.nameLane(1);
        fill(0, WireLimits.LANE_WINDOW);
        fill(1, WireLimits.LANE_WINDOW);
        fill(2, WireLimits.EARLY_LANES_HELD / 2);
        fill(3, WireLimits.EARLY_LANES_HELD / 2);
        assertViolation(CloseCode.FLOW_CONTROL, new Frame.Lane(4, 1, new byte[1]));
    }

    @Test
    void lane_that_was_named_leaves_the_window_to_the_others() throws Exception {
        deliveries.acceptNamedLanes();
        fill(2, WireLimits.EARLY_LANES_HELD);
        deliveries.nameLane(2);
        fill(3, WireLimits.EARLY_LANES_HELD);

        assertThat(deliveries.laneBytes()).isEqualTo(2 * WireLimits.EARLY_LANES_HELD);
    }

    /** Naming a lane late must not end a connection whose peer does nothing but finish what it has begun. */
    @Test
    void message_that_leaves_nothing_behind_is_taken_though_the_window_is_full() throws Exception {
        deliveries.acceptNamedLanes();
        fill(2, WireLimits.EARLY_LANES_HELD);
        deliveries.onLane(new Frame.Lane(3, 0, TWO));

        assertThat(heard).hasSize(2);
    }

    @Test
    void naming_lanes_means_nothing_where_all_may_be_used() throws Exception {
        deliveries.nameLane(5);
        fill(6, WireLimits.LANE_WINDOW);
        fill(7, WireLimits.LANE_WINDOW);

        assertThat(deliveries.laneBytes()).isEqualTo(2 * WireLimits.LANE_WINDOW);
    }

    @Test
    void whole_event_and_gap_end_what_has_come_of_it_in_parts() throws Exception {
        deliveries.onEvent(new Frame.Event(1, 1, new byte[3]));
        deliveries.onGap(new Frame.Gap(1, 2, 3));
        for (int seq = 1; seq <= 3; seq++) {
            deliveries.onEventPart(new Frame.EventPart(1, 3 + seq, 10, 0, new byte[5]));
        }
        assertThat(deliveries.partialBytes()).isEqualTo(15);
        deliveries.onEvent(new Frame.Event(1, 4, new byte[10]));
        assertThat(deliveries.partialBytes()).isEqualTo(10);
        deliveries.onGap(new Frame.Gap(1, 5, 5));
        assertThat(deliveries.partialBytes()).isEqualTo(5);
        deliveries.onEventPart(new Frame.EventPart(1, 6, 10, 5, new byte[5]));

        assertThat(heard).containsExactly("event 1:1:3", "gap 1:2-3", "event 1:4:10", "gap 1:5-5", "event 1:6:10");
        assertThat(deliveries.partialBytes()).isZero();
    }

    @Test
    void events_of_a_log_that_was_forgotten_are_new() throws Exception {
        deliveries.forgetLogs(log -> true);
        for (int i = 0; i < 2; i++) {
            deliveries.onEventPart(new Frame.EventPart(1, 1, 10, 0, new byte[5]));
            deliveries.onEventPart(new Frame.EventPart(1, 1, 10, 5, new byte[5]));
            deliveries.forgetLogs(log -> log == 1);
        }
        deliveries.onEventPart(new Frame.EventPart(1, 1, 10, 0, new byte[5]));
        deliveries.letGo();

        assertThat(heard).containsExactly("event 1:1:10", "event 1:1:10");
        assertThat(deliveries.partialBytes()).isZero();
    }

    @Test
    void signal_is_handed_on_with_its_packet_and_the_sink_says_whether_it_was_news() {
        assertThat(deliveries.onSignal(new Frame.Signal(1, new byte[2]), 10)).isTrue();
        assertThat(deliveries.onSignal(new Frame.Signal(1, new byte[2]), 9)).isFalse();

        assertThat(heard).containsExactly("signal 1:2 in 10", "signal 1:2 in 9");
    }

    /** So many bytes of a lane, in an unfinished message. */
    private void fill(int lane, int bytes) throws ProtocolViolation {
        for (long at = 1; at < bytes; at += 1000) {
            deliveries.onLane(new Frame.Lane(lane, at, new byte[(int) Math.min(1000, bytes - at)]));
        }
    }

    private void assertViolation(long code, Frame.Lane frame) {
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(() -> deliveries.onLane(frame))
                .matches(violation -> violation.code() == code);
    }
}
