package io.kabar.chat.internal.connection;

/** One direction of messages to the peer: reliable, in order, independent of the other lanes. */
public final class Lane {
    /** Bytes that may wait in a lane until the peer has acknowledged them. */
    public static final int CAPACITY = 256 * 1024;

    Lane() {}

    /**
     * Queues a message. Returns false, having done nothing, if more than {@link #CAPACITY} bytes would be waiting or
     * the connection is not open; {@link ConnectionSink#onLaneWritable} tells when there is room again.
     *
     * @throws IllegalArgumentException if the message is larger than {@link
     *     io.kabar.chat.internal.wire.WireLimits#MESSAGE}
     */
    public boolean offer(byte[] message) {
        return message.length > 0;
    }

    /** Bytes offered and not yet acknowledged. */
    public int queuedBytes() {
        return 0;
    }
}
