package io.kabar.chat.internal.connection.lane;

import io.kabar.chat.internal.wire.FrameWriter;
import org.jspecify.annotations.Nullable;

/** Anything that competes for the space in packets: a lane or a source. {@link SendQueue} decides whose turn it is. */
abstract class Flow {
    /** Whether the flow stands in the queue of its class. */
    boolean queued;

    /** Turns it may take before the others because it has lost frames: one for each. */
    int urgentTurns;

    /**
     * Writes what fits and puts a note of it before {@code sent}. Returns the longer list, or {@code sent} itself if
     * there is nothing to note.
     *
     * @param shared whether others wait, so that only a slice of the space is for what this one has not sent yet
     */
    abstract @Nullable SentFrame write(FrameWriter out, boolean shared, @Nullable SentFrame sent, long now);

    /** Whether it could write, given space. */
    abstract boolean hasMore();

    abstract void onAcked(SentFrame frame, long now);

    abstract void onLost(SentFrame frame, long now);
}
