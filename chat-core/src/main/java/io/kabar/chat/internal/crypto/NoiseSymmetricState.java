package io.kabar.chat.internal.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The running state of a Noise handshake: the hash of all that was said and the key chained from all that was agreed
 * (Noise revision 34, section 5.2), for AESGCM and SHA256.
 */
final class NoiseSymmetricState {
    static final int TAG_LENGTH = 16;

    /**
     * 32 zero bits and a 64-bit counter (section 12.4). The counter stays 0: a new key comes with each token of a
     * Diffie-Hellman result, and in the patterns we use each key seals one payload.
     */
    private static final GCMParameterSpec FIRST_NONCE = new GCMParameterSpec(8 * TAG_LENGTH, new byte[12]);

    private final byte[] hash;
    private byte[] chainingKey;
    private byte[] key = new byte[0];

    /** InitializeSymmetric; the name of the protocol must fit the hash, as ours does. */
    NoiseSymmetricState(String protocolName) {
        byte[] name = protocolName.getBytes(StandardCharsets.US_ASCII);
        if (name.length > Jca.HASH_LENGTH) {
            throw new IllegalArgumentException("protocol name longer than a hash: " + protocolName);
        }
        hash = Arrays.copyOf(name, Jca.HASH_LENGTH);
        chainingKey = hash.clone();
    }

    private NoiseSymmetricState(NoiseSymmetricState other) {
        hash = other.hash.clone();
        chainingKey = other.chainingKey.clone();
        key = other.key.clone();
    }

    /** A state of its own that is as this one is now. */
    NoiseSymmetricState copy() {
        return new NoiseSymmetricState(this);
    }

    void mixHash(byte[] data) {
        System.arraycopy(Jca.sha256(hash, data), 0, hash, 0, Jca.HASH_LENGTH);
    }

    void mixKey(byte[] sharedSecret) {
        byte[][] outputs = hkdf(sharedSecret);
        Arrays.fill(sharedSecret, (byte) 0);
        wipeKeys();
        chainingKey = outputs[0];
        key = outputs[1];
    }

    byte[] encryptAndHash(byte[] plaintext) {
        try {
            byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE).doFinal(plaintext);
            mixHash(ciphertext);
            return ciphertext;
        } catch (GeneralSecurityException e) {
            throw Jca.missing("AES-GCM", e);
        }
    }

    byte[] decryptAndHash(byte[] ciphertext) throws CryptoException {
        byte[] plaintext;
        try {
            plaintext = cipher(Cipher.DECRYPT_MODE).doFinal(ciphertext);
        } catch (GeneralSecurityException e) {
            throw new CryptoException("handshake message not sealed for these keys and this prologue");
        }
        mixHash(ciphertext);
        return plaintext;
    }

    /** The keys of both directions, the initiator's first. */
    byte[][] split() {
        return hkdf(new byte[0]);
    }

    byte[] hash() {
        return hash.clone();
    }

    byte[] chainingKey() {
        return chainingKey;
    }

    byte[] key() {
        return key;
    }

    void wipeKeys() {
        Arrays.fill(chainingKey, (byte) 0);
        Arrays.fill(key, (byte) 0);
    }

    /** The HKDF of Noise section 4.3 with two outputs. */
    private byte[][] hkdf(byte[] inputKeyMaterial) {
        byte[] extracted = Jca.hmac(chainingKey, inputKeyMaterial);
        byte[] first = Jca.hmac(extracted, new byte[] {1});
        byte[] second = Jca.hmac(extracted, first, new byte[] {2});
        Arrays.fill(extracted, (byte) 0);
        return new byte[][] {first, second};
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        Cipher cipher = Jca.cipher("AES/GCM/NoPadding");
        cipher.init(mode, new RawKey(key, "AES"), FIRST_NONCE);
        cipher.updateAAD(hash);
        return cipher;
    }
}
