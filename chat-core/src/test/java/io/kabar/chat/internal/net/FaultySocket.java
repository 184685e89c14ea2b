package io.kabar.chat.internal.net;

import io.kabar.chat.internal.connection.DatagramLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A socket in memory whose every call can be made to fail. Counts how often its loop turns. */
final class FaultySocket implements UdpSocket {

    /** What a call does instead of its work. */
    interface Fault {
        void strike() throws IOException;
    }

    static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000);
    static final InetSocketAddress THERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);

    final Queue<byte[]> arriving = new LinkedBlockingDeque<>();
    final LinkedBlockingDeque<byte[]> sent = new LinkedBlockingDeque<>();
    final AtomicInteger turns = new AtomicInteger();
    volatile boolean closed;
    volatile boolean connected;
    /** Sending finds no room. */
    volatile boolean full;
    /** Waiting ends at once, as of a selector gone mad. */
    volatile boolean restless;

    volatile @Nullable Fault atAwait;
    volatile @Nullable Fault atReceive;
    volatile @Nullable Fault atSend;
    volatile @Nullable Fault atWantRoom;
    volatile @Nullable Fault atClose;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean roomWanted;

    void arrive(byte... datagram) {
        arriving.add(datagram);
        wakeUp();
    }

    private static void strike(@Nullable Fault fault) throws IOException {
        if (fault != null) {
            fault.strike();
        }
    }

    @Override
    public void await(long millis) throws IOException {
        turns.incrementAndGet();
        strike(atAwait);
        if (closed) {
            throw new IOException("closed");
        }
        boolean ready = restless || atReceive != null || !arriving.isEmpty() || roomWanted;
        try {
            if (!ready && millis > 0 && wakeUps.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public DatagramLimits limits() {
        return DatagramLimits.BASE;
    }

    @Override
    public boolean readable() {
        return !arriving.isEmpty() || atReceive != null;
    }

    @Override
    public @Nullable InetSocketAddress receive(ByteBuffer into) throws IOException {
        strike(atReceive);
        byte[] datagram = arriving.poll();
        if (datagram == null) {
            return null;
        }
        into.put(datagram);
        return THERE;
    }

    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
        strike(atSend);
        if (full) {
            return false;
        }
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        sent.add(bytes);
        return true;
    }

    @Override
    public void wantRoom(boolean wanted) throws IOException {
        strike(atWantRoom);
        roomWanted = wanted;
    }

    @Override
    public void wakeUp() {
        wakeUps.release();
    }

    @Override
    public InetSocketAddress localAddress() {
        return HERE;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public int receiveBuffer() {
        return 1000;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        wakeUp();
        strike(atClose);
    }

    /** Gives sockets out one after the other; a null in the queue is one that cannot be opened. */
    static final class Supply {
        private final ArrayDeque<FaultySocket> opened = new ArrayDeque<>();
        private volatile @Nullable Fault atOpen;

        void fail(@Nullable Fault fault) {
            atOpen = fault;
        }

        synchronized FaultySocket open() throws IOException {
            strike(atOpen);
            FaultySocket socket = new FaultySocket();
            opened.add(socket);
            return socket;
        }

        synchronized FaultySocket newest() {
            return opened.getLast();
        }

        synchronized int count() {
            return opened.size();
        }
    }
}
