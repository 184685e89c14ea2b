package io.kabar.chat.internal.wire.message;

import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ServerMessage.Subject;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomModes;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.rules.Rule;
import io.kabar.chat.rules.Standing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes of server messages: a type, the fields in the order of the record, and a {@link Block}. */
public final class ServerMessageCodec {

    /** Entries of a list in one message; longer lists are sent in pieces. */
    public static final int LIST = 256;

    private static final int CHALLENGE = 1;
    private static final int WELCOME = 2;
    private static final int TICKET = 3;
    private static final int REFUSED = 4;
    private static final int ROOM_ENTERED = 5;
    private static final int ROSTER = 6;
    private static final int ROOM_LEFT = 7;
    private static final int ACCEPTED = 8;
    private static final int REPLY = 9;
    private static final int MEMBER_CHANGED = 10;
    private static final int DIRECT_WAITING = 11;
    private static final int NOTICE = 12;
    private static final int VALUES = 13;
    private static final int READ_UP_TO = 14;

    private static final int OF_LOGIN = 0;
    private static final int OF_REQUEST = 1;
    private static final int OF_ROOM = 2;
    private static final int OF_MESSAGE = 3;

    /** Of a Refused: the number of the first event of which the server knows the message id. */
    private static final long FIRST_KNOWN = 2;
    /** Of a Refused: the name of the room that is not entered. */
    private static final long ROOM = 4;
    /** Of a Challenge: the name that the claim is wanted for. */
    private static final long CLAIM_NAME = 20;
    /** Of a Refused: the rule of a room that stands against it, and from which role on one can change that. */
    private static final long RULE = 6;

    private static final long HELPER = 8;
    /** Of a RoomEntered. */
    private static final long TOPIC = 2;

    private static final long RETENTION = 4;
    /** Of a RoomEntered: what is set for the room, and how one stands in it. */
    private static final long MODES = 6;

    private static final long DESCRIPTION = 8;
    private static final long OWN_ROLE = 10;
    private static final long MUTED_UNTIL = 12;
    /** Of a RoomEntered and a DirectWaiting: how the other one of a conversation is called. */
    private static final long PARTNER = 14;

    private static final long VALUE_COUNT = 16;
    /** Of a RoomEntered: how many are inside, if that is more than are told. */
    private static final long INSIDE = 20;

    /** Of a RoomEntered: the newest event that this user has read. */
    private static final long READ = 18;

    private static final int SENTENCE = 1024;
    private static final int SECRET = 32;
    /** Longer than a ticket can be good for, in seconds. */
    private static final int LONGEST_LIFETIME = Integer.MAX_VALUE;

    private ServerMessageCodec() {}

    /** The bytes of a message. */
    public static byte[] encode(ServerMessage message) {
        if (message instanceof ServerMessage.Accepted m) {
            return new MessageWriter(ACCEPTED)
                    .varint(m.lane())
                    .id(m.id())
                    .varint(m.sequence())
                    .varint(m.timeMillis())
                    .toBytes();
        } else if (message instanceof ServerMessage.Refused m) {
            return refused(m).toBytes();
        } else if (message instanceof ServerMessage.Challenge m) {
            return new MessageWriter(CHALLENGE)
                    .u8(WireCodes.METHODS.indexOf(m.method()))
                    .bytes(m.nonce())
                    .bytes(m.salt())
                    .varint(m.iterations())
                    .block(
                            m.claimName().isEmpty()
                                    ? Block.EMPTY
                                    : Block.EMPTY.with(CLAIM_NAME, new MessageWriter().text(m.claimName())))
                    .toBytes();
        } else if (message instanceof ServerMessage.Welcome m) {
            return new MessageWriter(WELCOME)
                    .bytes(m.signature())
                    .varint(m.account())
                    .text(m.name())
                    .u8(WireCodes.ROLES.indexOf(m.role()))
                    .varint(m.maxMessageBytes())
                    .varint(m.rateBurst())
                    .varint(m.ratePerSecond())
                    .varint(m.roomsPerSession())
                    .toBytes();
        } else if (message instanceof ServerMessage.Ticket m) {
            return new MessageWriter(TICKET)
                    .raw(m.secret())
                    .bytes(m.ticket())
                    .varint(m.lifetimeSeconds())
                    .toBytes();
        } else if (message instanceof ServerMessage.RoomEntered m) {
            return entered(m).toBytes();
        } else if (message instanceof ServerMessage.Roster m) {
            return AnswerCodec.members(new MessageWriter(ROSTER).varint(m.roomId()), m.members())
                    .toBytes();
        } else if (message instanceof ServerMessage.Values m) {
            return new MessageWriter(VALUES)
                    .varint(m.roomId())
                    .list(
                            m.values(),
                            (out, value) -> out.varint(value.sequence()).bytes(value.body()))
                    .toBytes();
        } else if (message instanceof ServerMessage.RoomLeft m) {
            return new MessageWriter(ROOM_LEFT)
                    .varint(m.lane())
                    .flag(m.asked())
                    .text(m.reason())
                    .toBytes();
        } else if (message instanceof ServerMessage.Reply m) {
            return new MessageWriter(REPLY)
                    .varint(m.id())
                    .flag(m.more())
                    .block(AnswerCodec.encode(m.answer()))
                    .toBytes();
        } else if (message instanceof ServerMessage.MemberChanged m) {
            return AnswerCodec.member(
                            new MessageWriter(MEMBER_CHANGED).varint(m.roomId()).varint(m.sequence()), m.member())
                    .toBytes();
        } else if (message instanceof ServerMessage.DirectWaiting m) {
            return new MessageWriter(DIRECT_WAITING)
                    .text(m.room().text())
                    .varint(m.sequence())
                    .block(partner(Block.EMPTY, m.partner()))
                    .toBytes();
        } else if (message instanceof ServerMessage.ReadUpTo m) {
            return new MessageWriter(READ_UP_TO)
                    .varint(m.roomId())
                    .varint(m.upTo())
                    .toBytes();
        } else if (message instanceof ServerMessage.Notice m) {
            return new MessageWriter(NOTICE).text(m.sentence()).toBytes();
        }
        throw new AssertionError(message);
    }

    private static MessageWriter refused(ServerMessage.Refused message) {
        MessageWriter out = new MessageWriter(REFUSED);
        Block block = Block.EMPTY;
        if (message.subject() instanceof Subject.Message subject) {
            out.u8(OF_MESSAGE).varint(subject.lane()).id(subject.id());
            if (subject.firstKnown() > 0) {
                block = block.withNumber(FIRST_KNOWN, subject.firstKnown());
            }
        } else if (message.subject() instanceof Subject.Room subject) {
            out.u8(OF_ROOM).varint(subject.lane());
            if (!subject.room().isEmpty()) {
                block = block.with(ROOM, new MessageWriter().text(subject.room()));
            }
        } else if (message.subject() instanceof Subject.Request subject) {
            out.u8(OF_REQUEST).varint(subject.id());
        } else {
            out.u8(OF_LOGIN);
        }
        Obstacle obstacle = message.obstacle();
        if (obstacle != null) {
            block = block.with(RULE, new MessageWriter().text(obstacle.rule().word()))
                    .with(HELPER, new MessageWriter().u8(obstacle.helper().number()));
        }
        return out.varint(message.attempt())
                .varint(message.code())
                .varint(message.retryAfterMillis())
                .text(message.sentence())
                .block(block);
    }

    private static MessageWriter entered(ServerMessage.RoomEntered message) {
        Block block = Block.EMPTY;
        if (!message.topic().isEmpty()) {
            block = block.with(TOPIC, new MessageWriter().text(message.topic()));
        }
        if (!message.retention().isEmpty()) {
            block = block.with(RETENTION, new MessageWriter().text(message.retention()));
        }
        block = partner(settings(block, message.settings()), message.partner());
        block = message.values() == 0 ? block : block.withNumber(VALUE_COUNT, message.values());
        if (message.inside() > message.occupants()) {
            block = block.withNumber(INSIDE, message.inside());
        }
        if (message.readUpTo() > 0) {
            block = block.withNumber(READ, message.readUpTo());
        }
        return new MessageWriter(ROOM_ENTERED)
                .varint(message.lane())
                .varint(message.roomId())
                .text(message.room().text())
                .varint(message.epoch())
                .varint(message.nextEpoch())
                .varint(message.differsFrom())
                .varint(message.firstKept())
                .varint(message.last())
                .varint(message.firstRestored())
                .varint(message.live())
                .varint(message.firstKnown())
                .varint(message.occupants())
                .block(block);
    }

    private static Block partner(Block before, @Nullable UserName partner) {
        return partner == null ? before : before.with(PARTNER, new MessageWriter().text(partner.text()));
    }

    private static @Nullable UserName partner(Block block) throws MalformedPacketException {
        MessageReader partner = block.reader(PARTNER);
        return partner == null ? null : partner.userName();
    }

    /** Nothing is written of what is as in a room in which nobody has set anything. */
    private static Block settings(Block before, RoomSettings settings) {
        Block block = before;
        if (!settings.modes().values().isEmpty()) {
            block = block.with(
                    MODES, EventParts.modes(settings.modes().values()).encode());
        }
        if (!settings.description().isEmpty()) {
            block = block.with(DESCRIPTION, new MessageWriter().text(settings.description()));
        }
        Standing standing = settings.standing();
        if (standing.role() != RoomRole.GUEST) {
            block = block.with(OWN_ROLE, new MessageWriter().u8(standing.role().number()));
        }
        if (!standing.mutedUntil().equals(Instant.EPOCH)) {
            block = block.with(MUTED_UNTIL, new MessageWriter().time(standing.mutedUntil()));
        }
        return block;
    }

    private static RoomSettings settings(Block block) throws MalformedPacketException {
        byte[] modes = block.find(MODES);
        MessageReader description = block.reader(DESCRIPTION);
        MessageReader role = block.reader(OWN_ROLE);
        MessageReader muted = block.reader(MUTED_UNTIL);
        try {
            return new RoomSettings(
                    modes == null ? RoomModes.NONE : RoomModes.of(EventParts.modes(Block.decode(modes))),
                    description == null ? "" : description.text(ClientMessageCodec.REASON),
                    new Standing(
                            role == null ? RoomRole.GUEST : role.knownOf(WireCodes.ROOM_ROLES),
                            muted == null ? Instant.EPOCH : muted.time48()));
        } catch (IllegalArgumentException e) {
            throw MessageReader.malformed("modes out of range");
        }
    }

    private static @Nullable Obstacle obstacle(Block block, String sentence) throws MalformedPacketException {
        MessageReader rule = block.reader(RULE);
        MessageReader helper = block.reader(HELPER);
        return rule == null || helper == null
                ? null
                : new Obstacle(
                        Rule.of(rule.text(SENTENCE)).orElse(Rule.OTHER),
                        sentence,
                        helper.knownOf(WireCodes.ROOM_ROLES));
    }

    /** The message of these bytes. */
    public static ServerMessage decode(byte[] bytes) throws MalformedPacketException {
        MessageReader in = new MessageReader(bytes);
        int type = in.type();
        if (type == REFUSED) {
            return refused(in);
        } else if (type == ROOM_ENTERED) {
            return entered(in);
        } else if (type == REPLY) {
            return reply(in);
        } else if (type == CHALLENGE) {
            return challenge(in);
        } else if (type == DIRECT_WAITING) {
            return new ServerMessage.DirectWaiting(in.roomName(), in.number(), partner(block(in)));
        } else if (type >= WireLimits.FIRST_IGNORED) {
            return new ServerMessage.Ignored();
        }
        ServerMessage message = read(type, in);
        block(in);
        return message;
    }

    private static ServerMessage read(int type, MessageReader in) throws MalformedPacketException {
        return switch (type) {
            case ACCEPTED ->
                new ServerMessage.Accepted(
                        lane(in), in.id(), in.sequence(), in.time().toEpochMilli());
            case WELCOME ->
                new ServerMessage.Welcome(
                        in.bytes(32),
                        in.varint(),
                        in.userName().text(),
                        in.knownOf(WireCodes.ROLES),
                        in.figure(ClientMessageCodec.TEXT),
                        in.figure(Integer.MAX_VALUE),
                        in.figure(Integer.MAX_VALUE),
                        in.figure(WireLimits.LANES - 1));
            case TICKET ->
                new ServerMessage.Ticket(
                        in.raw(SECRET), in.bytes(WireLimits.RESUME_TICKET), in.figure(LONGEST_LIFETIME));
            case ROSTER -> new ServerMessage.Roster(in.varint(), AnswerCodec.members(in));
            case VALUES -> new ServerMessage.Values(in.varint(), in.list(ServerMessageCodec::value));
            case ROOM_LEFT -> new ServerMessage.RoomLeft(lane(in), in.flag(), in.text(ClientMessageCodec.REASON));
            case MEMBER_CHANGED -> new ServerMessage.MemberChanged(in.varint(), in.number(), AnswerCodec.member(in));
            case READ_UP_TO -> new ServerMessage.ReadUpTo(in.varint(), in.number());
            case NOTICE -> new ServerMessage.Notice(in.text(SENTENCE));
            default -> throw MessageReader.malformed("message type " + type);
        };
    }

    private static ServerMessage.Numbered value(MessageReader in) throws MalformedPacketException {
        return new ServerMessage.Numbered(in.sequence(), in.bytes(WireLimits.MESSAGE));
    }

    private static ServerMessage challenge(MessageReader in) throws MalformedPacketException {
        ServerMessage.Challenge challenge = new ServerMessage.Challenge(
                in.oneOf(WireCodes.METHODS), in.bytes(64), in.bytes(64), in.figure(Integer.MAX_VALUE));
        MessageReader claimName = block(in).reader(CLAIM_NAME);
        return claimName == null
                ? challenge
                : challenge.withClaimFor(claimName.userName().text());
    }

    private static ServerMessage refused(MessageReader in) throws MalformedPacketException {
        int what = in.u8();
        int lane = what == OF_ROOM || what == OF_MESSAGE ? lane(in) : 0;
        long request = what == OF_REQUEST ? in.varint() : 0;
        MessageId id = what == OF_MESSAGE ? in.id() : MessageId.NONE;
        long attempt = in.count(ClientMessageCodec.ATTEMPTS);
        int code = in.figure(0xffff); // one that nobody knows reads as NOT_ALLOWED
        long retryAfter = in.retryAfter();
        String sentence = in.text(SENTENCE);
        Block block = block(in);
        MessageReader firstKnown = block.reader(FIRST_KNOWN);
        MessageReader room = block.reader(ROOM);
        Subject subject = switch (what) {
            case OF_LOGIN -> new Subject.Login();
            case OF_REQUEST -> new Subject.Request(request);
            case OF_ROOM -> new Subject.Room(lane, room == null ? "" : room.text(ClientMessageCodec.TYPED_NAME));
            case OF_MESSAGE -> new Subject.Message(lane, id, firstKnown == null ? 0 : firstKnown.number());
            default -> throw MessageReader.malformed("refusal of " + what);
        };
        return new ServerMessage.Refused(subject, attempt, code, retryAfter, sentence, obstacle(block, sentence));
    }

    private static ServerMessage entered(MessageReader in) throws MalformedPacketException {
        int lane = lane(in);
        long roomId = in.varint();
        RoomName room = in.roomName();
        long epoch = in.varint();
        long nextEpoch = in.varint();
        long differsFrom = in.number();
        long firstKept = in.number();
        long last = in.number();
        long firstRestored = in.number();
        long live = in.number();
        long firstKnown = in.number();
        int occupants = in.count(Integer.MAX_VALUE);
        Block block = block(in);
        MessageReader topic = block.reader(TOPIC);
        MessageReader retention = block.reader(RETENTION);
        MessageReader read = block.reader(READ);
        MessageReader inside = block.reader(INSIDE);
        return new ServerMessage.RoomEntered(
                lane,
                roomId,
                room,
                epoch,
                nextEpoch,
                differsFrom,
                firstKept,
                last,
                firstRestored,
                live,
                firstKnown,
                occupants,
                (int) Math.min(block.number(VALUE_COUNT, 0), Integer.MAX_VALUE),
                topic == null ? "" : topic.text(ClientMessageCodec.REASON),
                retention == null ? "" : retention.text(SENTENCE),
                settings(block),
                partner(block),
                read == null ? 0 : read.number(),
                inside == null ? occupants : Math.max(occupants, inside.figure(Integer.MAX_VALUE)));
    }

    private static ServerMessage reply(MessageReader in) throws MalformedPacketException {
        long id = in.varint();
        boolean more = in.flag();
        return new ServerMessage.Reply(id, more, AnswerCodec.decode(in.block()));
    }

    /**
     * The block of a message, none of whose tags is odd: those that are known are even, and no other may be skipped.
     */
    private static Block block(MessageReader in) throws MalformedPacketException {
        Block block = in.block();
        if (!block.isUnderstoodBy(List.of())) {
            throw MessageReader.malformed("a tag that must not be skipped");
        }
        return block;
    }

    private static int lane(MessageReader in) throws MalformedPacketException {
        return in.count(WireLimits.LANES - 1);
    }
}
