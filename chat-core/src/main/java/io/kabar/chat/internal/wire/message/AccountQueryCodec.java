package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Invitation;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.rules.RoomRole;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bytes of what is asked about one's own account: methods 6 to 13. */
final class AccountQueryCodec {

    private static final int PASSWORD_SALT = 6;
    private static final int SET_PASSWORD = 7;
    private static final int DEVICES = 8;
    private static final int REVOKE_DEVICE = 9;
    private static final int RENAME = 10;
    private static final int INVITE = 11;
    private static final int INVITATIONS = 12;
    private static final int WITHDRAW = 13;

    /** What is to be kept of a new password. */
    private static final long VERIFIER = 21;
    /** Nonce and proof of the present password. */
    private static final long PROOF = 23;
    /** The number of a device. */
    private static final long DEVICE = 25;
    /** Another name. */
    private static final long NAME = 27;
    /** Uses and seconds of an invitation. */
    private static final long TERMS = 29;
    /** The room of an invitation, and the role there. */
    private static final long INTO = 31;
    /** The number of an invitation. */
    private static final long INVITATION = 33;

    private static final List<Long> KNOWN = List.of(VERIFIER, PROOF, DEVICE, NAME, TERMS, INTO, INVITATION);

    /** Longest verifier, bytes. */
    private static final int LONGEST_VERIFIER = 512;

    private static final int NONCE = 18;
    private static final int PROOF_BYTES = 32;

    private AccountQueryCodec() {}

    static boolean knows(long method) {
        return method >= PASSWORD_SALT && method <= WITHDRAW;
    }

    static MessageWriter write(MessageWriter out, Query.OfAccount query) {
        if (query instanceof Query.PasswordSalt) {
            return out.varint(PASSWORD_SALT);
        } else if (query instanceof Query.SetPassword q) {
            Block block = Block.EMPTY.with(VERIFIER, new MessageWriter().text(q.verifier()));
            return out.varint(SET_PASSWORD)
                    .block(
                            q.proof().length == 0
                                    ? block
                                    : block.with(
                                            PROOF,
                                            new MessageWriter().raw(q.nonce()).raw(q.proof())));
        } else if (query instanceof Query.Devices) {
            return out.varint(DEVICES);
        } else if (query instanceof Query.RevokeDevice q) {
            return out.varint(REVOKE_DEVICE).block(Block.EMPTY.withNumber(DEVICE, q.number()));
        } else if (query instanceof Query.Rename q) {
            return out.varint(RENAME).block(Block.EMPTY.with(NAME, new MessageWriter().text(q.name())));
        } else if (query instanceof Query.Invite q) {
            Block block =
                    Block.EMPTY.with(TERMS, new MessageWriter().varint(q.uses()).varint(q.seconds()));
            return out.varint(INVITE)
                    .block(
                            q.room().isEmpty()
                                    ? block
                                    : block.with(INTO, into(q.room().get(), q.role())));
        } else if (query instanceof Query.Invitations) {
            return out.varint(INVITATIONS);
        } else if (query instanceof Query.Withdraw q) {
            return out.varint(WITHDRAW).block(Block.EMPTY.withNumber(INVITATION, q.id()));
        }
        throw new AssertionError(query);
    }

    private static MessageWriter into(RoomName room, RoomRole role) {
        return new MessageWriter().text(room.text()).u8(WireCodes.ROOM_ROLES.indexOf(role));
    }

    static Query read(int method, ClientFields message) throws MalformedPacketException {
        Block block = message.block();
        message.knows(block, KNOWN);
        return switch (method) {
            case PASSWORD_SALT -> new Query.PasswordSalt();
            case SET_PASSWORD -> setPassword(message, block);
            case DEVICES -> new Query.Devices();
            case REVOKE_DEVICE -> new Query.RevokeDevice(block.number(DEVICE, 0));
            case RENAME -> new Query.Rename(text(message, block, NAME, "name", ClientMessageCodec.TYPED_NAME));
            case INVITE -> invite(message, block);
            case INVITATIONS -> new Query.Invitations();
            case WITHDRAW -> new Query.Withdraw(block.number(INVITATION, 0));
            default -> throw new AssertionError(method);
        };
    }

    private static Query setPassword(ClientFields message, Block block) throws MalformedPacketException {
        String verifier = text(message, block, VERIFIER, "verifier", LONGEST_VERIFIER);
        MessageReader proof = block.reader(PROOF);
        return proof == null
                ? new Query.SetPassword(verifier, new byte[0], new byte[0])
                : new Query.SetPassword(verifier, proof.raw(NONCE), proof.raw(PROOF_BYTES));
    }

    private static Query invite(ClientFields message, Block block) throws MalformedPacketException {
        MessageReader terms = block.reader(TERMS);
        ClientFields fields = terms == null ? null : message.of(terms);
        int uses = fields == null ? 1 : (int) fields.number("number of uses", 0, Invitation.MAX_USES);
        long longest = Invitation.LONGEST.toSeconds();
        long seconds = fields == null ? longest : fields.number("time in seconds", 1, longest);
        MessageReader into = block.reader(INTO);
        if (into == null) {
            return new Query.Invite(Optional.empty(), WireCodes.ROOM_ROLES.get(0), uses, seconds);
        }
        ClientFields where = message.of(into);
        RoomName room = where.room();
        RoomRole role = where.oneOf("role", WireCodes.ROOM_ROLES);
        return new Query.Invite(Optional.of(room), role, uses, seconds);
    }

    private static String text(ClientFields message, Block block, long tag, String what, int most)
            throws MalformedPacketException {
        @Nullable MessageReader in = block.reader(tag);
        if (in == null) {
            message.object(Refusal.BAD_REQUEST, "The request lacks the " + what + " (tag " + tag + ").");
            return "";
        }
        return message.of(in).text(what, most, Refusal.TOO_LARGE);
    }
}
