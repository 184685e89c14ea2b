package io.kabar.chat.internal.server.login;

import io.kabar.chat.internal.server.core.Inquiries;
import io.kabar.chat.internal.server.core.Lookups;
import io.kabar.chat.internal.server.core.Questions;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.SessionService;
import io.kabar.chat.internal.server.session.Users;
import io.kabar.chat.spi.Account;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes sessions from their handshakes to signed-in users, step by step, with the account store answering when it can.
 * Each session has an {@link Attempt}, which is where a password is checked.
 */
public final class Logins {

    final ServerLoop loop;
    final ServerSettings settings;
    final RandomGenerator random;
    final Users users;
    final Questions questions;
    final Lookups lookups;
    final Function<ServerSession, SessionService> rooms;
    final Invitations invitations;
    final ResumeTickets resumeTickets;
    final LoginThrottle throttle;
    /** Attempts that wait for a change in the account store, by the ids of the calls. */
    final Map<Long, Attempt> waiting = new HashMap<>();

    /**
     * Nobody signs in yet.
     *
     * @param rooms takes what a session's client says from the login on
     */
    public Logins(
            ServerLoop loop,
            ServerSettings settings,
            RandomGenerator random,
            Users users,
            Inquiries inquiries,
            Invitations invitations,
            Function<ServerSession, SessionService> rooms) {
        this.loop = loop;
        this.settings = settings;
        this.random = random;
        this.users = users;
        questions = inquiries.questions();
        lookups = inquiries.lookups();
        this.invitations = invitations;
        this.rooms = rooms;
        resumeTickets = new ResumeTickets(loop, settings, random);
        throttle = new LoginThrottle(
                settings.loginFailuresPerMinute(), settings.loginFailuresPerAddress(), settings.addressBlockNanos());
    }

    /** The login of a session that has just begun. */
    public SessionService begin(ServerSession session) {
        return new Attempt(this, session);
    }

    /** The account store has registered the name for {@code account}; null if somebody else was first. */
    public void registered(long callId, @Nullable Account account) {
        answered(callId, attempt -> attempt.registered(account));
    }

    /** The account store has recorded a device for {@code account}; null if that could not be. */
    public void recorded(long callId, @Nullable Account account) {
        answered(callId, attempt -> attempt.recorded(account));
    }

    /** The account store has drawn the number of a guest. */
    public void drawn(long callId, long number) {
        answered(callId, attempt -> attempt.drawn(number));
    }

    /** The account store could not answer. */
    public void storeFailed(long callId) {
        answered(callId, Attempt::storeFailed);
    }

    private void answered(long callId, Consumer<Attempt> step) {
        Attempt attempt = waiting.remove(callId);
        if (attempt != null) {
            step.accept(attempt);
        }
    }

    /** Logins that wait for a change in the account store. */
    public int waiting() {
        return waiting.size();
    }
}
