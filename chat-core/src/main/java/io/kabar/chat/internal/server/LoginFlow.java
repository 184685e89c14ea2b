package io.kabar.chat.internal.server;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.Role;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.server.core.AccountRecord;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.login.Login;
import io.kabar.chat.internal.server.login.LoginThrottle;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.LoginMethods;
import io.kabar.chat.internal.wire.ServerMessage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a session from its handshake to a signed-in user, step by step, with the account store answering when it can.
 */
final class LoginFlow {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    /** Time for a refusal to arrive before the connection is closed. */
    private static final long FLUSH = 2 * SECOND;

    private static final String TOO_MANY_NAMES = "Too many new names have come from your network; try again later.";

    private static final String OPEN = "This server asks for no password, and takes no other proof.";
    private static final String PASSWORD = "This server asks for a password.";

    private final ServerCore core;
    private final Admission admission;
    private final Users users;
    private final ResumeTickets resumeTickets;
    private final Conversations conversations;
    private final LoginThrottle throttle;
    private final Map<Long, Waiting> waiting = new HashMap<>();

    /** A session whose account is being looked up or registered, and the ticket it came with, if it did. */
    private record Waiting(ServerSession session, ClientMessage.@Nullable Resume shown) {}

    LoginFlow(
            ServerCore core,
            Admission admission,
            Users users,
            ResumeTickets resumeTickets,
            Conversations conversations) {
        this.conversations = conversations;
        this.core = core;
        this.admission = admission;
        this.users = users;
        this.resumeTickets = resumeTickets;
        throttle = new LoginThrottle(
                core.settings.loginFailuresPerMinute(),
                core.settings.loginFailuresPerAddress(),
                core.settings.addressBlockNanos());
    }

    /**
     * What a session says that is not signed in. At each moment one thing is legal; a step out of its place is refused,
     * and what is no step of a login at all ends the connection.
     *
     * <pre>
     *   no login yet          Login, Resume ──► WAITING_FOR_ACCOUNT
     *   CHALLENGED            LoginProof ──► PROVEN, ACCEPTED, REFUSED
     *   any other             nothing
     * </pre>
     */
    void hear(ServerSession session, ClientMessage message) {
        Login login = session.login;
        if (message instanceof ClientMessage.Login begun && login == null) {
            begin(session, begun, null);
        } else if (message instanceof ClientMessage.Resume resumed && login == null) {
            begin(session, resumed.login(), resumed);
        } else if (message instanceof ClientMessage.LoginProof proof
                && login != null
                && login.state() == Login.State.CHALLENGED) {
            prove(session, login, proof);
        } else if (unfitName(message) != null && login == null) {
            refuse(session, Refusal.BAD_NAME, "", 0, String.valueOf(unfitName(message)));
        } else if (unfitName(message) != null
                || message instanceof ClientMessage.Login
                || message instanceof ClientMessage.Resume
                || message instanceof ClientMessage.LoginProof) {
            refuse(
                    session,
                    Refusal.BAD_REQUEST,
                    login == null ? "" : login.name().text(),
                    0);
        } else if (!(message instanceof ClientMessage.Ignored)) {
            session.connection().close(CloseReason.PROTOCOL_VIOLATION.code(), "not signed in", core.now);
        }
    }

    /** What is wrong with the name in a first step of a login that can be no name; null if it is no such message. */
    private static @Nullable String unfitName(ClientMessage message) {
        return message instanceof ClientMessage.Unfit unfit
                        && unfit.answer().subject() instanceof ServerMessage.Subject.Login
                ? unfit.answer().sentence()
                : null;
    }

    /** {@code shown} is a ticket that spares the proof of a password if it is good, and nothing if it is not. */
    private void begin(ServerSession session, ClientMessage.Login message, ClientMessage.@Nullable Resume shown) {
        UserName name;
        try {
            name = UserName.of(message.name());
        } catch (IllegalArgumentException e) {
            refuse(session, Refusal.BAD_NAME, message.name(), 0, sentence(e));
            return;
        }
        session.login = new Login(name, message.methods(), message.nonce(), message.instance());
        long callId = core.callId();
        waiting.put(callId, new Waiting(session, shown));
        core.tell(new ServerEvent.FindAccount(callId, name));
    }

    /**
     * Why nobody may sign in by this name: it is none that is let in, and nobody has it from the time when it was.
     * Whoever does has to spell it as it is.
     */
    private static @Nullable String objection(Login login, @Nullable AccountRecord account) {
        return account != null && account.name().equals(login.typed())
                ? null
                : login.typed().objection().orElse(null);
    }

    private static String sentence(IllegalArgumentException e) {
        return e.getMessage() == null ? Refusal.BAD_NAME.sentence() : e.getMessage();
    }

    /** The account store has looked: {@code account} owns the name, or nobody does. */
    void accountKnown(long callId, @Nullable AccountRecord account) {
        Waiting asked = waiting.remove(callId);
        Login login = loginOf(asked);
        if (asked == null || login == null) {
            return;
        }
        ServerSession session = asked.session();
        String objection = objection(login, account);
        if (objection != null) {
            refuse(session, Refusal.BAD_NAME, login.typed().text(), 0, objection);
            return;
        }
        ResumeTickets.Verdict verdict = asked.shown() == null || account == null
                ? ResumeTickets.Verdict.WORTHLESS
                : resumeTickets.redeem(session, login, account, asked.shown());
        if (verdict == ResumeTickets.Verdict.GOOD) {
            accept(session, login);
            return;
        }
        if (verdict == ResumeTickets.Verdict.NOT_THEIRS) {
            throttle.failed(session.countedAddress, login.name().key(), false, core.now);
        }
        challenge(session, login, account);
    }

    private void challenge(ServerSession session, Login login, @Nullable AccountRecord account) {
        byte[] nonce = new byte[Scram.NONCE_LENGTH];
        core.random.nextBytes(nonce);
        ScramVerifier verifier = login.challenge(account, core.settings.policy(), nonce, session.handshakeHash);
        LoginMethods.Method method = verifier == null ? LoginMethods.Method.NONE : LoginMethods.Method.SCRAM_SHA_256;
        if (!login.methods().contains(method)) {
            refuse(session, Refusal.WRONG_PASSWORD, login.name().text(), 0, verifier == null ? OPEN : PASSWORD);
            return;
        }
        session.say(
                verifier == null
                        ? ServerMessage.Challenge.none()
                        : new ServerMessage.Challenge(method, nonce, verifier.salt(), verifier.iterations()),
                core.now);
    }

    private void prove(ServerSession session, Login login, ClientMessage.LoginProof message) {
        // Not before: many may have been challenged before the first of them failed, and who comes with a good ticket
        // or
        // with the device that owns the name does not wait for the wrong passwords of others behind the same address.
        boolean byOwner = login.isOwner(message.claim());
        long wait = throttle.waitNanos(session.countedAddress, login.name().key(), byOwner, core.now);
        if (wait > 0) {
            refuse(session, Refusal.LOGIN_THROTTLED, login.name().text(), wait);
            return;
        }
        switch (login.prove(message.proof(), message.claim(), core.settings.policy())) {
            case ACCEPTED -> accept(session, login);
            case PROVEN -> {
                long untilNextName = core.addressRates.names.take(session.countedAddress, core.now);
                if (untilNextName > 0) {
                    refuse(session, Refusal.LOGIN_THROTTLED, login.name().text(), untilNextName, TOO_MANY_NAMES);
                    return;
                }
                long callId = core.callId();
                waiting.put(callId, new Waiting(session, null));
                core.tell(new ServerEvent.Register(
                        callId, new AccountRecord(login.name(), null, login.storedClaim(), Role.MEMBER)));
            }
            default -> {
                if (login.refusal() == Refusal.WRONG_PASSWORD) {
                    throttle.failed(session.countedAddress, login.name().key(), byOwner, core.now);
                }
                refuse(session, login.refusal(), login.name().text(), 0);
            }
        }
    }

    /** The account store has registered the name for {@code account}; null if somebody else was first. */
    void registered(long callId, @Nullable AccountRecord account) {
        Waiting asked = waiting.remove(callId);
        Login login = loginOf(asked);
        if (asked == null || login == null) {
            return;
        }
        if (login.registered(account) == Login.State.ACCEPTED) {
            accept(asked.session(), login);
        } else {
            refuse(asked.session(), login.refusal(), login.name().text(), 0);
        }
    }

    /** The account store could not answer. */
    void storeFailed(long callId) {
        Waiting asked = waiting.remove(callId);
        Login login = loginOf(asked);
        if (asked != null && login != null) {
            refuse(asked.session(), Refusal.STORAGE, login.name().text(), 0);
        }
    }

    /** Sign-ins that wait for the account store. */
    int waiting() {
        return waiting.size();
    }

    /** Null if it has been given up meanwhile. */
    private static @Nullable Login loginOf(@Nullable Waiting asked) {
        return asked != null
                        && asked.session().state == ServerSession.State.SIGNING_IN
                        && asked.session().connection().state() == Connection.State.OPEN
                ? asked.session().login
                : null;
    }

    private void accept(ServerSession session, Login login) {
        AccountRecord account = login.account();
        if (account == null) {
            return;
        }
        Refusal noPlace = admission.signIn(session, users.replacedBy(login, account));
        if (noPlace != null) {
            refuse(session, noPlace, login.name().text(), Admission.FULL_WAIT);
        } else {
            throttle.succeeded(session.countedAddress, login.name().key());
            users.signedIn(session, login, account);
            resumeTickets.issue(session);
            conversations.signedIn(session);
        }
    }

    private void refuse(ServerSession session, Refusal refusal, String name, long waitNanos) {
        refuse(session, refusal, name, waitNanos, refusal.sentence());
    }

    private void refuse(ServerSession session, Refusal refusal, String name, long waitNanos, String sentence) {
        core.counters.loginsRefused++;
        core.tell(new ServerEvent.LoginRefused(name, session.connection().remote(), refusal.sentence()));
        session.say(
                new ServerMessage.Refused(
                        new ServerMessage.Subject.Login(), 0, refusal.code(), ceilMillis(waitNanos), sentence),
                core.now);
        session.closeWhenFlushed(CloseReason.LOGIN_REFUSED, core.now + FLUSH);
    }

    static long ceilMillis(long nanos) {
        return (nanos + MILLI - 1) / MILLI;
    }
}
