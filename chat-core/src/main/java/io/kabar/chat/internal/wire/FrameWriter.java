package io.kabar.chat.internal.wire;

/**
 * Writes frames one behind the other into an array, up to a limit. Each method writes its frame whole and returns
 * true, or finds no space for it, writes nothing and returns false.
 */
public final class FrameWriter {
    private byte[] out;
    private int start;
    private int position;
    private int limit;
    private int frames;
    private int parts;
    private int mostParts = Integer.MAX_VALUE;
    private boolean insideEvent;

    /** Writes to {@code out} from {@code offset} to before {@code limit}. */
    public FrameWriter(byte[] out, int offset, int limit) {
        this.out = out;
        reset(out, offset, limit);
    }

    /** Makes this writer as good as new, for another array. */
    public void reset(byte[] array, int offset, int end) {
        out = array;
        start = offset;
        position = offset;
        limit = end;
        frames = 0;
        parts = 0;
        mostParts = Integer.MAX_VALUE;
        insideEvent = false;
    }

    /** Bytes left; nothing may be written once it is 0. */
    public int remaining() {
        return frames < WireLimits.FRAMES ? limit - position : 0;
    }

    /** Bytes written. */
    public int length() {
        return position - start;
    }

    /** Frames written. */
    public int frames() {
        return frames;
    }

    /** EVENT_PART frames written. */
    public int parts() {
        return parts;
    }

    /** Whether EVENT_PART is taken at the moment; too many unacknowledged ones and it is not. */
    public boolean partsAllowed() {
        return parts < mostParts;
    }

    /** So many EVENT_PART frames are taken at most. */
    public void allowParts(int most) {
        mostParts = most;
    }

    /** Whether the frame written last is a part of an event whose end is still to be sent. */
    public boolean insideEvent() {
        return insideEvent;
    }

    /** Takes everything written after the first {@code length} bytes and {@code frameCount} frames back. */
    public void truncate(int length, int frameCount) {
        position = start + length;
        frames = frameCount;
    }

    /** Zeros up to {@code length} bytes in all, as far as there is space: PADDING frames. */
    public void padTo(int length) {
        int end = Math.min(start + length, limit);
        while (position < end) {
            out[position++] = Frame.PADDING;
        }
    }

    public boolean ping() {
        return begin(Frame.PING, 1);
    }

    /**
     * {@code ranges} as in {@link Frame.Ack}, of which the first {@code count} pairs count; as many of them as fit are
     * written, and false returned if not even the first does.
     */
    public boolean ack(long delayMicros, long[] ranges, int count) {
        long largest = ranges[1];
        long first = largest - ranges[0];
        int size = 2 + VarInt.size(largest) + VarInt.size(delayMicros) + VarInt.size(first);
        if (size > remaining()) {
            return false;
        }
        int fitting = 1;
        for (; fitting < count && fitting < WireLimits.ACK_RANGES; fitting++) {
            int next = VarInt.size(gap(ranges, fitting)) + VarInt.size(span(ranges, fitting));
            if (size + next > limit - position) {
                break;
            }
            size += next;
        }
        begin(Frame.ACK, size);
        varint(largest);
        varint(delayMicros);
        varint(fitting - 1L);
        varint(first);
        for (int i = 1; i < fitting; i++) {
            varint(gap(ranges, i));
            varint(span(ranges, i));
        }
        return true;
    }

    /** {@code reason} in UTF-8, at most {@link WireLimits#CLOSE_REASON} bytes. */
    public boolean close(long code, byte[] reason) {
        check(reason.length, WireLimits.CLOSE_REASON);
        if (!begin(Frame.CLOSE, 1 + VarInt.size(code) + VarInt.size(reason.length) + reason.length)) {
            return false;
        }
        varint(code);
        lengthAndBytes(reason, 0, reason.length);
        return true;
    }

    public boolean pathChallenge(long data) {
        return path(Frame.PATH_CHALLENGE, data);
    }

    public boolean pathResponse(long data) {
        return path(Frame.PATH_RESPONSE, data);
    }

    /** {@code length} up to {@link WireLimits#DATAGRAM}: no frame needs a longer datagram. */
    public boolean lane(int lane, long offset, byte[] source, int from, int length) {
        check(length, WireLimits.DATAGRAM);
        if (!begin(Frame.LANE, laneOverhead(lane, offset, length) + length)) {
            return false;
        }
        varint(lane);
        varint(offset);
        lengthAndBytes(source, from, length);
        return true;
    }

    public boolean event(long log, long seq, byte[] body) {
        check(body.length, WireLimits.MESSAGE);
        if (!begin(Frame.EVENT, eventSize(log, seq, body.length))) {
            return false;
        }
        varint(log);
        varint(seq);
        lengthAndBytes(body, 0, body.length);
        return true;
    }

    /** The {@code length} bytes, up to {@link WireLimits#DATAGRAM}, at {@code offset} of {@code body}. */
    public boolean eventPart(long log, long seq, byte[] body, int offset, int length) {
        check(length, WireLimits.DATAGRAM);
        check(body.length, WireLimits.MESSAGE);
        if (!partsAllowed()
                || !begin(Frame.EVENT_PART, eventPartOverhead(log, seq, body.length, offset, length) + length)) {
            return false;
        }
        varint(log);
        varint(seq);
        varint(body.length);
        varint(offset);
        lengthAndBytes(body, offset, length);
        parts++;
        insideEvent = offset + length < body.length;
        return true;
    }

    /** The events {@code from} to {@code to}, both included. */
    public boolean gap(long log, long from, long to) {
        if (!begin(Frame.GAP, 1 + VarInt.size(log) + VarInt.size(from) + VarInt.size(to))) {
            return false;
        }
        varint(log);
        varint(from);
        varint(to);
        return true;
    }

    public boolean signal(long log, byte[] body) {
        if (!begin(Frame.SIGNAL, 1 + VarInt.size(log) + VarInt.size(body.length) + body.length)) {
            return false;
        }
        varint(log);
        lengthAndBytes(body, 0, body.length);
        return true;
    }

    /** Bytes of a LANE frame besides its {@code length} bytes of stream. */
    public static int laneOverhead(int lane, long offset, int length) {
        return 1 + VarInt.size(lane) + VarInt.size(offset) + VarInt.size(length);
    }

    /** Bytes of a whole EVENT frame. */
    public static int eventSize(long log, long seq, int bodyLength) {
        return 1 + VarInt.size(log) + VarInt.size(seq) + VarInt.size(bodyLength) + bodyLength;
    }

    /** Bytes of an EVENT_PART frame besides its {@code length} bytes of body. */
    public static int eventPartOverhead(long log, long seq, int total, int offset, int length) {
        return 1 + VarInt.size(log) + VarInt.size(seq) + VarInt.size(total) + VarInt.size(offset) + VarInt.size(length);
    }

    private boolean begin(int type, int size) {
        if (size > remaining()) {
            return false;
        }
        out[position++] = (byte) type;
        frames++;
        insideEvent = false;
        return true;
    }

    private boolean path(int type, long data) {
        if (!begin(type, 1 + Long.BYTES)) {
            return false;
        }
        BigEndian.writeLong(out, position, data);
        position += Long.BYTES;
        return true;
    }

    private void varint(long value) {
        position = VarInt.write(out, position, value);
    }

    private void lengthAndBytes(byte[] source, int from, int length) {
        varint(length);
        System.arraycopy(source, from, out, position, length);
        position += length;
    }

    /** RFC 9000 section 19.3.1: packets missing between two ranges, less one. */
    private static long gap(long[] ranges, int i) {
        return ranges[2 * i - 2] - ranges[2 * i + 1] - 2;
    }

    private static long span(long[] ranges, int i) {
        return ranges[2 * i + 1] - ranges[2 * i];
    }

    private static void check(int length, int limit) {
        if (length > limit) {
            throw new IllegalArgumentException(length + " bytes where " + limit + " is the limit");
        }
    }
}
