package io.kabar.chat.internal.net;

import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.wire.WireLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket a loop uses, whatever becomes of it. No failure of the network or the system gets past here: each is
 * counted, and told to the log now and then.
 *
 * <pre>
 *             waiting fails, closed by somebody, receiving fails again and again
 *   WORKING ────────────────────────────────────────────────────────────────────► BROKEN
 *      ▲                                                                             │
 *      └───────────────── opened anew, tried once a second ──────────────────────────┘
 * </pre>
 *
 * While it is broken, what is sent is lost, as on a bad network, and waiting is just that. All calls are the loop's,
 * but for {@link #wakeUp} and {@link #close}.
 */
final class LoopSocket implements EndpointDriver.Port {

    private static final Logger LOG = LoggerFactory.getLogger(LoopSocket.class);

    /** Failures to receive in a row: single ones are what the network reports of others. */
    static final int BAD_RECEIVES = 16;

    /** A socket is not opened more often. */
    static final long REOPEN_INTERVAL = 1_000_000_000L;

    private static final long MILLI = 1_000_000L;
    private static final long LONGEST_WAIT = 60_000;

    private final String name;
    private final UdpEventLoop.Host host;
    private final Endpoint endpoint;
    private final Ticker ticker;
    private final LogThrottle errors = new LogThrottle();
    private volatile UdpSocket socket;
    private volatile @Nullable Thread waiting;
    private boolean broken;
    private long openedAt;
    private int badReceives;
    private long reopened;

    /** Opens the first one. */
    LoopSocket(String name, UdpEventLoop.Host host, Endpoint endpoint, Ticker ticker) throws IOException {
        this.name = name;
        this.endpoint = endpoint;
        this.host = host;
        this.ticker = ticker;
        socket = host.open();
        endpoint.handleLimits(socket.limits());
        openedAt = ticker.nanos();
    }

    InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    int receiveBuffer() {
        return socket.receiveBuffer();
    }

    /** Calls of the system that have failed. */
    long errors() {
        return errors.count();
    }

    /** Times the socket was opened anew. */
    long reopened() {
        return reopened;
    }

    /** Waits so many nanoseconds, or less if something comes. */
    void await(long nanos) {
        long now = ticker.nanos();
        if (broken && now - openedAt >= REOPEN_INTERVAL) {
            open(now);
        }
        if (broken) {
            waiting = Thread.currentThread();
            LockSupport.parkNanos(this, Math.min(nanos, REOPEN_INTERVAL));
            waiting = null;
            return;
        }
        try {
            // At least a millisecond, rounded up: waking early would only mean sleeping again.
            socket.await(nanos <= 0 ? 0 : Math.min((nanos - 1) / MILLI + 1, LONGEST_WAIT));
        } catch (IOException | RuntimeException e) {
            broke("waiting", e);
        }
    }

    /** From any thread: {@link #await} returns. */
    void wakeUp() {
        socket.wakeUp();
        Thread sleeper = waiting;
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
        }
    }

    @Override
    public boolean readable() {
        return !broken && socket.readable();
    }

    /** The next datagram's sender; null if there is none to be had now. */
    @Override
    public @Nullable InetSocketAddress receive(ByteBuffer into) {
        if (broken) {
            return null;
        }
        try {
            InetSocketAddress from = socket.receive(into);
            badReceives = 0;
            return from;
        } catch (PortUnreachableException e) {
            host.onUnreachable(ticker.nanos());
        } catch (ClosedChannelException e) {
            broke("receiving", e);
        } catch (IOException | RuntimeException e) {
            if (++badReceives >= BAD_RECEIVES) {
                broke("receiving", e);
            } else {
                failed("receiving", e);
            }
        }
        return null;
    }

    @Override
    public void proven() {
        socket.proven();
    }

    /** False if there is no room now. A datagram that cannot be sent at all counts as lost on the way. */
    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress to) {
        if (broken) {
            return true;
        }
        try {
            return socket.send(datagram, to);
        } catch (PortUnreachableException e) {
            host.onUnreachable(ticker.nanos());
        } catch (ClosedChannelException e) {
            broke("sending", e);
        } catch (IOException | RuntimeException e) {
            // No route, a refusing firewall, an address of a family this machine lacks: the peer's loss only.
            failed("sending", e);
            if (datagram.limit() > WireLimits.DATAGRAM) {
                // Too long for this network after all: a probe's answer, and no reason for another socket.
                endpoint.handleTooLong(datagram.limit(), ticker.nanos());
            } else if (socket.isConnected()) {
                return sendOnceMore(datagram, to);
            }
        }
        return true;
    }

    /**
     * What a router says of an earlier datagram, such as a probe that was too long for it, the system tells a connected
     * socket at its next call. Only what fails again is about this datagram; then the network may be another one.
     */
    private boolean sendOnceMore(ByteBuffer datagram, InetSocketAddress to) {
        try {
            datagram.rewind();
            return socket.send(datagram, to);
        } catch (PortUnreachableException e) {
            host.onUnreachable(ticker.nanos());
        } catch (IOException | RuntimeException e) {
            reopen();
        }
        return true;
    }

    @Override
    public void wantRoom(boolean wanted) {
        if (broken) {
            return;
        }
        try {
            socket.wantRoom(wanted);
        } catch (IOException | RuntimeException e) {
            broke("waiting for room", e);
        }
    }

    /** Replaces the socket, as after a change of network; not more than once a second. */
    void reopen() {
        long now = ticker.nanos();
        if (now - openedAt >= REOPEN_INTERVAL) {
            open(now);
        }
    }

    /** From any thread. */
    void close() {
        try {
            socket.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("{}: closing the socket: {}", name, e.toString());
        }
    }

    /** The socket is of no use any more, and is opened anew as soon as it may be. */
    void broke(String doing, Exception e) {
        broken = true;
        close();
        failed(doing, e);
    }

    private void open(long now) {
        openedAt = now;
        close(); // first: a fixed port is free only then
        broken = true;
        try {
            socket = host.open();
            broken = false;
            badReceives = 0;
            reopened++;
            endpoint.handleLimits(socket.limits());
            host.onReopened(now);
        } catch (IOException | RuntimeException e) {
            failed("opening", e);
        }
    }

    private void failed(String doing, Exception e) {
        if (!errors.again()) {
            return;
        }
        if (broken) {
            LOG.warn(
                    "{}: the socket failed at {} ({}); it is opened anew, tried once a second. {} failures so far.",
                    name,
                    doing,
                    e.toString(),
                    errors.count());
            host.onTrouble("The network socket failed at " + doing + " (" + e + "); it is opened anew.");
        } else {
            LOG.debug("{}: {}: {} ({} failures so far)", name, doing, e.toString(), errors.count());
        }
    }
}
