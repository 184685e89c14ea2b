package io.kabar.chat.internal.server.login;

import io.kabar.chat.Author;
import io.kabar.chat.Invitation;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.internal.text.Percent;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.spi.ServerRecords.Entry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An invitation as the server keeps it.
 *
 * @param hash SHA-256 of its secret, in hexadecimal
 * @param isEndless whether any number may use it; else so many as are left
 * @param admits whether it lets in new people where only who is invited comes in
 */
record InvitationRecord(
        long id,
        String hash,
        Instant expires,
        int usesLeft,
        boolean isEndless,
        RoomRole role,
        boolean admits,
        Optional<RoomName> room,
        Author by) {

    /** Bytes of a secret: so many that nobody guesses one. */
    static final int SECRET = 16;

    private static final String NO_ROOM = "-";
    private static final String ENDLESS = "any";
    private static final String ADMITS = "server";
    private static final String ROOM_ONLY = "room";

    /** What is kept of a secret. */
    static String hash(byte[] secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    InvitationRecord withUses(int left) {
        return new InvitationRecord(id, hash, expires, left, isEndless, role, admits, room, by);
    }

    /** As it is shown to whoever may see it. */
    Invitation shown() {
        return new Invitation(id, by.name(), room, role, isEndless ? 0 : usesLeft, expires);
    }

    Entry entry(String kind) {
        String value = String.join(
                " ",
                hash,
                Long.toString(expires.toEpochMilli()),
                isEndless ? ENDLESS : Integer.toString(usesLeft),
                role.word(),
                admits ? ADMITS : ROOM_ONLY,
                room.map(name -> Percent.encode(name.text())).orElse(NO_ROOM),
                Long.toString(by.account()),
                Percent.encode(by.name().text()));
        return new Entry(kind, Long.toString(id), value);
    }

    /** Null if it is none that this version understands. */
    static @Nullable InvitationRecord parse(String key, String value) {
        List<String> parts = Parts.of(value, ' ');
        try {
            boolean endless = parts.get(2).equals(ENDLESS);
            return new InvitationRecord(
                    Digits.parseLong(key),
                    parts.get(0),
                    Instant.ofEpochMilli(Digits.parseLong(parts.get(1))),
                    endless ? 0 : Digits.parseInt(parts.get(2)),
                    endless,
                    RoomRole.of(parts.get(3)).orElse(RoomRole.GUEST),
                    parts.get(4).equals(ADMITS),
                    parts.get(5).equals(NO_ROOM)
                            ? Optional.empty()
                            : Optional.of(new RoomName(Percent.decode(parts.get(5)))),
                    new Author(Digits.parseLong(parts.get(6)), new UserName(Percent.decode(parts.get(7)))));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }
}
