package io.kabar.chat.internal.server.login;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The tickets that somebody has come back with, so that none serves twice. Of those that it forgets, the newest is
 * remembered instead: whatever is not newer counts as spent. So a full memory costs a client with an old ticket a
 * login, and a wall clock that is set forth and back makes nothing good again.
 *
 * <p>A server that was started anew has forgotten them all. That is harmless: who repeats what was sent once cannot
 * prove to know the secret over another connection, and the client that can has another ticket by then.
 */
public final class SpentTickets {

    /** Three restarts a day of a server with as many sessions as it takes by default; some 10 MiB. */
    static final int REMEMBERED = 65_536;

    private record Spent(ByteBuffer id, long issued) {}

    private final long lifetimeMillis;
    private final PriorityQueue<Spent> byAge = new PriorityQueue<>(Comparator.comparingLong(Spent::issued));
    private final Set<ByteBuffer> ids = new HashSet<>();
    private long forgotten = Long.MIN_VALUE;

    /** Tickets are of no use after so many milliseconds of wall time. */
    public SpentTickets(long lifetimeMillis) {
        this.lifetimeMillis = lifetimeMillis;
    }

    /**
     * Spends a ticket that was issued at {@code issued}, in milliseconds of wall time.
     *
     * @return false if it was spent, or may have been
     */
    public boolean spend(byte[] id, long issued, long nowMillis) {
        if (!isFresh(id, issued)) {
            return false;
        }
        Spent spent = new Spent(ByteBuffer.wrap(id), issued);
        ids.add(spent.id());
        byAge.add(spent);
        for (Spent oldest = byAge.peek(); oldest != null && isDispensable(oldest, nowMillis); oldest = byAge.peek()) {
            forgotten = oldest.issued();
            ids.remove(byAge.remove().id());
        }
        return true;
    }

    /** Whether a ticket was certainly not spent yet. */
    public boolean isFresh(byte[] id, long issued) {
        return issued > forgotten && !ids.contains(ByteBuffer.wrap(id));
    }

    private boolean isDispensable(Spent oldest, long nowMillis) {
        return ids.size() > REMEMBERED || nowMillis - oldest.issued() > lifetimeMillis;
    }

    int size() {
        return ids.size();
    }
}
