package io.kabar.chat.internal.crypto;

import java.util.Arrays;

/**
 * The keys of one direction in one key phase, made from a 32-byte secret by HKDF-Expand with the labels
 * {@code kabar key}, {@code kabar iv} and {@code kabar hp} (the scheme of RFC 9001 section 5.1 with our own labels).
 *
 * <p>A key update ({@link #next}) steps the secret on by {@code kabar ku}; the key of header protection stays, as in
 * RFC 9001 section 6. The old secret cannot be found from the new one, so it is overwritten.
 *
 * <p>The arrays are never copied: {@link #cipher} and {@link #headerProtection} use these very ones, and stop working
 * when they are wiped.
 *
 * @param secret what the others were made from, 32 bytes
 * @param key of the AEAD, 16 bytes (AES-128) or 32 (AES-256)
 * @param iv 12 bytes, mixed with the packet number to make the nonce
 * @param headerProtectionKey as long as {@code key}
 */
@SuppressWarnings("ArrayRecordComponent") // a value to pass on, never compared
public record PacketKeys(byte[] secret, byte[] key, byte[] iv, byte[] headerProtectionKey) {
    public static final int AES_128 = 16;
    public static final int AES_256 = 32;

    private static final int SECRET_LENGTH = 32;

    public PacketKeys {
        if (key.length != AES_128 && key.length != AES_256) {
            throw new IllegalArgumentException("an AES key has 16 or 32 bytes, not " + key.length);
        }
        if (secret.length != SECRET_LENGTH) {
            throw new IllegalArgumentException("a secret has 32 bytes, not " + secret.length);
        }
    }

    /** The first keys of a direction; {@code keyLength} is {@link #AES_128} or {@link #AES_256}. */
    public static PacketKeys of(byte[] secret, int keyLength) {
        return derive(secret, keyLength, Hkdf.expand(secret, "kabar hp", keyLength));
    }

    /** The keys after a key update. */
    public PacketKeys next() {
        return derive(Hkdf.expand(secret, "kabar ku", SECRET_LENGTH), key.length, headerProtectionKey);
    }

    /** A cipher for this direction; each side makes one, and makes it once: it is what remembers used numbers. */
    public PacketCipher cipher() {
        return new PacketCipher(key, iv);
    }

    public HeaderProtection headerProtection() {
        return new HeaderProtection(headerProtectionKey);
    }

    /** Overwrites the secret, from which all later keys come, when the next ones are made; the ciphers go on. */
    public void wipeSecret() {
        Arrays.fill(secret, (byte) 0);
    }

    /**
     * Overwrites the secret and the keys with zeros, except the shared key of header protection, which {@link
     * HeaderProtection#wipe} does. Harmless when done before. Wipe a cipher of these keys beside them, or it would seal
     * with zeros.
     */
    public void wipe() {
        wipeSecret();
        Arrays.fill(key, (byte) 0);
        Arrays.fill(iv, (byte) 0);
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "PacketKeys[AES-" + 8 * key.length + "]";
    }

    private static PacketKeys derive(byte[] secret, int keyLength, byte[] headerProtectionKey) {
        return new PacketKeys(
                secret,
                Hkdf.expand(secret, "kabar key", keyLength),
                Hkdf.expand(secret, "kabar iv", PacketCipher.IV_LENGTH),
                headerProtectionKey);
    }
}
