package io.kabar.chat.internal.client;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.connection.Connection;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a client comes back. While nothing is heard it searches: the session stays, and other sockets are tried for it.
 * When the connection is gone it waits before it signs in anew: a random time, so that those who lost it at the same
 * moment do not come at the same moment.
 *
 * <p>How long at most depends on who else has lost it. A server that stops says so to all its clients, one that has
 * died tells each that speaks to it, and when it says nothing all give it up in the same second: those waits are spread
 * over {@link #SPREAD}. A client that slept, that the server gave up, or that was not signed in yet is alone and comes
 * back almost at once.
 */
final class ReconnectPolicy {

    private static final long SECOND = 1_000_000_000L;
    /**
     * Bound of the first wait of a client that was alone in losing its connection. It doubles with each failure, and
     * the wait is any part of it ("full jitter", AWS Architecture Blog, "Exponential Backoff And Jitter").
     */
    private static final long FIRST_BACKOFF = SECOND / 2;
    /** Where the doubling ends. */
    private static final long MAX_BACKOFF = 30 * SECOND;
    /**
     * Bound of the first wait when everybody has lost the connection, as in RFC 6455 section 7.2.3: a thousand clients
     * are two hundred sign-ins a second. Of more than it can do a server takes what it can, and the others ask again.
     */
    private static final long SPREAD = 5 * SECOND;
    /** While nothing is heard, a new socket and a probe this often. */
    private static final long REBIND_INTERVAL = 5 * SECOND;

    /** A server does not forget a client so soon: one that has is another run of it, and has forgotten everybody. */
    private static final long FORGOTTEN = 150 * SECOND;
    /** Who finds out so much later than silence tells that a connection is gone has slept. */
    private static final long SLEPT = 5 * SECOND;

    /** Told before the search begins, so that nobody looks for the fault on their own side. */
    private static final String STOPPING = "The server is stopping; you will be back by yourself when it is.";

    private final ArrayDeque<ClientEvent> events;
    private final RandomGenerator random;
    private final boolean reconnects;
    private final long searchingAfter;
    private final long idle;
    private boolean searching;
    private boolean moved;
    private boolean wasLive;
    /** Connections that came to nothing, or did not last. */
    private int failures;
    /** Since when it is signed in; null if it is not. */
    private @Nullable Long signedInAt;

    private long rebindAt;
    private long resumeAt = Long.MAX_VALUE;

    ReconnectPolicy(ArrayDeque<ClientEvent> events, RandomGenerator random, ClientSettings settings) {
        this.events = events;
        this.random = random;
        reconnects = settings.reconnect();
        searchingAfter = settings.searchingAfterNanos();
        idle = settings.idleNanos();
    }

    /** Whether this client was signed in before. */
    boolean wasLive() {
        return wasLive;
    }

    boolean searching() {
        return searching;
    }

    /** Nothing is heard; a search it is only of who was signed in. */
    void search(long now) {
        if (wasLive && !searching) {
            searching = true;
            rebindAt = now + REBIND_INTERVAL;
            events.add(new ClientEvent.Searching());
        }
    }

    private void found() {
        if (searching) {
            searching = false;
            events.add(new ClientEvent.Found(moved));
            moved = false;
        }
    }

    /** The connection goes on from another socket. */
    void moved() {
        moved = true;
    }

    /** There is another connection, which has not moved. */
    void connected() {
        moved = false;
    }

    void signedIn(long now) {
        signedInAt = now;
        wasLive = true;
        found();
    }

    /** The connection is lost; {@code silence} is how long nothing was heard on it. Waits before signing in anew. */
    void lost(CloseReason why, long silence, long now) {
        if (signedInAt != null && now - signedInAt >= MAX_BACKOFF) {
            failures = 0; // what has ended a shorter one may end the next one as soon, several times a second
        }
        signedInAt = null;
        if (wasLive && why == CloseReason.SERVER_STOPPED) {
            events.add(new ClientEvent.Notice(STOPPING));
        }
        boolean byAll = wasLive
                && switch (why) {
                    case SERVER_STOPPED -> true;
                    case RESET -> silence < FORGOTTEN;
                    case IDLE -> silence < idle + SLEPT;
                    default -> false;
                };
        waitFor(0, byAll ? SPREAD : FIRST_BACKOFF, now);
    }

    /** The server did not let this client in, and will not for so long. Waits before signing in anew. */
    void turnedAway(long nanos, long now) {
        waitFor(nanos, FIRST_BACKOFF, now);
    }

    private void waitFor(long atLeast, long first, long now) {
        long doubled = Math.min(MAX_BACKOFF, FIRST_BACKOFF << Math.min(failures, 6));
        failures++;
        resumeAt = now + atLeast + random.nextLong(Math.max(first, doubled));
    }

    /** When the wait is over. */
    long resumeAt() {
        return resumeAt;
    }

    /** After anything that may have changed the connection: is the server heard? */
    void check(Connection connection, long now) {
        if (connection.ptoCount() > 0 && now - connection.lastReceivedAt() >= searchingAfter) {
            search(now);
        } else if (searching && connection.lastReceivedAt() == now) {
            found();
        }
        if (searching && now >= rebindAt) {
            rebindAt = now + REBIND_INTERVAL;
            events.add(new ClientEvent.Rebind());
        }
    }

    /** When {@link #check} is to be called next. */
    long nextCheck(Connection connection) {
        if (searching) {
            return rebindAt;
        }
        return connection.ptoCount() > 0 ? connection.lastReceivedAt() + searchingAfter : Long.MAX_VALUE;
    }

    /** Whether a client that was signed in before tries again by itself when its login is refused so. */
    boolean passes(Refusal refusal) {
        return wasLive
                && reconnects
                && switch (refusal) {
                    case LOGIN_THROTTLED, SERVER_FULL, STORAGE, BUSY, TOO_MANY_SESSIONS -> true;
                    default -> false;
                };
    }

    /** Whether a client comes back by itself from a connection that ended so. */
    boolean comesBackAfter(CloseReason why) {
        return reconnects && why != CloseReason.REPLACED && why != CloseReason.LOGIN_REFUSED;
    }
}
