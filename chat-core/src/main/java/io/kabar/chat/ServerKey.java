package io.kabar.chat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A server's public identity: its X25519 key. Whoever has the right key cannot be talked to by anybody else's server.
 */
public final class ServerKey {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private ServerKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A key from its 32 bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static ServerKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A server key has 32 bytes.");
        }
        return new ServerKey(bytes.clone());
    }

    /**
     * Parses the 43 characters that {@link #text()} gives.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static ServerKey parse(String text) {
        try {
            return of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("A server key has 43 letters, digits, '-' and '_'.", e);
        }
    }

    /** The 32 bytes, a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The key in base64url, 43 characters, as invitation links carry it. */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Eight digits for the eye, {@code 7F2A-19C4}: the start of the key's SHA-256. */
    public String fingerprint() {
        return fullFingerprint().substring(0, 9);
    }

    /** Thirty-two digits in groups of four, for two people to read to each other. */
    public String fullFingerprint() {
        StringBuilder text = new StringBuilder();
        byte[] digest = sha256(bytes);
        for (int i = 0; i < 16; i++) {
            if (i > 0 && i % 2 == 0) {
                text.append('-');
            }
            HexFormat.of().withUpperCase().toHexDigits(text, digest[i]);
        }
        return text.toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerKey key && MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return text();
    }
}
