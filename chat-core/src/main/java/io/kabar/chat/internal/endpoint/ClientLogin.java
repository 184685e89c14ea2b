package io.kabar.chat.internal.endpoint;

import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.NameClaim;
import io.kabar.chat.internal.crypto.ResumeProof;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramClient;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in as the client sees it: proves the password, or the secret of a ticket, without telling it, and insists that the
 * server knew it too.
 */
final class ClientLogin {

    private final ClientSettings settings;
    private final byte[] serverKey;
    private final byte[] handshakeHash;
    private final byte[] nonce = new byte[Scram.NONCE_LENGTH];
    private final ScramClient scram;
    private ServerMessage.@Nullable Challenge challenge;
    private boolean proven;
    /** What a server that takes the ticket proves; null if none was shown, or it was not taken. */
    private byte @Nullable [] serverProof;

    ClientLogin(ClientSettings settings, byte[] serverKey, byte[] handshakeHash, RandomGenerator random) {
        this.settings = settings;
        this.serverKey = serverKey;
        this.handshakeHash = handshakeHash;
        random.nextBytes(nonce);
        scram = new ScramClient(settings.name().text(), nonce, handshakeHash);
    }

    ClientMessage.Login begin(long instance) {
        return new ClientMessage.Login(settings.name().text(), nonce, instance);
    }

    /** Begins with a ticket of an earlier sign-in, which may spare the rest. */
    ClientMessage.Resume resume(long instance, ServerMessage.Ticket ticket) {
        serverProof = ResumeProof.server(ticket.secret(), handshakeHash);
        return new ClientMessage.Resume(
                begin(instance), ticket.ticket(), ResumeProof.client(ticket.secret(), handshakeHash));
    }

    /**
     * Takes the server's challenge. The ticket, if one was shown, was not taken then.
     *
     * @return whether a salted password is needed to answer it
     * @throws CryptoException if the server asks for something unsafe
     */
    boolean challenged(ServerMessage.Challenge message) throws CryptoException {
        if (challenge != null) {
            throw new CryptoException("a second challenge");
        }
        challenge = message;
        serverProof = null;
        if (message.iterations() == 0) {
            return false;
        }
        scram.checkChallenge(message.nonce(), message.salt(), message.iterations());
        return true;
    }

    ServerMessage.Challenge challenge() {
        if (challenge == null) {
            throw new IllegalStateException("no challenge yet");
        }
        return challenge;
    }

    /** Whether this is what the server's challenge waits for. A slow one may have been asked for by an earlier login. */
    boolean awaits(SaltedPassword password) {
        return challenge != null
                && challenge.iterations() > 0
                && !proven
                && password.isFor(challenge.salt(), challenge.iterations());
    }

    /** The answer; {@code salted} is null if no password was asked for. */
    ClientMessage.LoginProof prove(byte @Nullable [] salted) throws CryptoException {
        byte[] claim = NameClaim.claim(
                settings.deviceSecret(), serverKey, settings.name().key());
        if (salted == null) {
            return new ClientMessage.LoginProof(new byte[0], claim);
        }
        proven = true;
        ServerMessage.Challenge asked = challenge();
        return new ClientMessage.LoginProof(
                scram.proof(asked.nonce(), asked.salt(), asked.iterations(), salted), claim);
    }

    /** Checks that the server knew the password, or the ticket's secret, too: nobody in the middle does. */
    void welcomed(ServerMessage.Welcome message) throws CryptoException {
        if (proven) {
            scram.verifyServer(message.signature());
        } else if (serverProof != null) {
            if (!ResumeProof.matches(serverProof, message.signature())) {
                throw new CryptoException("the server cannot read the ticket, or sits in the middle");
            }
        } else if (challenge == null) {
            throw new CryptoException("welcomed before anything was asked");
        }
    }
}
