package io.kabar.chat.internal.wire.message;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ServerMessage.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes of client messages: a type, the fields in the order of the record, and a {@link Block}. */
public final class ClientMessageCodec {

    /** Longest text in a message, bytes: the server's ceiling, which a smaller setting narrows. */
    public static final int TEXT = Limits.TEXT_BYTES;
    /** Longest reason or topic, bytes: 390 characters of up to 4 bytes. */
    public static final int REASON = Limits.LINE_BYTES;

    private static final int LOGIN = 1;
    private static final int RESUME = 2;
    private static final int LOGIN_PROOF = 3;
    private static final int JOIN = 4;
    private static final int LEAVE = 5;
    private static final int SAY = 6;
    private static final int CREDIT = 7;
    private static final int REQUEST = 8;
    private static final int AWAY = 9;
    private static final int READ = 10;

    /** Of a Join: what is made of the room's password. */
    private static final long PASSWORD = 1;

    private static final List<Long> JOIN_TAGS = List.of(PASSWORD);
    /** Its bytes. */
    static final int ROOM_PROOF = 32;

    /** Longest search, bytes. */
    public static final int WORDS = 256;

    /** Most attempts of a lane: a server counts one on, and that must still be a number that can be sent. */
    static final int ATTEMPTS = Integer.MAX_VALUE;

    /** Of a LoginProof: the secret of an invitation. */
    private static final long INVITATION = 21;
    /** Of a LoginProof: what the client calls itself. */
    private static final long LABEL = 22;

    private static final int NONCE = 18;
    private static final int CLAIM = 32;
    private static final int PROOF = 32;
    /** Longest name that is looked at, bytes; the rules for names refuse it with a sentence. */
    public static final int TYPED_NAME = 256;

    private ClientMessageCodec() {}

    /** The bytes of a message. */
    public static byte[] encode(ClientMessage message) {
        if (message instanceof ClientMessage.Say m) {
            return say(m);
        } else if (message instanceof ClientMessage.Credit m) {
            return new MessageWriter(CREDIT).varint(m.roomId()).varint(m.upTo()).toBytes();
        } else if (message instanceof ClientMessage.Login m) {
            return login(new MessageWriter(LOGIN), m).toBytes();
        } else if (message instanceof ClientMessage.Resume m) {
            return login(new MessageWriter(RESUME), m.login())
                    .bytes(m.ticket())
                    .raw(m.proof())
                    .toBytes();
        } else if (message instanceof ClientMessage.LoginProof m) {
            return loginProof(m);
        } else if (message instanceof ClientMessage.Join m) {
            return new MessageWriter(JOIN)
                    .u8(WireCodes.TARGETS.indexOf(m.target().kind()))
                    .text(m.target().name())
                    .u8(WireCodes.HISTORY.indexOf(m.kind()))
                    .varint(m.amount())
                    .varint(m.epoch())
                    .varint(m.number())
                    .varint(m.credit())
                    .block(m.proof().length == 0 ? Block.EMPTY : Block.EMPTY.with(PASSWORD, m.proof()))
                    .toBytes();
        } else if (message instanceof ClientMessage.Leave m) {
            return new MessageWriter(LEAVE).text(m.reason()).toBytes();
        } else if (message instanceof ClientMessage.Request m) {
            return QueryCodec.write(new MessageWriter(REQUEST).varint(m.id()), m.query())
                    .toBytes();
        } else if (message instanceof ClientMessage.Away m) {
            return new MessageWriter(AWAY).flag(m.away()).toBytes();
        } else if (message instanceof ClientMessage.Read m) {
            return new MessageWriter(READ).varint(m.roomId()).varint(m.upTo()).toBytes();
        }
        throw new AssertionError(message);
    }

    /**
     * The message of these bytes, which came on this lane; {@link ClientMessage.Unfit} if a field of it is out of
     * range.
     */
    public static ClientMessage decode(int lane, byte[] bytes) throws MalformedPacketException {
        MessageReader in = new MessageReader(bytes);
        int type = in.type();
        ClientFields fields = new ClientFields(in);
        return switch (type) {
            case SAY -> say(lane, in, fields);
            case CREDIT -> credit(fields);
            case LOGIN -> login(in, fields);
            case RESUME -> resume(in, fields);
            case LOGIN_PROOF -> loginProof(in, fields);
            case JOIN -> join(lane, fields);
            case LEAVE -> leave(lane, fields);
            case REQUEST -> request(fields);
            case AWAY -> away(in, fields);
            case READ -> readUpTo(fields);
            default -> {
                if (type < WireLimits.FIRST_IGNORED) {
                    throw MessageReader.malformed("message type " + type);
                }
                yield new ClientMessage.Ignored();
            }
        };
    }

    private static ClientMessage refused(Subject subject, ClientFields.Objection objection) {
        return new ClientMessage.Unfit(new ServerMessage.Refused(subject, objection.refusal(), objection.sentence()));
    }

    private static MessageWriter login(MessageWriter out, ClientMessage.Login login) {
        return out.varint(login.methods().bits())
                .text(login.name())
                .raw(login.nonce())
                .u64(login.instance());
    }

    private static ClientMessage login(MessageReader in, ClientFields fields) throws MalformedPacketException {
        ClientMessage.Login login = loginFields(in, fields);
        ClientFields.Objection objection = fields.end();
        return objection == null ? login : refused(new Subject.Login(), objection);
    }

    private static ClientMessage.Login loginFields(MessageReader in, ClientFields fields)
            throws MalformedPacketException {
        LoginMethods methods = LoginMethods.of(fields.varint());
        // Whatever is wrong with a name that is to be signed in, it is no name.
        String name = fields.text("name", TYPED_NAME, Refusal.BAD_NAME, Refusal.BAD_NAME);
        return new ClientMessage.Login(methods, name, in.raw(NONCE), in.u64());
    }

    private static ClientMessage resume(MessageReader in, ClientFields fields) throws MalformedPacketException {
        ClientMessage.Login login = loginFields(in, fields);
        byte[] ticket = in.bytes(WireLimits.MESSAGE);
        byte[] proof = in.raw(PROOF);
        ClientFields.Objection objection = fields.end();
        // A ticket that is too long is none, like any other that is not good.
        return objection == null
                ? new ClientMessage.Resume(
                        login, ticket.length > WireLimits.RESUME_TICKET ? new byte[0] : ticket, proof)
                : refused(new Subject.Login(), objection);
    }

    private static byte[] loginProof(ClientMessage.LoginProof message) {
        Block block =
                message.invitation().length == 0 ? Block.EMPTY : Block.EMPTY.with(INVITATION, message.invitation());
        if (!message.label().isEmpty()) {
            block = block.with(LABEL, new MessageWriter().text(message.label()));
        }
        return new MessageWriter(LOGIN_PROOF)
                .bytes(message.proof())
                .raw(message.claim())
                .block(block)
                .toBytes();
    }

    private static ClientMessage loginProof(MessageReader in, ClientFields fields) throws MalformedPacketException {
        byte[] proof = in.bytes(WireLimits.MESSAGE);
        byte[] claim = in.raw(CLAIM);
        if (proof.length > WireLimits.LOGIN_PROOF) {
            fields.object(
                    Refusal.TOO_LARGE,
                    "A proof has at most " + WireLimits.LOGIN_PROOF + " bytes, not " + proof.length + ".");
        }
        Block block = fields.block();
        fields.knows(block, List.of(INVITATION));
        MessageReader label = block.reader(LABEL);
        String called = label == null ? "" : fields.of(label).text("label", TYPED_NAME, Refusal.TOO_LARGE);
        byte[] invitation = block.find(INVITATION);
        ClientFields.Objection objection = fields.objection();
        return objection == null
                ? new ClientMessage.LoginProof(proof, claim, called, invitation == null ? new byte[0] : invitation)
                : refused(new Subject.Login(), objection);
    }

    private static byte[] say(ClientMessage.Say message) {
        EventParts parts = EventParts.of(message.content());
        MessageWriter out = new MessageWriter(SAY)
                .varint(message.attempt())
                .id(message.id())
                .u8(parts.kind())
                .u8(parts.flags(message.ref()));
        parts.writeHeader(message.ref(), out);
        parts.writeExtras(out);
        return out.bytes(parts.content()).toBytes();
    }

    private static ClientMessage say(int lane, MessageReader in, ClientFields fields) throws MalformedPacketException {
        long attempt = fields.number("attempt", 0, ATTEMPTS);
        MessageId id = in.id();
        int kind = in.u8();
        int flags = in.u8();
        long ref = EventParts.ref(flags, in);
        if (ref > Limits.LAST_NUMBER) {
            fields.object(Refusal.BAD_REQUEST, "No event has the number " + ref + ".");
        }
        byte[] facts = EventParts.facts(flags, in);
        byte[] extras = EventParts.extras(flags, in);
        byte[] bytes = in.bytes(WireLimits.MESSAGE);
        Content content = fields.end() == null ? content(kind, flags, facts, extras, bytes, fields) : null;
        return content != null
                ? new ClientMessage.Say(attempt, id, ref, content)
                : refused(new Subject.Message(lane, id), requireNonNull(fields.objection()));
    }

    /** What is said; null if it is out of range, which is objected to. */
    private static @Nullable Content content(
            int kind, int flags, byte[] facts, byte[] extras, byte[] bytes, ClientFields fields) {
        boolean isLine = kind == Content.TOPIC || kind == Content.LEFT;
        if (!EventParts.isBytes(kind)) {
            fields.text(isLine ? "topic" : "message", bytes, isLine ? REASON : TEXT, Refusal.TOO_LARGE);
        } else if (bytes.length > TEXT) {
            fields.object(Refusal.TOO_LARGE, "A message has at most " + TEXT + " bytes, not " + bytes.length + ".");
        }
        if (fields.objection() != null) {
            return null;
        }
        try {
            return new EventParts(kind, flags, facts, extras, bytes).toContent();
        } catch (MalformedPacketException e) {
            fields.object(Refusal.BAD_REQUEST, "The message is out of bounds.");
            return null;
        }
    }

    private static ClientMessage join(int lane, ClientFields fields) throws MalformedPacketException {
        ClientMessage.TargetKind what = fields.oneOf("kind of target", WireCodes.TARGETS);
        String name = fields.text("name of the room", TYPED_NAME, Refusal.BAD_NAME);
        JoinHistory.Kind kind = fields.oneOf("kind of history", WireCodes.HISTORY);
        long amount = fields.varint();
        long epoch = fields.varint();
        long number = fields.varint();
        int credit = (int) Math.min(fields.varint(), Integer.MAX_VALUE);
        if (lane == 0) {
            fields.object(Refusal.BAD_REQUEST, "A room is entered on the lane on which one speaks there, not on 0.");
        }
        Block block = fields.block();
        fields.knows(block, JOIN_TAGS);
        byte[] shown = block.find(PASSWORD);
        byte[] proof = shown == null || shown.length != ROOM_PROOF ? new byte[0] : shown; // another one opens nothing
        ClientFields.Objection objection = fields.objection();
        return objection == null
                ? new ClientMessage.Join(
                        new ClientMessage.Target(what, name), kind, amount, epoch, number, credit, proof)
                : refused(new Subject.Room(lane, name), objection);
    }

    private static ClientMessage leave(int lane, ClientFields fields) throws MalformedPacketException {
        String reason = fields.text("reason", REASON, Refusal.TOO_LARGE);
        if (lane == 0) {
            fields.object(Refusal.BAD_REQUEST, "A room is left on the lane on which one speaks there, not on 0.");
        }
        ClientFields.Objection objection = fields.end();
        return objection == null ? new ClientMessage.Leave(reason) : refused(new Subject.Room(lane, ""), objection);
    }

    private static ClientMessage request(ClientFields fields) throws MalformedPacketException {
        long id = fields.varint();
        if (id >= WireLimits.REQUESTS) {
            fields.object(Refusal.BAD_REQUEST, "Requests are numbered below " + WireLimits.REQUESTS + ".");
        }
        Query query = QueryCodec.read(fields);
        ClientFields.Objection objection = fields.objection();
        return objection == null
                ? new ClientMessage.Request(id, requireNonNull(query))
                : refused(new Subject.Request(id), objection);
    }

    /** There is no answer to it: what is out of range, or asks for more than is known, is passed over. */
    private static ClientMessage credit(ClientFields fields) throws MalformedPacketException {
        ClientMessage credit = new ClientMessage.Credit(fields.varint(), fields.varint());
        return fields.end() == null ? credit : new ClientMessage.Ignored();
    }

    private static ClientMessage readUpTo(ClientFields fields) throws MalformedPacketException {
        ClientMessage read = new ClientMessage.Read(fields.varint(), fields.varint());
        return fields.end() == null ? read : new ClientMessage.Ignored();
    }

    private static ClientMessage away(MessageReader in, ClientFields fields) throws MalformedPacketException {
        ClientMessage away = new ClientMessage.Away(in.u8() != 0);
        return fields.end() == null ? away : new ClientMessage.Ignored();
    }
}
