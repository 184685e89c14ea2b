package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import java.time.Instant;

/**
 * Bytes of an event: a header that a server reads (kind, flags, time, account, reference, facts), then what people
 * wrote (name, extras, content). Room and number are in the frame, the epoch is known of the room. An event is encoded
 * once, when it is committed, and the same bytes go to every member.
 *
 * <p>Flags and tags that are not known are passed over. An event of a kind that is not known keeps its bytes: see
 * {@link Content.Unknown}.
 */
public final class EventCodec {

    private EventCodec() {}

    /** The bytes of an event. */
    public static byte[] encode(ChatEvent event) {
        EventParts parts = EventParts.of(event.content());
        MessageWriter out = new MessageWriter()
                .u8(parts.kind())
                .u8(parts.flags(event.ref()))
                .time(event.time())
                .varint(event.author().account());
        parts.writeHeader(event.ref(), out);
        out.text(event.from().text());
        parts.writeExtras(out);
        return out.raw(parts.content()).toBytes();
    }

    /**
     * The event of these bytes.
     *
     * @param epoch in which it was written; 0 if that is not known
     */
    public static ChatEvent decode(RoomName room, long epoch, long seq, byte[] bytes) throws MalformedPacketException {
        MessageReader in = new MessageReader(bytes);
        int kind = in.u8();
        int flags = in.u8();
        Instant time = in.time48();
        long account = in.varint();
        long ref = EventParts.ref(flags, in);
        byte[] facts = EventParts.facts(flags, in);
        UserName name = in.userName();
        byte[] extras = EventParts.extras(flags, in);
        Content content = new EventParts(kind, flags, facts, extras, in.rest()).toContent();
        try {
            return new ChatEvent(room, epoch, seq, time, new Author(account, name), ref, content);
        } catch (IllegalArgumentException e) {
            throw MessageReader.malformed("event out of bounds");
        }
    }

    /** The same without what a person wrote. */
    public static byte[] withoutText(byte[] bytes) {
        return encode(decodeOwn(bytes).withoutText());
    }

    /** The event that this one edits; 0 if it edits none. */
    public static long edited(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == Content.EDITED ? decodeOwn(bytes).ref() : 0;
    }

    /** What this server has encoded; room, epoch and number are not in the bytes. */
    private static ChatEvent decodeOwn(byte[] bytes) {
        try {
            return decode(RoomName.LOBBY, 0, 1, bytes);
        } catch (MalformedPacketException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it is a message, as far as can be told without decoding it. */
    public static boolean isMessage(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] == Content.SAID || bytes[0] == Content.DATA);
    }
}
