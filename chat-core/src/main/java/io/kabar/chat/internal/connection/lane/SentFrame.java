package io.kabar.chat.internal.connection.lane;

import org.jspecify.annotations.Nullable;

/** What a flow has written into a packet, to be told of its fate; a list, in the order of writing reversed. */
public final class SentFrame {
    final Flow flow;

    /** The token of a source, the offset of a lane's bytes. */
    final long token;

    /** The number of a lane's bytes. */
    final int length;

    /** EVENT_PART frames among them. */
    final int parts;

    final @Nullable SentFrame next;

    SentFrame(Flow flow, long token, int length, int parts, @Nullable SentFrame next) {
        this.flow = flow;
        this.token = token;
        this.length = length;
        this.parts = parts;
        this.next = next;
    }
}
