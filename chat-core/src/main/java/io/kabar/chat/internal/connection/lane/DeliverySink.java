package io.kabar.chat.internal.connection.lane;

/** What a connection delivers, on the thread that handed the datagram in. */
public interface DeliverySink {
    /** A whole message of a lane; in the order it was sent, exactly once. */
    void onMessage(int lane, byte[] message);

    /** A whole event of a log, in any order, possibly more than once. */
    void onEvent(long log, long seq, byte[] body);

    /** The events {@code from} to {@code to}, both included, no longer exist. Possibly more than once. */
    void onGap(long log, long from, long to);

    /**
     * A signal about a log; those of older packets may come late.
     *
     * @param packet the number of its packet: a later one was sent later
     * @return whether it was news, which it is not if one of a later packet has undone it
     */
    boolean onSignal(long log, long packet, byte[] body);
}
