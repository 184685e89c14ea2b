package io.kabar.chat.internal.net;

import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.wire.WireLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams that never leave the process: between a server and participants in its own program, each under an address
 * that no network has. Like a socket it holds so many datagrams each way for each of them; one more is lost, as on any
 * network, and costs that participant only.
 *
 * <p>Safe for threads.
 */
public final class InnerNetwork {

    /** Datagrams on their way, in each direction of each participant. */
    static final int UNDER_WAY = 256;

    private static final DatagramLimits LIMITS =
            new DatagramLimits(WireLimits.LARGEST_DATAGRAM, WireLimits.LARGEST_DATAGRAM);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Datagram(byte[] bytes, Seat from) {}

    /** By their addresses. */
    private final Map<InetSocketAddress, Seat> seats = new ConcurrentHashMap<>();

    private final Queue<Datagram> toServer = new ConcurrentLinkedQueue<>();
    private volatile Runnable wakeServer = () -> {};

    /** The socket of the server: it hears the network and, beside it, the participants. */
    public UdpSocket serverSide(UdpSocket outer) {
        wakeServer = outer::wakeUp;
        return new ServerSide(outer);
    }

    /**
     * The socket of a participant.
     *
     * @param own its address, which nobody else has
     * @param server what the server is called in what it receives
     */
    public UdpSocket participantSide(InetSocketAddress own, InetSocketAddress server) {
        Seat seat = new Seat(own, server);
        seats.put(own, seat);
        return seat;
    }

    private static byte[] bytesOf(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        return bytes;
    }

    private static void put(byte[] bytes, ByteBuffer into) {
        into.put(bytes, 0, Math.min(bytes.length, into.remaining()));
    }

    /** A participant's end. */
    private final class Seat implements UdpSocket {
        private final InetSocketAddress own;
        private final InetSocketAddress server;
        private final Queue<byte[]> inbox = new ConcurrentLinkedQueue<>();
        private final AtomicInteger arriving = new AtomicInteger();
        private final AtomicInteger leaving = new AtomicInteger();
        /** Whoever waits is to look again. */
        private boolean woken;

        private volatile boolean closed;

        Seat(InetSocketAddress own, InetSocketAddress server) {
            this.own = own;
            this.server = server;
        }

        /** From the server's thread. */
        void deliver(ByteBuffer datagram) {
            if (arriving.incrementAndGet() > UNDER_WAY) {
                arriving.decrementAndGet();
                return;
            }
            inbox.add(bytesOf(datagram));
            wakeUp();
        }

        void hasLeft() {
            leaving.decrementAndGet();
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // whoever waits for nothing turns once more
        public synchronized void await(long millis) throws IOException {
            if (closed) {
                throw new IOException("closed");
            }
            if (millis > 0 && !woken && inbox.isEmpty()) {
                try {
                    wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // the loop goes on, as that of a socket does
                }
            }
            woken = false;
        }

        @Override
        public synchronized void wakeUp() {
            woken = true;
            notifyAll();
        }

        @Override
        public boolean readable() {
            return !inbox.isEmpty();
        }

        @Override
        public @Nullable InetSocketAddress receive(ByteBuffer into) {
            byte[] bytes = inbox.poll();
            if (bytes == null) {
                return null;
            }
            arriving.decrementAndGet();
            put(bytes, into);
            return server;
        }

        @Override
        public boolean send(ByteBuffer datagram, InetSocketAddress to) {
            if (leaving.incrementAndGet() > UNDER_WAY) {
                leaving.decrementAndGet();
            } else {
                toServer.add(new Datagram(bytesOf(datagram), this));
                wakeServer.run();
            }
            return true;
        }

        @Override
        public void wantRoom(boolean wanted) {
            // There always is.
        }

        @Override
        public InetSocketAddress localAddress() {
            return own;
        }

        @Override
        public DatagramLimits limits() {
            return LIMITS;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public int receiveBuffer() {
            return UNDER_WAY * WireLimits.DATAGRAM;
        }

        @Override
        public void close() {
            seats.remove(own, this);
            closed = true;
            wakeUp();
        }
    }

    /** The server's end. */
    private final class ServerSide implements UdpSocket {
        private final UdpSocket outer;
        private boolean outerIsNext;

        ServerSide(UdpSocket outer) {
            this.outer = outer;
        }

        @Override
        public void await(long millis) throws IOException {
            outer.await(toServer.isEmpty() ? millis : 0);
        }

        @Override
        public boolean readable() {
            return !toServer.isEmpty() || outer.readable();
        }

        /** One of each in turn, so that neither keeps the other waiting. */
        @Override
        public @Nullable InetSocketAddress receive(ByteBuffer into) throws IOException {
            InetSocketAddress from = outerIsNext ? outer.receive(into) : null;
            outerIsNext = !outerIsNext;
            if (from != null) {
                return from;
            }
            Datagram inner = toServer.poll();
            if (inner == null) {
                return outer.receive(into);
            }
            inner.from().hasLeft();
            put(inner.bytes(), into);
            return inner.from().own;
        }

        @Override
        public boolean send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
            Seat seat = seats.isEmpty() ? null : seats.get(to);
            if (seat == null) {
                return outer.send(datagram, to);
            }
            seat.deliver(datagram);
            return true;
        }

        @Override
        public void wantRoom(boolean wanted) throws IOException {
            outer.wantRoom(wanted);
        }

        @Override
        public void wakeUp() {
            outer.wakeUp();
        }

        @Override
        public InetSocketAddress localAddress() {
            return outer.localAddress();
        }

        @Override
        public DatagramLimits limits() {
            return outer.limits();
        }

        @Override
        public boolean isConnected() {
            return false;
        }

        @Override
        public int receiveBuffer() {
            return outer.receiveBuffer();
        }

        @Override
        public void close() throws IOException {
            outer.close();
        }
    }
}
