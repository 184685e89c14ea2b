package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.internal.wire.MalformedPacketException;
import java.nio.charset.StandardCharsets;

/**
 * What differs from kind to kind in an event, and in a Say that asks for one: the same parts in both.
 *
 * @param flags those that do not say which parts there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EventParts(int kind, int flags, byte[] facts, byte[] extras, byte[] content) {

    /** The event refers to another one. */
    private static final int HAS_REF = 0x01;

    private static final int HAS_FACTS = 0x02;
    private static final int HAS_EXTRAS = 0x04;
    /** Something said is told in the third person. */
    private static final int ACTION = 0x10;
    /** The flags that say which parts there are. */
    private static final int PARTS = HAS_REF | HAS_FACTS | HAS_EXTRAS;

    /** Facts: whom it is about, by account, which role they have, and until when it holds. */
    private static final long TARGET = 2;

    private static final long ROLE = 4;
    private static final long UNTIL = 6;

    private static final byte[] NOTHING = {};

    EventParts {
        flags &= ~PARTS;
    }

    private EventParts(int kind, int flags, String text) {
        this(kind, flags, NOTHING, NOTHING, utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static EventParts of(Content content) {
        return content.accept(PARTS_OF);
    }

    private static final Content.Visitor<EventParts> PARTS_OF = new Content.Visitor<>() {
        @Override
        public EventParts said(Content.Said said) {
            return new EventParts(said.kind(), said.action() ? ACTION : 0, said.text());
        }

        @Override
        public EventParts roleGiven(Content.RoleGiven given) {
            Block facts = Block.EMPTY
                    .withNumber(TARGET, given.target())
                    .with(ROLE, new MessageWriter().u8(WireCodes.ROLES.indexOf(given.role())));
            return new EventParts(given.kind(), 0, facts.encode(), NOTHING, utf8(given.name()));
        }

        @Override
        public EventParts banned(Content.Banned banned) {
            Block facts = Block.EMPTY
                    .withNumber(TARGET, banned.target())
                    .with(UNTIL, new MessageWriter().time(banned.until()));
            return new EventParts(banned.kind(), 0, facts.encode(), NOTHING, utf8(banned.name()));
        }

        @Override
        public EventParts unknown(Content.Unknown unknown) {
            return new EventParts(unknown.kind(), unknown.flags(), unknown.facts(), unknown.extras(), unknown.body());
        }

        @Override
        public EventParts other(Content content) {
            return new EventParts(content.kind(), 0, content.text());
        }
    };

    /** All flags, with what stands in front of the parts. */
    int flags(long ref) {
        return flags
                | (ref > 0 ? HAS_REF : 0)
                | (facts.length > 0 ? HAS_FACTS : 0)
                | (extras.length > 0 ? HAS_EXTRAS : 0);
    }

    void writeHeader(long ref, MessageWriter out) {
        if (ref > 0) {
            out.varint(ref);
        }
        if (facts.length > 0) {
            out.bytes(facts);
        }
    }

    void writeExtras(MessageWriter out) {
        if (extras.length > 0) {
            out.bytes(extras);
        }
    }

    static long ref(int flags, MessageReader in) throws MalformedPacketException {
        return (flags & HAS_REF) == 0 ? 0 : in.varint();
    }

    static byte[] facts(int flags, MessageReader in) throws MalformedPacketException {
        return (flags & HAS_FACTS) == 0 ? NOTHING : in.bytes(Limits.FACTS_BYTES);
    }

    static byte[] extras(int flags, MessageReader in) throws MalformedPacketException {
        return (flags & HAS_EXTRAS) == 0 ? NOTHING : in.bytes(Limits.EXTRAS_BYTES);
    }

    /** What these parts are; malformed if they are out of bounds. */
    Content toContent() throws MalformedPacketException {
        try {
            return switch (kind) {
                case Content.SAID -> new Content.Said(text(), (flags & ACTION) != 0);
                case Content.JOINED -> new Content.Joined();
                case Content.LEFT -> new Content.Left(text());
                case Content.TOPIC -> new Content.Topic(text());
                case Content.ROLE_GIVEN ->
                    new Content.RoleGiven(
                            fact(TARGET).sequence(), text(), fact(ROLE).knownOf(WireCodes.ROLES));
                case Content.BANNED ->
                    new Content.Banned(
                            fact(TARGET).sequence(), text(), fact(UNTIL).time48());
                default -> new Content.Unknown(kind, flags, facts, extras, content);
            };
        } catch (IllegalArgumentException e) {
            throw MessageReader.malformed("event out of bounds");
        }
    }

    private MessageReader fact(long tag) throws MalformedPacketException {
        MessageReader fact = Block.decode(facts).reader(tag);
        if (fact == null) {
            throw MessageReader.malformed("event without fact " + tag);
        }
        return fact;
    }

    private String text() throws MalformedPacketException {
        String text = MessageReader.utf8(content);
        if (text == null) {
            throw MessageReader.malformed("UTF-8");
        }
        return text;
    }
}
