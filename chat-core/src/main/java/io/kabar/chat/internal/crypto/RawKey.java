package io.kabar.chat.internal.crypto;

import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * The bytes of a key as the JDK's ciphers take them: the very array that is given, not a copy, so that whoever owns the
 * array can overwrite the key. {@link javax.crypto.spec.SecretKeySpec} makes a copy that nobody can reach.
 *
 * <p>A destroyed key refuses to be used. What a JDK cipher has made of a key inside itself is out of reach; it goes
 * with the cipher.
 */
final class RawKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;
    private final String algorithm;
    private boolean destroyed;

    /** {@code bytes} of the caller, who does not change them while the key is used. */
    RawKey(byte[] bytes, String algorithm) {
        this.bytes = bytes;
        this.algorithm = algorithm;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy, which the JDK's ciphers overwrite after use. */
    @Override
    public byte[] getEncoded() {
        if (destroyed) {
            throw new IllegalStateException("the key is destroyed");
        }
        return bytes.clone();
    }

    /** Overwrites the owner's array with zeros. Harmless when done before. */
    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "RawKey[" + algorithm + "]";
    }

    private Object writeReplace() {
        throw new UnsupportedOperationException("a key stays where it is");
    }
}
