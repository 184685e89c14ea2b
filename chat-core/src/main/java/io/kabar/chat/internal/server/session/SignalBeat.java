package io.kabar.chat.internal.server.session;

import io.kabar.chat.internal.server.core.ServerLoop;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * When signals are sent that are passed on: at once where there are few, and else in beats, so that those of many go in
 * one packet. Where sixty players tell where they are, each of them would be sent a packet for every one.
 */
public final class SignalBeat {

    /** Between two beats: little beside a round trip, and many signals of a busy room. */
    private static final long BEAT = Duration.ofMillis(5).toNanos();

    private final ServerLoop loop;
    private final Set<ServerSession> waiting = new LinkedHashSet<>();
    private long next = Long.MIN_VALUE; // a clock may be below zero
    private boolean expected;

    public SignalBeat(ServerLoop loop) {
        this.loop = loop;
    }

    /** A session has signals that wait for the next beat. */
    public void keeps(ServerSession session) {
        waiting.add(session);
    }

    /** Beats, or will in time. */
    public void signalled() {
        if (waiting.isEmpty() || expected) {
            return;
        }
        if (loop.now() >= next) {
            beat();
        } else {
            expected = true;
            loop.at(next, this::beat);
        }
    }

    private void beat() {
        expected = false;
        next = loop.now() + BEAT;
        for (ServerSession session : List.copyOf(waiting)) {
            if (session.isActive()) {
                session.serve(() -> session.signals().flush());
            }
        }
        waiting.clear();
    }
}
