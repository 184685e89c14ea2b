package io.kabar.chat.internal.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * How client and server prove to each other that both know the secret of a {@link ResumeTicket}, over one connection:
 * an HMAC of its handshake hash. So neither a stolen ticket nor a proof that was seen elsewhere is worth anything.
 */
public final class ResumeProof {
    /** Bytes of a ticket's secret. */
    public static final int SECRET_LENGTH = Jca.HASH_LENGTH;

    /** Bytes of a proof. */
    public static final int LENGTH = Jca.HASH_LENGTH;

    private static final byte[] CLIENT = "kabar resume client".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SERVER = "kabar resume server".getBytes(StandardCharsets.US_ASCII);

    private ResumeProof() {}

    /** {@code HMAC-SHA256(secret, "kabar resume client" || handshakeHash)}. */
    public static byte[] client(byte[] secret, byte[] handshakeHash) {
        return Jca.hmac(secret, CLIENT, handshakeHash);
    }

    /** {@code HMAC-SHA256(secret, "kabar resume server" || handshakeHash)}. */
    public static byte[] server(byte[] secret, byte[] handshakeHash) {
        return Jca.hmac(secret, SERVER, handshakeHash);
    }

    /** Whether a proof is the expected one; in constant time. */
    public static boolean matches(byte[] expected, byte[] proof) {
        return MessageDigest.isEqual(expected, proof);
    }
}
