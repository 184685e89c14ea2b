package io.kabar.chat.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Hides the packet number and the variable bits of the first byte, so that nobody on the path can read or come to
 * depend on them (RFC 9001 section 5.4, AES). The mask is AES of 16 sealed bytes, so it differs for each packet.
 *
 * <p>The mask is not secret from the one who knows the key and proves nothing: only opening the packet does. Not safe
 * for use by several threads at once.
 */
public final class HeaderProtection {
    /** Bytes of a packet the mask is made from, starting 4 bytes after the packet number's start (section 5.4.2). */
    public static final int SAMPLE_LENGTH = 16;

    /** Bytes of mask: one for the first byte, four for the packet number (section 5.4.1). */
    public static final int MASK_LENGTH = 5;

    private final RawKey key;
    private @Nullable Cipher cipher;
    private final byte[] block = new byte[SAMPLE_LENGTH];

    /** {@code key} of 16 or 32 bytes. The array is not copied: it is this one's until {@link #wipe}. */
    public HeaderProtection(byte[] key) {
        this.key = new RawKey(key, "AES");
        Cipher keyed = Jca.cipher("AES/ECB/NoPadding");
        try {
            keyed.init(Cipher.ENCRYPT_MODE, this.key);
            cipher = keyed;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("key of " + key.length + " bytes", e);
        }
    }

    /**
     * Writes the mask for the 16 bytes at {@code sampleOffset} to the first five of {@code mask5}.
     *
     * @throws IllegalStateException after {@link #wipe}
     */
    public void mask(byte[] packet, int sampleOffset, byte[] mask5) {
        Objects.checkFromIndexSize(sampleOffset, SAMPLE_LENGTH, packet.length);
        Cipher keyed = cipher;
        if (keyed == null) {
            throw new IllegalStateException("the key is destroyed");
        }
        try {
            keyed.doFinal(packet, sampleOffset, SAMPLE_LENGTH, block, 0);
        } catch (GeneralSecurityException e) {
            throw Jca.missing("AES", e);
        }
        System.arraycopy(block, 0, mask5, 0, MASK_LENGTH);
    }

    /** Overwrites the key and lets go of the cipher that holds what was made of it. Harmless when done before. */
    public void wipe() {
        key.destroy();
        cipher = null;
        Arrays.fill(block, (byte) 0);
    }
}
