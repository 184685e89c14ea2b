package io.kabar.chat.testkit;

import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.net.Sockets;
import io.kabar.chat.internal.net.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A socket of a {@link Host}. Nobody ever waits in it. */
final class TestSocket implements UdpSocket {

    /** Datagrams that wait to be received, as many as a large buffer of a system holds. */
    private static final int MOST = 4096;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Datagram(InetSocketAddress from, byte[] bytes) {}

    private final Host host;
    private final InetAddress bind;
    private final int port;
    /** The one peer that it hears, and what that is called; null for everybody. */
    private final @Nullable InetSocketAddress peer;

    private final @Nullable InetSocketAddress label;
    private final ArrayDeque<Datagram> arrived = new ArrayDeque<>();

    TestSocket(
            Host host,
            InetAddress bind,
            int port,
            @Nullable InetSocketAddress peer,
            @Nullable InetSocketAddress label) {
        this.host = host;
        this.bind = bind;
        this.port = port;
        this.peer = peer;
        this.label = label;
    }

    /** A datagram has come. */
    void arrives(InetSocketAddress from, byte[] bytes) {
        if ((peer == null || peer.equals(from)) && arrived.size() < MOST) {
            arrived.add(new Datagram(from, bytes));
        }
    }

    @Override
    public void await(long millis) {
        // Whoever turns the loop knows when.
    }

    @Override
    public boolean readable() {
        return !arrived.isEmpty();
    }

    @Override
    public @Nullable InetSocketAddress receive(ByteBuffer into) {
        Datagram first = arrived.poll();
        if (first == null) {
            return null;
        }
        into.put(first.bytes, 0, Math.min(first.bytes.length, into.remaining()));
        return label == null ? first.from : label;
    }

    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress to) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        host.send(port, peer == null ? to : peer, bytes);
        return true;
    }

    @Override
    public void wantRoom(boolean wanted) {
        // There always is.
    }

    @Override
    public void wakeUp() {
        host.wakeUp();
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress(peer == null ? bind : host.addressTowards(peer), port);
    }

    @Override
    public DatagramLimits limits() {
        return DatagramLimits.BASE;
    }

    @Override
    public boolean isConnected() {
        return peer != null;
    }

    @Override
    public int receiveBuffer() {
        return Sockets.SERVER_BUFFER;
    }

    @Override
    public void close() {
        host.closed(port, this);
    }
}
