package io.kabar.chat.internal.net;

import io.kabar.chat.internal.connection.DatagramLimits;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A bound UDP socket that never blocks, and the place where its loop waits for it. After an {@link IOException} of
 * {@link #await} it is of no more use; any other call may fail for reasons that pass.
 *
 * <p>All calls are the loop's, but for {@link #wakeUp} and {@link #close}, which may come from any thread.
 */
public interface UdpSocket extends Closeable {

    /** Waits for a datagram, for room if that is wanted, or to be woken up; at most so long, and not at all for 0. */
    void await(long millis) throws IOException;

    /** Whether datagrams had come when {@link #await} returned. */
    boolean readable();

    /** Takes a datagram in, cut off where the buffer ends. Returns where it comes from; null if there is none. */
    @Nullable
    InetSocketAddress receive(ByteBuffer into) throws IOException;

    /** Nobody but the peer can have made the datagram received last: a socket that looks for its peer has found it. */
    default void proven() {}

    /** Sends the buffer as one datagram; false if there is no room for it now. */
    boolean send(ByteBuffer datagram, InetSocketAddress to) throws IOException;

    /** Whether {@link #await} returns, too, when there is room to send. */
    void wantRoom(boolean wanted) throws IOException;

    /** Ends the present {@link #await}, or the next one. */
    void wakeUp();

    InetSocketAddress localAddress();

    /** How long datagrams may be that this machine sends in one piece. */
    DatagramLimits limits();

    /** Whether it hears one peer only, and learns from the network when nobody listens there. */
    boolean isConnected();

    /** Bytes of datagrams that the system keeps until they are received, as far as it tells. */
    int receiveBuffer();

    @Override
    void close() throws IOException;
}
