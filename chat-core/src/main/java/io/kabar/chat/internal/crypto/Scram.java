package io.kabar.chat.internal.crypto;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The mathematics of SCRAM-SHA-256 (RFC 5802 section 3, RFC 7677): a user proves to know a password, and the server
 * proves to know the user, while neither sends anything a password could be found from faster than by guessing.
 * Both proofs cover the AuthMessage, and through it the channel they are given in.
 *
 * <p>{@link ScramClient} and {@link ScramServer} run an exchange; this type only computes.
 */
public final class Scram {
    public static final String SCHEME = "SCRAM-SHA-256";

    /** Random bytes each side adds to an exchange; they stand in the AuthMessage as base64. */
    public static final int NONCE_LENGTH = 18;

    /** Bytes of a salt as we make it. */
    public static final int SALT_LENGTH = 16;

    /** Bytes of a proof, a signature, a stored key and a server key. */
    public static final int PROOF_LENGTH = Jca.HASH_LENGTH;

    /** RFC 7677 section 4: "SHOULD be at least 4096". */
    public static final int MIN_ITERATIONS = 4096;

    /**
     * What our clients want at least: the fewest that our own servers ask for, for passwords made by chance. Whoever
     * stands in for a server at a first contact would else ask for {@value #MIN_ITERATIONS}, and guess faster.
     */
    public static final int LEAST_ACCEPTED = 10_000;

    /** Ours: a server may not make a client compute for more than some seconds. */
    public static final int MAX_ITERATIONS = 10_000_000;

    /** The channel binding is used, and its type is ours: the hash of the Noise handshake (RFC 5802 section 7). */
    static final String GS2_HEADER = "p=kabar-noise,,";

    private Scram() {}

    /**
     * The password made slow to guess: Hi() of RFC 5802 section 2.2, which is PBKDF2 with HMAC-SHA256. This is the
     * expensive step (0.1 to 0.6 s at 600,000 iterations), for the client and away from any loop.
     *
     * @throws IllegalArgumentException if the password is empty or has control characters; see {@link #acceptable}
     */
    public static byte[] saltedPassword(char[] password, byte[] salt, int iterations) {
        char[] prepared = prepare(password);
        PBEKeySpec spec = new PBEKeySpec(prepared, salt, iterations, 8 * PROOF_LENGTH);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw Jca.missing("PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(prepared, '\0');
        }
    }

    /** Whether these characters can be a password: not empty, whole code points, no control characters. */
    public static boolean acceptable(char[] password) {
        CharBuffer text = CharBuffer.wrap(password);
        return password.length > 0 && text.codePoints().noneMatch(Scram::forbidden);
    }

    /** {@code SaltedPassword} to {@code ClientKey}. */
    public static byte[] clientKey(byte[] saltedPassword) {
        return Jca.hmac(saltedPassword, ascii("Client Key"));
    }

    /** {@code SaltedPassword} to {@code ServerKey}. */
    public static byte[] serverKey(byte[] saltedPassword) {
        return Jca.hmac(saltedPassword, ascii("Server Key"));
    }

    /** {@code ClientKey} to {@code StoredKey}. */
    public static byte[] storedKey(byte[] clientKey) {
        return Jca.sha256(clientKey);
    }

    /** {@code ClientProof}: the client key, hidden by a signature that only the holder of the stored key can make. */
    public static byte[] clientProof(byte[] saltedPassword, byte[] authMessage) {
        byte[] clientKey = clientKey(saltedPassword);
        byte[] storedKey = storedKey(clientKey);
        byte[] proof = Jca.hmac(storedKey, authMessage);
        xor(proof, clientKey);
        Arrays.fill(clientKey, (byte) 0);
        Arrays.fill(storedKey, (byte) 0);
        return proof;
    }

    /** {@code ServerSignature}. */
    public static byte[] serverSignature(byte[] serverKey, byte[] authMessage) {
        return Jca.hmac(serverKey, authMessage);
    }

    /** Whether the proof was made with the verifier's password over this AuthMessage; in constant time. */
    public static boolean verifyClientProof(ScramVerifier verifier, byte[] authMessage, byte[] proof) {
        if (proof.length != PROOF_LENGTH) {
            return false;
        }
        byte[] clientKey = Jca.hmac(verifier.storedKey(), authMessage);
        xor(clientKey, proof);
        boolean proven = MessageDigest.isEqual(storedKey(clientKey), verifier.storedKey());
        Arrays.fill(clientKey, (byte) 0); // with it, anybody could prove the password
        return proven;
    }

    /**
     * {@code AuthMessage} of RFC 5802 section 3, with the nonces as the text they have in the messages.
     *
     * @param channelBinding GS2 header and channel binding data, which become the {@code c=} attribute
     */
    static byte[] authMessage(
            String user, String clientNonce, String serverNonce, byte[] salt, int iterations, byte[] channelBinding) {
        String nonce = clientNonce + serverNonce;
        String clientFirstBare = "n=" + user.replace("=", "=3D").replace(",", "=2C") + ",r=" + clientNonce;
        String serverFirst = "r=" + nonce + ",s=" + base64(salt) + ",i=" + iterations;
        String clientFinalWithoutProof = "c=" + base64(channelBinding) + ",r=" + nonce;
        return (clientFirstBare + "," + serverFirst + "," + clientFinalWithoutProof).getBytes(StandardCharsets.UTF_8);
    }

    /** {@code AuthMessage} as Kabar has it: binary nonces, and bound to a handshake hash. */
    public static byte[] authMessage(
            String user, byte[] clientNonce, byte[] serverNonce, byte[] salt, int iterations, byte[] handshakeHash) {
        byte[] header = ascii(GS2_HEADER);
        byte[] binding = Arrays.copyOf(header, header.length + handshakeHash.length);
        System.arraycopy(handshakeHash, 0, binding, header.length, handshakeHash.length);
        return authMessage(user, base64(clientNonce), base64(serverNonce), salt, iterations, binding);
    }

    /**
     * The salt a name without an account is answered with: always the same one for the same name, so that an answer
     * does not tell whether an account exists.
     *
     * @param secret kept over restarts, or the salts would change while real ones do not
     */
    public static byte[] fakeSalt(byte[] secret, String name) {
        return Arrays.copyOf(
                Jca.hmac(secret, ascii("kabar fake salt"), name.getBytes(StandardCharsets.UTF_8)), SALT_LENGTH);
    }

    /**
     * NFKC and a refusal of what nobody types on purpose: the usual stand-in for SASLprep (RFC 4013), which the JDK
     * has not.
     */
    private static char[] prepare(char[] password) {
        if (!acceptable(password)) {
            throw new IllegalArgumentException("a password is not empty and has no control characters");
        }
        return Normalizer.normalize(CharBuffer.wrap(password), Normalizer.Form.NFKC)
                .toCharArray();
    }

    private static boolean forbidden(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }

    /** In place: with a signature beside its proof anybody would have the client key. */
    private static void xor(byte[] signature, byte[] other) {
        for (int i = 0; i < signature.length; i++) {
            signature[i] ^= other[i];
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
