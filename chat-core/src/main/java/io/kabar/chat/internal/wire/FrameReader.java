package io.kabar.chat.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the frames of an opened packet, one at a time. Nothing is allocated for bytes that are not there. */
public final class FrameReader {
    private final byte[] data;
    private final int limit;
    private int position;
    private int frames;

    public FrameReader(byte[] data, int offset, int length) {
        this.data = data;
        position = offset;
        limit = offset + length;
    }

    /** The next frame, padding skipped; null at the end. */
    public @Nullable Frame next() throws MalformedPacketException {
        while (position < limit && data[position] == Frame.PADDING) {
            position++;
        }
        if (position == limit) {
            return null;
        }
        if (++frames > WireLimits.FRAMES) {
            throw new MalformedPacketException("too many frames");
        }
        int type = data[position++] & 0xff;
        return switch (type) {
            case Frame.PING -> Frame.Ping.INSTANCE;
            case Frame.ACK -> ack();
            case Frame.CLOSE -> new Frame.Close(varint(), text(bytes(WireLimits.CLOSE_REASON)));
            case Frame.PATH_CHALLENGE -> new Frame.PathChallenge(eightBytes());
            case Frame.PATH_RESPONSE -> new Frame.PathResponse(eightBytes());
            case Frame.LANE -> lane();
            case Frame.EVENT -> new Frame.Event(varint(), varint(), bytes(WireLimits.MESSAGE));
            case Frame.EVENT_PART -> eventPart();
            case Frame.GAP -> gap();
            case Frame.SIGNAL -> new Frame.Signal(varint(), bytes(WireLimits.MESSAGE));
            default -> extension(type);
        };
    }

    private Frame extension(int type) throws MalformedPacketException {
        if (type < Frame.FIRST_EXTENSION || type > Frame.LAST_EXTENSION) {
            throw new MalformedPacketException("unknown frame type " + type);
        }
        return new Frame.Extension(type, bytes(WireLimits.LARGEST_DATAGRAM));
    }

    private Frame ack() throws MalformedPacketException {
        long largest = varint();
        long delay = varint();
        int count = bounded(WireLimits.ACK_RANGES - 1, "ACK ranges") + 1;
        long[] ranges = new long[2 * count];
        ranges[1] = largest;
        ranges[0] = down(largest, varint());
        for (int i = 1; i < count; i++) {
            ranges[2 * i + 1] = down(ranges[2 * i - 2], varint() + 2);
            ranges[2 * i] = down(ranges[2 * i + 1], varint());
        }
        return new Frame.Ack(delay, ranges);
    }

    private Frame lane() throws MalformedPacketException {
        int lane = bounded(WireLimits.LANES - 1, "lane");
        long offset = varint();
        byte[] bytes = bytes(WireLimits.DATAGRAM);
        if (bytes.length == 0 || offset > VarInt.MAX - bytes.length) {
            throw new MalformedPacketException("lane bytes out of range");
        }
        return new Frame.Lane(lane, offset, bytes);
    }

    private Frame eventPart() throws MalformedPacketException {
        long log = varint();
        long seq = varint();
        int total = bounded(WireLimits.MESSAGE, "event length");
        int offset = bounded(WireLimits.MESSAGE, "event offset");
        byte[] bytes = bytes(WireLimits.DATAGRAM);
        if (bytes.length == 0 || bytes.length > total - offset) {
            throw new MalformedPacketException("event part out of range");
        }
        return new Frame.EventPart(log, seq, total, offset, bytes);
    }

    private Frame gap() throws MalformedPacketException {
        long log = varint();
        long from = varint();
        long to = varint();
        if (from > to) {
            throw new MalformedPacketException("gap ends before it begins");
        }
        return new Frame.Gap(log, from, to);
    }

    private long varint() throws MalformedPacketException {
        if (position == limit || limit - position < VarInt.sizeFrom(data[position])) {
            throw truncated();
        }
        long value = VarInt.read(data, position);
        position += VarInt.sizeFrom(data[position]);
        return value;
    }

    private int bounded(int max, String what) throws MalformedPacketException {
        long value = varint();
        if (value > max) {
            throw new MalformedPacketException(what + " above " + max);
        }
        return (int) value;
    }

    /** A length and as many bytes. */
    private byte[] bytes(int max) throws MalformedPacketException {
        int length = bounded(max, "length");
        if (length > limit - position) {
            throw truncated();
        }
        position += length;
        return Arrays.copyOfRange(data, position - length, position);
    }

    private long eightBytes() throws MalformedPacketException {
        if (limit - position < Long.BYTES) {
            throw truncated();
        }
        position += Long.BYTES;
        return BigEndian.readLong(data, position - Long.BYTES);
    }

    private static long down(long from, long by) throws MalformedPacketException {
        if (by > from) {
            throw new MalformedPacketException("ACK range below zero");
        }
        return from - by;
    }

    private static String text(byte[] utf8) throws MalformedPacketException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedPacketException("reason is not UTF-8");
        }
    }

    private static MalformedPacketException truncated() {
        return new MalformedPacketException("truncated frame");
    }
}
