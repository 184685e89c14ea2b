package io.kabar.chat.internal.connection.lane;

import io.kabar.chat.internal.wire.FrameWriter;

/**
 * Something that has frames to send, such as the cursor of a log. Nobody queues for it: it says {@link Handle#ready},
 * and whenever the connection may send a packet it is asked to fill what fits. Frames are lost with packets, so the
 * connection tells the fate of each {@link #writeFrames} by the token the source gave for it, and the source sends
 * what was lost again when it is asked next.
 */
public interface FrameSource {
    /** The token that says that nothing was written. */
    long NOTHING = 0;

    /**
     * Writes as many whole frames as fit, what was lost first, and returns a token of this source's choosing for what
     * it wrote; {@link #NOTHING} if nothing fits or nothing is left. Must not write the other frames of the protocol,
     * such as PING.
     */
    long writeFrames(FrameWriter out, long now);

    /** Whether there is still something to send, now. */
    boolean hasMore();

    /** Whether the fate of a token matters; if not, the other two methods are never called. */
    boolean reliable();

    /** What the token stands for has arrived. Called at most once for a token, and then never {@link #onLost}. */
    void onAcked(long token, long now);

    /**
     * What the token stands for is taken for lost, and should be sent again unless it has become pointless. If {@link
     * #hasMore} afterwards, the source is asked before the others. Called at most once for a token, and then never
     * {@link #onAcked}: should the first copy arrive after all, the peer has it twice.
     */
    void onLost(long token, long now);

    /** The source's place in the connection. */
    interface Handle {
        /** The source has something to send. Idempotent and cheap: it is called for each reader at each event. */
        void ready();

        /** The source is gone: it is not asked any more, nor told the fate of what is under way. Idempotent. */
        void close();
    }
}
