package io.kabar.chat.internal.connection.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.ProtocolViolation;
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

    private static Frame.EventPart part(long seq, byte[] body, int from, int to) {
        return new Frame.EventPart(1, seq, body.length, from, Arrays.copyOfRange(body, from, to));
    }
}
