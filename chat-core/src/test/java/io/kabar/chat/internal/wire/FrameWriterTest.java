package io.kabar.chat.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A frame is written whole or not at all. */
class FrameWriterTest {

    private static final List<Predicate<FrameWriter>> FRAMES = List.of(
            FrameWriter::ping,
            out -> out.ack(70, new long[] {1000, 20_000}, 1),
            out -> out.close(70, new byte[20]),
            out -> out.pathChallenge(1),
            out -> out.pathResponse(2),
            out -> out.lane(70, 20_000, new byte[100], 3, 90),
            out -> out.event(70, 20_000, new byte[100]),
            out -> out.eventPart(70, 20_000, new byte[2000], 1024, 90),
            out -> out.gap(70, 20_000, 2_000_000),
            out -> out.signal(70, new byte[100]));

    private final byte[] array = new byte[2 * WireLimits.LARGEST_DATAGRAM];

    private FrameWriter writer(int space) {
        return new FrameWriter(array, 10, 10 + space);
    }

    private int length(Predicate<FrameWriter> frame) {
        FrameWriter out = writer(1300);
        assertThat(frame.test(out)).isTrue();
        return out.length();
    }

    @Test
    void each_frame_is_written_where_there_is_just_enough_space_and_leaves_no_trace_where_there_is_less() {
        for (Predicate<FrameWriter> frame : FRAMES) {
            int length = length(frame);
            FrameWriter exact = writer(length);
            assertThat(frame.test(exact)).isTrue();
            assertThat(exact.remaining()).isZero();
            assertThat(exact.frames()).isOne();
            for (int space = 0; space < length; space++) {
                FrameWriter out = writer(space);
                assertThat(frame.test(out)).as("%d of %d bytes", space, length).isFalse();
                assertThat(out.length()).isZero();
                assertThat(out.frames()).isZero();
            }
        }
    }

    @Test
    void as_many_ranges_are_acknowledged_as_fit() {
        long[] ranges = {100_000, 120_000, 50_000, 60_000, 100, 20_000};
        int[] lengths = new int[4];
        for (int count = 1; count <= 3; count++) {
            int ofCount = count;
            lengths[count] = length(out -> out.ack(70, ranges, ofCount));
        }
        for (int space = lengths[1]; space <= lengths[3]; space++) {
            FrameWriter out = writer(space);
            assertThat(out.ack(70, ranges, 3)).isTrue();
            int fitting = space < lengths[2] ? 1 : space < lengths[3] ? 2 : 3;
            assertThat(out.length()).isEqualTo(lengths[fitting]);
        }
    }

    @Test
    void no_more_ranges_are_acknowledged_than_anybody_reads() {
        int most = WireLimits.ACK_RANGES;
        long[] ranges = new long[2 * most + 2];
        for (int i = 0; i <= most; i++) {
            ranges[2 * i] = 10L * (most - i);
            ranges[2 * i + 1] = 10L * (most - i) + 5;
        }
        assertThat(length(out -> out.ack(70, ranges, most + 1))).isEqualTo(length(out -> out.ack(70, ranges, most)));
        assertThat(length(out -> out.ack(70, ranges, most - 1))).isLessThan(length(out -> out.ack(70, ranges, most)));
    }

    @Test
    void what_no_peer_would_read_is_not_written() {
        FrameWriter out = writer(1300);
        assertThat(length(frame -> frame.close(1, new byte[WireLimits.CLOSE_REASON])))
                .isPositive();
        tooLong(() -> out.close(1, new byte[WireLimits.CLOSE_REASON + 1]));
        tooLong(() -> out.lane(1, 0, new byte[WireLimits.DATAGRAM + 1], 0, WireLimits.DATAGRAM + 1));
        tooLong(() -> out.event(1, 1, new byte[WireLimits.MESSAGE + 1]));
        tooLong(() -> out.eventPart(1, 1, new byte[WireLimits.MESSAGE + 1], 0, 1));
        tooLong(() -> out.eventPart(1, 1, new byte[WireLimits.MESSAGE], 0, WireLimits.DATAGRAM + 1));
    }

    private static void tooLong(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is the limit");
    }

    @Test
    void only_a_part_with_more_behind_it_is_inside_an_event() {
        FrameWriter out = writer(1300);
        byte[] body = new byte[200];
        assertThat(out.eventPart(1, 1, body, 0, 100)).isTrue();
        assertThat(out.insideEvent()).isTrue();
        assertThat(out.eventPart(1, 1, body, 100, 99)).isTrue();
        assertThat(out.insideEvent()).isTrue();
        assertThat(out.eventPart(1, 1, body, 100, 100)).isTrue();
        assertThat(out.insideEvent()).isFalse();
    }

    @Test
    void parts_are_counted_beside_frames() {
        FrameWriter out = writer(1300);
        out.event(1, 1, new byte[10]);
        assertThat(out.parts()).isZero();
        out.eventPart(1, 2, new byte[10], 0, 5);
        out.eventPart(1, 2, new byte[10], 5, 5);
        assertThat(out.parts()).isEqualTo(2);
        assertThat(out.frames()).isEqualTo(3);
        out.reset(array, 10, 100);
        assertThat(out.parts()).isZero();
    }

    @Test
    void what_was_written_last_is_taken_back() throws Exception {
        FrameWriter out = writer(20);
        out.gap(1, 2, 3);
        int length = out.length();
        out.pathChallenge(4);
        out.truncate(length, 1);
        assertThat(out.length()).isEqualTo(length);
        assertThat(out.remaining()).isEqualTo(20 - length);
        assertThat(out.frames()).isOne();

        out.ping();
        FrameReader in = new FrameReader(array, 10, out.length());
        assertThat(in.next()).isEqualTo(new Frame.Gap(1, 2, 3));
        assertThat(in.next()).isEqualTo(new Frame.Ping());
        assertThat(in.next()).isNull();
    }

    @Test
    void padding_is_zeros_up_to_the_length_asked_for_and_no_further_than_there_is_space() {
        for (int asked : new int[] {0, 1, 2, 19, 20, 21, 5000}) {
            Arrays.fill(array, (byte) 0xee);
            FrameWriter out = writer(20);
            out.ping();
            out.padTo(asked);
            int length = Math.max(1, Math.min(asked, 20));
            assertThat(out.length()).isEqualTo(length);
            assertThat(out.frames()).isOne();
            assertThat(array[9]).isEqualTo((byte) 0xee);
            assertThat(array[10]).isEqualTo((byte) Frame.PING);
            assertThat(Arrays.copyOfRange(array, 11, 10 + length)).isEqualTo(new byte[length - 1]);
            assertThat(array[10 + length]).isEqualTo((byte) 0xee);
        }
    }
}
