package io.kabar.chat.internal.connection;

import io.kabar.chat.internal.connection.lane.DeliverySink;
import java.net.InetSocketAddress;

/**
 * Where a connection delivers. Called synchronously from within the connection's own methods, never from within {@link
 * Connection#pollTransmit}; a call back into the connection is allowed. The arrays belong to the sink.
 */
public interface ConnectionSink extends DeliverySink {
    /**
     * There is something to transmit. Called once, then not again until {@link Connection#pollTransmit} has returned
     * 0. The only call that may still come after {@link #onClosed}: a CLOSE may have to be repeated.
     */
    void onReady();

    /** The peer is reached at another address now, by its own move or because a move of it did not prove true. */
    void onPathChanged(InetSocketAddress from, InetSocketAddress to);

    /** A lane that had refused a message has space again. */
    void onLaneWritable(int lane);

    /**
     * The connection is over. Called exactly once, unless {@link Connection#abandon} comes first: on the peer's CLOSE,
     * the idle timeout, a stateless reset and a violation of the protocol at once, on an own {@link Connection#close}
     * when it has drained. Keep routing datagrams to the connection until its state is CLOSED.
     *
     * @param code a {@link io.kabar.chat.internal.wire.CloseCode} or the session's own
     */
    void onClosed(boolean byPeer, long code, String reason);
}
