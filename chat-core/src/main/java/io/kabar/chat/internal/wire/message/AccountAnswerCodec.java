package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Invitation;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.rules.RoomRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Bytes of answers about one's own account. Entries of lists grow as all others do, see {@link AnswerCodec}. */
final class AccountAnswerCodec {

    private static final long DONE = 21;
    private static final long PASSWORD_SALT = 23;
    private static final long DEVICES = 25;
    private static final long INVITED = 27;
    private static final long INVITATIONS = 29;

    static final List<Long> KNOWN = List.of(DONE, PASSWORD_SALT, DEVICES, INVITED, INVITATIONS);

    private static final int SECRET = 64;
    private static final int LABEL = 256;

    private AccountAnswerCodec() {}

    static Block encode(Answer answer) {
        MessageWriter out = new MessageWriter();
        if (answer instanceof Answer.Done) {
            return Block.EMPTY.with(DONE, out);
        } else if (answer instanceof Answer.PasswordSalt a) {
            return Block.EMPTY.with(PASSWORD_SALT, out.bytes(a.salt()).varint(a.iterations()));
        } else if (answer instanceof Answer.Devices a) {
            return Block.EMPTY.with(DEVICES, out.entries(a.devices(), AccountAnswerCodec::device));
        } else if (answer instanceof Answer.Invited a) {
            return Block.EMPTY.with(INVITED, out.varint(a.id()).bytes(a.secret()));
        } else if (answer instanceof Answer.Invitations a) {
            return Block.EMPTY.with(INVITATIONS, out.entries(a.invitations(), AccountAnswerCodec::invitation));
        }
        throw new AssertionError(answer);
    }

    /** 0 also for what is before 1970, and the last number that can be sent for what is behind it. */
    private static long millis(Instant time) {
        long seconds = Math.max(0, Math.min(time.getEpochSecond(), WireCodes.LAST_SECOND));
        return seconds * 1000;
    }

    static Answer decode(Block block) throws MalformedPacketException {
        if (block.find(DONE) != null) {
            return new Answer.Done();
        }
        MessageReader in = block.reader(PASSWORD_SALT);
        if (in != null) {
            return new Answer.PasswordSalt(in.bytes(SECRET), in.figure(Integer.MAX_VALUE));
        }
        in = block.reader(DEVICES);
        if (in != null) {
            return new Answer.Devices(in.entries(AccountAnswerCodec::device));
        }
        in = block.reader(INVITED);
        if (in != null) {
            return new Answer.Invited(in.varint(), in.bytes(SECRET));
        }
        in = block.reader(INVITATIONS);
        if (in != null) {
            return new Answer.Invitations(in.entries(AccountAnswerCodec::invitation));
        }
        throw MessageReader.malformed("a reply without an answer");
    }

    private static void device(MessageWriter out, KnownDevice device) {
        out.varint(device.number())
                .text(device.label())
                .varint(millis(device.created()))
                .varint(millis(device.seen()))
                .varint(device.revoked().map(AccountAnswerCodec::millis).orElse(0L))
                .flag(device.isThis());
    }

    private static KnownDevice device(MessageReader in) throws MalformedPacketException {
        int number = in.figure(Integer.MAX_VALUE);
        String label = in.text(LABEL);
        Instant created = time(in);
        Instant seen = time(in);
        Instant revoked = time(in);
        return new KnownDevice(
                number,
                label,
                created,
                seen,
                revoked.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(revoked),
                in.flag());
    }

    private static void invitation(MessageWriter out, Invitation invitation) {
        out.varint(invitation.id())
                .text(invitation.by().text())
                .text(invitation.room().map(RoomName::text).orElse(""))
                .u8(WireCodes.ROOM_ROLES.indexOf(invitation.role()))
                .varint(invitation.usesLeft())
                .varint(millis(invitation.expires()));
    }

    private static Invitation invitation(MessageReader in) throws MalformedPacketException {
        long id = in.varint();
        UserName by = in.userName();
        String room = in.text(ClientMessageCodec.TYPED_NAME);
        RoomRole role = in.knownOf(WireCodes.ROOM_ROLES);
        return new Invitation(id, by, roomOf(room), role, in.figure(Integer.MAX_VALUE), time(in));
    }

    private static Optional<RoomName> roomOf(String text) throws MalformedPacketException {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new RoomName(text));
        } catch (IllegalArgumentException e) {
            throw MessageReader.malformed("a room of no name");
        }
    }

    private static Instant time(MessageReader in) throws MalformedPacketException {
        return Instant.ofEpochMilli(Math.min(in.varint(), WireCodes.LAST_SECOND * 1000));
    }
}
