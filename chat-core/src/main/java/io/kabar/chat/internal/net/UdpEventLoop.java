package io.kabar.chat.internal.net;

import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.wire.WireLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns an endpoint. It turns: takes in some datagrams, does what is due, runs some commands, tells
 * what happened, then sends what there is. Each turn is bounded, so nothing starves.
 *
 * <p>{@link #execute} and {@link #close} may be called from any thread; everything else happens on the loop's thread.
 */
public final class UdpEventLoop implements AutoCloseable {

    /** What a loop needs from its surroundings, called on the loop's thread. */
    public interface Host {
        /** Opens the socket the loop is to use, in non-blocking mode; bound, and connected if it has one peer only. */
        DatagramChannel open() throws IOException;

        /** Inputs were handled: drain the endpoint's events. */
        void afterInputs(long now);

        /** A new socket took the place of the one before. */
        void onReopened(long now);

        /** The network says that nobody listens at the connected address. */
        void onUnreachable(long now);

        /** Whether the loop may end. */
        boolean isOver();

        /** The loop has ended and the socket is closed. */
        void onEnded();
    }

    private static final Logger LOG = LoggerFactory.getLogger(UdpEventLoop.class);

    /** Datagrams in and out, and commands, in one turn. */
    private static final int PER_TURN = 160;
    /** A full buffer means that the datagram was longer: nothing of ours is. */
    private static final int BUFFER = 2048;

    private static final long MILLI = 1_000_000L;
    private static final long REOPEN_INTERVAL = 1_000 * MILLI;

    private final Endpoint endpoint;
    private final Host host;
    private final Ticker ticker;
    private final Selector selector;
    private final CommandQueue commands;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer out = ByteBuffer.allocateDirect(WireLimits.DATAGRAM);
    private final byte[] inBytes = new byte[BUFFER];
    private final byte[] outBytes = new byte[WireLimits.DATAGRAM];
    private DatagramChannel channel;
    private SelectionKey key;
    private @Nullable InetSocketAddress blockedTarget;
    private long reopenedAt;
    private long failedSends;
    private long defects;
    private volatile boolean closing;
    private volatile InetSocketAddress localAddress;

    /** A loop that has its socket and does not turn yet. */
    public UdpEventLoop(String name, Endpoint endpoint, Host host, Ticker ticker) throws IOException {
        this.endpoint = endpoint;
        this.host = host;
        this.ticker = ticker;
        channel = host.open();
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
        localAddress = (InetSocketAddress) channel.getLocalAddress();
        commands = new CommandQueue(selector::wakeup);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        reopenedAt = ticker.nanos();
    }

    public void start() {
        thread.start();
    }

    /** Closes the socket of a loop that was never started. */
    public void discard() {
        try {
            channel.close();
            selector.close();
        } catch (IOException e) {
            LOG.debug("closing the socket: {}", e.toString());
        }
    }

    /** Where the socket is bound. */
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    /** Runs a command on the loop's thread, before its next turn ends. */
    public void execute(Runnable command) {
        commands.add(command);
    }

    /** The loop's time, for commands. */
    public long now() {
        return ticker.nanos();
    }

    /** Replaces the socket, as after a change of network. Not more than once a second. On the loop's thread. */
    public void reopen() {
        long now = ticker.nanos();
        if (now - reopenedAt < REOPEN_INTERVAL) {
            return;
        }
        reopenedAt = now;
        try {
            DatagramChannel fresh = host.open();
            key.cancel();
            channel.close();
            selector.selectNow();
            channel = fresh;
            key = fresh.register(selector, SelectionKey.OP_READ);
            localAddress = (InetSocketAddress) fresh.getLocalAddress();
            blockedTarget = null;
            host.onReopened(now);
        } catch (IOException e) {
            LOG.debug("no new socket: {}", e.toString());
        }
    }

    /** Ends the loop as soon as its host says that it is over, or when {@code timeoutMillis} have passed. */
    public void close(long timeoutMillis) {
        closing = true;
        commands.add(() -> {});
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            if (!ended.await(timeoutMillis, TimeUnit.MILLISECONDS)) {
                selector.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("closing the selector: {}", e.toString());
        }
    }

    @Override
    public void close() {
        close(2_000);
    }

    private void run() {
        try {
            while (!(closing && host.isOver())) {
                turn();
            }
        } catch (ClosedSelectorException e) {
            LOG.trace("closed");
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("The network loop of {} ended by a defect in Kabar.", thread.getName(), e);
        } finally {
            try {
                channel.close();
                selector.close();
            } catch (IOException e) {
                LOG.debug("closing the socket: {}", e.toString());
            }
            ended.countDown();
            host.onEnded();
        }
    }

    private void turn() throws IOException {
        sleep();
        long now = ticker.nanos();
        if (key.isValid() && key.isReadable()) {
            receiveSome();
            now = ticker.nanos();
        }
        if (endpoint.nextTimeout() <= now) {
            endpoint.handleTimeout(now);
        }
        commands.runSome(PER_TURN);
        host.afterInputs(ticker.nanos());
        sendSome();
    }

    private void sleep() throws IOException {
        selector.selectedKeys().clear();
        long wait = endpoint.nextTimeout() - ticker.nanos();
        boolean busy = moreToSend || !commands.isEmpty() || wait <= 0;
        if (busy || !commands.fallAsleep()) {
            selector.selectNow();
        } else {
            // At least a millisecond, rounded up: waking early would only mean sleeping again.
            selector.select(Math.min((wait + MILLI - 1) / MILLI, 60_000));
        }
        commands.awake();
    }

    private boolean moreToSend;

    private void receiveSome() {
        for (int i = 0; i < PER_TURN; i++) {
            in.clear();
            InetSocketAddress from;
            try {
                if (channel.isConnected()) {
                    if (channel.read(in) <= 0) {
                        return;
                    }
                    from = (InetSocketAddress) channel.getRemoteAddress();
                } else {
                    from = (InetSocketAddress) channel.receive(in);
                }
            } catch (PortUnreachableException e) {
                host.onUnreachable(ticker.nanos());
                continue;
            } catch (IOException e) {
                LOG.debug("receive: {}", e.toString());
                return;
            }
            if (from == null) {
                return;
            }
            in.flip();
            int length = in.remaining();
            if (length == BUFFER) {
                continue;
            }
            in.get(inBytes, 0, length);
            handle(from, length);
        }
    }

    /** One peer can cost only itself: a datagram that meets a defect of ours is dropped, and the loop goes on. */
    private void handle(InetSocketAddress from, int length) {
        try {
            endpoint.handleDatagram(from, inBytes, length, ticker.nanos());
        } catch (RuntimeException e) {
            if ((defects++ & (defects - 1)) == 0) {
                LOG.error("A datagram from {} met a defect in Kabar ({} so far).", from, defects, e);
            }
        }
    }

    private void sendSome() {
        moreToSend = false;
        if (blockedTarget != null && !resend(blockedTarget)) {
            return;
        }
        for (int i = 0; i < PER_TURN; i++) {
            int length = endpoint.pollTransmit(outBytes, ticker.nanos());
            if (length == 0) {
                return;
            }
            out.clear();
            out.put(outBytes, 0, length).flip();
            InetSocketAddress to = endpoint.transmitTo();
            if (!send(to)) {
                blockedTarget = to;
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
        }
        moreToSend = true;
    }

    private boolean resend(InetSocketAddress to) {
        out.rewind();
        if (!send(to)) {
            return false;
        }
        blockedTarget = null;
        key.interestOps(SelectionKey.OP_READ);
        return true;
    }

    /** False if the socket takes nothing now. A datagram that cannot be sent at all counts as lost on the way. */
    private boolean send(InetSocketAddress to) {
        try {
            int sent = channel.isConnected() ? channel.write(out) : channel.send(out, to);
            return sent > 0;
        } catch (PortUnreachableException e) {
            host.onUnreachable(ticker.nanos());
            return true;
        } catch (IOException | RuntimeException e) {
            // No route, a refusing firewall, an address of a family this machine lacks: the peer's loss only.
            if ((failedSends++ & (failedSends - 1)) == 0) {
                LOG.debug("send: {} ({} so far)", e.toString(), failedSends);
            }
            if (channel.isConnected()) {
                reopen();
            }
            return true;
        }
    }
}
