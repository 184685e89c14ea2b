package io.kabar.chat.internal.wire;

import io.kabar.chat.Limits;
import io.kabar.chat.Member;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import java.util.ArrayList;
import java.util.List;

/** Bytes of server messages: a type and its fields in the order of the record. */
public final class ServerMessageCodec {

    /** Entries of a list in one message; longer lists are sent in pieces. */
    public static final int LIST = 256;

    private static final int CHALLENGE = 1;
    private static final int WELCOME = 2;
    private static final int LOGIN_REFUSED = 3;
    private static final int ROOM_ENTERED = 4;
    private static final int ROSTER = 5;
    private static final int ROOM_REFUSED = 6;
    private static final int ROOM_LEFT = 7;
    private static final int ACCEPTED = 8;
    private static final int REFUSED = 9;
    private static final int ROOMS = 10;
    private static final int MEMBERS = 11;
    private static final int MEMBER_CHANGED = 12;
    private static final int DIRECT_WAITING = 13;
    private static final int NOTICE = 14;
    private static final int HISTORY_RANGE = 15;
    private static final int FOUND = 16;
    private static final int SEEN = 17;
    private static final int REQUEST_REFUSED = 18;
    private static final int TICKET = 19;

    private static final int SENTENCE = 1024;
    private static final int SECRET = 32;

    private ServerMessageCodec() {}

    /** The bytes of a message. */
    public static byte[] encode(ServerMessage message) {
        if (message instanceof ServerMessage.Accepted m) {
            return new MessageWriter(ACCEPTED)
                    .varint(m.lane())
                    .id(m.id())
                    .varint(m.seq())
                    .varint(m.timeMillis())
                    .bytes();
        } else if (message instanceof ServerMessage.Refused m) {
            return new MessageWriter(REFUSED)
                    .varint(m.lane())
                    .id(m.id())
                    .varint(m.attempt())
                    .varint(m.code())
                    .varint(m.retryAfterMillis())
                    .varint(m.firstKnown())
                    .text(m.sentence())
                    .bytes();
        } else if (message instanceof ServerMessage.Challenge m) {
            return new MessageWriter(CHALLENGE)
                    .block(m.nonce())
                    .block(m.salt())
                    .varint(m.iterations())
                    .bytes();
        } else if (message instanceof ServerMessage.Welcome m) {
            return new MessageWriter(WELCOME)
                    .block(m.signature())
                    .text(m.name())
                    .u8(WireCodes.ROLES.indexOf(m.role()))
                    .varint(m.maxMessageBytes())
                    .varint(m.rateBurst())
                    .varint(m.ratePerSecond())
                    .varint(m.roomsPerSession())
                    .bytes();
        } else if (message instanceof ServerMessage.Ticket m) {
            return new MessageWriter(TICKET).raw(m.secret()).block(m.ticket()).bytes();
        } else if (message instanceof ServerMessage.LoginRefused m) {
            return new MessageWriter(LOGIN_REFUSED)
                    .varint(m.code())
                    .varint(m.retryAfterMillis())
                    .text(m.sentence())
                    .bytes();
        } else if (message instanceof ServerMessage.RoomEntered m) {
            return new MessageWriter(ROOM_ENTERED)
                    .text(m.room().text())
                    .varint(m.number())
                    .varint(m.lane())
                    .text(m.topic())
                    .varint(m.firstKept())
                    .varint(m.last())
                    .varint(m.firstRestored())
                    .varint(m.live())
                    .varint(m.epoch())
                    .varint(m.nextEpoch())
                    .varint(m.differsFrom())
                    .varint(m.firstKnown())
                    .text(m.retention())
                    .varint(m.memberCount())
                    .bytes();
        } else if (message instanceof ServerMessage.Roster m) {
            return members(new MessageWriter(ROSTER).varint(m.number()), m.members());
        } else if (message instanceof ServerMessage.RoomRefused m) {
            return new MessageWriter(ROOM_REFUSED)
                    .varint(m.lane())
                    .text(m.target())
                    .varint(m.code())
                    .varint(m.retryAfterMillis())
                    .text(m.sentence())
                    .bytes();
        } else if (message instanceof ServerMessage.RoomLeft m) {
            return new MessageWriter(ROOM_LEFT)
                    .text(m.room().text())
                    .text(m.reason())
                    .bytes();
        } else if (message instanceof ServerMessage.Rooms m) {
            return rooms(m);
        } else if (message instanceof ServerMessage.Members m) {
            return members(
                    new MessageWriter(MEMBERS)
                            .varint(m.request())
                            .flag(m.more())
                            .varint(m.code()),
                    m.members());
        } else if (message instanceof ServerMessage.MemberChanged m) {
            return member(new MessageWriter(MEMBER_CHANGED).varint(m.number()).varint(m.seq()), m.member())
                    .bytes();
        } else if (message instanceof ServerMessage.DirectWaiting m) {
            return new MessageWriter(DIRECT_WAITING)
                    .text(m.room().text())
                    .varint(m.seq())
                    .bytes();
        } else if (message instanceof ServerMessage.HistoryRange m) {
            return new MessageWriter(HISTORY_RANGE)
                    .varint(m.request())
                    .varint(m.code())
                    .varint(m.from())
                    .varint(m.to())
                    .varint(m.firstKept())
                    .varint(m.last())
                    .bytes();
        } else if (message instanceof ServerMessage.Found m) {
            return found(m);
        } else if (message instanceof ServerMessage.Seen m) {
            return seen(m);
        } else if (message instanceof ServerMessage.RequestRefused m) {
            return new MessageWriter(REQUEST_REFUSED)
                    .varint(m.request())
                    .varint(m.code())
                    .varint(m.retryAfterMillis())
                    .text(m.sentence())
                    .bytes();
        } else if (message instanceof ServerMessage.Notice m) {
            return new MessageWriter(NOTICE).text(m.sentence()).bytes();
        }
        throw new AssertionError(message);
    }

    /** The message of these bytes. */
    public static ServerMessage decode(byte[] bytes) throws MalformedPacketException {
        MessageReader in = new MessageReader(bytes);
        ServerMessage message = read(in);
        in.end();
        return message;
    }

    private static ServerMessage read(MessageReader in) throws MalformedPacketException {
        int type = in.u8();
        return switch (type) {
            case ACCEPTED ->
                new ServerMessage.Accepted(
                        lane(in), in.id(), sequence(in), in.time().toEpochMilli());
            case REFUSED ->
                new ServerMessage.Refused(
                        lane(in),
                        in.id(),
                        in.count(ClientMessageCodec.ATTEMPTS),
                        code(in),
                        in.retryAfter(),
                        in.number(),
                        in.text(SENTENCE));
            case CHALLENGE -> new ServerMessage.Challenge(in.block(64), in.block(64), in.figure(Integer.MAX_VALUE));
            case WELCOME ->
                new ServerMessage.Welcome(
                        in.block(32),
                        in.userName().text(),
                        in.oneOf(WireCodes.ROLES),
                        in.figure(ClientMessageCodec.TEXT),
                        in.figure(Integer.MAX_VALUE),
                        in.figure(Integer.MAX_VALUE),
                        in.figure(WireLimits.LANES - 1));
            case TICKET -> new ServerMessage.Ticket(in.raw(SECRET), in.block(WireLimits.RESUME_TICKET));
            case LOGIN_REFUSED -> new ServerMessage.LoginRefused(code(in), in.retryAfter(), in.text(SENTENCE));
            case ROOM_ENTERED ->
                new ServerMessage.RoomEntered(
                        in.roomName(),
                        in.varint(),
                        lane(in),
                        in.text(ClientMessageCodec.REASON),
                        in.number(),
                        in.number(),
                        in.number(),
                        in.number(),
                        in.varint(),
                        in.varint(),
                        in.number(),
                        in.number(),
                        in.text(SENTENCE),
                        in.count(Integer.MAX_VALUE));
            case ROSTER -> new ServerMessage.Roster(in.varint(), members(in));
            case ROOM_REFUSED ->
                new ServerMessage.RoomRefused(
                        lane(in), in.text(ClientMessageCodec.TYPED_NAME), code(in), in.retryAfter(), in.text(SENTENCE));
            case ROOM_LEFT -> new ServerMessage.RoomLeft(in.roomName(), in.text(ClientMessageCodec.REASON));
            case ROOMS -> rooms(in);
            case MEMBERS -> new ServerMessage.Members(in.varint(), in.flag(), code(in), members(in));
            case MEMBER_CHANGED -> new ServerMessage.MemberChanged(in.varint(), in.number(), member(in));
            case DIRECT_WAITING -> new ServerMessage.DirectWaiting(in.roomName(), in.number());
            case HISTORY_RANGE ->
                new ServerMessage.HistoryRange(
                        in.count(WireLimits.HISTORY_REQUESTS - 1),
                        code(in),
                        in.number(),
                        in.number(),
                        in.number(),
                        in.number());
            case FOUND ->
                new ServerMessage.Found(in.varint(), code(in), in.retryAfter(), in.number(), in.flag(), numbers(in));
            case SEEN -> seen(in);
            case NOTICE -> new ServerMessage.Notice(in.text(SENTENCE));
            case REQUEST_REFUSED ->
                new ServerMessage.RequestRefused(in.varint(), code(in), in.retryAfter(), in.text(SENTENCE));
            default -> throw MessageReader.malformed("message type " + type);
        };
    }

    private static int lane(MessageReader in) throws MalformedPacketException {
        return in.count(WireLimits.LANES - 1);
    }

    /** The number of an event that there is, or 0. */
    private static long sequence(MessageReader in) throws MalformedPacketException {
        long number = in.number();
        if (number > Limits.LAST_NUMBER) {
            throw MessageReader.malformed("number of an event");
        }
        return number;
    }

    private static int code(MessageReader in) throws MalformedPacketException {
        return in.figure(0xffff); // one that nobody knows reads as NOT_ALLOWED
    }

    private static byte[] members(MessageWriter out, List<Member> members) {
        out.varint(members.size());
        members.forEach(member -> member(out, member));
        return out.bytes();
    }

    private static MessageWriter member(MessageWriter out, Member member) {
        return out.text(member.name().text())
                .u8(WireCodes.ROLES.indexOf(member.role()))
                .u8(WireCodes.PRESENCES.indexOf(member.presence()));
    }

    private static List<Member> members(MessageReader in) throws MalformedPacketException {
        int count = in.count(LIST);
        List<Member> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            members.add(member(in));
        }
        return members;
    }

    private static Member member(MessageReader in) throws MalformedPacketException {
        UserName name = in.userName();
        return new Member(name, in.oneOf(WireCodes.ROLES), in.oneOf(WireCodes.PRESENCES));
    }

    private static byte[] seen(ServerMessage.Seen message) {
        MessageWriter out = new MessageWriter(SEEN)
                .varint(message.request())
                .varint(message.code())
                .varint(message.retryAfterMillis())
                .varint(message.members())
                .varint(message.delivered())
                .varint(message.names().size());
        message.names().forEach(name -> out.text(name.text()));
        return out.bytes();
    }

    private static ServerMessage seen(MessageReader in) throws MalformedPacketException {
        long request = in.varint();
        int code = code(in);
        long retryAfter = in.retryAfter();
        int members = in.figure(Integer.MAX_VALUE);
        int delivered = in.figure(Integer.MAX_VALUE);
        int count = in.count(LIST);
        List<UserName> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(in.userName());
        }
        return new ServerMessage.Seen(request, code, retryAfter, members, delivered, names);
    }

    private static List<Long> numbers(MessageReader in) throws MalformedPacketException {
        int count = in.count(LIST);
        List<Long> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(in.number());
        }
        return numbers;
    }

    private static byte[] found(ServerMessage.Found message) {
        MessageWriter out = new MessageWriter(FOUND)
                .varint(message.request())
                .varint(message.code())
                .varint(message.retryAfterMillis())
                .varint(message.searchedTo())
                .flag(message.more())
                .varint(message.hits().size());
        message.hits().forEach(out::varint);
        return out.bytes();
    }

    private static byte[] rooms(ServerMessage.Rooms message) {
        MessageWriter out = new MessageWriter(ROOMS)
                .varint(message.request())
                .flag(message.more())
                .flag(message.rest())
                .varint(message.rooms().size());
        for (RoomSummary room : message.rooms()) {
            out.text(room.name().text())
                    .varint(room.members())
                    .varint(room.lastSequence())
                    .text(room.topic());
        }
        return out.bytes();
    }

    private static ServerMessage rooms(MessageReader in) throws MalformedPacketException {
        long request = in.varint();
        boolean more = in.flag();
        boolean rest = in.flag();
        int count = in.count(LIST);
        List<RoomSummary> rooms = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rooms.add(new RoomSummary(
                    in.roomName(), in.figure(Integer.MAX_VALUE), sequence(in), in.text(ClientMessageCodec.REASON)));
        }
        return new ServerMessage.Rooms(request, more, rest, rooms);
    }
}
