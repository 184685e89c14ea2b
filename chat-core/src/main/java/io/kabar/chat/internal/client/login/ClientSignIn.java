package io.kabar.chat.internal.client.login;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramClient;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Signing in, once for each connection: the key agreement, then the login. What was learnt in one (the server's key,
 * the salted password, a ticket) is known in the next.
 *
 * <pre>
 *   begin ──► HELLO, INIT (repeated) ──agreed──► login ──challenge──► proof ──► welcomed, refused
 *     ▲                │                           │                               ▲
 *     └── not heard ◄──┘                           └── with a good ticket ─────────┘
 * </pre>
 */
public final class ClientSignIn {

    /** Who is told how it goes. */
    public interface Host {
        /** The keys are agreed: a connection can be opened, and {@link ClientSignIn#login} called. */
        void agreed(ClientHandshake.Result result);

        void sendControl(ClientMessage message);

        void work(SlowWork work);

        void welcomed(ServerMessage.Welcome welcome, ServerKey key);

        void refused(ServerMessage.Refused refused);

        /** There is no use in another try. */
        void over(CloseReason reason, Refusal refusal, String sentence);
    }

    private final ClientSettings settings;
    private final RandomGenerator random;
    private final Host host;
    private final long instance;

    private final KeyAgreement agreement;
    /** The hash of the handshake of the newest connection. */
    private byte[] channel = new byte[0];
    /** Who signs in, as the server has told last. */
    private UserName name;

    private @Nullable ClientLogin login;
    private @Nullable SaltedPassword salted;
    /** Handed out to be run, and not given back. */
    private @Nullable SaltedPassword salting;

    /** The rounds of PBKDF2 by which the server has proven itself: it may not ask for fewer the next time. */
    private int rounds;
    /** By which the next sign-in needs no proof of the password. In memory only: no file to steal it from. */
    private ServerMessage.@Nullable Ticket ticket;

    public ClientSignIn(ClientSettings settings, RandomGenerator random, Host host) {
        this.settings = settings;
        this.random = random;
        this.host = host;
        agreement = new KeyAgreement(settings.key(), random);
        rounds = settings.leastRounds();
        instance = random.nextLong();
        name = settings.name();
    }

    /** Whether the key was not known before, and taken on trust. */
    public boolean firstContact() {
        return settings.key() == null;
    }

    /** Whether the server has said anything at all. */
    public boolean heard() {
        return agreement.heard();
    }

    /** Begins a key agreement. */
    public void begin(long now) {
        agreement.begin(now);
    }

    /** The connection is gone, or the client over. */
    public void abandon() {
        agreement.end();
        endLogin();
    }

    /** The key agreement under way; null if there is none. */
    @Nullable
    public ClientHandshake handshake() {
        return agreement.handshake();
    }

    /** There will be no other sign-in: forgets all that could serve one. */
    public void end() {
        abandon();
        forgetTicket();
        forgetPassword();
    }

    private void forgetPassword() {
        if (salted != null) {
            salted.wipe();
            salted = null;
        }
        if (salting != null) {
            salting.wipe();
            salting = null;
        }
    }

    private void endLogin() {
        if (login != null) {
            login.end();
            login = null;
        }
    }

    /** The server has given a ticket, in place of any earlier one. */
    public void keep(ServerMessage.Ticket newTicket) {
        forgetTicket();
        if (settings.reconnect()) {
            ticket = newTicket;
        }
    }

    /** There will be no other sign-in with this ticket. */
    public void forgetTicket() {
        if (ticket != null) {
            Arrays.fill(ticket.secret(), (byte) 0);
            ticket = null;
        }
    }

    public boolean hasTicket() {
        return ticket != null;
    }

    // The key agreement
    // -------------------------------------------------------------------------------------------------

    /** A datagram that belongs to no connection. */
    public void handle(Packet packet, long now) throws CryptoException {
        ClientHandshake.Result result = agreement.handle(packet, now);
        if (result != null) {
            host.agreed(result);
        } else if (agreement.isHopeless()) {
            endInVain();
        }
    }

    /**
     * Ends the client if what its server has answered so far, and nothing else, says that there is no use in going on;
     * tells whether it did.
     */
    public boolean endInVain() {
        KeyAgreement.InVain why = agreement.inVain();
        if (why != null) {
            host.over(why.reason(), why.refusal(), why.sentence());
        }
        return why != null;
    }

    /**
     * The time may have come to repeat what was sent.
     *
     * @return false if it was repeated often enough, and the key agreement began anew
     */
    public boolean handleTimeout(long now) {
        return agreement.handleTimeout(now);
    }

    public long nextTimeout() {
        return agreement.nextTimeout();
    }

    public int pollTransmit(byte[] out) {
        return agreement.pollTransmit(out);
    }

    // The login
    // ---------------------------------------------------------------------------------------------------------

    /**
     * The connection is open: begins the login. A ticket is kept until there is an answer: to show it twice costs
     * nothing if it was taken already, and spares a round trip if it never arrived.
     */
    public void login(byte[] handshakeHash) {
        ServerKey proven = agreement.key();
        channel = handshakeHash.clone();
        if (proven != null) {
            login = new ClientLogin(settings, name, proven.bytes(), handshakeHash, rounds, random);
            host.sendControl(ticket == null ? login.begin(instance) : login.resume(instance, ticket));
        }
    }

    /** What the server says until it has welcomed the client, which is believed only if it is legal now. */
    public void handle(ServerMessage message) throws ClientLogin.Distrust {
        ClientLogin current = login;
        ServerKey proven = agreement.key();
        if (current == null || proven == null) {
            return;
        }
        if (message instanceof ServerMessage.Challenge challenge) {
            forgetTicket(); // it was none, or is none any more
            answer(current, challenge);
        } else if (message instanceof ServerMessage.Welcome welcome) {
            current.welcomed(welcome);
            name = new UserName(welcome.name()); // who has another name by now comes back under that one
            forgetTicket(); // each serves once; another one follows
            rounds = Math.max(rounds, current.rounds());
            if (!settings.reconnect()) {
                forgetPassword(); // there will be no other sign-in
            }
            host.welcomed(welcome, proven);
        } else if (message instanceof ServerMessage.Refused refused
                && refused.subject() instanceof ServerMessage.Subject.Login) {
            current.refused();
            host.refused(refused);
        } else {
            throw current.unexpected();
        }
    }

    /**
     * Proves a password on the present connection, to somebody who is signed in.
     *
     * @param salted the password, salted
     * @param salt by which it is, as the server has told
     * @return the question that sets what is kept of the password to {@code verifier}
     */
    public Query.SetPassword prove(byte[] salted, byte[] salt, int iterations, String verifier) {
        byte[] nonce = new byte[Scram.NONCE_LENGTH];
        random.nextBytes(nonce);
        ScramClient scram = new ScramClient(name.text(), nonce, channel, settings.leastRounds());
        try {
            byte[] proof = scram.proof(Arrays.copyOf(channel, Scram.NONCE_LENGTH), salt, iterations, salted);
            return new Query.SetPassword(verifier, nonce, proof);
        } catch (CryptoException e) {
            return new Query.SetPassword(verifier, new byte[0], new byte[0]); // the server wants it in an unsafe way
        } finally {
            scram.wipe();
        }
    }

    /** Anything but a message of the control lane, which no server sends before it has welcomed. */
    public void unexpected() {
        if (login != null) {
            distrust(login.unexpected());
        }
    }

    private void answer(ClientLogin current, ServerMessage.Challenge challenge) throws ClientLogin.Distrust {
        String password = settings.password();
        if (!current.challenged(challenge)) {
            host.sendControl(current.claim());
        } else if (password == null) {
            host.over(CloseReason.LOGIN_REFUSED, Refusal.WRONG_PASSWORD, "The server asks for a password.");
        } else if (salted != null && salted.isFor(challenge.salt(), challenge.iterations())) {
            prove(current, salted);
        } else if (salting == null || !salting.isFor(challenge.salt(), challenge.iterations())) {
            if (salting != null) {
                salting.wipe(); // an earlier login's
            }
            SaltedPassword work = new SaltedPassword(password, challenge.salt(), challenge.iterations());
            salting = work;
            host.work(work);
        }
    }

    /** The password is salted; {@code waiting} tells whether there is a login that waits for it. */
    public void salted(SaltedPassword password, boolean waiting) throws ClientLogin.Distrust {
        if (salting != password) {
            return; // wiped: another one was asked for since, or none is wanted any more
        }
        salting = null;
        if (!password.isDone()) {
            return; // its work has failed: the next login asks for it anew
        }
        if (salted != null) {
            salted.wipe();
        }
        salted = password;
        ClientLogin current = login;
        if (waiting && current != null && current.awaits(password)) {
            prove(current, password);
        }
    }

    private void prove(ClientLogin current, SaltedPassword password) throws ClientLogin.Distrust {
        byte[] result = password.result();
        if (result == null) {
            host.over(
                    CloseReason.LOGIN_REFUSED,
                    Refusal.WRONG_PASSWORD,
                    "A password is not empty and has neither control characters nor halves of characters in it.");
        } else {
            host.sendControl(current.prove(result));
        }
    }

    /** The server has not proven what it must: somebody may be in between, and there is no use in another try. */
    public void distrust(ClientLogin.Distrust why) {
        host.over(CloseReason.LOGIN_REFUSED, Refusal.SERVER_UNPROVEN, String.valueOf(why.getMessage()));
    }
}
