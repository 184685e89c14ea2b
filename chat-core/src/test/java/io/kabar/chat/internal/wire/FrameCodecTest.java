package io.kabar.chat.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {
    private final byte[] out = new byte[WireLimits.DATAGRAM];
    private final FrameWriter writer = new FrameWriter(out, 0, out.length);

    @Test
    void every_frame_comes_back() throws Exception {
        byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
        assertThat(writer.ping()).isTrue();
        assertThat(writer.ack(1234, new long[] {90, 100, 70, 80, 5, 5}, 3)).isTrue();
        assertThat(writer.pathChallenge(Long.MIN_VALUE)).isTrue();
        assertThat(writer.pathResponse(-1)).isTrue();
        assertThat(writer.lane(3, 70_000, body, 1, 3)).isTrue();
        assertThat(writer.event(7, 1000, body)).isTrue();
        assertThat(writer.eventPart(7, 1001, body, 2, 3)).isTrue();
        assertThat(writer.gap(7, 1, 9)).isTrue();
        assertThat(writer.signal(8, body)).isTrue();
        assertThat(writer.close(0x10, "grüße".getBytes(StandardCharsets.UTF_8))).isTrue();

        assertThat(frames(writer.length()))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new Frame.Ping(),
                        new Frame.Ack(1234, new long[] {90, 100, 70, 80, 5, 5}),
                        new Frame.PathChallenge(Long.MIN_VALUE),
                        new Frame.PathResponse(-1),
                        new Frame.Lane(3, 70_000, new byte[] {'e', 'l', 'l'}),
                        new Frame.Event(7, 1000, body),
                        new Frame.EventPart(7, 1001, 5, 2, new byte[] {'l', 'l', 'o'}),
                        new Frame.Gap(7, 1, 9),
                        new Frame.Signal(8, body),
                        new Frame.Close(0x10, "grüße"));
    }

    @Test
    void sizes_are_known_beforehand() {
        byte[] body = new byte[100];
        writer.event(300, 70_000, body);
        assertThat(writer.length()).isEqualTo(FrameWriter.eventSize(300, 70_000, 100));

        writer.reset(out, 0, out.length);
        writer.eventPart(300, 70_000, body, 10, 50);
        assertThat(writer.length()).isEqualTo(FrameWriter.eventPartOverhead(300, 70_000, 100, 10, 50) + 50);

        writer.reset(out, 0, out.length);
        writer.lane(64, 1 << 20, body, 0, 100);
        assertThat(writer.length()).isEqualTo(FrameWriter.laneOverhead(64, 1 << 20, 100) + 100);
    }

    @Test
    void what_does_not_fit_is_not_begun() {
        byte[] body = new byte[100];
        int size = FrameWriter.eventSize(1, 1, 100);
        writer.reset(out, 10, 10 + size - 1);

        assertThat(writer.event(1, 1, body)).isFalse();
        assertThat(writer.length()).isZero();
        writer.reset(out, 10, 10 + size);
        assertThat(writer.event(1, 1, body)).isTrue();
        assertThat(writer.remaining()).isZero();
    }

    @Test
    void acknowledgement_gives_up_its_oldest_ranges_for_want_of_room() throws Exception {
        long[] ranges = new long[64];
        for (int i = 0; i < 32; i++) {
            ranges[2 * i] = 100_000L - 1000L * i;
            ranges[2 * i + 1] = 100_010L - 1000L * i;
        }
        writer.reset(out, 0, 30);

        assertThat(writer.ack(5, ranges, 32)).isTrue();
        Frame.Ack ack = (Frame.Ack) frames(writer.length()).get(0);
        assertThat(ack.rangeCount()).isBetween(2, 31);
        assertThat(ack.largest()).isEqualTo(100_010);
        assertThat(ack.smallest(1)).isEqualTo(99_000);
    }

    @Test
    void parts_are_refused_while_too_many_are_under_way() {
        writer.allowParts(0);

        assertThat(writer.eventPart(1, 1, new byte[10], 0, 5)).isFalse();
        assertThat(writer.event(1, 1, new byte[10])).isTrue();
    }

    @Test
    void no_more_parts_are_taken_than_may_be_under_way_though_there_is_room() {
        writer.allowParts(1);

        assertThat(writer.eventPart(1, 1, new byte[10], 5, 5)).isTrue();
        assertThat(writer.eventPart(1, 2, new byte[10], 0, 5)).isFalse();
    }

    @Test
    void writer_keeps_to_the_number_of_frames_a_reader_takes() throws Exception {
        int written = 0;
        while (writer.ping()) {
            written++;
        }

        assertThat(written).isEqualTo(WireLimits.FRAMES);
        assertThat(frames(writer.length())).hasSize(WireLimits.FRAMES);
        out[writer.length()] = Frame.PING;
        assertMalformed(writer.length() + 1);
    }

    @Test
    void padding_is_skipped_and_numbers_may_be_longer_than_need_be() throws Exception {
        byte[] packet = HexFormat.of().parseHex("0000" + "0a" + "4001" + "80000002" + "c000000000000003" + "00");

        assertThat(new FrameReader(packet, 0, packet.length).next()).isEqualTo(new Frame.Gap(1, 2, 3));
    }

    /** Each with its reason in {@link MalformedPacketException}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "07", // unknown types
                "0c",
                "ff",
                "02", // truncated
                "0a0102",
                "060100",
                "0400112233445566",
                "08010105616263",
                "02050003", // fewer ranges than announced
                "0205000006", // range below zero
                "020a00010003" + "08", // second range below zero
                "02050040" + "20" + "00", // 33 ranges
                "0641" + "00" + "00" + "0161", // lane 256
                "06404100" + "0161", // lane 65
                "06010000", // lane without bytes
                "0601ffffffffffffffff0161", // past the end of all offsets
                "0901010501" + "056162636465", // part beyond the total
                "090101050100", // part without bytes
                "09010180010001" + "00" + "0161", // larger than any event
                "0a010302", // gap that ends before it begins
                "030002c328", // no UTF-8
                "0300" + "4101" + "61", // reason too long
            })
    void malformed_frames_are_refused(String hex) {
        byte[] packet = HexFormat.of().parseHex(hex);
        System.arraycopy(packet, 0, out, 0, packet.length);

        assertMalformed(packet.length);
    }

    /** Whoever does not know a frame from 0x20 to 0x3f skips it by its length; what lies beside has no length. */
    @Test
    void only_frames_of_the_extensions_are_skipped_by_their_length() throws Exception {
        for (int type = 0; type < 256; type++) {
            byte[] packet = {(byte) type, 2, 1, 1, Frame.PING};
            System.arraycopy(packet, 0, out, 0, packet.length);
            if (type >= 0x20 && type <= 0x3f) {
                assertThat(frames(packet.length))
                        .usingRecursiveFieldByFieldElementComparator()
                        .containsExactly(new Frame.Extension(type, new byte[] {1, 1}), new Frame.Ping());
            } else if (type == 0x07 || type > Frame.SIGNAL) {
                assertMalformed(packet.length);
            }
        }
    }

    /** Each is as long, as large or as late as it may be. */
    @Test
    void frames_at_the_edge_of_what_is_allowed_come_back() throws Exception {
        reads("0206000006", new Frame.Ack(0, new long[] {0, 6}));
        reads("020a000103" + "0005", new Frame.Ack(0, new long[] {7, 10, 0, 5}));
        reads("0640400001" + "61", new Frame.Lane(64, 0, new byte[] {'a'}));
        reads("0601fffffffffffffffe0161", new Frame.Lane(1, VarInt.MAX - 1, new byte[] {'a'}));
        reads("0a010303", new Frame.Gap(1, 3, 3));
        reads("040000000000000007", new Frame.PathChallenge(7));
        reads("090101050401" + "61", new Frame.EventPart(1, 1, 5, 4, new byte[] {'a'}));
        reads("0300" + "4100" + "61".repeat(256), new Frame.Close(0, "a".repeat(256)));
    }

    @Test
    void ranges_of_an_acknowledgement_are_counted_from_the_highest_down() {
        Frame.Ack ack = new Frame.Ack(0, new long[] {90, 100, 70, 80, 5, 6});

        assertThat(ack.rangeCount()).isEqualTo(3);
        assertThat(ack.largest()).isEqualTo(100);
        for (int i = 0; i < 3; i++) {
            assertThat(ack.smallest(i)).isEqualTo(ack.ranges()[2 * i]);
            assertThat(ack.largest(i)).isEqualTo(ack.ranges()[2 * i + 1]);
        }
    }

    private static void reads(String hex, Frame frame) throws MalformedPacketException {
        byte[] packet = HexFormat.of().parseHex(hex);
        assertThat(new FrameReader(packet, 0, packet.length).next())
                .as(hex)
                .usingRecursiveComparison()
                .isEqualTo(frame);
    }

    private void assertMalformed(int length) {
        assertThatExceptionOfType(MalformedPacketException.class).isThrownBy(() -> frames(length));
    }

    private List<Frame> frames(int length) throws MalformedPacketException {
        List<Frame> frames = new ArrayList<>();
        FrameReader reader = new FrameReader(out, 0, length);
        for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
            frames.add(frame);
        }
        return frames;
    }
}
