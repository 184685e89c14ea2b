package io.kabar.chat.internal.server.session;

import java.util.Collection;

/**
 * What is held for all sessions together: messages that are not complete, and what waits to be acknowledged. Each
 * session has bounds of its own; this one holds when many come close to theirs. Beyond it whoever holds most is closed,
 * so that others go on.
 */
public final class SessionMemory {

    /** Bytes, beside those for each session there may be. */
    static final long MAX = 64L * 1024 * 1024;
    /** Bytes for each session there may be: what one that has just entered a large room is being told. */
    static final int EACH = 8 * 1024;

    private final long most;
    private long bytes;

    SessionMemory(int maxSessions) {
        most = MAX + (long) maxSessions * EACH;
    }

    /** Counts what a session holds now. */
    void count(ServerSession session) {
        bytes += session.countHeld();
    }

    /** Closes whoever holds most, if all hold too much. */
    void keepBound(Collection<ServerSession> sessions, long now) {
        while (bytes > most) {
            ServerSession biggest = null;
            for (ServerSession session : sessions) {
                if (biggest == null || session.countedBytes() > biggest.countedBytes()) {
                    biggest = session;
                }
            }
            if (biggest == null || biggest.countedBytes() == 0) {
                return;
            }
            biggest.controlQueue().tooSlow(now);
            count(biggest);
        }
    }

    /** Bytes held at present, as far as it was counted. */
    long bytes() {
        return bytes;
    }
}
