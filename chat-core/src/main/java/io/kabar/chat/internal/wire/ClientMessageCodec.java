package io.kabar.chat.internal.wire;

import io.kabar.chat.History;
import io.kabar.chat.HistorySpan;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import java.util.List;

/** Bytes of client messages: a type and its fields in the order of the record. */
public final class ClientMessageCodec {

    /** Longest text in a message, bytes: the server's ceiling, which a smaller setting narrows. */
    public static final int TEXT = Limits.TEXT_BYTES;
    /** Longest reason or topic, bytes: 390 characters of up to 4 bytes. */
    public static final int REASON = Limits.LINE_BYTES;

    private static final int LOGIN = 1;
    private static final int LOGIN_PROOF = 2;
    private static final int JOIN = 3;
    private static final int PART = 4;
    private static final int CREDIT = 5;
    private static final int LIST_ROOMS = 6;
    private static final int LIST_MEMBERS = 7;
    private static final int AWAY = 8;
    private static final int READ_HISTORY = 9;
    private static final int SEARCH = 10;
    private static final int WHO_SAW = 11;
    private static final int RESUME = 12;
    private static final int SAY = 16;

    /** Longest search, bytes. */
    public static final int WORDS = 256;

    /** Most attempts of a lane: a server counts one on, and that must still be a number that can be sent. */
    static final int ATTEMPTS = Integer.MAX_VALUE;

    private static final int NONCE = 18;
    private static final int CLAIM = 32;
    private static final int PROOF = 32;
    /** Longest name that is looked at, bytes; the rules for names refuse it with a sentence. */
    public static final int TYPED_NAME = 256;

    private ClientMessageCodec() {}

    /** The bytes of a message. */
    public static byte[] encode(ClientMessage message) {
        if (message instanceof ClientMessage.Say m) {
            return new MessageWriter(SAY)
                    .varint(m.attempt())
                    .id(m.id())
                    .u8(WireCodes.KINDS.indexOf(m.kind()))
                    .text(m.text())
                    .bytes();
        } else if (message instanceof ClientMessage.Credit m) {
            return new MessageWriter(CREDIT).varint(m.room()).varint(m.upTo()).bytes();
        } else if (message instanceof ClientMessage.Login m) {
            return login(new MessageWriter(LOGIN), m).bytes();
        } else if (message instanceof ClientMessage.Resume m) {
            return login(new MessageWriter(RESUME), m.login())
                    .block(m.ticket())
                    .raw(m.proof())
                    .bytes();
        } else if (message instanceof ClientMessage.LoginProof m) {
            return new MessageWriter(LOGIN_PROOF)
                    .block(m.proof())
                    .raw(m.claim())
                    .bytes();
        } else if (message instanceof ClientMessage.Join m) {
            return new MessageWriter(JOIN)
                    .text(m.target())
                    .varint(m.lane())
                    .u8(WireCodes.HISTORY.indexOf(m.kind()))
                    .varint(m.amount())
                    .varint(m.epoch())
                    .varint(m.number())
                    .varint(m.credit())
                    .bytes();
        } else if (message instanceof ClientMessage.Part m) {
            return new MessageWriter(PART)
                    .text(m.room().text())
                    .text(m.reason())
                    .bytes();
        } else if (message instanceof ClientMessage.ListRooms m) {
            return new MessageWriter(LIST_ROOMS)
                    .varint(m.request())
                    .text(m.behind())
                    .bytes();
        } else if (message instanceof ClientMessage.ListMembers m) {
            return new MessageWriter(LIST_MEMBERS)
                    .varint(m.request())
                    .text(m.room().text())
                    .bytes();
        } else if (message instanceof ClientMessage.ReadHistory m) {
            return new MessageWriter(READ_HISTORY)
                    .varint(m.request())
                    .text(m.room().text())
                    .varint(m.span().from())
                    .varint(m.span().count())
                    .bytes();
        } else if (message instanceof ClientMessage.Search m) {
            return new MessageWriter(SEARCH)
                    .varint(m.request())
                    .text(m.room().text())
                    .varint(m.before())
                    .text(m.words())
                    .bytes();
        } else if (message instanceof ClientMessage.WhoSaw m) {
            return new MessageWriter(WHO_SAW)
                    .varint(m.request())
                    .text(m.room().text())
                    .varint(m.seq())
                    .bytes();
        } else if (message instanceof ClientMessage.Away m) {
            return new MessageWriter(AWAY).flag(m.away()).bytes();
        }
        throw new AssertionError(message);
    }

    /**
     * The message of these bytes, which came on this lane; {@link ClientMessage.Unfit} if a field of it is out of
     * range.
     */
    public static ClientMessage decode(int lane, byte[] bytes) throws MalformedPacketException {
        MessageReader in = new MessageReader(bytes);
        ClientMessage message = read(lane, in);
        in.end();
        return message;
    }

    private static ClientMessage read(int lane, MessageReader in) throws MalformedPacketException {
        int type = in.u8();
        ClientFields fields = new ClientFields(in);
        return switch (type) {
            case SAY -> say(lane, in, fields);
            case CREDIT -> new ClientMessage.Credit(in.varint(), in.varint());
            case LOGIN -> login(in, fields);
            case RESUME -> resume(in, fields);
            case LOGIN_PROOF -> new ClientMessage.LoginProof(in.block(WireLimits.MESSAGE), in.raw(CLAIM));
            case JOIN -> join(fields);
            case PART -> part(fields);
            case LIST_ROOMS -> listRooms(fields);
            case LIST_MEMBERS -> listMembers(fields);
            case READ_HISTORY -> readHistory(fields);
            case SEARCH -> search(fields);
            case WHO_SAW -> whoSaw(fields);
            case AWAY -> new ClientMessage.Away(in.u8() != 0);
            default -> throw MessageReader.malformed("message type " + type);
        };
    }

    private static MessageWriter login(MessageWriter out, ClientMessage.Login login) {
        return out.text(login.name()).raw(login.nonce()).u64(login.instance());
    }

    private static ClientMessage login(MessageReader in, ClientFields fields) throws MalformedPacketException {
        String name = fields.text("name", TYPED_NAME, Refusal.BAD_NAME);
        ClientMessage.Login login = new ClientMessage.Login(name, in.raw(NONCE), in.u64());
        ClientFields.Objection objection = fields.objection();
        // Whatever is wrong with a name that is to be signed in, it is no name.
        return objection == null
                ? login
                : new ClientMessage.Unfit(
                        new ServerMessage.LoginRefused(Refusal.BAD_NAME.code(), 0, objection.sentence()));
    }

    private static ClientMessage resume(MessageReader in, ClientFields fields) throws MalformedPacketException {
        ClientMessage begun = login(in, fields);
        byte[] ticket = in.block(WireLimits.MESSAGE);
        byte[] proof = in.raw(PROOF);
        // A ticket that is too long is none, like any other that is not good.
        return begun instanceof ClientMessage.Login login
                ? new ClientMessage.Resume(
                        login, ticket.length > WireLimits.RESUME_TICKET ? new byte[0] : ticket, proof)
                : begun;
    }

    private static ClientMessage say(int lane, MessageReader in, ClientFields fields) throws MalformedPacketException {
        long attempt = fields.number("attempt", 0, ATTEMPTS);
        MessageId id = in.id();
        ClientMessage.Kind kind = fields.oneOf("kind of message", WireCodes.KINDS);
        String text = fields.text("message", TEXT, Refusal.TOO_LARGE);
        ClientFields.Objection objection = fields.objection();
        return objection == null
                ? new ClientMessage.Say(attempt, id, kind, text)
                : new ClientMessage.Unfit(new ServerMessage.Refused(
                        lane, id, 0, objection.refusal().code(), 0, 0, objection.sentence()));
    }

    private static ClientMessage join(ClientFields fields) throws MalformedPacketException {
        String target = fields.text("name of the room", TYPED_NAME, Refusal.BAD_NAME);
        long lane = fields.number("lane", 1, WireLimits.LANES - 1L);
        boolean isLane = fields.objection() == null;
        History.Kind kind = fields.oneOf("kind of history", WireCodes.HISTORY);
        long amount = fields.varint();
        long epoch = fields.varint();
        long number = fields.varint();
        int credit = (int) Math.min(fields.varint(), Integer.MAX_VALUE);
        ClientFields.Objection objection = fields.objection();
        return objection == null
                ? new ClientMessage.Join(target, (int) lane, kind, amount, epoch, number, credit)
                : roomRefused(isLane ? (int) lane : 0, target, objection);
    }

    private static ClientMessage roomRefused(int lane, String target, ClientFields.Objection objection) {
        return new ClientMessage.Unfit(
                new ServerMessage.RoomRefused(lane, target, objection.refusal().code(), 0, objection.sentence()));
    }

    private static ClientMessage part(ClientFields fields) throws MalformedPacketException {
        RoomName room = fields.room();
        String reason = fields.text("reason", REASON, Refusal.TOO_LARGE);
        ClientFields.Objection objection = fields.objection();
        return objection == null
                ? new ClientMessage.Part(room, reason)
                : roomRefused(0, objection.refusal() == Refusal.BAD_NAME ? "" : room.text(), objection);
    }

    private static ClientMessage listRooms(ClientFields fields) throws MalformedPacketException {
        long request = fields.varint();
        String behind = fields.text("name of the room", TYPED_NAME, Refusal.BAD_NAME);
        ClientFields.Objection objection = fields.objection();
        return objection == null ? new ClientMessage.ListRooms(request, behind) : requestRefused(request, objection);
    }

    private static ClientMessage listMembers(ClientFields fields) throws MalformedPacketException {
        long request = fields.varint();
        RoomName room = fields.room();
        ClientFields.Objection objection = fields.objection();
        return objection == null ? new ClientMessage.ListMembers(request, room) : requestRefused(request, objection);
    }

    private static ClientMessage requestRefused(long request, ClientFields.Objection objection) {
        return new ClientMessage.Unfit(
                new ServerMessage.RequestRefused(request, objection.refusal().code(), 0, objection.sentence()));
    }

    private static ClientMessage readHistory(ClientFields fields) throws MalformedPacketException {
        long asked = fields.varint();
        RoomName room = fields.room();
        long from = fields.number("first number", 0, History.MAX_SEQUENCE);
        long count = fields.number("count", 1, HistorySpan.MAX);
        if (asked >= WireLimits.HISTORY_REQUESTS) { // no answer of its own could tell this number
            return requestRefused(
                    asked,
                    new ClientFields.Objection(
                            Refusal.BAD_REQUEST,
                            "Requests for history are numbered below " + WireLimits.HISTORY_REQUESTS + "."));
        }
        int request = (int) asked;
        ClientFields.Objection objection = fields.objection();
        return objection == null
                ? new ClientMessage.ReadHistory(request, room, new HistorySpan(from, (int) count))
                : new ClientMessage.Unfit(new ServerMessage.HistoryRange(
                        request, objection.refusal().code(), 0, 0, 0, 0));
    }

    private static ClientMessage search(ClientFields fields) throws MalformedPacketException {
        long request = fields.varint();
        RoomName room = fields.room();
        long before = fields.varint();
        String words = fields.text("search", WORDS, Refusal.BAD_REQUEST);
        ClientFields.Objection objection = fields.objection();
        return objection == null
                ? new ClientMessage.Search(request, room, before, words)
                : new ClientMessage.Unfit(
                        new ServerMessage.Found(request, objection.refusal().code(), 0, 0, false, List.of()));
    }

    private static ClientMessage whoSaw(ClientFields fields) throws MalformedPacketException {
        long request = fields.varint();
        RoomName room = fields.room();
        long seq = fields.varint();
        ClientFields.Objection objection = fields.objection();
        return objection == null
                ? new ClientMessage.WhoSaw(request, room, seq)
                : new ClientMessage.Unfit(
                        new ServerMessage.Seen(request, objection.refusal().code(), 0, 0, 0, List.of()));
    }
}
