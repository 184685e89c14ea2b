package io.kabar.chat.internal.server.session;

import io.kabar.chat.CloseReason;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The session registry: the sessions by their connection ids, those that have something to send, those that have met a
 * defect, and what time does to each.
 */
public final class Sessions {

    private final ServerLoop loop;
    private final long reconnectingAfter;
    private final Map<Long, ServerSession> byCid = new HashMap<>();
    private final ArrayDeque<ServerSession> ready = new ArrayDeque<>();
    private final ArrayDeque<ServerSession> broken = new ArrayDeque<>(2);
    private final SessionMemory memory;
    private final Places places;
    private boolean stopping;

    /** No sessions yet. */
    public Sessions(ServerLoop loop, ServerSettings settings) {
        this.loop = loop;
        reconnectingAfter = settings.reconnectingAfterNanos();
        memory = new SessionMemory(settings.maxSessions());
        places = new Places(settings);
    }

    /** The session whose connection has this id; null if there is none. */
    public @Nullable ServerSession find(long cid) {
        return byCid.get(cid);
    }

    /** All sessions, ending ones included. */
    public Collection<ServerSession> all() {
        return byCid.values();
    }

    void add(ServerSession session) {
        byCid.put(session.connection().localCid(), session);
        settle(session);
    }

    Places places() {
        return places;
    }

    long now() {
        return loop.now();
    }

    /** By the clock on the wall. */
    Instant time() {
        return loop.time();
    }

    /** Nanoseconds of silence after which a member is shown as reconnecting. */
    long reconnectingAfter() {
        return reconnectingAfter;
    }

    /** Whether the server is about to end: nobody is let in, and nobody leaves. */
    boolean isStopping() {
        return stopping;
    }

    // Whose turn it is to send
    // -------------------------------------------------------------------------------------------------------

    void ready(ServerSession session) {
        ready.add(session);
    }

    /** The next session that is to be asked for datagrams; null if there is none. */
    @Nullable
    ServerSession nextReady() {
        return ready.peekFirst();
    }

    /** The session asked last has no more to send. */
    void sentAll() {
        settle(ready.removeFirst());
    }

    /** The session asked last may have more to send, and goes behind the others; its deadlines hold meanwhile. */
    void endTurn() {
        ServerSession session = ready.removeFirst();
        ready.addLast(session);
        settle(session);
    }

    // Inputs and time
    // -------------------------------------------------------------------------------------------------------

    /** A datagram has come for a session. */
    public void handleDatagram(ServerSession session, InetSocketAddress from, byte[] data, int length) {
        Connection connection = session.connection();
        long elicited = connection.stats().elicitingIn();
        connection.handleDatagram(from, data, 0, length, loop.now());
        if (connection.stats().elicitingIn() > elicited) {
            session.heard();
        }
        session.watch().heardAgain(loop.now());
        session.controlQueue().fill(loop.now());
        settle(session);
    }

    /** A session's deadline has come. */
    public void due(ServerSession session) {
        session.connection().handleTimeout(loop.now());
        if (session.isLate(loop.now())) {
            giveUp(session);
            return;
        }
        session.watch().due(loop.now());
        settle(session);
    }

    /** Ends a session that is not signed in. */
    void giveUp(ServerSession session) {
        if (session.state() == ServerSession.State.HALF_OPEN) {
            // Never heard from again: it is not told either, so that nobody can be made to be told.
            session.connection().abandon();
            session.end(CloseReason.LOGIN_TIMEOUT);
            remove(session);
        } else {
            session.close(CloseReason.LOGIN_TIMEOUT, "");
            session.end(CloseReason.LOGIN_TIMEOUT); // its place is free from now on
            settle(session);
        }
    }

    /**
     * Ends all sessions that are, or are about to be, signed in by a name.
     *
     * @param words that their clients are told beside the reason
     * @return false if there is none
     */
    public boolean closeAllOf(UserName name, CloseReason reason, String words) {
        return closeAll(session -> session.claimsNameOf(name), reason, words);
    }

    /** Ends all sessions that are such, but for those whose clients have not been heard; false if there is none. */
    public boolean closeAll(Predicate<ServerSession> such, CloseReason reason, String words) {
        boolean any = false;
        for (ServerSession session : List.copyOf(byCid.values())) {
            boolean isThere = session.isActive() || session.state() == ServerSession.State.SIGNING_IN;
            if (isThere && such.test(session)) {
                session.close(reason, words);
                session.end(reason); // nothing that is under way for it happens any more
                settle(session);
                any = true;
            }
        }
        return any;
    }

    /** Tells every client that the server stops. */
    public void stop() {
        stopping = true;
        for (ServerSession session : List.copyOf(byCid.values())) {
            if (session.state() != ServerSession.State.HALF_OPEN) {
                session.serve(() -> session.close(CloseReason.SERVER_STOPPED, ""));
            }
        }
    }

    /** Forgets all connections, and tells nobody. */
    public void abandon() {
        stopping = true;
        byCid.values().forEach(session -> session.connection().abandon());
    }

    /**
     * After anything that may have changed a session: closes what is flushed, forgets what is over, sets its deadline.
     */
    void settle(ServerSession session) {
        memory.count(session);
        memory.keepBound(byCid.values(), loop.now());
        session.closeIfFlushed(loop.now());
        if (session.connection().state() == Connection.State.CLOSED) {
            session.end(CloseReason.IDLE);
            remove(session);
        } else {
            loop.deadlines().set(session, session.nextDeadline());
        }
    }

    private void remove(ServerSession session) {
        byCid.remove(session.connection().localCid(), session);
        memory.count(session);
        loop.deadlines().remove(session);
    }

    // What sessions report
    // -------------------------------------------------------------------------------------------------------

    void ended(ServerSession session) {
        places.leave(session);
        loop.counters().countDropsOf(session.connection());
    }

    void roamed(ServerSession session, InetSocketAddress from, InetSocketAddress to) {
        loop.counters().countRoamed();
        if (session.isActive()) {
            loop.tell(new ServerEvent.Roamed(session.name(), from, to));
        }
    }

    /** Serving a session has met a defect: told of the first time, counted always. */
    void broke(ServerSession session, boolean first, RuntimeException cause) {
        loop.counters().countDefect();
        if (first) {
            loop.tell(new ServerEvent.Defect("The session of " + session.who(), cause));
        }
        if (!broken.contains(session)) { // or it would be given up before it was told
            broken.add(session);
        }
    }

    /** Ends the sessions in whose service a defect has shown: with a word if that still works, else without. */
    public void endBroken() {
        for (ServerSession session = broken.poll(); session != null; session = broken.poll()) {
            ready.remove(session);
            Connection connection = session.connection();
            boolean open = connection.state() == Connection.State.OPEN;
            try {
                session.close(CloseReason.INTERNAL, "");
                session.end(CloseReason.INTERNAL);
            } catch (RuntimeException e) {
                loop.counters().countDefect();
                open = false;
            }
            if (open) {
                ready.remove(session);
                ready.add(session);
                settle(session);
            } else {
                connection.abandon();
                remove(session);
            }
        }
    }

    /** Events that members have acknowledged so far, in sessions that are over, too. */
    public long delivered() {
        long delivered = loop.counters().delivered();
        for (ServerSession session : byCid.values()) {
            delivered += session.service().delivered();
        }
        return delivered;
    }

    /** Drops of the endpoint and of all its connections, by reason. */
    public Map<String, Long> drops() {
        Map<String, Long> drops = new TreeMap<>(loop.counters().drops());
        byCid.values().forEach(session -> loop.counters().addDropsOf(session.connection(), drops));
        return drops;
    }

    /** Bytes held for all sessions together. */
    public long heldBytes() {
        return memory.bytes();
    }
}
