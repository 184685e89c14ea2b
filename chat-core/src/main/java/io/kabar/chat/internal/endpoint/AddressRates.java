package io.kabar.chat.internal.endpoint;

import io.kabar.chat.internal.session.PrefixBuckets;
import java.time.Duration;

/**
 * How much one address, and each network it lies in, may ask of everybody, under however many names: names are free, and
 * addresses are not. Four times as much as one user of what users do all the time; a private address, which may stand for
 * an office, sixteen times as much as a public one.
 */
final class AddressRates {

    /** Users who may do at once, from one address, all that one may. */
    static final int USERS = 4;
    /** A private address, against a public one. */
    static final int PRIVATE = 16;
    /** New names at once, and how often one more: each is kept for ever. */
    static final int NAMES = 32;

    static final Duration NAME = Duration.ofMinutes(1);
    /** New rooms at once, and how often one more: those in which something is said are kept for ever. */
    static final int NEW_ROOMS = 128;

    static final Duration NEW_ROOM = Duration.ofMinutes(2);

    final PrefixBuckets names;
    final PrefixBuckets messages;
    final PrefixBuckets bytes;
    final PrefixBuckets topics;
    final PrefixBuckets requests;
    final PrefixBuckets newRooms;
    final PrefixBuckets newTalks;
    final PrefixBuckets searches;

    AddressRates(ServerSettings settings) {
        boolean limited = settings.rateBurst() > 0;
        names = PrefixBuckets.every(NAME, limited ? NAMES : 0, PRIVATE);
        messages = PrefixBuckets.perSecond(
                (long) USERS * settings.rateBurst(), (long) USERS * settings.ratePerSecond(), PRIVATE);
        bytes = PrefixBuckets.every(Rates.perDay(USERS * Rates.BYTES_PER_DAY), USERS * Rates.BYTES_PER_DAY, PRIVATE);
        topics = PrefixBuckets.every(Rates.TOPIC.dividedBy(USERS), USERS * Rates.TOPICS, PRIVATE);
        requests = PrefixBuckets.perSecond(USERS * Rates.REQUESTS, USERS * Rates.REQUESTS_PER_SECOND, PRIVATE);
        newRooms = PrefixBuckets.every(NEW_ROOM, NEW_ROOMS, PRIVATE);
        newTalks = PrefixBuckets.every(Rates.NEW_TALK, 2 * Rates.NEW_TALKS, PRIVATE);
        searches = PrefixBuckets.perSecond(USERS * SearchFlow.BURST, USERS * SearchFlow.PER_SECOND, PRIVATE);
    }
}
