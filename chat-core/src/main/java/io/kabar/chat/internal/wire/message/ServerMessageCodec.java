package io.kabar.chat.internal.wire.message;

import io.kabar.chat.MessageId;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ServerMessage.Subject;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.Rule;
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
    private static final int INSIDE = 15;

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
    static final int SENTENCE = 1024;
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
            return RoomEnteredCodec.write(new MessageWriter(ROOM_ENTERED), m).toBytes();
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
                    .block(RoomEnteredCodec.partner(Block.EMPTY, m.partner()))
                    .toBytes();
        } else if (message instanceof ServerMessage.ReadUpTo m) {
            return new MessageWriter(READ_UP_TO)
                    .varint(m.roomId())
                    .varint(m.upTo())
                    .toBytes();
        } else if (message instanceof ServerMessage.Inside m) {
            return new MessageWriter(INSIDE)
                    .varint(m.roomId())
                    .varint(m.count())
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
            return RoomEnteredCodec.read(in);
        } else if (type == REPLY) {
            return reply(in);
        } else if (type == CHALLENGE) {
            return challenge(in);
        } else if (type == DIRECT_WAITING) {
            return new ServerMessage.DirectWaiting(in.roomName(), in.number(), RoomEnteredCodec.partner(block(in)));
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
            case INSIDE -> new ServerMessage.Inside(in.varint(), in.figure(Integer.MAX_VALUE));
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

    private static ServerMessage reply(MessageReader in) throws MalformedPacketException {
        long id = in.varint();
        boolean more = in.flag();
        return new ServerMessage.Reply(id, more, AnswerCodec.decode(in.block()));
    }

    /**
     * The block of a message, none of whose tags is odd: those that are known are even, and no other may be skipped.
     */
    static Block block(MessageReader in) throws MalformedPacketException {
        Block block = in.block();
        if (!block.isUnderstoodBy(List.of())) {
            throw MessageReader.malformed("a tag that must not be skipped");
        }
        return block;
    }

    static int lane(MessageReader in) throws MalformedPacketException {
        return in.count(WireLimits.LANES - 1);
    }
}
