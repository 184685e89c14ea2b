package io.kabar.chat.internal.server.session;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.limits.AddressCount;
import io.kabar.chat.internal.server.limits.AddressPrefixes;
import io.kabar.chat.internal.server.limits.NetworkTree;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The places that sessions take: among strangers until their users are known, among those who are signed in from then
 * on. Each kind has bounds of its own, in all, for each address and for each network, so that none can be filled up by
 * the other. A stranger whose client has not shown that it heard the server's reply is half open besides.
 */
final class Places {

    /**
     * Connections of those who are not signed in: as many as come back in a second or two, and no more than sessions.
     */
    static final int MAX_STRANGERS = 4096;

    static final int LEAST_STRANGERS = 256;

    private enum Place {
        STRANGER,
        SIGNED_IN
    }

    /** A reply to a client that has not shown that it heard it. */
    private static final class Reply {
        private final ServerSession session;
        private final byte[] message;
        /** Whether it was sent more than once, so that nobody knows which one the first packet answers. */
        private boolean again;

        private Reply(ServerSession session, byte[] message) {
            this.session = session;
            this.message = message;
        }
    }

    private final int maxSessions;
    private final int maxStrangers;
    private final Map<ServerSession, Place> taken = new HashMap<>();
    private final AddressCount strangers;
    private final NetworkTree<ServerSession> networks = new NetworkTree<>();
    private final AddressCount signedIn;
    private int signedInCount;
    private final Map<HalfOpen, Reply> halfOpen = new HashMap<>();

    Places(ServerSettings settings) {
        int perAddress = settings.sessionsPerAddress();
        int perPrivate = settings.sessionsPerPrivateAddress();
        maxSessions = settings.maxSessions();
        maxStrangers = Math.max(LEAST_STRANGERS, Math.min(maxSessions, MAX_STRANGERS));
        strangers = new AddressCount(perAddress, perPrivate, maxStrangers / 2);
        signedIn =
                new AddressCount(perAddress, perPrivate, Math.max(maxSessions / 2, Math.max(perAddress, perPrivate)));
    }

    /** Whether all places are taken, and none of a more crowded network gives way. */
    boolean isFullFor(AddressPrefixes address) {
        return isFull() && networks.givesWay(address, true) == null;
    }

    /** Whether the address has as many strangers as it may. */
    boolean isFullOf(AddressPrefixes address) {
        return !strangers.hasRoom(address);
    }

    private boolean isFull() {
        return networks.size() >= maxStrangers;
    }

    /** The stranger that has to go if one more comes from there; null if there is room. */
    @Nullable
    ServerSession givesWay(AddressPrefixes address) {
        return isFull() ? networks.givesWay(address, true) : null;
    }

    /** Counts a stranger of this address, who is to {@link #enter}; false if there are too many. */
    boolean count(AddressPrefixes address) {
        return strangers.tryAdd(address);
    }

    /** A stranger that was {@linkplain #count counted} has a session, and was sent this reply. */
    void enter(ServerSession session, byte[] reply) {
        taken.put(session, Place.STRANGER);
        networks.add(session.countedAddress(), session);
        halfOpen.put(session.key(), new Reply(session, reply));
    }

    /** The reply that a client asks for once more; null if it was sent none, or has shown that it heard it. */
    byte @Nullable [] replyAgain(HalfOpen key) {
        Reply reply = halfOpen.get(key);
        if (reply == null) {
            return null;
        }
        reply.again = true;
        return reply.message;
    }

    /**
     * The client has its reply; tells whether it was sent once, so that the time to its first packet is a round trip.
     */
    boolean heard(ServerSession session) {
        Reply reply = halfOpen.get(session.key());
        if (reply == null || reply.session != session) {
            return false;
        }
        halfOpen.remove(session.key());
        return !reply.again;
    }

    /**
     * A stranger has proven who it is, and takes a place among those who are signed in.
     *
     * @param replaced the session whose place it takes; null if it needs another one
     * @return why there is none; null if there is
     */
    @Nullable
    Refusal signIn(ServerSession session, @Nullable ServerSession replaced) {
        ServerSession givesUp = replaced != null && taken.get(replaced) == Place.SIGNED_IN ? replaced : null;
        if (givesUp != null) {
            release(givesUp);
        }
        Refusal refusal = signedInCount >= maxSessions
                ? Refusal.SERVER_FULL
                : signedIn.hasRoom(session.countedAddress()) ? null : Refusal.TOO_MANY_SESSIONS;
        if (refusal == null) {
            release(session);
            take(session);
        } else if (givesUp != null) {
            take(givesUp);
        }
        return refusal;
    }

    private void take(ServerSession session) {
        taken.put(session, Place.SIGNED_IN);
        signedIn.add(session.countedAddress());
        signedInCount++;
    }

    /** The session is over: its address may have another one. */
    void leave(ServerSession session) {
        boolean unused = heard(session);
        release(session);
    }

    private void release(ServerSession session) {
        Place place = taken.remove(session);
        if (place == Place.STRANGER) {
            strangers.remove(session.countedAddress());
            networks.remove(session.countedAddress(), session);
        } else if (place == Place.SIGNED_IN) {
            signedIn.remove(session.countedAddress());
            signedInCount--;
        }
    }

    int halfOpen() {
        return halfOpen.size();
    }

    /** Addresses that are counted. */
    int addresses() {
        return strangers.size() + signedIn.size();
    }
}
