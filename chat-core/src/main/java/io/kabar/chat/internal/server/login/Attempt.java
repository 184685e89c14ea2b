package io.kabar.chat.internal.server.login;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.server.core.GuestNames;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.Verdict;
import io.kabar.chat.internal.server.order.Denial;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.SessionService;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.LoginMethods;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.AccountChange;
import io.kabar.chat.spi.Authenticator;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What one session says before it is signed in. At each moment one thing is legal; a step out of its place is
 * refused, and what is no step of a login at all ends the connection.
 *
 * <pre>
 *   no login yet          Login, Resume ──► WAITING_FOR_ACCOUNT
 *   CHALLENGED            LoginProof ──► PROVEN, ACCEPTED, REFUSED
 *   any other             nothing
 * </pre>
 */
final class Attempt implements SessionService {

    private static final long SECOND = 1_000_000_000L;
    /** Time for a refusal to arrive before the connection is closed. */
    private static final long FLUSH = 2 * SECOND;

    private static final String OPEN = "This server asks for no password, and takes no other proof.";
    private static final String PASSWORD = "This server asks for a password.";
    private static final String TOKEN = "This server asks for a token.";
    /** When to try again if the host program has not answered. */
    static final long UNDECIDED_WAIT = 5 * SECOND;

    private final Logins logins;
    private final ServerSession session;
    private final Newcomer newcomer;
    private final Welcome welcome;
    private final PassLogin pass;
    private @Nullable Login login;
    /** The ticket that it came with, while its account is looked up. */
    private ClientMessage.@Nullable Resume shown;
    /** The secret of an invitation that it has shown. */
    private byte[] invited = new byte[0];

    Attempt(Logins logins, ServerSession session) {
        this.logins = logins;
        this.session = session;
        welcome = new Welcome(this, logins, session);
        newcomer = new Newcomer(this, welcome, logins, session);
        pass = new PassLogin(this, welcome, logins, session);
    }

    @Override
    public void onMessage(int lane, ClientMessage message) {
        Login begun = login;
        String unfit = Login.unfitName(message);
        if (message instanceof ClientMessage.Login first && begun == null) {
            begin(first, null);
        } else if (message instanceof ClientMessage.Resume resumed && begun == null) {
            begin(resumed.login(), resumed);
        } else if (message instanceof ClientMessage.LoginProof proof
                && begun != null
                && begun.state() == Login.State.CHALLENGED) {
            prove(begun, proof);
        } else if (unfit != null && begun == null) {
            refuse(Refusal.BAD_NAME, "", 0, unfit);
        } else if (unfit != null
                || message instanceof ClientMessage.Login
                || message instanceof ClientMessage.Resume
                || message instanceof ClientMessage.LoginProof) {
            String name = begun == null ? "" : begun.name().text();
            refuse(Refusal.BAD_REQUEST, name, 0, Refusal.BAD_REQUEST.sentence());
        } else if (!(message instanceof ClientMessage.Ignored)) {
            session.close(CloseReason.PROTOCOL_VIOLATION, "not signed in");
        }
    }

    /** {@code ticket} spares the proof of a password if it is good, and nothing if it is not. */
    private void begin(ClientMessage.Login message, ClientMessage.@Nullable Resume ticket) {
        UserName name;
        try {
            name = UserName.of(message.name());
        } catch (IllegalArgumentException e) {
            String sentence = e.getMessage() == null ? Refusal.BAD_NAME.sentence() : e.getMessage();
            refuse(Refusal.BAD_NAME, message.name(), 0, sentence);
            return;
        }
        if (name.key().equals(logins.settings.host().name().key())) {
            refuse(Refusal.NAME_TAKEN, name.text(), 0, AccountRequests.OWN_NAME);
            return;
        }
        login = new Login(name, message.methods(), message.nonce(), message.instance());
        shown = ticket;
        session.claims(name);
        if (isDenied(logins.users.order().toAddress(session.countedAddress()), name)) {
            return;
        }
        if ((logins.questions.authenticates() || logins.passes.awaits(name))
                && login.methods().contains(LoginMethods.Method.TOKEN)) {
            login.asksForToken();
            session.say(ServerMessage.Challenge.forToken());
            return;
        } else if (logins.settings.host().tokensOnly()) {
            refuse(Refusal.WRONG_PASSWORD, name.text(), 0, TOKEN);
            return;
        }
        logins.lookups.find(name, this::accountKnown, this::storeFailed);
    }

    /** The secret of the invitation that it has shown; empty if none, or once it has been used. */
    byte[] invited() {
        return invited;
    }

    /** What it has shown is used, or is being used. */
    void usesInvitation() {
        invited = new byte[0];
    }

    /** The login that waited for the account store; null if it has been given up meanwhile. */
    @Nullable
    Login waited() {
        return session.isSigningIn() ? login : null;
    }

    private void accountKnown(@Nullable Account account) {
        ClientMessage.Resume ticket = shown;
        shown = null;
        Login begun = waited();
        if (begun == null) {
            return;
        }
        String objection = begun.objection(account);
        if (objection != null) {
            refuse(Refusal.BAD_NAME, begun.typed().text(), 0, objection);
            return;
        }
        boolean asGuest = account == null && logins.settings.policy().guests() && GuestNames.asksFor(begun.typed());
        if (account == null && !asGuest && GuestNames.isReserved(begun.typed())) {
            refuse(Refusal.BAD_NAME, begun.typed().text(), 0, GuestNames.RESERVED);
            return;
        }
        long number = asGuest ? GuestNames.number(begun.typed()) : 0;
        Account owner = number == 0 ? account : GuestNames.account(number, logins.loop.time());
        if (asGuest) {
            begun.asGuest();
        }
        ResumeTickets.Verdict verdict = ticket == null || owner == null
                ? ResumeTickets.Verdict.WORTHLESS
                : logins.resumeTickets.redeem(session.handshakeHash(), begun, owner, ticket);
        if (verdict == ResumeTickets.Verdict.GOOD) {
            welcome.accept(begun);
            return;
        }
        if (verdict == ResumeTickets.Verdict.NOT_THEIRS) {
            logins.throttle.failed(session.countedAddress(), begun.name().key(), false, logins.loop.now());
        }
        challenge(begun, account);
    }

    private void challenge(Login begun, @Nullable Account account) {
        if (begun.lacksJoinPassword(account, logins.settings.policy())) {
            refuse(Refusal.WRONG_PASSWORD, begun.name().text(), 0, PASSWORD);
            return;
        }
        byte[] nonce = new byte[Scram.NONCE_LENGTH];
        logins.random.nextBytes(nonce);
        ScramVerifier verifier = begun.challenge(account, logins.settings.policy(), nonce, session.handshakeHash());
        session.claims(begun.name());
        LoginMethods.Method method = verifier == null ? LoginMethods.Method.NONE : LoginMethods.Method.SCRAM_SHA_256;
        if (!begun.methods().contains(method)) {
            refuse(Refusal.WRONG_PASSWORD, begun.name().text(), 0, verifier == null ? OPEN : PASSWORD);
            return;
        }
        ServerMessage.Challenge challenge = verifier == null
                ? ServerMessage.Challenge.none()
                : new ServerMessage.Challenge(method, nonce, verifier.salt(), verifier.iterations());
        UserName claimName = begun.claimName();
        session.say(claimName == null ? challenge : challenge.withClaimFor(claimName.text()));
    }

    private void prove(Login begun, ClientMessage.LoginProof message) {
        if (begun.isByToken() && pass.takes(begun, message.proof())) {
            return; // whatever others have tried under this name
        }
        // Not before: many may have been challenged before the first of them failed, and who comes with a good
        // ticket or with the device that owns the name does not wait for the wrong passwords of others behind the
        // same address.
        boolean byOwner = begun.isOwner(message.claim());
        long wait =
                logins.throttle.waitNanos(session.countedAddress(), begun.name().key(), byOwner, logins.loop.now());
        if (wait > 0) {
            refuse(begun, Refusal.LOGIN_THROTTLED, wait);
            return;
        }
        if (begun.isByToken()) {
            authenticate(begun, message.proof());
            return;
        }
        invited = message.invitation();
        switch (begun.prove(message, logins.settings.policy())) {
            case ACCEPTED -> welcome.accept(begun);
            case PROVEN -> {
                if (begun.account() == null) {
                    newcomer.comeIn(begun);
                } else {
                    record(begun, begun.account());
                }
            }
            default -> {
                if (begun.refusal() != Refusal.WRONG_PASSWORD) {
                    refuse(begun, begun.refusal(), 0);
                } else if (begun.provesPassword()) {
                    logins.throttle.failed(
                            session.countedAddress(), begun.name().key(), byOwner, logins.loop.now());
                    refuse(begun, Refusal.WRONG_PASSWORD, 0);
                } else {
                    refuse(Refusal.WRONG_PASSWORD, begun.name().text(), 0, PASSWORD);
                }
            }
        }
    }

    /** Records a device that has proven the password of an account and is not known there. */
    private void record(Login begun, Account account) {
        AccountChange device = new AccountChange.NewDevice(begun.newDevice(logins.loop.time()));
        logins.askStore(
                callId -> new ServerEvent.ChangeAccount(callId, account.id(), device),
                this::recorded,
                this::storeFailed);
    }

    private void recorded(@Nullable Account account) {
        Login begun = waited();
        if (begun != null && begun.recorded(account) == Login.State.ACCEPTED) {
            welcome.accept(begun);
        } else if (begun != null) {
            refuse(begun, begun.refusal(), SECOND);
        }
    }

    /** The account store cannot answer. */
    void storeFailed() {
        shown = null;
        Login begun = waited();
        if (begun != null) {
            refuse(begun, Refusal.STORAGE, 0);
        }
    }

    // What the host program decides

    private void authenticate(Login begun, byte[] proof) {
        begun.isJudged();
        if (!logins.questions.authenticates()) {
            logins.throttle.failed(session.countedAddress(), begun.name().key(), false, logins.loop.now());
            refuse(begun, Refusal.WRONG_PASSWORD, 0);
            return;
        }
        String token = new String(proof, StandardCharsets.UTF_8);
        Authenticator.Credentials shownOnes = new Authenticator.Credentials(begun.typed(), token, session.remote());
        logins.questions.ask(
                id -> new ServerEvent.Authenticate(id, shownOnes),
                verdict -> session.serve(() -> tokenJudged(verdict)));
    }

    private void tokenJudged(Verdict verdict) {
        Login begun = waited();
        if (begun == null) {
            return; // it has been given up meanwhile
        }
        String objection = verdict instanceof Verdict.Known known ? begun.objection(known.account()) : null;
        if (verdict instanceof Verdict.Refused refused) {
            logins.throttle.failed(session.countedAddress(), begun.name().key(), false, logins.loop.now());
            begun.refuse(Refusal.NOT_ALLOWED);
            refuse(Refusal.NOT_ALLOWED, begun.name().text(), 0, refused.sentence());
        } else if (!(verdict instanceof Verdict.Known known)) {
            begun.refuse(Refusal.BUSY);
            refuse(begun, Refusal.BUSY, UNDECIDED_WAIT);
        } else if (objection != null) {
            refuse(Refusal.BAD_NAME, begun.typed().text(), 0, objection);
        } else {
            begun.knownByToken(known.account());
            welcome.accept(begun);
        }
    }

    boolean isDenied(@Nullable Denial denial, UserName name) {
        if (denial != null) {
            refuse(denial.refusal(), name.text(), denial.waitNanos(), denial.sentence());
        }
        return denial != null;
    }

    void refuse(Login refused, Refusal refusal, long waitNanos) {
        refuse(refusal, refused.name().text(), waitNanos, refusal.sentence());
    }

    void refuse(Refusal refusal, String name, long waitNanos, String sentence) {
        logins.loop.counters().countLoginRefused();
        logins.loop.tell(new ServerEvent.LoginRefused(name, session.remote(), refusal));
        session.say(new ServerMessage.Refused(
                new ServerMessage.Subject.Login(), 0, refusal.code(), ServerLoop.ceilMillis(waitNanos), sentence));
        session.closeWhenFlushed(CloseReason.LOGIN_REFUSED, logins.loop.now() + FLUSH);
    }
}
