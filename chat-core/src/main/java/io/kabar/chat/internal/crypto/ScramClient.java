package io.kabar.chat.internal.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The user's side of one password proof (RFC 5802 section 5), without I/O:
 *
 * <ol>
 *   <li>send the user's name and the client nonce;
 *   <li>{@link #checkChallenge} what the server answers, <em>before</em> computing the salted password with it;
 *   <li>send the {@link #proof};
 *   <li>{@link #verifyServer} by the signature that comes back: now both know.
 * </ol>
 *
 * A man in the middle has another handshake hash than the server, so the proof is worth nothing to him.
 */
public final class ScramClient {
    private final String user;
    private final byte[] clientNonce;
    private final byte[] handshakeHash;
    private final int minIterations;
    private byte[] expectedSignature = new byte[0];

    /** Accepts any iteration count that is legal. */
    public ScramClient(String user, byte[] clientNonce, byte[] handshakeHash) {
        this(user, clientNonce, handshakeHash, Scram.MIN_ITERATIONS);
    }

    /**
     * @param user the canonical name, as both sides spell it
     * @param clientNonce {@value Scram#NONCE_LENGTH} random bytes, new for this exchange
     * @param handshakeHash of the channel: {@link NoiseNk#handshakeHash}
     * @param minIterations the least that is accepted; what the account had last time is a good choice
     */
    public ScramClient(String user, byte[] clientNonce, byte[] handshakeHash, int minIterations) {
        if (clientNonce.length != Scram.NONCE_LENGTH) {
            throw new IllegalArgumentException("client nonce of " + clientNonce.length + " bytes");
        }
        this.user = user;
        this.clientNonce = clientNonce.clone();
        this.handshakeHash = handshakeHash.clone();
        this.minIterations = Math.max(minIterations, Scram.MIN_ITERATIONS);
    }

    /** Refuses a challenge that would give the password away cheaply, or keep us computing for minutes. */
    public void checkChallenge(byte[] serverNonce, byte[] salt, int iterations) throws CryptoException {
        if (serverNonce.length != Scram.NONCE_LENGTH || salt.length == 0) {
            throw new CryptoException("server nonce of " + serverNonce.length + ", salt of " + salt.length + " bytes");
        }
        if (iterations < minIterations || iterations > Scram.MAX_ITERATIONS) {
            throw new CryptoException("it asks for " + iterations + " rounds of PBKDF2, accepted are " + minIterations
                    + " to " + Scram.MAX_ITERATIONS);
        }
    }

    /** The proof to send; {@code saltedPassword} is {@link Scram#saltedPassword} for this salt and these iterations. */
    public byte[] proof(byte[] serverNonce, byte[] salt, int iterations, byte[] saltedPassword) throws CryptoException {
        checkChallenge(serverNonce, salt, iterations);
        byte[] authMessage = Scram.authMessage(user, clientNonce, serverNonce, salt, iterations, handshakeHash);
        byte[] serverKey = Scram.serverKey(saltedPassword);
        expectedSignature = Scram.serverSignature(serverKey, authMessage);
        Arrays.fill(serverKey, (byte) 0);
        return Scram.clientProof(saltedPassword, authMessage);
    }

    /**
     * Checks that the server knows this account over this very channel. Until then the server is not to be believed.
     *
     * @throws IllegalStateException before {@link #proof}
     */
    public void verifyServer(byte[] serverSignature) throws CryptoException {
        if (expectedSignature.length == 0) {
            throw new IllegalStateException("no proof was made yet");
        }
        byte[] expected = expectedSignature;
        expectedSignature = new byte[0];
        boolean equal = MessageDigest.isEqual(expected, serverSignature);
        Arrays.fill(expected, (byte) 0);
        if (!equal) {
            throw new CryptoException("the server does not know this account's verifier, or sits in the middle");
        }
    }

    /** Forgets what the server would have to prove. */
    public void wipe() {
        Arrays.fill(expectedSignature, (byte) 0);
        expectedSignature = new byte[0];
    }
}
