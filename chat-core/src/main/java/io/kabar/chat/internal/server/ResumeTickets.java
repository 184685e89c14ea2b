package io.kabar.chat.internal.server;

import io.kabar.chat.internal.crypto.ResumeProof;
import io.kabar.chat.internal.crypto.ResumeTicket;
import io.kabar.chat.internal.crypto.TicketKey;
import io.kabar.chat.internal.server.core.AccountRecord;
import io.kabar.chat.internal.server.login.Login;
import io.kabar.chat.internal.server.login.SpentTickets;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.time.Duration;
import java.util.Arrays;

/**
 * Gives those who are signed in a ticket to come back with, and takes it from them, once. A ticket spares a round trip
 * and the proof of the password, nothing else: whoever could not sign in now cannot resume either.
 */
final class ResumeTickets {

    /** As long as a night with the machine asleep, and no longer than a stolen one should be of use. */
    private static final Duration LIFETIME = Duration.ofHours(24);
    /**
     * A client that stays gets another one so often: whenever it loses the server, its ticket is good for as long
     * again.
     */
    private static final Duration RENEWAL = Duration.ofHours(12);

    /** What becomes of a ticket that was shown. */
    enum Verdict {
        /** The login is accepted. */
        GOOD,
        /** Whoever came with it does not know its secret. */
        NOT_THEIRS,
        /** Not ours, not for this login, too old, or spent: as if none had been shown. */
        WORTHLESS
    }

    private final ServerCore core;
    private final TicketKey key;
    private final SpentTickets spent = new SpentTickets(LIFETIME.toMillis());

    ResumeTickets(ServerCore core) {
        this.core = core;
        key = new TicketKey(core.settings.identity().derive("kabar resume tickets", 32));
    }

    /** Gives a session that is signed in a fresh ticket, and sees to it that there will be another in time. */
    void issue(ServerSession session) {
        Login login = session.login;
        AccountRecord account = login == null ? null : login.account();
        if (login == null || account == null) {
            throw new IllegalStateException("not signed in");
        }
        byte[] id = new byte[ResumeTicket.ID_LENGTH];
        byte[] secret = new byte[ResumeProof.SECRET_LENGTH];
        core.random.nextBytes(id);
        core.random.nextBytes(secret);
        ResumeTicket ticket = new ResumeTicket(id, core.time().toEpochMilli(), secret);
        byte[] sealed = key.seal(ticket, login.binding(account, core.settings.policy()));
        session.say(new ServerMessage.Ticket(secret, sealed, LIFETIME.toSeconds()), core.now);
        Arrays.fill(secret, (byte) 0);
        session.resumeTicketDue = core.now + RENEWAL.toNanos();
    }

    /** Judges the ticket that a login came with, once its account is known; if it is good, the login is accepted. */
    Verdict redeem(ServerSession session, Login login, AccountRecord account, ClientMessage.Resume shown) {
        ResumeTicket ticket = key.open(shown.ticket(), login.binding(account, core.settings.policy()));
        if (ticket == null) {
            return Verdict.WORTHLESS;
        }
        try {
            return redeem(session, login, account, ticket, shown.proof());
        } finally {
            Arrays.fill(ticket.secret(), (byte) 0);
        }
    }

    private Verdict redeem(
            ServerSession session, Login login, AccountRecord account, ResumeTicket ticket, byte[] proof) {
        long now = core.time().toEpochMilli();
        long age = now - ticket.issuedMillis();
        if (age < 0 || age > LIFETIME.toMillis() || !spent.isFresh(ticket.id(), ticket.issuedMillis())) {
            return Verdict.WORTHLESS;
        }
        if (!ResumeProof.matches(ResumeProof.client(ticket.secret(), session.handshakeHash), proof)) {
            return Verdict.NOT_THEIRS; // and not spent, or a thief without the secret could spend it
        }
        spent.spend(ticket.id(), ticket.issuedMillis(), now);
        login.resumed(account, ResumeProof.server(ticket.secret(), session.handshakeHash));
        core.counters.resumptions++;
        return Verdict.GOOD;
    }
}
