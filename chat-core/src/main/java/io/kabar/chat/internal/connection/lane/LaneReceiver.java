package io.kabar.chat.internal.connection.lane;

import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.Frame;
import io.kabar.chat.internal.wire.ProtocolViolation;
import io.kabar.chat.internal.wire.VarInt;
import io.kabar.chat.internal.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/** Puts the bytes of a lane in order and cuts them into messages. */
final class LaneReceiver {
    /** Pieces out of order: bounds what keeping them sorted may cost. */
    private static final int PIECES = 1024;

    /** From the first byte of the message that is not complete yet. */
    private final ByteWindow bytes = new ByteWindow();

    /** What has come beyond {@link #arrived}. */
    private final RangeSet ahead = new RangeSet();

    /** All bytes before this one have come. */
    private long arrived;

    void add(Frame.Lane frame) throws ProtocolViolation {
        long from = Math.max(frame.offset(), arrived);
        long to = frame.offset() + frame.bytes().length;
        if (to > arrived + WireLimits.LANE_WINDOW) {
            throw new ProtocolViolation(CloseCode.FLOW_CONTROL, "lane bytes beyond the window");
        }
        if (from >= to) {
            return; // all of it is here already
        }
        bytes.put(from, frame.bytes(), (int) (from - frame.offset()), (int) (to - from));
        ahead.add(from, to);
        if (ahead.from(0) == arrived) {
            arrived = ahead.to(0);
            ahead.removeFirst();
        }
        if (ahead.count() > PIECES) {
            throw new ProtocolViolation(CloseCode.FLOW_CONTROL, "lane bytes in too many pieces");
        }
    }

    /** Bytes held. */
    int bytes() {
        return bytes.length();
    }

    /** The next message that is complete, or null. */
    byte @Nullable [] poll() throws ProtocolViolation {
        long start = bytes.start();
        if (start == arrived || arrived - start < VarInt.sizeFrom(bytes.get(start))) {
            return null;
        }
        byte[] header = new byte[VarInt.sizeFrom(bytes.get(start))];
        bytes.get(start, header, 0, header.length);
        long length = VarInt.read(header, 0);
        if (length > WireLimits.MESSAGE) {
            throw new ProtocolViolation(CloseCode.FLOW_CONTROL, "message too large");
        }
        if (arrived - start - header.length < length) {
            return null;
        }
        byte[] message = new byte[(int) length];
        bytes.get(start + header.length, message, 0, message.length);
        bytes.dropBefore(start + header.length + length);
        return message;
    }
}
