package io.kabar.chat.internal.endpoint;

import io.kabar.chat.Role;
import io.kabar.chat.internal.session.AddressPrefixes;
import io.kabar.chat.internal.session.PrefixBuckets;
import io.kabar.chat.internal.session.TokenBucket;
import java.time.Duration;
import java.util.Set;

/**
 * How much one user may ask of everybody, whatever the number of their sessions. Kept until it would be full again, so
 * that signing in anew refills nothing. What is taken is taken from the address it comes from as well, or from neither.
 */
final class Rates {

    /** Rooms that may be entered and lists asked for at once: all the rooms of two devices, after a restart. */
    static final int REQUESTS = 128;
    /** As many a second after that. Whoever joins and leaves without end makes no more events than who only speaks. */
    static final int REQUESTS_PER_SECOND = 10;
    /** Rooms in which one may be the first to say something, at once: a new server's channels, or all rooms of a session. */
    static final int NEW_ROOMS = 64;
    /** One more this often: each is kept for ever from then on, and there is a bound on all of them. */
    private static final Duration NEW_ROOM = Duration.ofSeconds(30);
    /** Topics that may be set at once: each is written to a file of its own. */
    static final int TOPICS = 16;

    static final Duration TOPIC = Duration.ofSeconds(10);
    /** People who may be written to at once to whom nobody here has written before, and who have not written either. */
    static final int NEW_TALKS = 16;

    static final Duration NEW_TALK = Duration.ofMinutes(1);
    /** Bytes of events that are stored for one user a day; a day's worth may come at once. */
    static final int BYTES_PER_DAY = 32 * 1024 * 1024;
    /**
     * What an event is counted with beside its text. Far more than its time, its sender and its id take, as short ones push
     * others' out of a room that keeps so many: 32,768 of one user a day, where 100,000 are kept.
     */
    static final int EVENT_BYTES = 1024;
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
    private long awayAllowedAt;

    /** Full, for a user of this role. Staff, and servers without a limit, are exempt. */
    Rates(ServerSettings settings, AddressRates addresses, Role role, long now) {
        this.addresses = addresses;
        limited = role == Role.MEMBER && settings.rateBurst() > 0;
        messages = new TokenBucket(settings.rateBurst(), settings.ratePerSecond(), now);
        bytes = TokenBucket.every(perDay(BYTES_PER_DAY), BYTES_PER_DAY, now);
        topics = TokenBucket.every(TOPIC, TOPICS, now);
        requests = new TokenBucket(REQUESTS, REQUESTS_PER_SECOND, now);
        newRooms = TokenBucket.every(NEW_ROOM, NEW_ROOMS, now);
        newTalks = TokenBucket.every(NEW_TALK, NEW_TALKS, now);
        searches = new TokenBucket(SearchFlow.BURST, SearchFlow.PER_SECOND, now);
        awayAllowedAt = now;
    }

    /** How often there is one of so many a day. */
    static Duration perDay(int amount) {
        return Duration.ofDays(1).dividedBy(amount);
    }

    /** What is scarcer than messages, and taken together with one. */
    enum Scarce {
        /** A change of a topic. */
        TOPIC,
        /** A room in which nothing was said yet. */
        NEW_ROOM,
        /** A person who is written to for the first time. */
        NEW_TALK
    }

    /**
     * Takes one message of so many bytes and what is scarce about it; 0 if it may be said, else the nanoseconds until it
     * may, and then nothing is taken: who tries again pays once.
     */
    long message(AddressPrefixes from, int textBytes, Set<Scarce> scarce, long now) {
        if (!limited) {
            return 0;
        }
        long wait = Math.max(bytes.waitNanos(now), addresses.bytes.waitNanos(from, now));
        wait = Math.max(wait, waitNanos(messages, addresses.messages, from, now));
        for (Scarce each : scarce) {
            wait = Math.max(wait, waitNanos(own(each), shared(each), from, now));
        }
        if (wait == 0) {
            charge(messages, addresses.messages, from, now);
            scarce.forEach(each -> charge(own(each), shared(each), from, now));
            stored(from, EVENT_BYTES + textBytes, now);
        }
        return wait;
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
    long request(AddressPrefixes from, long now) {
        return take(requests, addresses.requests, from, now);
    }

    /** An event of this user is stored that is no message. */
    void moved(AddressPrefixes from, long now) {
        if (limited) {
            stored(from, EVENT_BYTES, now);
        }
    }

    private void stored(AddressPrefixes from, int amount, long now) {
        bytes.charge(amount, now);
        addresses.bytes.charge(from, amount, now);
    }

    /** Takes one search; 0 if it may be made, else the nanoseconds until one may. */
    long search(AddressPrefixes from, long now) {
        return take(searches, addresses.searches, from, now);
    }

    private long take(TokenBucket own, PrefixBuckets shared, AddressPrefixes from, long now) {
        if (!limited) {
            return 0;
        }
        long wait = waitNanos(own, shared, from, now);
        if (wait == 0) {
            charge(own, shared, from, now);
        }
        return wait;
    }

    private static long waitNanos(TokenBucket own, PrefixBuckets shared, AddressPrefixes from, long now) {
        return Math.max(own.waitNanos(now), shared.waitNanos(from, now));
    }

    private static void charge(TokenBucket own, PrefixBuckets shared, AddressPrefixes from, long now) {
        own.charge(1, now);
        shared.charge(from, 1, now);
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
        long talking =
                Math.max(Math.max(messages.fullAt(), searches.fullAt()), Math.max(bytes.fullAt(), topics.fullAt()));
        long moving = Math.max(Math.max(requests.fullAt(), newRooms.fullAt()), newTalks.fullAt());
        return Math.max(Math.max(talking, moving), awayAllowedAt);
    }
}
