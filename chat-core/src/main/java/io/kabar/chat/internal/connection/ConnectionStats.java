package io.kabar.chat.internal.connection;

import java.util.EnumMap;

/**
 * What a connection has counted since it began. Changes as the connection works; to be read by the thread that owns
 * the connection.
 */
public final class ConnectionStats {
    long datagramsIn;
    long bytesIn;
    long datagramsOut;
    long bytesOut;
    long elicitingIn;
    long migrations;
    private final EnumMap<DropReason, Integer> drops = new EnumMap<>(DropReason.class);
    private final Connection connection;

    ConnectionStats(Connection connection) {
        this.connection = connection;
    }

    public long datagramsIn() {
        return datagramsIn;
    }

    public long bytesIn() {
        return bytesIn;
    }

    public long datagramsOut() {
        return datagramsOut;
    }

    public long bytesOut() {
        return bytesOut;
    }

    /** Whether nothing is to be sent, and nothing that was sent is yet to be acknowledged. */
    public boolean isSettled() {
        return connection.state() != Connection.State.OPEN
                || (connection.sendQueue().isEmpty() && !connection.awaitsAcknowledgement());
    }

    /** Packets received that asked for an acknowledgement. */
    public long elicitingIn() {
        return elicitingIn;
    }

    /** Packets of ours that the peer has acknowledged. */
    public long packetsAcked() {
        return connection.loss().packetsAcked();
    }

    /** Packets of ours that were in flight and taken for lost. */
    public long packetsLost() {
        return connection.loss().packetsLost();
    }

    /** Packets taken for lost that were acknowledged later. */
    public long packetsSpurious() {
        return connection.loss().packetsSpurious();
    }

    /** Probe timeouts that have passed. */
    public long ptos() {
        return connection.loss().ptos();
    }

    /** Times our sending keys were replaced. */
    public long keyUpdates() {
        return connection.keys().updates();
    }

    /** Times the peer's address changed. */
    public long migrations() {
        return migrations;
    }

    public int drops(DropReason reason) {
        return drops.getOrDefault(reason, 0);
    }

    /** Nanoseconds, smoothed. */
    public long smoothedRttNanos() {
        return connection.smoothedRttNanos();
    }

    /** Nanoseconds, the least on the current path; 0 before the first sample. */
    public long minRttNanos() {
        return connection.path().rtt().min();
    }

    /** Bytes. */
    public long congestionWindow() {
        return connection.path().congestion().window();
    }

    /** Bytes, on the current path. */
    public long bytesInFlight() {
        return connection.path().congestion().bytesInFlight();
    }

    void dropped(DropReason reason) {
        drops.merge(reason, 1, Integer::sum);
    }
}
