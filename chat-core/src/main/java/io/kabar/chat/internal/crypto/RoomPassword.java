package io.kabar.chat.internal.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What is shown of a room's password, and what is kept of it. A client makes the first of the password, by PBKDF2 with
 * the server's key and the room's name as salt; a server keeps a hash of that, in no log. So a server never hears the
 * password, what one server keeps opens nothing at another, and to guess takes {@link #ROUNDS} rounds each time.
 */
public final class RoomPassword {

    /** Rounds of PBKDF2-HMAC-SHA-256. */
    public static final int ROUNDS = 100_000;

    private static final byte[] LABEL = "kabar room password".getBytes(StandardCharsets.US_ASCII);

    private RoomPassword() {}

    /**
     * What is shown of a password. Takes a moment.
     *
     * @param server the server's public key
     * @param room the key of the room's name
     */
    public static byte[] proof(byte[] server, String room, String password) {
        byte[] name = room.getBytes(StandardCharsets.UTF_8);
        byte[] salt = ByteBuffer.allocate(LABEL.length + server.length + name.length)
                .put(LABEL)
                .put(server)
                .put(name)
                .array();
        return Scram.saltedPassword(password.toCharArray(), salt, ROUNDS);
    }

    /** What is kept of that: its SHA-256, in hexadecimal. */
    public static String kept(byte[] proof) {
        return HexFormat.of().formatHex(Jca.sha256(proof));
    }

    /** Whether this was kept of a proof. */
    public static boolean isOf(String kept, byte[] proof) {
        return MessageDigest.isEqual(
                kept.getBytes(StandardCharsets.US_ASCII), kept(proof).getBytes(StandardCharsets.US_ASCII));
    }
}
