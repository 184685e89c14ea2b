package io.kabar.chat.internal.wire;

import io.kabar.chat.History;
import io.kabar.chat.HistorySpan;
import io.kabar.chat.Limits;

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
            return new MessageWriter(LIST_ROOMS).varint(m.request()).bytes();
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

    /** The message of these bytes. */
    public static ClientMessage decode(byte[] bytes) throws MalformedPacketException {
        MessageReader in = new MessageReader(bytes);
        ClientMessage message = read(in);
        in.end();
        return message;
    }

    private static ClientMessage read(MessageReader in) throws MalformedPacketException {
        int type = in.u8();
        return switch (type) {
            case SAY -> new ClientMessage.Say(in.count(ATTEMPTS), in.id(), in.oneOf(WireCodes.KINDS), in.text(TEXT));
            case CREDIT -> new ClientMessage.Credit(in.varint(), in.varint());
            case LOGIN -> login(in);
            case RESUME -> new ClientMessage.Resume(login(in), in.block(WireLimits.RESUME_TICKET), in.raw(PROOF));
            case LOGIN_PROOF -> new ClientMessage.LoginProof(in.block(PROOF), in.raw(CLAIM));
            case JOIN -> join(in);
            case PART -> new ClientMessage.Part(in.roomName(), in.text(REASON));
            case LIST_ROOMS -> new ClientMessage.ListRooms(in.varint());
            case LIST_MEMBERS -> new ClientMessage.ListMembers(in.varint(), in.roomName());
            case READ_HISTORY ->
                new ClientMessage.ReadHistory(in.count(WireLimits.HISTORY_REQUESTS - 1), in.roomName(), span(in));
            case SEARCH -> new ClientMessage.Search(in.varint(), in.roomName(), in.varint(), in.text(WORDS));
            case WHO_SAW -> new ClientMessage.WhoSaw(in.varint(), in.roomName(), in.varint());
            case AWAY -> new ClientMessage.Away(in.flag());
            default -> throw MessageReader.malformed("message type " + type);
        };
    }

    private static MessageWriter login(MessageWriter out, ClientMessage.Login login) {
        return out.text(login.name()).raw(login.nonce()).u64(login.instance());
    }

    private static ClientMessage.Login login(MessageReader in) throws MalformedPacketException {
        return new ClientMessage.Login(in.text(TYPED_NAME), in.raw(NONCE), in.u64());
    }

    private static HistorySpan span(MessageReader in) throws MalformedPacketException {
        long from = in.varint();
        int count = in.count(HistorySpan.MAX);
        try {
            return new HistorySpan(from, count);
        } catch (IllegalArgumentException e) {
            throw MessageReader.malformed("span");
        }
    }

    private static ClientMessage join(MessageReader in) throws MalformedPacketException {
        String target = in.text(TYPED_NAME);
        int lane = in.count(WireLimits.LANES - 1);
        History.Kind kind = in.oneOf(WireCodes.HISTORY);
        long amount = in.varint();
        long epoch = in.varint();
        long number = in.varint();
        return new ClientMessage.Join(target, lane, kind, amount, epoch, number, in.count(Integer.MAX_VALUE));
    }
}
