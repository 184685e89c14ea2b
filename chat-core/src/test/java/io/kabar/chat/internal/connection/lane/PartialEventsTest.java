package io.kabar.chat.internal.connection.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.ProtocolViolation;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartialEventsTest {
    private final PartialEvents events = new PartialEvents();

    @Test
    void parts_make_the_event_in_any_order_and_whatever_comes_twice() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] body = new byte[random.nextInt(2, 5000)];
            random.nextBytes(body);
            List<Frame.EventPart> parts = new ArrayList<>();
            for (int from = 0; from < body.length; ) {
                int to = Math.min(body.length, from + random.nextInt(1, 1100));
                parts.add(part(seed, body, from, to));
                from = to;
            }
            if (parts.size() > 1) {
                parts.add(parts.get(0));
            }
            Collections.shuffle(parts, random);
            int complete = 0;
            for (Frame.EventPart part : parts) {
                byte[] result = events.add(part);
                if (result != null) {
                    complete++;
                    assertThat(result).isEqualTo(body);
                }
            }
            assertThat(complete).isEqualTo(1);
            assertThat(events.bytes()).as("seed " + seed).isZero();
        }
    }

    @Test
    void part_that_comes_again_after_the_event_was_complete_begins_nothing() throws Exception {
        byte[] body = new byte[10];
        events.add(part(1, body, 0, 5));
        assertThat(events.add(part(1, body, 5, 10))).isNotNull();
        assertThat(events.add(part(1, body, 0, 5))).isNull();
        assertThat(events.bytes()).isZero();
    }

    @Test
    void gap_drops_what_will_not_be_completed() throws Exception {
        byte[] body = new byte[10];
        for (int seq = 1; seq <= 5; seq++) {
            events.add(part(seq, body, 0, 5));
        }
        events.drop(1, 2, 4);
        assertThat(events.bytes()).isEqualTo(2 * 5);
        assertThat(events.add(part(3, body, 5, 10))).isNull();
        assertThat(events.add(part(5, body, 5, 10))).isNotNull();
    }

    @Test
    void event_of_a_room_that_was_left_may_come_again() throws Exception {
        byte[] body = new byte[10];
        events.add(part(1, body, 0, 5));
        assertThat(events.add(part(1, body, 5, 10))).isNotNull();
        events.add(part(2, body, 0, 5));

        events.forget(room -> room == 1);

        assertThat(events.bytes()).isZero();
        events.add(part(1, body, 0, 5));
        assertThat(events.add(part(1, body, 5, 10))).isNotNull();
    }

    @Test
    void event_does_not_change_its_length() throws Exception {
        events.add(part(1, new byte[10], 0, 5));

        assertThatExceptionOfType(ProtocolViolation.class).isThrownBy(() -> events.add(part(1, new byte[11], 5, 11)));
    }

    /** Else the parts of an event that is no more would be held for ever, as nobody sends the others. */
    @Test
    void parts_that_come_after_a_gap_begin_nothing() throws Exception {
        byte[] body = new byte[10];
        events.add(part(1, body, 0, 5));
        events.drop(1, 1, 1);

        assertThat(events.bytes()).isZero();
        assertThat(events.add(part(1, body, 0, 5))).isNull();
        assertThat(events.add(part(1, body, 5, 10))).isNull();
        assertThat(events.bytes()).isZero();
    }

    @Test
    void gap_of_one_log_drops_nothing_of_another() throws Exception {
        byte[] body = new byte[10];
        events.add(part(1, body, 0, 5));
        events.drop(2, 1, 1);

        assertThat(events.add(part(1, body, 5, 10))).isEqualTo(body);
    }

    @Test
    void first_event_of_the_first_log_is_an_event_like_any_other() throws Exception {
        byte[] body = new byte[10];
        events.add(part(1, body, 0, 5));
        events.add(part(1, body, 5, 10));

        events.add(new Frame.EventPart(0, 0, 10, 0, new byte[5]));
        assertThat(events.add(new Frame.EventPart(0, 0, 10, 5, new byte[5]))).isNotNull();
    }

    /** Nothing is allocated for what was announced and has not come. */
    @Test
    void part_takes_the_bytes_up_to_its_end_and_none_when_it_comes_twice() throws Exception {
        byte[] body = new byte[30_000];
        events.add(part(1, body, 0, 1000));
        assertThat(events.bytes()).isEqualTo(1000);
        events.add(part(1, body, 0, 1000));
        assertThat(events.bytes()).isEqualTo(1000);
        events.add(part(1, body, 1000, 1100));
        assertThat(events.bytes()).as("doubled, so that copying costs little").isEqualTo(2000);
        events.add(part(1, body, 29_000, 30_000));
        assertThat(events.bytes()).isEqualTo(30_000);
    }

    @Test
    void as_many_bytes_are_held_as_the_bound_says_and_not_one_more() throws Exception {
        byte[] body = new byte[WireLimits.MESSAGE];
        int whole = WireLimits.PARTIAL_EVENT_BYTES / body.length;
        for (int seq = 1; seq <= whole; seq++) {
            events.add(part(seq, body, body.length - 1, body.length));
        }
        int left = WireLimits.PARTIAL_EVENT_BYTES - whole * body.length;
        events.add(part(whole + 1, body, left - 1, left));
        assertThat(events.bytes()).isEqualTo(WireLimits.PARTIAL_EVENT_BYTES);

        assertFlowControl(part(whole + 2, body, 0, 1));
    }

    @Test
    void as_many_events_are_held_as_the_bound_says_and_not_one_more() throws Exception {
        byte[] body = new byte[10];
        for (int seq = 1; seq <= WireLimits.PARTIAL_EVENTS; seq++) {
            events.add(part(seq, body, 0, 1));
        }
        events.add(part(1, body, 1, 2));

        assertFlowControl(part(WireLimits.PARTIAL_EVENTS + 1, body, 0, 1));
    }

    @Test
    void event_comes_in_at_most_256_pieces_at_a_time() throws Exception {
        byte[] body = new byte[1000];
        for (int piece = 0; piece < 256; piece++) {
            events.add(part(1, body, 2 * piece, 2 * piece + 1));
        }
        events.add(part(1, body, 1, 2)); // joins two of them
        events.add(part(1, body, 600, 601));

        assertFlowControl(part(1, body, 700, 701));
    }

    /** As many as there may be parts on their way of events that are complete. */
    @Test
    void so_many_complete_events_are_remembered() throws Exception {
        int remembered = 2 * WireLimits.PARTIAL_EVENTS;
        byte[] body = new byte[10];
        for (int seq = 1; seq <= remembered + 1; seq++) {
            events.add(part(seq, body, 0, 5));
            assertThat(events.add(part(seq, body, 5, 10))).isNotNull();
        }

        for (int seq = 2; seq <= remembered + 1; seq++) {
            events.add(part(seq, body, 0, 5));
        }
        assertThat(events.bytes()).isZero();
        events.add(part(1, body, 0, 5));
        assertThat(events.bytes()).as("forgotten").isEqualTo(5);
    }

    private void assertFlowControl(Frame.EventPart part) {
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(() -> events.add(part))
                .matches(violation -> violation.code() == CloseCode.FLOW_CONTROL);
    }

    private static Frame.EventPart part(long seq, byte[] body, int from, int to) {
        return new Frame.EventPart(1, seq, body.length, from, Arrays.copyOfRange(body, from, to));
    }
}
