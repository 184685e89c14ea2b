package io.kabar.chat.internal.connection.lane;

/** What a connection delivers, on the thread that handed the datagram in. */
public interface DeliverySink {
    /** A whole message of a lane; in the order it was sent, exactly once. */
    void onMessage(int lane, byte[] message);

    /** A whole event of a log, in any order, possibly more than once. */
    void onEvent(long log, long seq, byte[] body);

    /** The events {@code from} to {@code to}, both included, no longer exist. Possibly more than once. */
    void onGap(long log, long from, long to);

    /** The newest signal about a log; older ones that come late are dropped. */
    void onSignal(long log, byte[] body);
}
