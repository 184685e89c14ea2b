package io.kabar.chat.internal.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * HKDF with SHA-256: turns one secret of uneven quality into as many independent keys as needed (RFC 5869).
 * {@link #extract} concentrates the secret, {@link #expand} makes keys from it, told apart by their {@code info}.
 */
public final class Hkdf {
    /** RFC 5869 section 2.3: at most 255 blocks of output. */
    private static final int MAX_LENGTH = 255 * Jca.HASH_LENGTH;

    private Hkdf() {}

    /** HKDF-Extract, RFC 5869 section 2.2; an empty salt means 32 zero bytes. Returns 32 bytes. */
    public static byte[] extract(byte[] salt, byte[] inputKeyMaterial) {
        return Jca.hmac(salt, inputKeyMaterial);
    }

    /** HKDF-Expand, RFC 5869 section 2.3, with an ASCII label as info. */
    public static byte[] expand(byte[] pseudoRandomKey, String label, int length) {
        return expand(pseudoRandomKey, label.getBytes(StandardCharsets.US_ASCII), length);
    }

    /** HKDF-Expand, RFC 5869 section 2.3. Returns {@code length} bytes, at most 8160. */
    public static byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("HKDF gives 0 to " + MAX_LENGTH + " bytes, not " + length);
        }
        Mac mac = Jca.hmac(pseudoRandomKey);
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        int filled = 0;
        for (int counter = 1; filled < length; counter++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) counter);
            Arrays.fill(block, (byte) 0);
            block = mac.doFinal();
            int take = Math.min(block.length, length - filled);
            System.arraycopy(block, 0, output, filled, take);
            filled += take;
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }
}
