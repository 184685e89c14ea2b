package io.kabar.chat.internal.connection.lane;

import io.kabar.chat.internal.connection.ConnectionSink;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.VarInt;
import io.kabar.chat.internal.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * One direction of messages to the peer: reliable, in order, independent of the other lanes. On the wire a stream of
 * bytes in which each message follows its length; what was sent stays here until it is acknowledged.
 */
public final class Lane extends Flow {
    /** Bytes that may wait in a lane until the peer has acknowledged them. */
    public static final int CAPACITY = 256 * 1024;

    /** Bytes per packet while others wait. */
    private static final int SLICE = 400;

    /** Bytes that are worth a frame of their own, unless they are all there is. */
    private static final int SLIVER = 32;

    private final int id;
    private final SendQueue queue;

    /** From the lowest byte not acknowledged to the last one offered. */
    private final ByteWindow bytes = new ByteWindow();

    private final RangeSet acked = new RangeSet();
    private final RangeSet lost = new RangeSet();
    private long nextNew;
    private boolean refused;

    Lane(int id, SendQueue queue) {
        this.id = id;
        this.queue = queue;
    }

    /**
     * Queues a message. Returns false, having done nothing, if more than {@link #CAPACITY} bytes would be waiting or
     * the connection is not open; {@link ConnectionSink#onLaneWritable} tells when there is space again.
     *
     * @throws IllegalArgumentException if the message is larger than {@link WireLimits#MESSAGE}
     */
    public boolean offer(byte[] message) {
        if (message.length > WireLimits.MESSAGE) {
            throw new IllegalArgumentException("message of " + message.length + " bytes");
        }
        byte[] header = new byte[VarInt.size(message.length)];
        if (bytes.length() + header.length + message.length > CAPACITY || !queue.open()) {
            refused = true;
            return false;
        }
        VarInt.write(header, 0, message.length);
        bytes.put(bytes.end(), header, 0, header.length);
        bytes.put(bytes.end(), message, 0, message.length);
        if (!queued && hasMore()) {
            queue.enqueue(this);
        }
        return true;
    }

    /** Bytes offered and not yet acknowledged. */
    public int queuedBytes() {
        return bytes.length();
    }

    /** Forgets what the peer has not acknowledged; nothing is sent after it. */
    void letGo() {
        bytes.dropBefore(bytes.end());
        nextNew = bytes.end();
        lost.remove(0, bytes.end());
    }

    @Override
    @Nullable
    SentFrame write(FrameWriter out, boolean shared, @Nullable SentFrame sent, long now) {
        long newEnd = shared ? Math.min(nextNew + SLICE, windowEnd()) : windowEnd();
        SentFrame list = sent;
        while (true) {
            boolean again = !lost.isEmpty();
            long offset = again ? lost.from(0) : nextNew;
            long end = again ? lost.to(0) : newEnd;
            if (offset >= end) {
                break;
            }
            int wanted = bytes.contiguous(offset, (int) (end - offset));
            int space = out.remaining() - FrameWriter.laneOverhead(id, offset, WireLimits.DATAGRAM);
            int length = Math.min(Math.min(wanted, space), WireLimits.DATAGRAM);
            if (length < Math.min(wanted, SLIVER)) {
                break;
            }
            out.lane(id, offset, bytes.array(), bytes.index(offset), length);
            list = new SentFrame(this, offset, length, 0, list);
            if (again) {
                lost.remove(offset, offset + length);
            } else {
                nextNew += length;
            }
        }
        return list;
    }

    @Override
    boolean hasMore() {
        return !lost.isEmpty() || nextNew < windowEnd();
    }

    @Override
    void onAcked(SentFrame frame, long now) {
        long end = frame.token + frame.length;
        if (end <= bytes.start()) {
            return;
        }
        lost.remove(frame.token, end);
        acked.add(Math.max(frame.token, bytes.start()), end);
        if (acked.from(0) == bytes.start()) {
            bytes.dropBefore(acked.to(0));
            acked.removeFirst();
        }
        if (refused && bytes.length() <= CAPACITY / 2) {
            refused = false;
            queue.writable(id);
        }
    }

    @Override
    void onLost(SentFrame frame, long now) {
        long end = frame.token + frame.length;
        if (end <= bytes.start()) {
            return;
        }
        lost.add(Math.max(frame.token, bytes.start()), end);
        for (int i = 0; i < acked.count(); i++) {
            lost.remove(acked.from(i), acked.to(i));
        }
    }

    /** Flow control: never more than a window beyond the lowest byte that is not acknowledged. */
    private long windowEnd() {
        return Math.min(bytes.end(), bytes.start() + WireLimits.LANE_WINDOW);
    }
}
