package io.kabar.chat.internal.server.lane;

import io.kabar.chat.internal.server.session.ServerSession;

/** Bytes held for what a session says in rooms: what it is too early to hear, and what was refused for good. */
public final class EarlyWords {

    private final ServerSession session;
    /** Of what it has said in rooms that it is not let into yet. */
    private int earlyBytes;
    /** Of what is remembered as refused for good, on all its lanes. */
    private int refusedBytes;

    /** Nothing is held yet. */
    public EarlyWords(ServerSession session) {
        this.session = session;
    }

    /** Who says it. */
    ServerSession session() {
        return session;
    }

    /** Keeps bytes for what is said early; false if that would be more than {@code most} together. */
    boolean holdEarly(int bytes, int most) {
        boolean fits = earlyBytes + bytes <= most;
        earlyBytes += fits ? bytes : 0;
        return fits;
    }

    void releaseEarly(int bytes) {
        earlyBytes -= bytes;
    }

    /** So many bytes more, or less, are held for what was refused for good. */
    void holdRefused(int bytes) {
        refusedBytes += bytes;
    }

    /** All of them. */
    public int bytes() {
        return earlyBytes + refusedBytes;
    }
}
