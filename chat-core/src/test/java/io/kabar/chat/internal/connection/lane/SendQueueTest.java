package io.kabar.chat.internal.connection.lane;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kabar.chat.internal.connection.lane.Packets.Packet;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private static final int SPACE = 1150;

    private final Packets packets = new Packets();
    private final SendQueue queue = packets.queue;

    /** A log with events of given lengths. */
    private static class Log implements FrameSource {
        private final int id;
        private final ArrayDeque<int[]> events = new ArrayDeque<>(); // number, length, bytes sent
        private final Map<Long, int[]> sent = new HashMap<>();
        private final List<Long> acked = new ArrayList<>();
        private long tokens;
        private int asked;

        Log(int id, int... lengths) {
            this.id = id;
            for (int length : lengths) {
                events.add(new int[] {events.size() + 1, length, 0});
            }
        }

        @Override
        public long writeFrames(FrameWriter out, long now) {
            asked++;
            int[] event = events.peek();
            if (event == null || !write(out, event)) {
                return NOTHING;
            }
            sent.put(++tokens, event.clone());
            if (event[2] == event[1]) {
                events.remove();
            }
            return tokens;
        }

        private boolean write(FrameWriter out, int[] event) {
            byte[] body = new byte[event[1]];
            if (FrameWriter.eventSize(id, event[0], body.length) <= WireLimits.EVENT_FRAME) {
                event[2] = event[1];
                return out.event(id, event[0], body);
            }
            int part = Math.min(1000, event[1] - event[2]);
            boolean written = out.eventPart(id, event[0], body, event[2], part);
            event[2] += written ? part : 0;
            return written;
        }

        @Override
        public boolean hasMore() {
            return !events.isEmpty();
        }

        @Override
        public boolean reliable() {
            return true;
        }

        @Override
        public void onAcked(long token, long now) {
            acked.add(token);
        }

        @Override
        public void onLost(long token, long now) {
            int[] event = requireNonNull(sent.get(token));
            events.addFirst(new int[] {event[0], event[1], 0});
        }
    }

    private FrameSource.Handle ready(Log log, FrameClass frameClass) {
        FrameSource.Handle handle = queue.register(log, frameClass);
        handle.ready();
        return handle;
    }

    private void ready(Log log) {
        ready(log, FrameClass.LOG);
    }

    @Test
    void there_are_lanes_0_to_64() {
        assertThat(queue.lane(0)).isSameAs(queue.lane(0)).isNotSameAs(queue.lane(1));
        assertThat(queue.lane(64)).isSameAs(queue.lane(64));
        assertThat(queue.lane(1)).isSameAs(queue.lane(1));
        assertThatIllegalArgumentException().isThrownBy(() -> queue.lane(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> queue.lane(65));
    }

    @Test
    void control_goes_first_and_signals_last() {
        ready(new Log(9, 20), FrameClass.SIGNAL);
        ready(new Log(5, 20));
        queue.lane(1).offer(new byte[20]);
        queue.lane(0).offer(new byte[20]);

        assertThat(packets.next(SPACE).text()).containsExactly("lane 0 0+21", "event 5:1", "lane 1 0+21", "event 9:1");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void queue_is_empty_when_nobody_of_any_kind_waits() {
        assertThat(queue.isEmpty()).isTrue();
        queue.lane(0);
        assertThat(queue.isEmpty()).isTrue();
        for (FrameClass frameClass : FrameClass.values()) {
            ready(new Log(1, 20), frameClass);
            assertThat(queue.isEmpty()).isFalse();
            packets.next(SPACE);
            assertThat(queue.isEmpty()).isTrue();
        }
        for (int lane = 0; lane < 2; lane++) {
            queue.lane(lane).offer(new byte[1]);
            assertThat(queue.isEmpty()).isFalse();
            assertThat(queue.lanesIdle()).isFalse();
            Packet packet = packets.next(SPACE);
            assertThat(queue.isEmpty()).isTrue();
            assertThat(queue.lanesIdle()).as("not acknowledged").isFalse();
            packets.lost(packet);
            assertThat(queue.isEmpty()).isFalse();
            packets.acked(packets.next(SPACE));
            assertThat(queue.lanesIdle()).isTrue();
        }
    }

    @Test
    void connection_is_woken_once_for_all_that_is_said_before_it_sends() {
        Log log = new Log(1, 20);
        FrameSource.Handle handle = ready(log, FrameClass.LOG);
        handle.ready();
        assertThat(packets.wakes).isEqualTo(1);
        queue.lane(1).offer(new byte[1]);
        queue.lane(1).offer(new byte[1]);
        assertThat(packets.wakes).isEqualTo(2);
        packets.next(SPACE);
        log.events.add(new int[] {2, 20, 0});
        handle.ready();
        assertThat(packets.wakes).isEqualTo(3);
    }

    @Test
    void logs_and_lanes_take_turns() {
        ready(new Log(1, 500, 500, 500));
        ready(new Log(2, 500, 500));
        queue.lane(1).offer(new byte[899]);

        assertThat(packets.next(1030).text()).containsExactly("event 1:1", "event 2:1");
        assertThat(packets.next(1030).text()).containsExactly("lane 1 0+400", "event 1:2");
        assertThat(packets.next(1030).text()).containsExactly("event 2:2", "lane 1 400+400");
        assertThat(packets.next(1030).text()).containsExactly("event 1:3", "lane 1 800+101");
    }

    @Test
    void long_datagram_is_filled_by_all_once_more() {
        ready(new Log(1, 500, 500, 500));
        ready(new Log(2, 500, 500));

        assertThat(packets.next(8000).text())
                .containsExactly("event 1:1", "event 2:1", "event 1:2", "event 2:2", "event 1:3");
    }

    /** Of few events may parts be missing at a time. */
    @Test
    void event_in_parts_is_sent_to_its_end_before_the_next_begins() {
        ready(new Log(1, 2500));
        ready(new Log(2, 20));

        assertThat(packets.next(1030).text()).containsExactly("part 1:1 0+1000");
        assertThat(packets.next(1030).text()).containsExactly("part 1:1 1000+1000");
        assertThat(packets.next(SPACE).text()).containsExactly("part 1:1 2000+500", "event 2:1");
    }

    @Test
    void parts_are_counted_until_their_fate_is_known_and_there_are_no_more_than_the_peer_can_hold() {
        for (int i = 0; i < WireLimits.PARTS_IN_FLIGHT; i++) {
            ready(new Log(i, 1200));
        }
        List<Packet> sent = new ArrayList<>();
        for (int i = 1; i <= WireLimits.PARTS_IN_FLIGHT; i++) {
            sent.add(packets.next(1030));
            assertThat(queue.partsInFlight()).isEqualTo(i);
        }
        assertThat(packets.next(SPACE).frames()).isEmpty();
        assertThat(queue.isEmpty()).as("it was not that they had nothing").isFalse();
        packets.acked(sent.get(0));
        assertThat(queue.partsInFlight()).isEqualTo(WireLimits.PARTS_IN_FLIGHT - 1);
        assertThat(packets.next(SPACE).text()).hasSize(1);
        packets.lost(sent.get(1));
        assertThat(queue.partsInFlight()).isEqualTo(WireLimits.PARTS_IN_FLIGHT - 1);
    }

    @Test
    void who_has_lost_something_goes_before_the_others_and_as_often() {
        Log one = new Log(1, 900, 900);
        ready(one);
        Packet first = packets.next(SPACE);
        Packet second = packets.next(SPACE);
        ready(new Log(2, 900, 900, 900));
        packets.next(SPACE);
        packets.lost(second);
        packets.lost(first);

        assertThat(packets.next(SPACE).text()).containsExactly("event 1:1");
        assertThat(packets.next(SPACE).text()).containsExactly("event 1:2");
        assertThat(packets.next(SPACE).text()).containsExactly("event 2:2");
        assertThat(packets.next(SPACE).text()).containsExactly("event 2:3");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void two_that_have_lost_something_take_turns() {
        ready(new Log(1, 900, 900));
        ready(new Log(2, 900, 900));
        List<Packet> sent = List.of(packets.next(SPACE), packets.next(SPACE), packets.next(SPACE), packets.next(SPACE));
        for (int i = 3; i >= 0; i--) {
            packets.lost(sent.get(i));
        }

        assertThat(packets.next(SPACE).text()).containsExactly("event 2:1");
        assertThat(packets.next(SPACE).text()).containsExactly("event 1:1");
        assertThat(packets.next(SPACE).text()).containsExactly("event 2:2");
        assertThat(packets.next(SPACE).text()).containsExactly("event 1:2");
        assertThat(queue.isEmpty()).isTrue();
    }

    /** Otherwise it would give its turn up for want of a little space. */
    @Test
    void who_goes_first_and_finds_no_space_goes_first_in_the_next_packet() {
        ready(new Log(1, 900));
        packets.lost(packets.next(SPACE));
        queue.lane(0).offer(new byte[500]);
        ready(new Log(2, 20));

        assertThat(packets.next(SPACE).text()).containsExactly("lane 0 0+502", "event 2:1");
        assertThat(packets.next(SPACE).text()).containsExactly("event 1:1");
    }

    @Test
    void what_was_lost_and_is_pointless_now_takes_no_turn() {
        Log log = new Log(1, 900);
        ready(log);
        Packet packet = packets.next(SPACE);
        packets.lost(packet);
        log.events.clear();
        assertThat(packets.next(SPACE).frames()).isEmpty();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(log.asked).isEqualTo(2);
        log.events.add(new int[] {2, 20, 0});
        ready(log);
        assertThat(packets.next(SPACE).text()).containsExactly("event 1:2");
    }

    @Test
    void who_has_more_after_its_turns_goes_on_in_rotation() {
        Log one = new Log(1, 900);
        ready(one);
        Packet packet = packets.next(SPACE);
        one.events.add(new int[] {2, 900, 0});
        ready(new Log(2, 900, 900));
        packets.lost(packet);

        assertThat(packets.next(SPACE).text()).containsExactly("event 1:1");
        assertThat(packets.next(SPACE).text()).containsExactly("event 2:1");
        assertThat(packets.next(SPACE).text()).containsExactly("event 1:2");
        assertThat(packets.next(SPACE).text()).containsExactly("event 2:2");
    }

    /** A thousand logs that do not fit must not be asked for each packet. */
    @Test
    void packet_is_closed_after_four_that_did_not_fit_and_they_go_first_in_the_next() {
        Log small = new Log(0, 600);
        ready(small);
        List<Log> large = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            large.add(new Log(i, 900));
            ready(large.get(i - 1));
        }

        assertThat(packets.next(SPACE).text()).containsExactly("event 0:1");
        assertThat(large.stream().map(log -> log.asked)).containsExactly(1, 1, 1, 1, 0, 0);
        for (int i = 1; i <= 6; i++) {
            assertThat(packets.next(SPACE).text()).containsExactly("event " + i + ":1");
        }
    }

    @Test
    void nobody_is_asked_for_the_last_few_bytes() {
        Log log = new Log(1, 1);
        ready(new Log(2, 100));
        ready(log);
        packets.next(FrameWriter.eventSize(2, 1, 100) + 11);
        assertThat(log.asked).isZero();

        ready(new Log(3, 100));
        assertThat(packets.next(12 + 100).text()).startsWith("event 1:1");
    }

    @Test
    void who_writes_nothing_into_an_empty_packet_has_to_say_that_it_is_ready_anew() {
        Log tooLong = new Log(1, WireLimits.EVENT_FRAME - 5);
        ready(tooLong);
        packets.next(1000);
        packets.next(WireLimits.EVENT_FRAME - 1);
        assertThat(queue.isEmpty()).as("the packets were too short").isFalse();
        assertThat(packets.next(WireLimits.EVENT_FRAME).text()).hasSize(1);

        Log empty = new Log(2) {
            @Override
            public boolean hasMore() {
                return true;
            }
        };
        FrameSource.Handle handle = ready(empty, FrameClass.LOG);
        packets.next(WireLimits.EVENT_FRAME);
        assertThat(queue.isEmpty()).isTrue();
        packets.next(SPACE);
        assertThat(empty.asked).isEqualTo(1);
        handle.ready();
        packets.next(SPACE);
        assertThat(empty.asked).isEqualTo(2);
    }

    @Test
    void twelve_bytes_are_worth_asking_for() {
        Log first = new Log(1, 1);
        ready(first);
        Packet packet = packets.next(100);
        ready(new Log(2, 100));
        ready(new Log(3, 1));
        int most = FrameWriter.eventSize(2, 1, 100);
        assertThat(packets.next(most + 12).text()).containsExactly("event 2:1", "event 3:1");

        packets.lost(packet);
        queue.lane(0).offer(new byte[100]);
        assertThat(packets.next(6 + 101 + 12).text()).containsExactly("lane 0 0+102", "event 1:1");
    }

    @Test
    void who_has_lost_something_but_nothing_to_write_is_left_alone_until_it_is_ready() {
        Log stubborn = new Log(1, 20) {
            @Override
            public boolean hasMore() {
                return true;
            }
        };
        FrameSource.Handle handle = ready(stubborn, FrameClass.LOG);
        Packet packet = packets.next(FrameWriter.eventSize(1, 1, 20));
        packets.next(SPACE);
        packets.lost(packet);
        stubborn.events.clear();
        packets.next(SPACE);
        assertThat(stubborn.asked).isEqualTo(3);
        assertThat(queue.isEmpty()).isTrue();
        handle.ready();
        assertThat(queue.isEmpty()).isFalse();
    }

    @Test
    void there_is_another_round_only_if_any_event_would_find_space() {
        int first = FrameWriter.eventSize(1, 1, 500);
        ready(new Log(1, 500, 500));
        assertThat(packets.next(first + WireLimits.EVENT_FRAME - 1).text()).hasSize(1);
        packets.next(SPACE);
        ready(new Log(1, 500, 500));
        assertThat(packets.next(first + WireLimits.EVENT_FRAME).text()).hasSize(2);
    }

    @Test
    void source_that_closes_in_the_queue_takes_no_notes_of_others_with_it() {
        queue.lane(1).offer(new byte[50]);
        ready(new Log(1, 20), FrameClass.LOG).close();
        Packet packet = packets.next(SPACE);
        assertThat(packet.text()).containsExactly("lane 1 0+51");
        packets.lost(packet);

        assertThat(packets.next(SPACE).text()).containsExactly("lane 1 0+51");
    }

    @Test
    void parts_of_several_events_in_a_packet_are_counted_each() {
        ready(new Log(1, 2000));
        ready(new Log(2, 2000));
        Packet packet = packets.next(8000);
        assertThat(packet.text()).hasSize(4);
        assertThat(queue.partsInFlight()).isEqualTo(4);
        packets.acked(packet);
        assertThat(queue.partsInFlight()).isZero();
    }

    @Test
    void closed_source_is_neither_asked_nor_told() {
        Log log = new Log(1, 900, 900, 900);
        FrameSource.Handle handle = ready(log, FrameClass.LOG);
        Packet first = packets.next(SPACE);
        Packet second = packets.next(SPACE);
        handle.close();
        handle.ready();
        packets.acked(first);
        packets.lost(second);

        assertThat(packets.next(SPACE).frames()).isEmpty();
        assertThat(log.asked).isEqualTo(2);
        assertThat(log.acked).isEmpty();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void source_is_told_by_its_own_tokens() {
        Log log = new Log(1, 100, 100);
        ready(log);
        Packet packet = packets.next(FrameWriter.eventSize(1, 1, 100));
        packets.acked(packet);
        assertThat(log.acked).containsExactly(1L);
    }

    /** What a source began and could not finish is none of the packet's. */
    @Test
    void half_of_what_a_source_wanted_to_write_is_taken_back() {
        FrameSource halfway = new Log(1) {
            private boolean written;

            @Override
            public long writeFrames(FrameWriter out, long now) {
                written = true;
                out.ping();
                return NOTHING;
            }

            @Override
            public boolean hasMore() {
                return !written;
            }
        };
        queue.register(halfway, FrameClass.LOG).ready();
        ready(new Log(2, 20));

        assertThat(packets.next(SPACE).text()).containsExactly("event 2:1");
    }

    @Test
    void fate_of_what_is_unreliable_matters_to_nobody() {
        Log signals = new Log(1, 20) {
            @Override
            public boolean reliable() {
                return false;
            }
        };
        ready(signals, FrameClass.SIGNAL);
        queue.lane(1).offer(new byte[1]);
        Packet packet = packets.next(SPACE);
        assertThat(packet.frames()).hasSize(2);
        packets.lost(packet);

        assertThat(packets.next(SPACE).text()).containsExactly("lane 1 0+2");
        assertThat(Arrays.asList(signals.acked.size(), signals.asked)).containsExactly(0, 1);
    }
}
