package io.kabar.chat.internal.connection.loss;

import io.kabar.chat.internal.connection.lane.SentFrame;
import org.jspecify.annotations.Nullable;

/** A packet of ours until its fate is known, and a while longer. */
public final class SentPacket {
    final long number;
    final long sentAt;
    public final Path path;
    public final int size;

    /** Whether the peer will acknowledge it; then it also counts as in flight. */
    final boolean eliciting;

    /** The largest number its ACK frame reported, or -1. */
    final long reported;

    /**
     * Whether it only shows that datagrams of its length arrive: its loss means no congestion (RFC 9000 section 14.4).
     */
    boolean mtuProbe;

    /** What is to be told of its fate; null once it was told. */
    @Nullable
    SentFrame frames;

    /** When it was taken for lost, or {@code Long.MAX_VALUE}. */
    long lostAt = Long.MAX_VALUE;

    public SentPacket(
            long number,
            long sentAt,
            Path path,
            int size,
            boolean eliciting,
            long reported,
            @Nullable SentFrame frames) {
        this.number = number;
        this.sentAt = sentAt;
        this.path = path;
        this.size = size;
        this.eliciting = eliciting;
        this.reported = reported;
        this.frames = frames;
    }

    /** It only shows that datagrams of its length arrive. */
    public void onlyProbesMtu() {
        mtuProbe = true;
    }

    boolean lost() {
        return lostAt != Long.MAX_VALUE;
    }

    public boolean inFlight() {
        return eliciting && !lost();
    }
}
