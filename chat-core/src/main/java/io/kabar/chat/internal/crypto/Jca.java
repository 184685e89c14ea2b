package io.kabar.chat.internal.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/**
 * The look-ups in the Java Cryptography Architecture that cannot fail on a Java platform of ours: SHA-256,
 * HMAC-SHA256 and AES are in {@code java.base} since long before 17. Asked by algorithm name, so that an installed
 * provider may take over.
 */
final class Jca {
    /** Bytes of a SHA-256 or HMAC-SHA256 result. */
    static final int HASH_LENGTH = 32;

    private Jca() {}

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw missing("SHA-256", e);
        }
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        Mac mac = hmac(key);
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** A keyed HMAC-SHA256 to keep: after each {@code doFinal} it is ready for the next input. */
    static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // HMAC pads a short key with zeros, so one zero byte is the empty key.
            mac.init(new RawKey(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw missing("HmacSHA256", e);
        }
    }

    static Cipher cipher(String transformation) {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw missing(transformation, e);
        }
    }

    static IllegalStateException missing(String what, GeneralSecurityException cause) {
        return new IllegalStateException("this Java platform cannot do " + what, cause);
    }
}
