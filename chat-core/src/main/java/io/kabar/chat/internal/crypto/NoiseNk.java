package io.kabar.chat.internal.crypto;

import java.util.Arrays;

/**
 * The handshake {@code Noise_NK_25519_AESGCM_SHA256} (Noise revision 34, sections 5.3 and 7.5), without I/O: messages
 * in, messages out. The initiator (client) stays anonymous and knows the responder's (server's) static key; whoever
 * reads message 2 has proof that the server holds that key, and both have keys that no later theft reveals.
 *
 * <pre>
 *   &lt;- s
 *   ...
 *   -&gt; e, es      initiator: writeMessage1            responder: readMessage1
 *   &lt;- e, ee      initiator: readMessage2             responder: writeMessage2
 *                 both: handshakeHash, split
 * </pre>
 *
 * A message is the sender's ephemeral key (32 bytes) and the sealed payload (16 bytes more than it). Message 1 can be
 * replayed by anyone and its payload is only as secret as the server's static key.
 *
 * <p>A call out of order throws {@link IllegalStateException}. After a failed {@link #readMessage1} every call does,
 * and the keys are gone; a failed {@link #readMessage2} changes nothing, as anybody can send one. The ephemeral pair
 * must be new for each handshake; whoever made it overwrites it at the end, and {@link #wipe} all that was derived. Not
 * safe for use by several threads at once.
 */
public final class NoiseNk {
    public static final String PROTOCOL_NAME = "Noise_NK_25519_AESGCM_SHA256";

    /** What a message adds to its payload: an ephemeral key and a tag. */
    public static final int MESSAGE_OVERHEAD = X25519.KEY_LENGTH + NoiseSymmetricState.TAG_LENGTH;

    /** Noise section 3: no message is longer. */
    public static final int MAX_MESSAGE = 65535;

    private enum Step {
        WRITE_1,
        READ_1,
        WRITE_2,
        READ_2,
        COMPLETE,
        SPLIT,
        FAILED
    }

    /** The two secrets a handshake ends with, 32 bytes each. */
    @SuppressWarnings("ArrayRecordComponent") // a value to pass on, never compared
    public record Split(byte[] initiatorToResponder, byte[] responderToInitiator) {
        /** Overwrites both, where no connection has become of them: else they are its. */
        public void wipe() {
            Arrays.fill(initiatorToResponder, (byte) 0);
            Arrays.fill(responderToInitiator, (byte) 0);
        }

        /** Shows no key. */
        @Override
        public String toString() {
            return "NoiseNk.Split";
        }
    }

    private NoiseSymmetricState symmetric = new NoiseSymmetricState(PROTOCOL_NAME);
    private final X25519.KeyPair ephemeral;
    private final byte[] staticKey; // initiator: the peer's public key; responder: its own private key
    private byte[] remoteEphemeral = new byte[0];
    private Step step;

    private NoiseNk(byte[] prologue, byte[] responderPublic, byte[] staticKey, X25519.KeyPair ephemeral, Step first) {
        this.staticKey = staticKey;
        this.ephemeral = ephemeral;
        this.step = first;
        symmetric.mixHash(prologue);
        symmetric.mixHash(responderPublic);
    }

    /**
     * The client's side. {@code responderStatic} comes from {@link X25519#requirePublicKey} or from a pinned key: one
     * of small order makes {@link #writeMessage1} throw IllegalArgumentException.
     */
    public static NoiseNk initiator(byte[] prologue, byte[] responderStatic, X25519.KeyPair ephemeral) {
        if (responderStatic.length != X25519.KEY_LENGTH) {
            throw new IllegalArgumentException("static key of " + responderStatic.length + " bytes");
        }
        return new NoiseNk(prologue, responderStatic, responderStatic.clone(), ephemeral, Step.WRITE_1);
    }

    /** The server's side. */
    public static NoiseNk responder(byte[] prologue, X25519.KeyPair statik, X25519.KeyPair ephemeral) {
        return new NoiseNk(prologue, statik.publicKey(), statik.privateKey(), ephemeral, Step.READ_1);
    }

    public byte[] writeMessage1(byte[] payload) {
        begin(Step.WRITE_1);
        byte[] message = write(payload, staticKey);
        step = Step.READ_2;
        return message;
    }

    /** Returns the payload. Costs one agreement. */
    public byte[] readMessage1(byte[] message) throws CryptoException {
        begin(Step.READ_1);
        try {
            byte[] payload = read(symmetric, message, staticKey);
            step = Step.WRITE_2;
            return payload;
        } catch (CryptoException e) {
            wipe();
            throw e;
        }
    }

    public byte[] writeMessage2(byte[] payload) {
        begin(Step.WRITE_2);
        byte[] message = write(payload, remoteEphemeral); // of large order, or message 1 would not have been read
        step = Step.COMPLETE;
        return message;
    }

    /**
     * Returns the payload; when it returns, the server has proven to hold its static key. If it throws, this was not
     * the server's message 2, which may still come: it is as if nothing had been read. Costs one agreement.
     */
    public byte[] readMessage2(byte[] message) throws CryptoException {
        begin(Step.READ_2);
        NoiseSymmetricState attempt = symmetric.copy();
        try {
            byte[] payload = read(attempt, message, ephemeral.privateKey());
            symmetric.wipeKeys();
            symmetric = attempt;
            step = Step.COMPLETE;
            return payload;
        } catch (CryptoException e) {
            attempt.wipeKeys();
            step = Step.READ_2;
            throw e;
        }
    }

    /** The 32 bytes that name this very handshake, equal on both sides, to bind a log-in to (section 11.2). */
    public byte[] handshakeHash() {
        if (step != Step.COMPLETE && step != Step.SPLIT) {
            throw outOfOrder("handshakeHash");
        }
        return symmetric.hash();
    }

    /** The secrets of both directions. Can be asked once; then only the hash is left here. */
    public Split split() {
        if (step != Step.COMPLETE) {
            throw outOfOrder("split");
        }
        byte[][] keys = symmetric.split();
        step = Step.SPLIT;
        wipe();
        return new Split(keys[0], keys[1]);
    }

    /**
     * Overwrites all that was derived, but not what {@link #split} has given away: then only the hash is left here.
     * Whatever happens to a handshake ends with this.
     */
    public void wipe() {
        symmetric.wipeKeys();
        if (step != Step.SPLIT) {
            step = Step.FAILED;
        }
    }

    /** What {@link #wipe} overwrites. */
    NoiseSymmetricState symmetric() {
        return symmetric;
    }

    /** Between begin and its end, a step counts as failed: whatever interrupts it leaves a dead handshake. */
    private void begin(Step expected) {
        if (step != expected) {
            throw outOfOrder(expected.name());
        }
        step = Step.FAILED;
    }

    private byte[] write(byte[] payload, byte[] remotePublic) {
        if (payload.length > MAX_MESSAGE - MESSAGE_OVERHEAD) {
            throw new IllegalArgumentException("handshake payload of " + payload.length + " bytes");
        }
        symmetric.mixHash(ephemeral.publicKey());
        try {
            symmetric.mixKey(X25519.agree(ephemeral.privateKey(), remotePublic));
        } catch (CryptoException e) {
            throw new IllegalArgumentException("the responder's static key is of small order", e);
        }
        byte[] sealed = symmetric.encryptAndHash(payload);
        byte[] message = Arrays.copyOf(ephemeral.publicKey(), X25519.KEY_LENGTH + sealed.length);
        System.arraycopy(sealed, 0, message, X25519.KEY_LENGTH, sealed.length);
        return message;
    }

    private byte[] read(NoiseSymmetricState state, byte[] message, byte[] privateKey) throws CryptoException {
        if (message.length < MESSAGE_OVERHEAD || message.length > MAX_MESSAGE) {
            throw new CryptoException("handshake message of " + message.length + " bytes");
        }
        remoteEphemeral = Arrays.copyOf(message, X25519.KEY_LENGTH);
        state.mixHash(remoteEphemeral);
        state.mixKey(X25519.agree(privateKey, remoteEphemeral));
        return state.decryptAndHash(Arrays.copyOfRange(message, X25519.KEY_LENGTH, message.length));
    }

    private IllegalStateException outOfOrder(String call) {
        return new IllegalStateException(call + " is not possible now, the handshake is at " + step);
    }
}
