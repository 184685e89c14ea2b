package io.kabar.chat.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals the packets of one direction, or opens them, with AES-GCM in one key phase (RFC 9001 section 5.3). The nonce
 * is the iv with the packet number mixed in, the header is authenticated but not hidden, and payload and tag stay
 * where they are in the packet's array.
 *
 * <p>One nonce used twice under one key would give the key's secrecy away, so {@link #seal} takes growing packet
 * numbers only. How many packets a key may seal at all (2^23, RFC 9001 section 6.6) is for the caller to watch.
 *
 * <p>Holds one JDK cipher, about 800 bytes; some 0.3 to 0.6 microseconds and 1 kB of short-lived garbage a packet,
 * nearly all of it the JDK's. Not safe for use by several threads at once.
 */
public final class PacketCipher {
    public static final int IV_LENGTH = 12;

    /** What sealing adds, in bytes. */
    public static final int TAG_LENGTH = 16;

    private final Cipher cipher = Jca.cipher("AES/GCM/NoPadding");
    private final RawKey key;
    private final byte[] iv;
    private final byte[] nonce = new byte[IV_LENGTH];
    private long lastSealed = -1;

    /**
     * {@code key} of 16 or 32 bytes, {@code iv} of 12. The arrays are not copied: they are this cipher's until {@link
     * #wipe}.
     */
    public PacketCipher(byte[] key, byte[] iv) {
        if (iv.length != IV_LENGTH || (key.length != PacketKeys.AES_128 && key.length != PacketKeys.AES_256)) {
            throw new IllegalArgumentException("key of " + key.length + " and iv of " + iv.length + " bytes");
        }
        this.key = new RawKey(key, "AES");
        this.iv = iv;
    }

    /**
     * Seals the payload that follows the header, in place, and puts the tag after it; the array must have room.
     * Returns the sealed length, {@code payloadLength + TAG_LENGTH}.
     *
     * @throws IllegalStateException if {@code packetNumber} is not greater than the last one sealed here, or after
     *     {@link #wipe}
     */
    public int seal(long packetNumber, byte[] packet, int headerOffset, int headerLength, int payloadLength) {
        int payloadOffset = headerOffset + headerLength;
        Objects.checkFromIndexSize(headerOffset, headerLength, packet.length);
        Objects.checkFromIndexSize(payloadOffset, payloadLength + TAG_LENGTH, packet.length);
        if (packetNumber <= lastSealed) {
            throw new IllegalStateException("packet number " + packetNumber + " after " + lastSealed);
        }
        lastSealed = packetNumber; // before the cipher runs: a number that may have been used is used
        try {
            start(Cipher.ENCRYPT_MODE, packetNumber);
            cipher.updateAAD(packet, headerOffset, headerLength);
            return cipher.doFinal(packet, payloadOffset, payloadLength, packet, payloadOffset);
        } catch (GeneralSecurityException e) {
            throw Jca.missing("AES-GCM", e);
        }
    }

    /**
     * Opens the sealed payload that follows the header, in place. Returns the payload's length, or -1 if the packet
     * is not what the holder of the key sealed under this number. A failure costs about a microsecond and changes
     * nothing: neither this cipher nor the packet.
     *
     * @throws IllegalStateException after {@link #wipe}
     */
    public int open(long packetNumber, byte[] packet, int headerOffset, int headerLength, int sealedLength) {
        int sealedOffset = headerOffset + headerLength;
        Objects.checkFromIndexSize(headerOffset, headerLength, packet.length);
        Objects.checkFromIndexSize(sealedOffset, sealedLength, packet.length);
        if (packetNumber < 0 || sealedLength < TAG_LENGTH) {
            return -1;
        }
        try {
            start(Cipher.DECRYPT_MODE, packetNumber);
            cipher.updateAAD(packet, headerOffset, headerLength);
            // Not straight into the packet: JDK 25 decrypts before it knows the tag is wrong, and leaves it like that.
            byte[] payload = new byte[sealedLength - TAG_LENGTH];
            int length = cipher.doFinal(packet, sealedOffset, sealedLength, payload, 0);
            System.arraycopy(payload, 0, packet, sealedOffset, length);
            return length;
        } catch (GeneralSecurityException e) {
            return -1; // AEADBadTagException
        }
    }

    /** Overwrites key and iv; nothing is sealed or opened any more. Harmless when done before. */
    public void wipe() {
        key.destroy();
        Arrays.fill(iv, (byte) 0);
        Arrays.fill(nonce, (byte) 0);
    }

    /** RFC 9001 section 5.3: the packet number, left-padded to the length of the iv, xor the iv. */
    private void start(int mode, long packetNumber) throws GeneralSecurityException {
        System.arraycopy(iv, 0, nonce, 0, IV_LENGTH);
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[IV_LENGTH - 1 - i] ^= (byte) (packetNumber >>> (8 * i));
        }
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_LENGTH, nonce));
    }
}
