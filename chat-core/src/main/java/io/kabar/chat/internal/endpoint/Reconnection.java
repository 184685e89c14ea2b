package io.kabar.chat.internal.endpoint;

import io.kabar.chat.internal.connection.Connection;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/**
 * How a client comes back. While nothing is heard it searches: the session stays, and other sockets are tried for it. When
 * the connection is gone it waits, a little longer each time, before it signs in anew.
 */
final class Reconnection {

    private static final long SECOND = 1_000_000_000L;
    /** Longest wait before signing in anew; half of it at random, so that thousands do not come at once. */
    private static final long MAX_BACKOFF = 30 * SECOND;
    /** A server that stops tells all its clients at once: they come back at any time within this, each at another. */
    private static final long SPREAD = 5 * SECOND;
    /** While nothing is heard, a new socket and a probe this often. */
    private static final long REBIND_INTERVAL = 5 * SECOND;

    private final ArrayDeque<ClientEvent> events;
    private final RandomGenerator random;
    private final long searchingAfter;
    private boolean searching;
    private boolean moved;
    private int failures;
    private long rebindAt;
    private long resumeAt = Long.MAX_VALUE;

    Reconnection(ArrayDeque<ClientEvent> events, RandomGenerator random, long searchingAfter) {
        this.events = events;
        this.random = random;
        this.searchingAfter = searchingAfter;
    }

    boolean searching() {
        return searching;
    }

    /** Nothing is heard. */
    void search(long now) {
        if (!searching) {
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

    void signedIn() {
        failures = 0;
        found();
    }

    /** Waits before signing in anew, {@code atLeast} nanoseconds. */
    void waitFor(long atLeast, long now) {
        long backoff = Math.min(MAX_BACKOFF, (SECOND / 2) << Math.min(failures, 6));
        failures++;
        resumeAt = now + Math.max(atLeast, backoff / 2 + random.nextLong(backoff / 2 + 1));
    }

    /** How long to wait at least when the server said that it stops. */
    long spread() {
        return random.nextLong(SPREAD);
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
}
