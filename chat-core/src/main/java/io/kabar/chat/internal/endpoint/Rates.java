package io.kabar.chat.internal.endpoint;

import io.kabar.chat.Role;
import io.kabar.chat.internal.session.TokenBucket;
import java.time.Duration;

/**
 * How much one user may ask of everybody, whatever the number of their sessions. Kept until it would be full again, so
 * that signing in anew refills nothing.
 */
final class Rates {

    /** Rooms that may be entered and lists asked for at once: all the rooms of two devices, after a restart. */
    private static final int REQUESTS = 128;
    /** As many a second after that. Whoever joins and leaves without end makes no more events than who only speaks. */
    private static final int REQUESTS_PER_SECOND = 10;
    /** Rooms nobody has heard of that may be made at once: a new server's channels, or all rooms of a session. */
    private static final int NEW_ROOMS = 64;
    /** One more this often: each is kept for ever, and there is a bound on all of them. */
    private static final Duration NEW_ROOM = Duration.ofSeconds(30);
    /** Being away or back is told at most this often, and then as it is: each change may be told to thousands. */
    private static final long AWAY_INTERVAL = Duration.ofSeconds(2).toNanos();

    private final boolean limited;
    private final TokenBucket messages;
    private final TokenBucket requests;
    private final TokenBucket newRooms;
    private final TokenBucket searches;
    private long awayAllowedAt;

    /** Full, for a user of this role. Staff, and servers without a limit, are exempt. */
    Rates(ServerSettings settings, Role role, long now) {
        limited = role == Role.MEMBER && settings.rateBurst() > 0;
        messages = new TokenBucket(settings.rateBurst(), settings.ratePerSecond(), now);
        requests = new TokenBucket(REQUESTS, REQUESTS_PER_SECOND, now);
        newRooms = TokenBucket.every(NEW_ROOM, NEW_ROOMS, now);
        searches = new TokenBucket(SearchFlow.BURST, SearchFlow.PER_SECOND, now);
        awayAllowedAt = now;
    }

    /** Takes one message; 0 if it may be said, else the nanoseconds until one may. */
    long message(long now) {
        return limited ? messages.take(now) : 0;
    }

    /** Takes one request; 0 if it may be answered, else the nanoseconds until one may. */
    long request(long now) {
        return limited ? requests.take(now) : 0;
    }

    /** Takes one new room; 0 if it may be made, else the nanoseconds until one may. */
    long newRoom(long now) {
        return limited ? newRooms.take(now) : 0;
    }

    /** Takes one search; 0 if it may be made, else the nanoseconds until one may. */
    long search(long now) {
        return limited ? searches.take(now) : 0;
    }

    /** Takes the right to tell a change of being away; 0 if it may be told, else the nanoseconds until it may. */
    long away(long now) {
        long wait = limited ? Math.max(0, awayAllowedAt - now) : 0;
        if (wait == 0) {
            awayAllowedAt = now + AWAY_INTERVAL;
        }
        return wait;
    }

    /** From when on new rates would be the same. */
    long fullAt() {
        long talking = Math.max(messages.fullAt(), searches.fullAt());
        long moving = Math.max(requests.fullAt(), newRooms.fullAt());
        return Math.max(Math.max(talking, moving), awayAllowedAt);
    }
}
