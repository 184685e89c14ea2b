package io.kabar.chat.server;

import io.kabar.chat.ServerKey;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.ServerIdentity;
import java.security.SecureRandom;

/**
 * A server's private identity; its public half is the {@link ServerKey} of invitation links. Keep it where only the
 * server can read it: whoever has it can stand in for the server.
 */
public final class ServerSecret {

    private final ServerIdentity identity;

    private ServerSecret(ServerIdentity identity) {
        this.identity = identity;
    }

    /** A new identity. */
    public static ServerSecret generate() {
        return new ServerSecret(ServerIdentity.generate(new SecureRandom()));
    }

    /**
     * Reads the text that {@link #encode()} writes.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static ServerSecret parse(String text) {
        try {
            return new ServerSecret(ServerIdentity.parse(text));
        } catch (CryptoException e) {
            throw new IllegalArgumentException("This is no server key.", e);
        }
    }

    /** The identity as a small text for a file that only its owner can read. */
    public String encode() {
        return identity.encode();
    }

    /** The public key. */
    public ServerKey key() {
        return ServerKey.of(identity.publicKey());
    }

    ServerIdentity identity() {
        return identity;
    }

    /** Shows the public key only. */
    @Override
    public String toString() {
        return "ServerSecret[" + key().fingerprint() + "]";
    }
}
