package io.kabar.chat.internal.server.session;

import io.kabar.chat.CloseReason;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.lane.Lane;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.internal.wire.message.ServerMessageCodec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session is still to be told on the control lane. Words in answer to single messages are said at once, or wait
 * for room on the lane up to a bound. What is long, or what others bring about, is not kept as words at all: lists are
 * made piece by piece as the lane drains, and of a member's changes only the newest is told.
 */
public final class ServerControlQueue {

    /**
     * Bytes of words that may wait for room on the lane: once more what the lane holds. A client beyond it reads
     * nothing.
     */
    public static final int WAITING = Lane.CAPACITY;
    /** Bytes on the lane from which on no list is continued: what can be in flight, so that the lane never runs dry. */
    private static final int AHEAD = WireLimits.LANE_WINDOW;
    /** Lists that may wait for their turn; each is a few words until then. */
    private static final int LISTS = 128;
    /** When to ask for another one if so many wait: time to send some. */
    public static final long FULL_WAIT = Duration.ofSeconds(1).toNanos();
    /** What a change that waits costs, and an entry of a list that is being told, in bytes. */
    private static final int CHANGE_COST = 64;

    private static final int ENTRY_COST = 8;

    /** What is told piece by piece. */
    public interface Listing {
        /**
         * Says the next piece.
         *
         * @return whether there is more to say
         */
        boolean sayNext(ServerSession session);

        /** Entries it has taken and not said yet. */
        int taken();
    }

    /** Something that others bring about; of several equal ones that wait, one is told, as it is by then. */
    public interface Change {

        /** What is told of it; null if nothing is any more. */
        @Nullable
        ServerMessage news();
    }

    private final ServerSession session;
    private final Sessions sessions;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(2);
    private int waitingBytes;
    private final ArrayDeque<Listing> lists = new ArrayDeque<>(2);
    private final Set<Change> changes = new LinkedHashSet<>(2);

    ServerControlQueue(ServerSession session, Sessions sessions) {
        this.session = session;
        this.sessions = sessions;
    }

    /** Says something, now or when there is room. A client that takes nothing of it costs itself the connection. */
    void say(ServerMessage message, long now) {
        Connection connection = session.connection();
        if (connection.state() != Connection.State.OPEN) {
            return;
        }
        byte[] words = ServerMessageCodec.encode(message);
        if (waiting.isEmpty() && connection.lane(0).offer(words)) {
            return;
        }
        if (waitingBytes + words.length > WAITING) {
            tooSlow(now);
            return;
        }
        waiting.add(words);
        waitingBytes += words.length;
    }

    /** Takes nothing of what it is told, or has had too much of it: costs itself the connection. */
    void tooSlow(long now) {
        forget();
        session.connection().close(CloseReason.SLOW_CONSUMER.code(), "", now);
    }

    /** Whether another list may be asked for. */
    public boolean takesList() {
        return lists.size() < LISTS;
    }

    /** Tells a list piece by piece, behind those that wait already. */
    public void list(Listing listing) {
        lists.add(listing);
        fill(sessions.now());
    }

    /** A change is to be told as it is when there is room to say so. */
    public void changed(Change change) {
        long now = sessions.now();
        changes.add(change);
        fill(now);
        if (changes.size() > WireLimits.MEMBER_CHANGES) {
            tooSlow(now);
        }
    }

    /** Says what there is room for; to be called when the lane may have drained. */
    void fill(long now) {
        Connection connection = session.connection();
        if (connection.state() != Connection.State.OPEN) {
            forget();
            return;
        }
        Lane lane = connection.lane(0);
        while (!waiting.isEmpty() && lane.offer(waiting.getFirst())) {
            waitingBytes -= waiting.removeFirst().length;
        }
        while (hasRoom(lane) && !lists.isEmpty()) {
            Listing listing = lists.getFirst();
            if (!listing.sayNext(session)) {
                lists.remove(listing);
            }
        }
        Iterator<Change> changed = changes.iterator();
        while (hasRoom(lane) && changed.hasNext()) {
            ServerMessage news = changed.next().news();
            if (news != null) {
                say(news, now);
            }
            changed.remove();
        }
    }

    private boolean hasRoom(Lane lane) {
        return waiting.isEmpty() && lane.queuedBytes() < AHEAD;
    }

    /** Bytes of what waits for room on the lane. */
    public int heldBytes() {
        Listing listing = lists.peekFirst();
        return waitingBytes + CHANGE_COST * changes.size() + (listing == null ? 0 : ENTRY_COST * listing.taken());
    }

    /** Whether everything is on the lane. */
    boolean isEmpty() {
        return waiting.isEmpty() && lists.isEmpty() && changes.isEmpty();
    }

    private void forget() {
        waiting.clear();
        waitingBytes = 0;
        lists.clear();
        changes.clear();
    }
}
