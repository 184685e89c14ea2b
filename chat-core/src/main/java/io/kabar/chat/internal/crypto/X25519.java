package io.kabar.chat.internal.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.KeyAgreement;

/**
 * Diffie-Hellman on Curve25519 (RFC 7748 section 6.1). Keys are raw 32 bytes, little-endian, as they go over the wire.
 *
 * <p>They reach the JDK in their encoded forms (RFC 8410), not as {@code XECPublicKey}, so any installed provider
 * will do. One agreement costs about 0.1 ms.
 */
public final class X25519 {
    /** Bytes of a private key, a public key and a shared secret. */
    public static final int KEY_LENGTH = 32;

    /** Everything before the key in a 44-byte X.509 SubjectPublicKeyInfo, RFC 8410 section 4. */
    private static final byte[] X509_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x03, 0x21, 0x00};

    /** Everything before the key in a 48-byte PKCS#8 PrivateKeyInfo, RFC 8410 section 7. */
    private static final byte[] PKCS8_PREFIX = {
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20
    };

    private X25519() {}

    /** A private key and the public key that belongs to it. The arrays are not copied; treat them as constant until
     * {@link #wipe}. */
    @SuppressWarnings("ArrayRecordComponent") // a value to pass on, never compared
    public record KeyPair(byte[] privateKey, byte[] publicKey) {
        public KeyPair {
            requireLength(privateKey);
            requireLength(publicKey);
        }

        /** Overwrites the private key, which is of no use afterwards. */
        public void wipe() {
            Arrays.fill(privateKey, (byte) 0);
        }

        /** Shows no key. */
        @Override
        public String toString() {
            return "X25519.KeyPair";
        }
    }

    /** A new key pair from 32 bytes of {@code random}; the same random bytes give the same pair. */
    public static KeyPair generate(RandomGenerator random) {
        byte[] seed = new byte[KEY_LENGTH];
        random.nextBytes(seed);
        KeyPair pair = keyPair(seed);
        Arrays.fill(seed, (byte) 0);
        return pair;
    }

    /** The pair of a given private key, which is clamped (RFC 7748 section 5). */
    public static KeyPair keyPair(byte[] privateKey) {
        byte[] clamped = requireLength(privateKey).clone();
        clamped[0] &= (byte) 0xf8;
        clamped[31] &= 0x7f;
        clamped[31] |= 0x40;
        return new KeyPair(clamped, publicKey(clamped));
    }

    /** The public key of a private key: the agreement with the base point, u = 9 (RFC 7748 section 6.1). */
    public static byte[] publicKey(byte[] privateKey) {
        byte[] basePoint = new byte[KEY_LENGTH];
        basePoint[0] = 9;
        try {
            return agree(privateKey, basePoint);
        } catch (CryptoException e) {
            throw new AssertionError("the base point has a large order", e);
        }
    }

    /**
     * The 32-byte shared secret.
     *
     * @throws CryptoException if the peer's point has a small order, so that the secret would be all zero whatever
     *     our key is (RFC 7748 section 6.1)
     */
    public static byte[] agree(byte[] privateKey, byte[] publicKey) throws CryptoException {
        byte[] pkcs8 = join(PKCS8_PREFIX, requireLength(privateKey));
        byte[] secret;
        try {
            KeyFactory keys = KeyFactory.getInstance("X25519");
            KeyAgreement agreement = KeyAgreement.getInstance("X25519");
            agreement.init(keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            agreement.doPhase(
                    keys.generatePublic(new X509EncodedKeySpec(join(X509_PREFIX, requireLength(publicKey)))), true);
            secret = agreement.generateSecret();
        } catch (InvalidKeyException e) {
            throw new CryptoException("X25519 public key of small order"); // how the JDK tells of it
        } catch (GeneralSecurityException e) {
            throw Jca.missing("X25519", e);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
        if (MessageDigest.isEqual(secret, new byte[KEY_LENGTH])) { // for providers that do not refuse it themselves
            throw new CryptoException("X25519 public key of small order");
        }
        return secret;
    }

    /**
     * Checks a public key that comes from a peer or a link, before it is kept: length and order. Costs an agreement.
     */
    public static byte[] requirePublicKey(byte[] publicKey) throws CryptoException {
        if (publicKey.length != KEY_LENGTH) {
            throw new CryptoException("X25519 public key of " + publicKey.length + " bytes");
        }
        byte[] any = new byte[KEY_LENGTH];
        any[31] = 0x40; // the smallest clamped scalar, 2^254: a multiple of 8, so it takes small orders to zero
        agree(any, publicKey);
        return publicKey;
    }

    private static byte[] requireLength(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("an X25519 key has " + KEY_LENGTH + " bytes, not " + key.length);
        }
        return key;
    }

    private static byte[] join(byte[] prefix, byte[] key) {
        byte[] joined = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, joined, prefix.length, key.length);
        return joined;
    }
}
