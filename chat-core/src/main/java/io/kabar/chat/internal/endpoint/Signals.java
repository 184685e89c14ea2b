package io.kabar.chat.internal.endpoint;

import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.wire.FrameWriter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signals on their way to one peer, such as that somebody is writing: sent once, and while they wait, a newer one takes
 * the place of the one before. The oldest is forgotten when many wait.
 */
public final class Signals implements FrameSource {

    /** Signals that may wait, each of another kind. */
    static final int MAX_WAITING = 1024;
    /** Bytes that may wait: what a fat line carries in a moment; all of it would be late. */
    static final int MAX_BYTES = 64 * 1024;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Signal(long room, byte[] body) {}

    private final Map<Object, Signal> waiting = new LinkedHashMap<>(4);
    private final FrameSource.Handle handle;
    private int bytes;

    public Signals(Connection connection) {
        handle = connection.register(this, FrameClass.SIGNAL);
    }

    /**
     * Sends a signal as soon as there is room for it.
     *
     * @param slot of what only the newest counts
     */
    public void send(Object slot, long room, byte[] body) {
        keep(slot, room, body);
        flush();
    }

    /** The same once {@link #flush} is called, or something else is sent. */
    public void keep(Object slot, long room, byte[] body) {
        Signal before = waiting.put(slot, new Signal(room, body));
        bytes += body.length - (before == null ? 0 : before.body.length);
        Iterator<Signal> eldest = waiting.values().iterator();
        while (waiting.size() > MAX_WAITING || (bytes > MAX_BYTES && waiting.size() > 1)) {
            bytes -= eldest.next().body.length;
            eldest.remove();
        }
    }

    /** What waits is to be sent. */
    public void flush() {
        if (!waiting.isEmpty()) {
            handle.ready();
        }
    }

    @Override
    public long writeFrames(FrameWriter out, long now) {
        boolean wrote = false;
        Iterator<Signal> next = waiting.values().iterator();
        while (next.hasNext()) {
            Signal signal = next.next();
            if (!out.signal(signal.room(), signal.body())) {
                break;
            }
            bytes -= signal.body().length;
            next.remove();
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
