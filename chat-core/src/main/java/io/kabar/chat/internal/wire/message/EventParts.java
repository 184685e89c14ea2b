package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Amendment;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomChange.Whom;
import io.kabar.chat.StaffAction;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.rules.RoomRole;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
    /** Whoever enters founds the room. */
    private static final int FOUNDS = 0x20;
    /** A value of the room is taken away. */
    private static final int REMOVED = 0x20;
    /** A reaction does not count any more; an invitation neither. */
    private static final int TAKEN_BACK = 0x40;
    /** The flags that say which parts there are. */
    private static final int PARTS = HAS_REF | HAS_FACTS | HAS_EXTRAS;

    /** Facts: whom it is about, by account, which role they have, and until when it holds. */
    private static final long TARGET = 2;

    private static final long ROLE = 4;
    private static final long UNTIL = 6;
    /** Facts: what staff have done, in a word. */
    private static final long ACTION_WORD = 8;
    /** Facts: the name of a value of the room. */
    private static final long KEY = 10;
    /** Facts: the value of the first mode of a room; those of the others follow, each two behind the one before. */
    private static final long FIRST_MODE = 32;
    /** Extras: the name of whom it is about. */
    private static final long NAME = 2;
    /** Extras: what the bytes are; left out if nothing is said of them. */
    private static final long MEDIA_TYPE = 4;

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
        public EventParts joined(Content.Joined joined) {
            return new EventParts(joined.kind(), joined.founds() ? FOUNDS : 0, "");
        }

        @Override
        public EventParts reacted(Amendment.Reacted reacted) {
            return new EventParts(reacted.kind(), reacted.takenBack() ? TAKEN_BACK : 0, reacted.emoji());
        }

        @Override
        public EventParts change(RoomChange change) {
            Block extras = change instanceof RoomChange.OfSomebody about ? named(about.whom()) : Block.EMPTY;
            int flags = change instanceof RoomChange.Invited invited && invited.takenBack() ? TAKEN_BACK : 0;
            return new EventParts(
                    change.kind(),
                    flags,
                    change.acceptChange(FACTS_OF).encode(),
                    extras.encode(),
                    utf8(change.reason()));
        }

        @Override
        public EventParts staffAction(StaffAction done) {
            Block facts = about(done.whom()).with(ACTION_WORD, new MessageWriter().text(done.action()));
            return new EventParts(
                    done.kind(), 0, facts.encode(), named(done.whom()).encode(), utf8(done.text()));
        }

        @Override
        public EventParts data(ProgramContent.Data data) {
            return payload(data, 0, Block.EMPTY);
        }

        @Override
        public EventParts valueSet(ProgramContent.ValueSet set) {
            Block key = Block.EMPTY.with(KEY, new MessageWriter().text(set.key()));
            return payload(set, set.isRemoved() ? REMOVED : 0, key);
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

    private static EventParts payload(ProgramContent content, int flags, Block facts) {
        Payload payload = content.payload();
        Block extras = payload.mediaType().equals(Payload.OCTETS)
                ? Block.EMPTY
                : Block.EMPTY.with(MEDIA_TYPE, new MessageWriter().text(payload.mediaType()));
        return new EventParts(content.kind(), flags, facts.encode(), extras.encode(), payload.bytes());
    }

    private static final RoomChange.Visitor<Block> FACTS_OF = new RoomChange.Visitor<>() {
        @Override
        public Block roleGiven(RoomChange.RoleGiven given) {
            return about(given.whom())
                    .with(ROLE, new MessageWriter().u8(given.role().number()));
        }

        @Override
        public Block banned(RoomChange.Banned banned) {
            return until(banned.whom(), banned.until());
        }

        @Override
        public Block kicked(RoomChange.Kicked kicked) {
            return about(kicked.whom());
        }

        @Override
        public Block muted(RoomChange.Muted muted) {
            return until(muted.whom(), muted.until());
        }

        @Override
        public Block invited(RoomChange.Invited invited) {
            return about(invited.whom());
        }

        @Override
        public Block modesSet(RoomChange.ModesSet set) {
            return modes(set.changes());
        }
    };

    /** The values of modes, as in the facts of an event. */
    static Block modes(Map<RoomMode, Long> modes) {
        Block block = Block.EMPTY;
        for (Map.Entry<RoomMode, Long> mode : modes.entrySet()) {
            block = block.withNumber(FIRST_MODE + 2L * mode.getKey().number(), mode.getValue());
        }
        return block;
    }

    /** The values of the modes of which this version knows. */
    static Map<RoomMode, Long> modes(Block block) throws MalformedPacketException {
        Map<RoomMode, Long> modes = new EnumMap<>(RoomMode.class);
        for (RoomMode mode : RoomMode.values()) {
            long value = block.number(FIRST_MODE + 2L * mode.number(), -1);
            if (value >= 0) {
                modes.put(mode, value);
            }
        }
        return modes;
    }

    private static Block about(Whom whom) {
        return whom.account() == 0 ? Block.EMPTY : Block.EMPTY.withNumber(TARGET, whom.account());
    }

    private static Block until(Whom whom, Instant until) {
        return about(whom).with(UNTIL, new MessageWriter().time(until));
    }

    private static Block named(Whom whom) {
        return whom.name().isEmpty() ? Block.EMPTY : Block.EMPTY.with(NAME, new MessageWriter().text(whom.name()));
    }

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
                case Content.JOINED -> new Content.Joined((flags & FOUNDS) != 0);
                case Content.LEFT -> new Content.Left(text());
                case Content.TOPIC -> new Content.Topic(text());
                case Content.ROLE_GIVEN ->
                    new RoomChange.RoleGiven(whom(), fact(ROLE).oneOf(List.of(RoomRole.values())), text());
                case Content.BANNED -> new RoomChange.Banned(whom(), fact(UNTIL).time48(), text());
                case Content.KICKED -> new RoomChange.Kicked(whom(), text());
                case Content.MUTED -> new RoomChange.Muted(whom(), fact(UNTIL).time48(), text());
                case Content.MODES_SET -> new RoomChange.ModesSet(modes(Block.decode(facts)), text());
                case Content.DESCRIBED -> new Content.Described(text());
                case Content.INVITED -> new RoomChange.Invited(whom(), (flags & TAKEN_BACK) != 0, text());
                case Content.STAFF_ACTION -> new StaffAction(fact(ACTION_WORD).text(Limits.LINE_BYTES), whom(), text());
                case Content.DATA -> new ProgramContent.Data(payload());
                case Content.VALUE_SET ->
                    new ProgramContent.ValueSet(
                            fact(KEY).text(ProgramContent.ValueSet.KEY_BYTES),
                            (flags & REMOVED) == 0 ? payload() : Payload.NONE);
                case Content.EDITED -> new Amendment.Edited(text());
                case Content.DELETED -> new Amendment.Deleted(text());
                case Content.REACTED -> new Amendment.Reacted(text(), (flags & TAKEN_BACK) != 0);
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

    private Whom whom() throws MalformedPacketException {
        MessageReader name = Block.decode(extras).reader(NAME);
        return new Whom(Block.decode(facts).number(TARGET, 0), name == null ? "" : name.text(Limits.LINE_BYTES));
    }

    private Payload payload() throws MalformedPacketException {
        MessageReader type = Block.decode(extras).reader(MEDIA_TYPE);
        return new Payload(type == null ? Payload.OCTETS : type.text(Payload.MEDIA_TYPE_CHARACTERS), content);
    }

    /** Whether the content of such an event is bytes, which need not be text. */
    static boolean isBytes(int kind) {
        return kind == Content.DATA || kind == Content.VALUE_SET || !Content.isKnown(kind);
    }

    private String text() throws MalformedPacketException {
        String text = MessageReader.utf8(content);
        if (text == null) {
            throw MessageReader.malformed("UTF-8");
        }
        return text;
    }
}
