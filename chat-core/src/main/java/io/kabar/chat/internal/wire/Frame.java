package io.kabar.chat.internal.wire;

/**
 * What a protected packet carries. {@link FrameWriter} writes frames straight into a packet, {@link FrameReader} makes
 * these records of them. Types, one byte each:
 *
 * <pre>
 * 0x00 PADDING         (no record: a reader skips it)
 * 0x01 PING
 * 0x02 ACK             largest, delay, ranges - 1, first range, then (gap, range)*
 * 0x03 CLOSE           code, length, reason in UTF-8
 * 0x04 PATH_CHALLENGE  8 bytes
 * 0x05 PATH_RESPONSE   8 bytes
 * 0x06 LANE            lane, offset, length, bytes
 * 0x08 EVENT           log, seq, length, body
 * 0x09 EVENT_PART      log, seq, total, offset, length, bytes
 * 0x0a GAP             log, from, to
 * 0x0b SIGNAL          log, length, bytes
 * 0x20-0x3f            length, bytes: skipped by whoever does not know them
 * </pre>
 *
 * A log is a numbered sequence of events, by a number of the connection; the session knows that it is a room. All
 * integers but the type and the 8 bytes of the path frames are {@linkplain VarInt varints}. The arrays belong to
 * whoever holds the record.
 */
public sealed interface Frame {
    int PADDING = 0x00;
    int PING = 0x01;
    int ACK = 0x02;
    int CLOSE = 0x03;
    int PATH_CHALLENGE = 0x04;
    int PATH_RESPONSE = 0x05;
    int LANE = 0x06;
    int EVENT = 0x08;
    int EVENT_PART = 0x09;
    int GAP = 0x0a;
    int SIGNAL = 0x0b;
    int FIRST_EXTENSION = 0x20;
    int LAST_EXTENSION = 0x3f;

    /** Asks for nothing but an acknowledgement. */
    record Ping() implements Frame {
        static final Ping INSTANCE = new Ping();
    }

    /**
     * Packets received (RFC 9000 section 19.3).
     *
     * @param ranges smallest and largest of each range, one after the other, from the highest range down; ranges
     *     neither touch nor overlap
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Ack(long delayMicros, long[] ranges) implements Frame {
        public long largest() {
            return ranges[1];
        }

        public int rangeCount() {
            return ranges.length / 2;
        }

        public long smallest(int range) {
            return ranges[2 * range];
        }

        public long largest(int range) {
            return ranges[2 * range + 1];
        }
    }

    /** The sender is gone; {@code code} is a {@link CloseCode}. */
    record Close(long code, String reason) implements Frame {}

    /** To be returned in a {@link PathResponse} on the path it came by (RFC 9000 section 8.2). */
    record PathChallenge(long data) implements Frame {}

    record PathResponse(long data) implements Frame {}

    /** A piece of the reliable, ordered stream of bytes that a lane is. */
    @SuppressWarnings("ArrayRecordComponent")
    record Lane(int lane, long offset, byte[] bytes) implements Frame {}

    /** One whole event of a log. */
    @SuppressWarnings("ArrayRecordComponent")
    record Event(long log, long seq, byte[] body) implements Frame {}

    /** A slice of an event of {@code total} bytes that does not fit one packet. */
    @SuppressWarnings("ArrayRecordComponent")
    record EventPart(long log, long seq, int total, int offset, byte[] bytes) implements Frame {}

    /** The events {@code from} to {@code to}, both included, no longer exist. */
    record Gap(long log, long from, long to) implements Frame {}

    /** Something unreliable about a log, of whose kind only the newest counts. */
    @SuppressWarnings("ArrayRecordComponent")
    record Signal(long log, byte[] body) implements Frame {}

    /** A frame of a later version or of somebody's own: acknowledged as any other, and skipped. */
    @SuppressWarnings("ArrayRecordComponent")
    record Extension(int type, byte[] body) implements Frame {}
}
