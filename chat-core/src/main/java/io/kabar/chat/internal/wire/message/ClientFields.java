package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Limits;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a client's message. What has a value out of range is read to its end all the same, so that the message
 * can be refused by its number or its name; only bytes that are no message at all are malformed.
 */
final class ClientFields {

    /** What is wrong with the first field that is. */
    record Objection(Refusal refusal, String sentence) {}

    private final MessageReader in;
    /** Those of the whole message. */
    private final Objections objections;

    /** What is wrong with a message: the first thing that is. */
    private static final class Objections {
        private @Nullable Objection first;
    }

    ClientFields(MessageReader in) {
        this(in, new Objections());
    }

    private ClientFields(MessageReader in, Objections objections) {
        this.in = in;
        this.objections = objections;
    }

    /** The value of an item of the same message. */
    ClientFields of(MessageReader item) {
        return new ClientFields(item, objections);
    }

    /** Null if every field was in its range. */
    @Nullable
    Objection objection() {
        return objections.first;
    }

    /** The same, behind the last field of a message that has no tags. */
    @Nullable
    Objection end() throws MalformedPacketException {
        knows(block(), List.of());
        return objection();
    }

    /** The block behind the last field. */
    Block block() throws MalformedPacketException {
        return in.block();
    }

    /** Objects to what must not be skipped and is not among these tags. */
    void knows(Block block, List<Long> tags) {
        if (!block.isUnderstoodBy(tags)) {
            object(Refusal.UNSUPPORTED, "This server does not know a part of that, and it is not to be left out.");
        }
    }

    /** A whole number of which any is in range. */
    long varint() throws MalformedPacketException {
        return in.varint();
    }

    /** A whole number; the nearest one in range if it is none. */
    long number(String what, long min, long max) throws MalformedPacketException {
        long value = in.varint();
        if (value < min || value > max) {
            object(
                    Refusal.BAD_REQUEST,
                    String.format(Locale.ROOT, "The %s is a number from %d to %d, not %d.", what, min, max, value));
        }
        return Math.max(min, Math.min(max, value));
    }

    /** One of these; the first of them if it is none. */
    <E> E oneOf(String what, List<E> values) throws MalformedPacketException {
        int code = in.u8();
        if (code >= values.size()) {
            object(Refusal.BAD_REQUEST, "There is no " + what + " " + code + ".");
        }
        return values.get(code < values.size() ? code : 0);
    }

    /** A text; what of it can be read and is not too long, if it is no such text. */
    String text(String what, int maxBytes, Refusal ifTooLong) throws MalformedPacketException {
        return text(what, maxBytes, ifTooLong, Refusal.BAD_REQUEST);
    }

    String text(String what, int maxBytes, Refusal ifTooLong, Refusal ifNoText) throws MalformedPacketException {
        return text(what, in.bytes(WireLimits.MESSAGE), maxBytes, ifTooLong, ifNoText);
    }

    /** The same of bytes that were read already. */
    String text(String what, byte[] bytes, int maxBytes, Refusal ifTooLong) {
        return text(what, bytes, maxBytes, ifTooLong, Refusal.BAD_REQUEST);
    }

    private String text(String what, byte[] bytes, int maxBytes, Refusal ifTooLong, Refusal ifNoText) {
        String text = MessageReader.utf8(bytes);
        if (text == null) {
            object(ifNoText, "The " + what + " is not written in UTF-8.");
            return "";
        }
        if (bytes.length > maxBytes) {
            object(
                    ifTooLong,
                    String.format(
                            Locale.ROOT,
                            "The %s is %,d bytes long; at most %,d are possible.",
                            what,
                            bytes.length,
                            maxBytes));
        }
        return Limits.cut(text, maxBytes);
    }

    /** The name of a room; that of the lobby if there can be none of that name. */
    RoomName room() throws MalformedPacketException {
        String text = MessageReader.utf8(in.bytes(WireLimits.MESSAGE));
        if (text == null) {
            object(Refusal.BAD_NAME, "The name of the room is not written in UTF-8.");
            return RoomName.LOBBY;
        }
        try {
            return new RoomName(text);
        } catch (IllegalArgumentException e) {
            object(Refusal.BAD_NAME, String.valueOf(e.getMessage()));
            return RoomName.LOBBY;
        }
    }

    void object(Refusal refusal, String sentence) {
        if (objections.first == null) {
            objections.first = new Objection(refusal, sentence);
        }
    }
}
