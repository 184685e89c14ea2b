package io.kabar.chat.internal.connection.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.ProtocolViolation;
import io.kabar.chat.internal.wire.VarInt;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaneReceiverTest {
    private final LaneReceiver receiver = new LaneReceiver();

    @Test
    void messages_come_out_whole_and_in_order_however_their_bytes_come() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<byte[]> messages = new ArrayList<>();
            byte[] stream = {};
            for (int i = 0; i < 6; i++) {
                byte[] message = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(200)];
                random.nextBytes(message);
                messages.add(message);
                stream = appended(stream, message);
            }
            List<Frame.Lane> frames = new ArrayList<>();
            for (int from = 0; from < stream.length; ) {
                int to = Math.min(stream.length, from + random.nextInt(1, 90));
                int overlap = Math.min(from, random.nextInt(20));
                frames.add(frame(stream, from - overlap, to));
                from = to;
            }
            frames.add(frames.get(random.nextInt(frames.size())));
            Collections.shuffle(frames, random);

            LaneReceiver shuffled = new LaneReceiver();
            List<byte[]> received = new ArrayList<>();
            for (Frame.Lane frame : frames) {
                shuffled.add(frame);
                for (byte[] message = shuffled.poll(); message != null; message = shuffled.poll()) {
                    received.add(message);
                }
            }
            assertThat(received).as("seed " + seed).containsExactlyElementsOf(messages);
            assertThat(shuffled.bytes()).isZero();
        }
    }

    @Test
    void message_is_there_with_its_last_byte_and_not_before() throws Exception {
        byte[] message = new byte[100]; // its length takes two bytes
        Arrays.fill(message, (byte) 7);
        byte[] stream = appended(appended(new byte[0], message), message);
        for (int start = 0; start < stream.length; start += 102) {
            for (int at = 0; at < 102; at++) {
                assertThat(receiver.poll()).as("%d bytes", at).isNull();
                assertThat(receiver.bytes()).isEqualTo(at);
                receiver.add(frame(stream, start + at, start + at + 1));
            }
            assertThat(receiver.poll()).isEqualTo(message);
            assertThat(receiver.bytes()).isZero();
        }
    }

    @Test
    void length_of_which_the_first_byte_has_come_is_not_read_on_in_bytes_that_were_there_before() throws Exception {
        byte[] message = new byte[125];
        Arrays.fill(message, (byte) 0xff);
        byte[] stream = appended(appended(new byte[0], message), new byte[20_000]);
        receiver.add(frame(stream, 0, 127));
        assertThat(receiver.poll()).isEqualTo(message);
        receiver.add(frame(stream, 127, 128)); // at the end of a ring of 128 bytes

        assertThat(receiver.poll()).isNull();
    }

    @Test
    void largest_message_is_taken_and_a_larger_one_refused_by_its_length() throws Exception {
        byte[] stream = appended(new byte[0], new byte[WireLimits.MESSAGE]);
        for (int from = 0; from < stream.length; from += 1000) {
            receiver.add(frame(stream, from, Math.min(stream.length, from + 1000)));
        }
        assertThat(receiver.poll()).hasSize(WireLimits.MESSAGE);

        LaneReceiver other = new LaneReceiver();
        other.add(frame(appended(new byte[0], new byte[WireLimits.MESSAGE + 1]), 0, 8));
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(other::poll)
                .matches(violation -> violation.code() == CloseCode.FLOW_CONTROL);
    }

    @Test
    void nothing_beyond_the_window_is_taken() throws Exception {
        byte[] bytes = new byte[10];
        receiver.add(new Frame.Lane(1, WireLimits.LANE_WINDOW - 10, bytes));
        assertFlowControl(new Frame.Lane(1, WireLimits.LANE_WINDOW - 9, bytes));

        receiver.add(new Frame.Lane(1, 0, new byte[1])); // an empty message
        assertThat(receiver.poll()).isEmpty();
        receiver.add(new Frame.Lane(1, WireLimits.LANE_WINDOW - 9, bytes));
        assertFlowControl(new Frame.Lane(1, WireLimits.LANE_WINDOW - 8, bytes));
    }

    @Test
    void bytes_wait_in_at_most_1024_pieces() throws Exception {
        for (int piece = 0; piece < 1024; piece++) {
            receiver.add(new Frame.Lane(1, 2L * piece + 1, new byte[1]));
        }
        assertFlowControl(new Frame.Lane(1, 5000, new byte[1]));
    }

    private void assertFlowControl(Frame.Lane frame) {
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(() -> receiver.add(frame))
                .matches(violation -> violation.code() == CloseCode.FLOW_CONTROL);
    }

    private static byte[] appended(byte[] stream, byte[] message) {
        int header = stream.length + VarInt.size(message.length);
        byte[] longer = Arrays.copyOf(stream, header + message.length);
        VarInt.write(longer, stream.length, message.length);
        System.arraycopy(message, 0, longer, header, message.length);
        return longer;
    }

    private static Frame.Lane frame(byte[] stream, int from, int to) {
        return new Frame.Lane(1, from, Arrays.copyOfRange(stream, from, to));
    }
}
