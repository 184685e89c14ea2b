package io.kabar.chat.internal.endpoint;

import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.wire.FrameWriter;
import java.util.ArrayDeque;

/**
 * Signals on their way to one peer, such as that somebody is writing: sent once, and the oldest forgotten when many
 * wait.
 */
public final class Signals implements FrameSource {

    /** Signals that may wait. */
    private static final int MAX_WAITING = 16;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Signal(long room, byte[] body) {}

    private final ArrayDeque<Signal> waiting = new ArrayDeque<>(2);
    private final FrameSource.Handle handle;

    public Signals(Connection connection) {
        handle = connection.register(this, FrameClass.SIGNAL);
    }

    public void send(long room, byte[] body) {
        if (waiting.size() == MAX_WAITING) {
            waiting.removeFirst();
        }
        waiting.add(new Signal(room, body));
        handle.ready();
    }

    @Override
    public long writeFrames(FrameWriter out, long now) {
        boolean wrote = false;
        while (!waiting.isEmpty()
                && out.signal(waiting.getFirst().room(), waiting.getFirst().body())) {
            waiting.removeFirst();
            wrote = true;
        }
        return wrote ? 1 : NOTHING;
    }

    @Override
    public boolean hasMore() {
        return !waiting.isEmpty();
    }

    @Override
    public boolean reliable() {
        return false;
    }

    @Override
    public void onAcked(long token, long now) {}

    @Override
    public void onLost(long token, long now) {}
}
