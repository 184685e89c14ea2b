package io.kabar.chat.internal.server.login;

import io.kabar.chat.internal.crypto.ResumeProof;
import io.kabar.chat.internal.crypto.ResumeTicket;
import io.kabar.chat.internal.crypto.TicketKey;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.spi.Account;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Gives those who are signed in a ticket to come back with, and takes it from them, once. A ticket spares a round trip
 * and the proof of the password, nothing else: whoever could not sign in now cannot resume either. The first two bytes
 * of a ticket's id are the number of the device that it was given to, so one of a device that is shut out opens no
 * more.
 */
public final class ResumeTickets {

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

    private final ServerLoop loop;
    private final ServerSettings settings;
    private final RandomGenerator random;
    private final TicketKey key;
    private final SpentTickets spent = new SpentTickets(LIFETIME.toMillis());

    ResumeTickets(ServerLoop loop, ServerSettings settings, RandomGenerator random) {
        this.loop = loop;
        this.settings = settings;
        this.random = random;
        key = new TicketKey(settings.identity().derive("kabar resume tickets", 32));
    }

    /** Gives a session that is signed in a fresh ticket, and sees to it that there will be another in time. */
    void issue(ServerSession session, Login login) {
        Account account = session.user().account();
        byte[] id = new byte[ResumeTicket.ID_LENGTH];
        byte[] secret = new byte[ResumeProof.SECRET_LENGTH];
        random.nextBytes(id);
        ByteBuffer.wrap(id).putShort((short) login.device());
        random.nextBytes(secret);
        ResumeTicket ticket = new ResumeTicket(id, loop.time().toEpochMilli(), secret);
        byte[] binding = login.binding(account, login.device(), settings.policy());
        if (binding == null) {
            return; // shut out this moment
        }
        byte[] sealed = key.seal(ticket, binding);
        session.say(new ServerMessage.Ticket(secret, sealed, LIFETIME.toSeconds()));
        Arrays.fill(secret, (byte) 0);
        session.watch().remindAt(loop.now() + RENEWAL.toNanos(), () -> issue(session, login));
    }

    /** Judges the ticket that a login came with, once its account is known; if it is good, the login is accepted. */
    Verdict redeem(byte[] handshakeHash, Login login, Account account, ClientMessage.Resume shown) {
        int device = shown.ticket().length < Short.BYTES
                ? 0
                : Short.toUnsignedInt(ByteBuffer.wrap(shown.ticket()).getShort());
        byte[] binding = login.binding(account, device, settings.policy());
        ResumeTicket ticket = binding == null ? null : key.open(shown.ticket(), binding);
        if (ticket == null) {
            return Verdict.WORTHLESS;
        }
        try {
            return redeem(handshakeHash, login, account, device, ticket, shown.proof());
        } finally {
            Arrays.fill(ticket.secret(), (byte) 0);
        }
    }

    private Verdict redeem(
            byte[] handshakeHash, Login login, Account account, int device, ResumeTicket ticket, byte[] proof) {
        long now = loop.time().toEpochMilli();
        long age = now - ticket.issuedMillis();
        if (age < 0 || age > LIFETIME.toMillis() || !spent.isFresh(ticket.id(), ticket.issuedMillis())) {
            return Verdict.WORTHLESS;
        }
        if (!ResumeProof.matches(ResumeProof.client(ticket.secret(), handshakeHash), proof)) {
            return Verdict.NOT_THEIRS; // and not spent, or a thief without the secret could spend it
        }
        spent.spend(ticket.id(), ticket.issuedMillis(), now);
        login.resumed(account, device, ResumeProof.server(ticket.secret(), handshakeHash));
        loop.counters().countResumption();
        return Verdict.GOOD;
    }
}
