package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Limits;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a signal of a program: 2, whose it is when the server passes it on, its key, and bytes to the end.
 *
 * @param from whose it is; null in what a client sends
 * @param bytes belong to whoever holds the record
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProgramSignal(@Nullable UserName from, String key, byte[] bytes) {

    private static final int PROGRAM = 2;

    /** Of all signals of a room, those of which only the newest counts. */
    public record Slot(long room, UserName from, String key) {}

    /** The bytes of it. */
    public byte[] encode() {
        MessageWriter out = new MessageWriter().u8(PROGRAM);
        if (from != null) {
            out.text(from.text());
        }
        return out.text(key).raw(bytes).toBytes();
    }

    /** What a client sends; null if it is another signal, or out of bounds. */
    public static @Nullable ProgramSignal own(byte[] body) {
        return decode(body, false);
    }

    /** What a server passes on; null if it is another signal, or out of bounds. */
    public static @Nullable ProgramSignal decode(byte[] body) {
        return decode(body, true);
    }

    private static @Nullable ProgramSignal decode(byte[] body, boolean named) {
        if (body.length == 0 || body[0] != PROGRAM) {
            return null;
        }
        MessageReader in = new MessageReader(body);
        try {
            int unused = in.u8();
            UserName from = named ? in.userName() : null;
            String key = in.text(Limits.SIGNAL_KEY_BYTES);
            byte[] bytes = in.rest();
            Limits.requireSignal(key, bytes);
            return new ProgramSignal(from, key, bytes);
        } catch (MalformedPacketException | IllegalArgumentException e) {
            return null;
        }
    }
}
