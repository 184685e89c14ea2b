package io.kabar.chat.internal.connection.lane;

import io.kabar.chat.internal.wire.FrameWriter;
import org.jspecify.annotations.Nullable;

/** A {@link FrameSource} in the queue. */
final class SourceFlow extends Flow implements FrameSource.Handle {
    private final FrameSource source;
    private final FrameClass frameClass;
    private final SendQueue queue;
    private boolean closed;

    SourceFlow(FrameSource source, FrameClass frameClass, SendQueue queue) {
        this.source = source;
        this.frameClass = frameClass;
        this.queue = queue;
    }

    FrameClass frameClass() {
        return frameClass;
    }

    @Override
    public void ready() {
        if (!queued && !closed) {
            queue.enqueue(this);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    @Nullable
    SentFrame write(FrameWriter out, boolean shared, @Nullable SentFrame sent, long now) {
        if (closed) {
            return sent;
        }
        int length = out.length();
        int frames = out.frames();
        int parts = out.parts();
        long token = source.writeFrames(out, now);
        if (token == FrameSource.NOTHING) {
            out.truncate(length, frames);
            return sent;
        }
        return source.reliable() ? new SentFrame(this, token, 0, out.parts() - parts, sent) : sent;
    }

    @Override
    boolean hasMore() {
        return !closed && source.hasMore();
    }

    @Override
    void onAcked(SentFrame frame, long now) {
        if (!closed) {
            source.onAcked(frame.token, now);
        }
    }

    @Override
    void onLost(SentFrame frame, long now) {
        if (!closed) {
            source.onLost(frame.token, now);
        }
    }
}
