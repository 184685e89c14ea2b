package io.kabar.chat.internal.endpoint;

import io.kabar.chat.internal.connection.DatagramLimits;
import java.net.InetSocketAddress;

/**
 * One end of the protocol as a pure state machine. A loop drives it in production, a simulator in tests.
 *
 * <ol>
 *   <li>Inputs: {@link #handleDatagram}, {@link #handleTimeout}, {@link #handleWork}, and the commands of each end.
 *       {@code now} is monotonic nanoseconds and never decreases.
 *   <li>After inputs, drain: {@link #pollTransmit} until it returns 0, the end's events until there is none, then read
 *       {@link #nextTimeout}.
 *   <li>No method blocks, throws on a peer's input, reads a clock, or keeps the datagram's array.
 *   <li>Randomness and wall time are constructor arguments. Same inputs and seed, same outputs.
 * </ol>
 */
public interface Endpoint {

    /** Takes a datagram in; the array may be written to. */
    void handleDatagram(InetSocketAddress from, byte[] data, int length, long now);

    /**
     * Whether nobody but the one peer of this end can have made the datagram handled last. Never so at an end that has
     * many peers.
     */
    default boolean isProven() {
        return false;
    }

    /** Does what is due. Harmless when nothing is. */
    void handleTimeout(long now);

    /** Takes back work that was handed out as an event, after it has run. */
    void handleWork(SlowWork work, long now);

    /** How long datagrams may be on this machine's network: said once there is a socket, and again for each new one. */
    void handleLimits(DatagramLimits limits);

    /** When {@link #handleTimeout} wants to be called next; {@code Long.MAX_VALUE} for never. */
    long nextTimeout();

    /**
     * Writes the next datagram to the start of {@code out} and returns its length; 0 if there is none to be sent now.
     * For the array's length see {@link io.kabar.chat.internal.connection.Connection#pollTransmit}.
     */
    int pollTransmit(byte[] out, long now);

    /**
     * The datagram polled last, of so many bytes, was too long for this machine's network after all: it did not leave.
     * Only said of one longer than {@link io.kabar.chat.internal.wire.WireLimits#DATAGRAM}; what it held goes in
     * shorter ones.
     */
    void handleTooLong(int length, long now);

    /** Where the datagram polled last goes. */
    InetSocketAddress transmitTo();

    /**
     * The last call, whatever has become of it: nobody is told anything any more, and all keys of connections,
     * handshakes and sign-ins are overwritten.
     */
    void abandon();
}
