package io.kabar.chat.internal.server.limits;

import io.kabar.chat.internal.endpoint.TokenBucket;
import io.kabar.chat.internal.server.core.Quotas;
import io.kabar.chat.internal.server.core.ServerSettings;
import java.time.Duration;
import java.util.Set;

/**
 * How much one user may ask of everybody, whatever the number of their sessions. Kept until it would be full again, so
 * that signing in anew refills nothing. What is taken is taken from the address it comes from as well, or from neither;
 * where others behind the address have used up what it has, who has been here for a week goes on with a reserve of
 * their own.
 */
public final class Rates {

    /** Rooms that may be entered and lists asked for at once: all the rooms of two devices, after a restart. */
    public static final int REQUESTS = 128;
    /** As many a second after that. Whoever joins and leaves without end makes no more events than who only speaks. */
    public static final int REQUESTS_PER_SECOND = 10;
    /**
     * One more room in which one may be the first to say something this often: each is kept for ever from then on, and
     * there is a bound on all of them.
     */
    private static final Duration NEW_ROOM = Duration.ofSeconds(30);
    /** Topics that may be set at once: each is written to a file of its own. */
    public static final int TOPICS = 16;

    static final Duration TOPIC = Duration.ofSeconds(10);
    /** People who may be written to at once to whom nobody here has written before, and who have not written either. */
    public static final int NEW_TALKS = 16;

    static final Duration NEW_TALK = Duration.ofMinutes(1);
    /** Searches, and questions of who has an event, of a user at once, and a second after that. */
    public static final int SEARCHES = 10;

    public static final int SEARCHES_PER_SECOND = 1;

    /** Signals of a user in all rooms together, at once and a second after that: a few games at a time. */
    public static final int SIGNALS = 100;

    /** What an event is counted with beside its text: far more than its time, its sender and its id take. */
    public static final int EVENT_BYTES = 1024;
    /** Age of an account from which on it has a reserve: nobody waits so long for another flood. */
    public static final Duration LONG_STANDING = Duration.ofDays(7);
    /** Part of what is stored for a user a day that nobody behind the same address can use up. */
    private static final int RESERVE_PART = 8;
    /** Being away or back is told at most this often, and then as it is: each change may be told to thousands. */
    private static final long AWAY_INTERVAL = Duration.ofSeconds(2).toNanos();

    private final boolean limited;
    private final AddressRates addresses;
    private final TokenBucket messages;
    private final TokenBucket bytes;
    private final TokenBucket topics;
    private final TokenBucket requests;
    private final TokenBucket newRooms;
    private final TokenBucket newTalks;
    private final TokenBucket searches;
    private final TokenBucket signals;
    private final TokenBucket reserve;
    private boolean longStanding;
    private long awayAllowedAt;

    /**
     * Full. A server without a limit limits nobody.
     *
     * @param exempt whether the user passes over limits
     */
    public Rates(ServerSettings settings, AddressRates addresses, boolean exempt, long now) {
        this.addresses = addresses;
        Quotas quotas = settings.quotas();
        limited = !exempt && settings.rateBurst() > 0;
        messages = new TokenBucket(settings.rateBurst(), settings.ratePerSecond(), now);
        bytes = TokenBucket.every(perDay(quotas.storedPerDay()), quotas.storedPerDay(), now);
        topics = TokenBucket.every(TOPIC, TOPICS, now);
        requests = new TokenBucket(REQUESTS, REQUESTS_PER_SECOND, now);
        newRooms = TokenBucket.every(NEW_ROOM, quotas.newRoomsPerUser(), now);
        newTalks = TokenBucket.every(NEW_TALK, NEW_TALKS, now);
        searches = new TokenBucket(SEARCHES, SEARCHES_PER_SECOND, now);
        signals = new TokenBucket(SIGNALS, SIGNALS, now);
        reserve = TokenBucket.every(perDay(reservePerDay(quotas)), reservePerDay(quotas), now);
        awayAllowedAt = now;
    }

    /** Bytes that a long-standing user has in reserve for a day. */
    static int reservePerDay(Quotas quotas) {
        return quotas.storedPerDay() / RESERVE_PART;
    }

    /** Whether the user has been here for long enough to have a reserve. */
    public void longStanding(boolean is) {
        longStanding = is;
    }

    /** How often there is one of so many a day. */
    static Duration perDay(long amount) {
        return Duration.ofDays(1).dividedBy(amount);
    }

    /** What is scarcer than messages, and taken together with one. */
    public enum Scarce {
        /** A change of a topic. */
        TOPIC,
        /** A room in which nothing was said yet. */
        NEW_ROOM,
        /** A person who is written to for the first time. */
        NEW_TALK
    }

    /**
     * Takes one message of so many bytes and what is scarce about it; 0 if it may be said, else the nanoseconds until
     * it may, and then nothing is taken: who tries again pays once.
     */
    public long message(AddressPrefixes from, int textBytes, Set<Scarce> scarce, long now) {
        if (!limited) {
            return 0;
        }
        int size = EVENT_BYTES + textBytes;
        long wait = Math.max(bytes.waitNanos(now), messages.waitNanos(now));
        long shared = Math.max(addresses.bytes.waitNanos(from, now), addresses.messages.waitNanos(from, now));
        for (Scarce each : scarce) {
            wait = Math.max(
                    wait, Math.max(own(each).waitNanos(now), shared(each).waitNanos(from, now)));
        }
        wait = Math.max(wait, shared == 0 ? 0 : Math.min(shared, reserveNanos(from, now)));
        if (wait == 0) {
            messages.charge(1, now);
            bytes.charge(size, now);
            scarce.forEach(each -> charge(own(each), shared(each), from, now));
            if (shared == 0) {
                addresses.messages.charge(from, 1, now);
                addresses.bytes.charge(from, size, now);
            } else {
                takeReserve(from, size, now);
            }
        }
        return wait;
    }

    /** Nanoseconds until there is something in reserve. */
    private long reserveNanos(AddressPrefixes from, long now) {
        return longStanding ? Math.max(reserve.waitNanos(now), addresses.reserve.waitNanos(from, now)) : Long.MAX_VALUE;
    }

    private void takeReserve(AddressPrefixes from, int size, long now) {
        reserve.charge(size, now);
        addresses.reserve.charge(from, size, now);
    }

    private TokenBucket own(Scarce scarce) {
        return switch (scarce) {
            case TOPIC -> topics;
            case NEW_ROOM -> newRooms;
            case NEW_TALK -> newTalks;
        };
    }

    private PrefixBuckets shared(Scarce scarce) {
        return switch (scarce) {
            case TOPIC -> addresses.topics;
            case NEW_ROOM -> addresses.newRooms;
            case NEW_TALK -> addresses.newTalks;
        };
    }

    /** Takes one request; 0 if it may be answered, else the nanoseconds until one may. */
    public long request(AddressPrefixes from, long now) {
        return take(requests, addresses.requests, from, now);
    }

    /**
     * An event of this user is stored that is no message, and could not be refused: of what the address has as much is
     * taken as there is, as others would have to wait for debts.
     */
    public void moved(AddressPrefixes from, long now) {
        if (limited) {
            bytes.charge(EVENT_BYTES, now);
            long unused = addresses.bytes.take(from, EVENT_BYTES, now);
        }
    }

    /** Takes one search; 0 if it may be made, else the nanoseconds until one may. */
    public long search(AddressPrefixes from, long now) {
        return take(searches, addresses.searches, from, now);
    }

    /** Takes one signal: whether it may be passed on. Each goes to everybody in a room. */
    public boolean signal(long now) {
        return !limited || signals.take(now) == 0;
    }

    private long take(TokenBucket own, PrefixBuckets shared, AddressPrefixes from, long now) {
        if (!limited) {
            return 0;
        }
        long sharedWait = shared.waitNanos(from, now);
        long wait = Math.max(own.waitNanos(now), sharedWait == 0 ? 0 : Math.min(sharedWait, reserveNanos(from, now)));
        if (wait == 0 && sharedWait == 0) {
            charge(own, shared, from, now);
        } else if (wait == 0) {
            own.charge(1, now);
            takeReserve(from, EVENT_BYTES, now);
        }
        return wait;
    }

    private static void charge(TokenBucket own, PrefixBuckets shared, AddressPrefixes from, long now) {
        own.charge(1, now);
        shared.charge(from, 1, now);
    }

    /** Takes the right to tell a change of being away; 0 if it may be told, else the nanoseconds until it may. */
    public long away(long now) {
        long wait = limited ? Math.max(0, awayAllowedAt - now) : 0;
        if (wait == 0) {
            awayAllowedAt = now + AWAY_INTERVAL;
        }
        return wait;
    }

    /** From when on new rates would be the same. */
    public long fullAt() {
        long talking =
                Math.max(Math.max(messages.fullAt(), searches.fullAt()), Math.max(bytes.fullAt(), topics.fullAt()));
        long moving = Math.max(Math.max(requests.fullAt(), newRooms.fullAt()), newTalks.fullAt());
        return Math.max(
                Math.max(talking, moving), Math.max(Math.max(reserve.fullAt(), signals.fullAt()), awayAllowedAt));
    }
}
