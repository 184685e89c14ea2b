package io.kabar.chat.internal.server.login;

import io.kabar.chat.internal.server.core.Inquiries;
import io.kabar.chat.internal.server.core.Lookups;
import io.kabar.chat.internal.server.core.Questions;
import io.kabar.chat.internal.server.core.ServerEvent;
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
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
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
    final Passes passes = new Passes();
    /** By the ids of the calls. */
    private final Map<Long, Waiting> waiting = new HashMap<>();

    /** What waits for the account store to change something, or to draw a number. */
    private record Waiting(Consumer<@Nullable Account> changed, LongConsumer drawn, Runnable failed) {}

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

    /** What the host program's own participants sign in with. */
    public Passes passes() {
        return passes;
    }

    /** Lets the account store change something; its answer is an account, or null if that could not be. */
    void askStore(LongFunction<ServerEvent> change, Consumer<@Nullable Account> changed, Runnable failed) {
        ask(change, new Waiting(changed, number -> {}, failed));
    }

    /** Lets the account store draw the number of a guest. */
    void askStoreForNumber(LongConsumer drawn, Runnable failed) {
        ask(ServerEvent.DrawGuest::new, new Waiting(account -> {}, drawn, failed));
    }

    private void ask(LongFunction<ServerEvent> question, Waiting waits) {
        long callId = loop.nextId();
        waiting.put(callId, waits);
        loop.tell(question.apply(callId));
    }

    /** The account store has changed what was asked for; null if that could not be. */
    public void changed(long callId, @Nullable Account account) {
        answered(callId, waits -> waits.changed().accept(account));
    }

    /** The account store has drawn the number of a guest. */
    public void drawn(long callId, long number) {
        answered(callId, waits -> waits.drawn().accept(number));
    }

    /** The account store could not answer. */
    public void storeFailed(long callId) {
        answered(callId, waits -> waits.failed().run());
    }

    private void answered(long callId, Consumer<Waiting> step) {
        Waiting waits = waiting.remove(callId);
        if (waits != null) {
            step.accept(waits);
        }
    }

    /** Logins that wait for a change in the account store. */
    public int waiting() {
        return waiting.size();
    }
}
