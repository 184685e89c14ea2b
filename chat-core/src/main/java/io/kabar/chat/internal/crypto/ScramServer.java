package io.kabar.chat.internal.crypto;

/**
 * The server's side of one password proof (RFC 5802 section 5), without I/O. Made when a client asked for a name:
 * send {@code serverNonce} with the verifier's salt and iterations, then {@link #verify} the one proof that comes.
 * Costs some microseconds, so it may run on the loop. Give a name without an account
 * {@link ScramVerifier#decoy a decoy}.
 */
public final class ScramServer {
    private final ScramVerifier verifier;
    private final byte[] authMessage;
    private boolean used;

    /**
     * @param user the canonical name, as both sides spell it
     * @param clientNonce as the client sent it, {@value Scram#NONCE_LENGTH} bytes
     * @param serverNonce {@value Scram#NONCE_LENGTH} random bytes, new for this exchange
     * @param handshakeHash of the channel: {@link NoiseNk#handshakeHash}
     */
    public ScramServer(
            String user, byte[] clientNonce, byte[] serverNonce, byte[] handshakeHash, ScramVerifier verifier) {
        if (clientNonce.length != Scram.NONCE_LENGTH || serverNonce.length != Scram.NONCE_LENGTH) {
            throw new IllegalArgumentException(
                    "nonces of " + clientNonce.length + " and " + serverNonce.length + " bytes");
        }
        this.verifier = verifier;
        this.authMessage = Scram.authMessage(
                user, clientNonce, serverNonce, verifier.salt(), verifier.iterations(), handshakeHash);
    }

    /**
     * Checks the proof and returns the server's own, to send back. One exchange is one try.
     *
     * @throws CryptoException if the password is wrong, or the proof was given in another channel
     * @throws IllegalStateException at a second try
     */
    public byte[] verify(byte[] proof) throws CryptoException {
        if (used) {
            throw new IllegalStateException("one exchange, one try");
        }
        used = true;
        if (!Scram.verifyClientProof(verifier, authMessage, proof)) {
            throw new CryptoException("wrong password");
        }
        return Scram.serverSignature(verifier.serverKey(), authMessage);
    }
}
