package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Invitation;
import io.kabar.chat.KnownDevice;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.rules.RoomRole;
import java.time.Instant;
import java.util.ArrayList;
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
            out.varint(a.devices().size());
            a.devices()
                    .forEach(device -> out.bytes(new MessageWriter()
                            .varint(device.number())
                            .text(device.label())
                            .varint(millis(device.created()))
                            .varint(millis(device.seen()))
                            .varint(device.revoked()
                                    .map(AccountAnswerCodec::millis)
                                    .orElse(0L))
                            .flag(device.isThis())
                            .toBytes()));
            return Block.EMPTY.with(DEVICES, out);
        } else if (answer instanceof Answer.Invited a) {
            return Block.EMPTY.with(INVITED, out.varint(a.id()).bytes(a.secret()));
        } else if (answer instanceof Answer.Invitations a) {
            out.varint(a.invitations().size());
            a.invitations()
                    .forEach(each -> out.bytes(new MessageWriter()
                            .varint(each.id())
                            .text(each.by().text())
                            .text(each.room().map(RoomName::text).orElse(""))
                            .u8(WireCodes.ROOM_ROLES.indexOf(each.role()))
                            .varint(each.usesLeft())
                            .varint(millis(each.expires()))
                            .toBytes()));
            return Block.EMPTY.with(INVITATIONS, out);
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
            return new Answer.Devices(devices(in));
        }
        in = block.reader(INVITED);
        if (in != null) {
            return new Answer.Invited(in.varint(), in.bytes(SECRET));
        }
        in = block.reader(INVITATIONS);
        if (in != null) {
            return new Answer.Invitations(invitations(in));
        }
        throw MessageReader.malformed("a reply without an answer");
    }

    private static List<KnownDevice> devices(MessageReader in) throws MalformedPacketException {
        int count = in.count(ServerMessageCodec.LIST);
        List<KnownDevice> devices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            MessageReader device = in.entry();
            int number = device.figure(Integer.MAX_VALUE);
            String label = device.text(LABEL);
            Instant created = time(device);
            Instant seen = time(device);
            Instant revoked = time(device);
            devices.add(new KnownDevice(
                    number,
                    label,
                    created,
                    seen,
                    revoked.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(revoked),
                    device.flag()));
        }
        return devices;
    }

    private static List<Invitation> invitations(MessageReader in) throws MalformedPacketException {
        int count = in.count(ServerMessageCodec.LIST);
        List<Invitation> invitations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            MessageReader each = in.entry();
            long id = each.varint();
            UserName by = each.userName();
            String room = each.text(ClientMessageCodec.TYPED_NAME);
            RoomRole role = each.knownOf(WireCodes.ROOM_ROLES);
            invitations.add(new Invitation(id, by, roomOf(room), role, each.figure(Integer.MAX_VALUE), time(each)));
        }
        return invitations;
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
