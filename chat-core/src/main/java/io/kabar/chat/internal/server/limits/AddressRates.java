package io.kabar.chat.internal.server.limits;

import io.kabar.chat.internal.server.core.Quotas;
import io.kabar.chat.internal.server.core.ServerSettings;
import java.time.Duration;

/**
 * How much one address, and each network it lies in, may ask of everybody, under however many names: names are free,
 * and addresses are not. As much as a few users of what users do all the time; a private address, which may stand for
 * an office, sixteen times as much as a public one.
 */
public final class AddressRates {

    /** A private address, against a public one. */
    public static final int PRIVATE = 16;
    /** How often one new name more than at once: each is kept for ever. */
    static final Duration NAME = Duration.ofMinutes(1);
    /** New rooms at once, against those of a user. */
    static final int NEW_ROOMS = 2;
    /** How often one new room more: those in which something is said are kept for ever. */
    static final Duration NEW_ROOM = Duration.ofMinutes(2);

    final PrefixBuckets names;
    final PrefixBuckets messages;
    final PrefixBuckets bytes;
    final PrefixBuckets topics;
    final PrefixBuckets requests;
    final PrefixBuckets newRooms;
    final PrefixBuckets newTalks;
    final PrefixBuckets searches;
    /** What long-standing users have of their own, together: as many as may be signed in at once. */
    final PrefixBuckets reserve;

    /** What the settings allow to each address. */
    public AddressRates(ServerSettings settings) {
        boolean limited = settings.rateBurst() > 0;
        Quotas quotas = settings.quotas();
        int users = quotas.usersPerAddress();
        long bytesPerDay = (long) users * quotas.storedPerDay();
        names = PrefixBuckets.every(NAME, limited ? quotas.newNamesPerAddress() : 0, PRIVATE);
        messages = PrefixBuckets.perSecond(
                (long) users * settings.rateBurst(), (long) users * settings.ratePerSecond(), PRIVATE);
        bytes = PrefixBuckets.every(Rates.perDay(bytesPerDay), bytesPerDay, PRIVATE);
        topics = PrefixBuckets.every(Rates.TOPIC.dividedBy(users), (long) users * Rates.TOPICS, PRIVATE);
        requests = PrefixBuckets.perSecond(
                (long) users * Rates.REQUESTS, (long) users * Rates.REQUESTS_PER_SECOND, PRIVATE);
        newRooms = PrefixBuckets.every(NEW_ROOM, (long) NEW_ROOMS * quotas.newRoomsPerUser(), PRIVATE);
        newTalks = PrefixBuckets.every(Rates.NEW_TALK, 2 * Rates.NEW_TALKS, PRIVATE);
        long reserved = (long) settings.sessionsPerAddress() * Rates.reservePerDay(quotas);
        reserve = PrefixBuckets.every(Rates.perDay(reserved), reserved, PRIVATE);
        searches = PrefixBuckets.perSecond(
                (long) users * Rates.SEARCHES, (long) users * Rates.SEARCHES_PER_SECOND, PRIVATE);
    }

    /** Takes one new name; 0 if it may be taken, else the nanoseconds until one may. */
    public long newName(AddressPrefixes from, long now) {
        return names.take(from, now);
    }

    /** New names are taken from there that nobody asked for: for tests that need an address without any left. */
    public void chargeNames(AddressPrefixes from, int count, long now) {
        names.charge(from, count, now);
    }
}
