package io.kabar.chat.internal.wire;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Bytes of an event: a header that a server reads (kind, flags, time, account, reference, facts), then what people wrote
 * (name, extras, content). Room and number are in the frame, the epoch is known of the room. An event is encoded once,
 * when it is committed, and the same bytes go to every member.
 *
 * <p>Flags and tags that are not known are passed over. An event of a kind that is not known keeps its bytes: see {@link
 * Content.Unknown}.
 */
public final class EventCodec {

    /** The event refers to another one. */
    private static final int HAS_REF = 0x01;

    private static final int HAS_FACTS = 0x02;
    private static final int HAS_EXTRAS = 0x04;
    /** The event is told in the third person. */
    static final int ACTION = 0x10;
    /** The flags that say which parts there are. */
    private static final int PARTS = HAS_REF | HAS_FACTS | HAS_EXTRAS;

    private static final byte[] NOTHING = {};

    private EventCodec() {}

    /** The bytes of an event. */
    public static byte[] encode(ChatEvent event) {
        Parts parts = event.content().accept(PARTS_OF);
        int flags = parts.flags
                | (event.ref() > 0 ? HAS_REF : 0)
                | (parts.facts.length > 0 ? HAS_FACTS : 0)
                | (parts.extras.length > 0 ? HAS_EXTRAS : 0);
        MessageWriter out = new MessageWriter()
                .u8(event.content().kind())
                .u8(flags)
                .time(event.time())
                .varint(event.author().account());
        if (event.ref() > 0) {
            out.varint(event.ref());
        }
        if (parts.facts.length > 0) {
            out.bytes(parts.facts);
        }
        out.text(event.from().text());
        if (parts.extras.length > 0) {
            out.bytes(parts.extras);
        }
        return out.raw(parts.content).toBytes();
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
        long ref = (flags & HAS_REF) == 0 ? 0 : in.varint();
        byte[] facts = (flags & HAS_FACTS) == 0 ? NOTHING : in.bytes(Limits.FACTS_BYTES);
        UserName name = in.userName();
        byte[] extras = (flags & HAS_EXTRAS) == 0 ? NOTHING : in.bytes(Limits.EXTRAS_BYTES);
        byte[] rest = in.rest();
        try {
            Content content = switch (kind) {
                case Content.SAID -> new Content.Said(text(rest), (flags & ACTION) != 0);
                case Content.JOINED -> new Content.Joined();
                case Content.LEFT -> new Content.Left(text(rest));
                case Content.TOPIC -> new Content.Topic(text(rest));
                default -> new Content.Unknown(kind, flags & ~PARTS, facts, extras, rest);
            };
            return new ChatEvent(room, epoch, seq, time, new Author(account, name), ref, content);
        } catch (IllegalArgumentException e) {
            throw MessageReader.malformed("event out of bounds");
        }
    }

    /** Whether it is something said, as far as can be told without decoding it. */
    public static boolean isSaid(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == Content.SAID;
    }

    private static String text(byte[] bytes) throws MalformedPacketException {
        String text = MessageReader.utf8(bytes);
        if (text == null) {
            throw MessageReader.malformed("UTF-8");
        }
        return text;
    }

    /** What differs from kind to kind. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Parts(int flags, byte[] facts, byte[] extras, byte[] content) {

        Parts(int flags, String text) {
            this(flags, NOTHING, NOTHING, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final Content.Visitor<Parts> PARTS_OF = new Content.Visitor<>() {
        @Override
        public Parts said(Content.Said said) {
            return new Parts(said.action() ? ACTION : 0, said.text());
        }

        @Override
        public Parts unknown(Content.Unknown unknown) {
            return new Parts(unknown.flags(), unknown.facts(), unknown.extras(), unknown.body());
        }

        @Override
        public Parts other(Content content) {
            return new Parts(0, content.text());
        }
    };
}
