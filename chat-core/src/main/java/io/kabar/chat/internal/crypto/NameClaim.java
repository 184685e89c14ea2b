package io.kabar.chat.internal.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Proof that a name belongs to a device, for users without a password of their own. The device keeps one secret and
 * makes of it a claim for each server and name; the server keeps the claim's hash. So a server learns nothing that
 * would serve at another server, and a thief of its file nothing that would serve at all.
 *
 * <p>A claim is as good as a password: it goes through the sealed channel only.
 */
public final class NameClaim {
    /** Bytes of a device secret, of a claim and of its stored form. */
    public static final int LENGTH = Jca.HASH_LENGTH;

    private static final byte[] LABEL = "kabar name claim".getBytes(StandardCharsets.US_ASCII);

    private NameClaim() {}

    /** {@code HMAC-SHA256(deviceSecret, "kabar name claim" || serverPublicKey || canonicalName)}. */
    public static byte[] claim(byte[] deviceSecret, byte[] serverPublicKey, String canonicalName) {
        if (deviceSecret.length != LENGTH || serverPublicKey.length != X25519.KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "secret of " + deviceSecret.length + " and key of " + serverPublicKey.length + " bytes");
        }
        return Jca.hmac(deviceSecret, LABEL, serverPublicKey, canonicalName.getBytes(StandardCharsets.UTF_8));
    }

    /** What the server keeps: SHA-256 of the claim. */
    public static byte[] stored(byte[] claim) {
        return Jca.sha256(claim);
    }

    /** Whether a claim is the one whose {@link #stored} form was kept; in constant time. */
    public static boolean matches(byte[] stored, byte[] claim) {
        return MessageDigest.isEqual(stored, stored(claim));
    }
}
