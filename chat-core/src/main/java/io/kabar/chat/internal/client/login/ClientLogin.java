package io.kabar.chat.internal.client.login;

import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.NameClaim;
import io.kabar.chat.internal.crypto.ResumeProof;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramClient;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.LoginMethods;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in as the client sees it: proves the password, or the secret of a ticket, without telling it, and believes
 * the server only when that has proven to know it, too. Each state says which messages are legal in it; all others, and
 * those of no sign-in at all, are {@link Distrust}.
 *
 * <pre>
 *   BEGUN ────Challenge──► SALTING ──proof sent──► PROVING ──Welcome, signed──► WELCOMED
 *     │                       ▲                                                    ▲
 *     ├─Challenge for nothing─┼──────────────────► CLAIMING ──Welcome──────────────┤   (no password was given)
 *     ├─Challenge for a token─┼──────────────────► SHOWING ───Welcome──────────────┤   (the key was known before)
 *     │                       │                                                    │
 *   RESUMING ────Challenge────┘                                                    │
 *     └───────────────────────────────────────────────────────────Welcome, signed──┘
 *   each of them ──Refused──► OVER
 * </pre>
 */
public final class ClientLogin {

    /** Where it stands. */
    public enum State {
        /** Login was sent. */
        BEGUN,
        /** Resume was sent. */
        RESUMING,
        /** The password is being salted; nothing is sent yet. */
        SALTING,
        /** The proof of the password was sent. */
        PROVING,
        /** There is no password, neither here nor there; the claim to the name was sent. */
        CLAIMING,
        /** The token was sent, to a server whose key was known beforehand. */
        SHOWING,
        WELCOMED,
        OVER
    }

    /** The server is not to be believed; the message is a sentence for the user. */
    public static final class Distrust extends Exception {
        private static final long serialVersionUID = 1L;

        Distrust(String sentence) {
            super(sentence);
        }
    }

    private static final String OUT_OF_STEP =
            "The server did not keep to the rules of signing in, so it is not believed.";
    private static final String NOT_PROVEN =
            "The server could not prove that it knows the password; somebody may stand between you and it.";
    private static final String NOTHING_ASKED =
            "The server asks for no password, so it cannot prove that it knows yours. If it is open to everybody, "
                    + "sign in without a password; if it is not, somebody stands in for it. Nothing was told to it.";

    /** Without a password a device can only show that the account knows it. */
    private static final LoginMethods OFFERED_ALONE = LoginMethods.of(LoginMethods.Method.NONE);

    private static final LoginMethods OFFERED =
            LoginMethods.of(LoginMethods.Method.NONE, LoginMethods.Method.SCRAM_SHA_256);
    /** Whoever has a token is somebody of the host program's: to be let in without it proves nothing. */
    private static final LoginMethods OFFERED_WITH_TOKEN = LoginMethods.of(LoginMethods.Method.TOKEN);

    private static final LoginMethods OFFERED_WITH_BOTH =
            LoginMethods.of(LoginMethods.Method.TOKEN, LoginMethods.Method.SCRAM_SHA_256);

    private final ClientSettings settings;
    private final UserName name;
    private final byte[] serverKey;
    private final byte[] handshakeHash;
    private final byte[] nonce = new byte[Scram.NONCE_LENGTH];
    private final ScramClient scram;
    private State state = State.BEGUN;
    private ServerMessage.@Nullable Challenge challenge;
    /** What a server that takes the ticket proves; empty if none was shown. */
    private byte[] serverProof = {};

    /** {@code leastRounds} of PBKDF2 are wanted. */
    public ClientLogin(
            ClientSettings settings, byte[] serverKey, byte[] handshakeHash, int leastRounds, RandomGenerator random) {
        this(settings, settings.name(), serverKey, handshakeHash, leastRounds, random);
    }

    /** The same under another name than the user has given. */
    ClientLogin(
            ClientSettings settings,
            UserName name,
            byte[] serverKey,
            byte[] handshakeHash,
            int leastRounds,
            RandomGenerator random) {
        this.settings = settings;
        this.name = name;
        this.serverKey = serverKey;
        this.handshakeHash = handshakeHash;
        random.nextBytes(nonce);
        scram = new ScramClient(name.text(), nonce, handshakeHash, leastRounds);
    }

    public State state() {
        return state;
    }

    public ClientMessage.Login begin(long instance) {
        return new ClientMessage.Login(offered(), name.text(), nonce, instance);
    }

    private LoginMethods offered() {
        if (settings.token() == null) {
            return settings.password() == null ? OFFERED_ALONE : OFFERED;
        }
        return settings.password() == null ? OFFERED_WITH_TOKEN : OFFERED_WITH_BOTH;
    }

    /** Begins with a ticket of an earlier sign-in, which may spare the rest. */
    public ClientMessage.Resume resume(long instance, ServerMessage.Ticket ticket) {
        state = State.RESUMING;
        serverProof = ResumeProof.server(ticket.secret(), handshakeHash);
        return new ClientMessage.Resume(
                begin(instance), ticket.ticket(), ResumeProof.client(ticket.secret(), handshakeHash));
    }

    /**
     * Takes the server's challenge. The ticket, if one was shown, was not taken then.
     *
     * @return whether a salted password is needed to answer it
     */
    public boolean challenged(ServerMessage.Challenge message) throws Distrust {
        if (state != State.BEGUN && state != State.RESUMING) {
            throw distrust(OUT_OF_STEP);
        }
        forget();
        challenge = message;
        if (!offered().contains(message.method())) {
            throw distrust(OUT_OF_STEP);
        }
        if (message.method() == LoginMethods.Method.TOKEN) {
            state = State.SHOWING;
            return false;
        }
        if (message.method() == LoginMethods.Method.NONE) {
            if (settings.password() != null) {
                throw distrust(NOTHING_ASKED);
            }
            state = State.CLAIMING;
            return false;
        }
        try {
            scram.checkChallenge(message.nonce(), message.salt(), message.iterations());
        } catch (CryptoException e) {
            throw unsafe(e);
        }
        state = State.SALTING;
        return true;
    }

    /**
     * Whether this is what the server's challenge waits for. A slow one may have been asked for by an earlier login.
     */
    boolean awaits(SaltedPassword password) {
        return state == State.SALTING && challenge != null && password.isFor(challenge.salt(), challenge.iterations());
    }

    /** The answer where no password is asked for: the token, if that is. */
    public ClientMessage.LoginProof claim() {
        String token = settings.token();
        if (state == State.SHOWING && token != null) {
            return answer(token.getBytes(StandardCharsets.UTF_8));
        }
        if (state != State.CLAIMING) {
            throw new IllegalStateException("a claim when " + state);
        }
        return answer(new byte[0]);
    }

    /** The answer where a password is asked for. */
    public ClientMessage.LoginProof prove(byte[] salted) throws Distrust {
        ServerMessage.Challenge asked = challenge;
        if (state != State.SALTING || asked == null) {
            throw new IllegalStateException("a proof when " + state);
        }
        try {
            byte[] proof = scram.proof(asked.nonce(), asked.salt(), asked.iterations(), salted);
            state = State.PROVING;
            return answer(proof);
        } catch (CryptoException e) {
            throw unsafe(e);
        }
    }

    private Distrust unsafe(CryptoException e) {
        return distrust("The server wants the password proven in an unsafe way: " + e.getMessage() + ".");
    }

    private ClientMessage.LoginProof answer(byte[] proof) {
        String claimed = challenge == null || challenge.claimName().isEmpty() ? name.text() : challenge.claimName();
        byte[] claim = NameClaim.claim(settings.deviceSecret(), serverKey, NameClaim.form(claimed));
        return new ClientMessage.LoginProof(proof, claim, settings.deviceLabel(), settings.invitation());
    }

    /** Checks that the server knew the password, or the ticket's secret, too: nobody in the middle does. */
    public void welcomed(ServerMessage.Welcome message) throws Distrust {
        boolean proven = switch (state) {
            case PROVING -> isServer(message.signature());
            case RESUMING -> ResumeProof.matches(serverProof, message.signature());
            case CLAIMING, SHOWING -> message.signature().length == 0;
            case BEGUN, SALTING, WELCOMED, OVER -> throw distrust(OUT_OF_STEP);
        };
        if (!proven) {
            throw distrust(NOT_PROVEN);
        }
        state = State.WELCOMED;
        forget();
    }

    private boolean isServer(byte[] signature) {
        try {
            scram.verifyServer(signature);
            return true;
        } catch (CryptoException e) {
            return false;
        }
    }

    /** The server refuses; legal until it has welcomed. */
    void refused() throws Distrust {
        if (state == State.WELCOMED || state == State.OVER) {
            throw distrust(OUT_OF_STEP);
        }
        end();
    }

    /** The server says what has no place in a sign-in. */
    Distrust unexpected() {
        return distrust(OUT_OF_STEP);
    }

    /** The rounds of PBKDF2 by which the server has proven itself; 0 if it has not, or in another way. */
    int rounds() {
        return state == State.WELCOMED && challenge != null ? challenge.iterations() : 0;
    }

    /** Nothing comes of it any more. */
    void end() {
        state = State.OVER;
        forget();
        scram.wipe();
    }

    private Distrust distrust(String sentence) {
        end();
        return new Distrust(sentence);
    }

    private void forget() {
        Arrays.fill(serverProof, (byte) 0);
    }
}
