package io.kabar.chat.internal.server;

import io.kabar.chat.CloseReason;
import io.kabar.chat.internal.connection.Connection;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions by their connection ids, those that have something to send, and what time does to each. */
final class Sessions {

    private final ServerCore core;
    private final PresenceFlow presences;
    private final ResumeTickets resumeTickets;
    private final Map<Long, ServerSession> byCid = new HashMap<>();
    private final ArrayDeque<ServerSession> ready = new ArrayDeque<>();
    private final SessionMemory memory;

    Sessions(ServerCore core, PresenceFlow presences, ResumeTickets resumeTickets) {
        this.core = core;
        this.presences = presences;
        this.resumeTickets = resumeTickets;
        memory = new SessionMemory(core.settings.maxSessions());
    }

    @Nullable
    ServerSession find(long cid) {
        return byCid.get(cid);
    }

    void add(ServerSession session) {
        byCid.put(session.connection().localCid(), session);
        settle(session);
    }

    int size() {
        return byCid.size();
    }

    Collection<ServerSession> all() {
        return byCid.values();
    }

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

    /** Ends the sessions in whose service a defect has shown: with a word if that still works, else without. */
    void endBroken() {
        for (ServerSession session = core.defects.next(); session != null; session = core.defects.next()) {
            ready.remove(session);
            Connection connection = session.connection();
            boolean open = connection.state() == Connection.State.OPEN;
            try {
                connection.close(CloseReason.INTERNAL.code(), "", core.now);
                session.ended(CloseReason.INTERNAL.words());
            } catch (RuntimeException e) {
                core.counters.defects++;
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

    /** A session's deadline has come. */
    void due(ServerSession session) {
        session.connection().handleTimeout(core.now);
        if ((session.state == ServerSession.State.HALF_OPEN || session.state == ServerSession.State.SIGNING_IN)
                && core.now >= session.deadline) {
            giveUp(session);
            if (session.state == ServerSession.State.ENDED) {
                return;
            }
        }
        if (session.isActive()
                && !session.silent
                && core.now - session.connection().lastReceivedAt() >= core.settings.reconnectingAfterNanos()) {
            session.silent = true;
            presences.show(session.user());
        }
        if (session.isActive() && core.now >= session.resumeTicketDue) {
            resumeTickets.issue(session);
        }
        settle(session);
    }

    /** Ends a session that is not signed in. */
    void giveUp(ServerSession session) {
        if (session.state == ServerSession.State.HALF_OPEN) {
            // Never heard from again: it is not told either, so that nobody can be made to be told.
            session.connection().abandon();
            session.ended(CloseReason.LOGIN_TIMEOUT.words());
            remove(session);
        } else {
            session.connection().close(CloseReason.LOGIN_TIMEOUT.code(), "", core.now);
            session.ended(CloseReason.LOGIN_TIMEOUT.words()); // its place is free from now on
            settle(session);
        }
    }

    /** A datagram came for this session: if it had fallen silent, it is here again. */
    void heard(ServerSession session) {
        if (session.silent && session.connection().lastReceivedAt() == core.now) {
            session.silent = false;
            if (session.isActive()) {
                presences.show(session.user());
            }
        }
        session.outbox().fill(core.now);
        settle(session);
    }

    /**
     * After anything that may have changed a session: closes what is flushed, forgets what is over, sets its deadline.
     */
    void settle(ServerSession session) {
        Connection connection = session.connection();
        memory.count(session);
        memory.keepBound(byCid.values(), core.now);
        if (session.state == ServerSession.State.FLUSHING
                && ((connection.lanesIdle() && session.outbox().isEmpty()) || core.now >= session.flushDeadline)) {
            session.flushDeadline = Long.MAX_VALUE;
            connection.close(session.flushCode, "", core.now);
        }
        if (connection.state() == Connection.State.CLOSED) {
            session.ended(CloseReason.IDLE.words());
            remove(session);
            return;
        }
        long next = connection.nextTimeout();
        switch (session.state) {
            case HALF_OPEN, SIGNING_IN -> {
                if (connection.state() == Connection.State.OPEN) { // or its end is under way already
                    next = Math.min(next, session.deadline);
                }
            }
            case FLUSHING -> next = Math.min(next, session.flushDeadline);
            case ACTIVE -> {
                next = Math.min(next, session.resumeTicketDue);
                if (!session.silent) {
                    next = Math.min(next, connection.lastReceivedAt() + core.settings.reconnectingAfterNanos());
                }
            }
            case ENDED -> {}
        }
        core.deadlines.set(session, next);
    }

    /** Bytes held for all sessions together. */
    long heldBytes() {
        return memory.bytes();
    }

    private void remove(ServerSession session) {
        byCid.remove(session.connection().localCid(), session);
        memory.count(session);
        core.deadlines.remove(session);
    }
}
