package io.kabar.chat.internal.net;

import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.wire.WireLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns an endpoint. It turns: takes in some datagrams, does what is due, runs some commands, tells
 * what happened, then sends what there is. Each turn is bounded, so nothing starves. Neither a failing socket nor a defect
 * of ours ends it: the one is opened anew, the other logged, and after it the loop rests a moment, so that it never
 * spins.
 *
 * <p>{@link #execute} and {@link #close} may be called from any thread; everything else happens on the loop's thread.
 */
public final class UdpEventLoop implements AutoCloseable {

    /** What a loop needs from its surroundings, called on the loop's thread. */
    public interface Host {
        /**
         * Opens the socket the loop is to use, connected if it has one peer only. Called for the first one and whenever
         * another one is needed; the one before is closed then.
         */
        UdpSocket open() throws IOException;

        /** Inputs were handled: drain the endpoint's events. */
        void afterInputs(long now);

        /** A new socket took the place of the one before. */
        void onReopened(long now);

        /** The network says that nobody listens at the connected address. */
        void onUnreachable(long now);

        /** The socket is broken: a sentence for whoever minds the machine. */
        void onTrouble(String sentence);

        /** Whether the loop may end. */
        boolean isOver();

        /** The loop has ended and the socket is closed. */
        void onEnded();
    }

    /** The loop's socket in figures, since the loop began. */
    public record Health(int receiveBuffer, long errors, long reopened) {}

    private static final Logger LOG = LoggerFactory.getLogger(UdpEventLoop.class);

    /** Datagrams in and out, and commands, in one turn. */
    private static final int PER_TURN = 160;
    /** A full buffer means that the datagram was longer: nothing of ours is. */
    private static final int BUFFER = WireLimits.LARGEST_DATAGRAM + 1;

    private static final long FAREWELL_MILLIS = 200;
    private static final long MILLI = 1_000_000L;
    /** After a defect: it may come back every turn. */
    private static final long REST = 10 * MILLI;
    /** Turns in which there was no room to send though there should be. After that it is asked for every millisecond. */
    private static final int PATIENT_TURNS = 16;
    /** Times in a row that waiting ended early for nothing: a selector that does not wait any more. */
    private static final int IDLE_TURNS = 1000;

    private final Endpoint endpoint;
    private final Host host;
    private final Ticker ticker;
    private final LoopSocket socket;
    private final CommandQueue commands;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer out = ByteBuffer.allocateDirect(WireLimits.LARGEST_DATAGRAM);
    private final byte[] inBytes = new byte[BUFFER];
    private final byte[] outBytes = new byte[WireLimits.LARGEST_DATAGRAM];
    private final Rarely defects = new Rarely();
    private @Nullable InetSocketAddress blockedTarget;
    private int blockedTurns;
    private int idleTurns;
    private boolean moreToSend;
    private long restUntil;
    private volatile boolean closing;
    private volatile boolean abandoned;

    /** A loop that has its socket and does not turn yet. */
    public UdpEventLoop(String name, Endpoint endpoint, Host host, Ticker ticker) throws IOException {
        this.endpoint = endpoint;
        this.host = host;
        this.ticker = ticker;
        socket = new LoopSocket(name, host, endpoint, ticker);
        commands = new CommandQueue(socket::wakeUp);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        restUntil = ticker.nanos();
    }

    public void start() {
        thread.start();
    }

    /** Closes the socket of a loop that was never started. */
    public void discard() {
        socket.close();
    }

    /** Where the socket is bound. */
    public InetSocketAddress localAddress() {
        return socket.localAddress();
    }

    /** How the socket does. On the loop's thread. */
    public Health health() {
        return new Health(socket.receiveBuffer(), socket.errors(), socket.reopened());
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
        socket.reopen();
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
                abandoned = true;
                socket.wakeUp();
                if (!ended.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS)) {
                    socket.close(); // the thread is stuck somewhere; the port is free at least
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(2_000);
    }

    private void run() {
        try {
            while (!abandoned && !(closing && host.isOver())) {
                turn();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("The network loop of {} ended by a defect in Kabar.", thread.getName(), e);
        } finally {
            socket.close();
            ended.countDown();
            host.onEnded();
        }
    }

    private void turn() {
        sleep();
        try {
            if (socket.readable()) {
                receiveSome();
            }
            long now = ticker.nanos();
            if (endpoint.nextTimeout() <= now) {
                endpoint.handleTimeout(now);
            }
        } catch (RuntimeException e) {
            defect("The protocol", e);
        }
        try {
            commands.runSome(PER_TURN, e -> report("A command", e)); // it does not come back: no need to rest
            host.afterInputs(ticker.nanos());
        } catch (RuntimeException e) {
            defect("What came of the inputs", e);
        }
        try {
            sendSome();
        } catch (RuntimeException e) {
            defect("Sending", e);
        }
    }

    private void defect(String where, RuntimeException e) {
        restUntil = ticker.nanos() + REST;
        report(where, e);
    }

    private void report(String where, RuntimeException e) {
        if (defects.again()) {
            LOG.error("{} met a defect in Kabar ({} so far); the loop goes on.", where, defects.count(), e);
        }
    }

    private void sleep() {
        // An interrupt would close the socket; nobody has a reason to interrupt this thread.
        if (Thread.interrupted()) {
            LOG.debug("{} was interrupted; it goes on.", thread.getName());
        }
        long now = ticker.nanos();
        long timeout = endpoint.nextTimeout();
        long wait = timeout == Long.MAX_VALUE ? Long.MAX_VALUE : timeout - now;
        if (moreToSend || !commands.isEmpty()) {
            wait = 0;
        } else if (blockedTurns > PATIENT_TURNS) {
            wait = Math.min(wait, MILLI);
        }
        wait = Math.max(wait, restUntil - now);
        if (wait > 0 && commands.fallAsleep()) {
            socket.await(wait);
            noteIdleTurn(now);
        } else {
            socket.await(0);
        }
        commands.awake();
    }

    /** A wait is a millisecond at least: ending earlier, with nothing to show for it, again and again, is a fault. */
    private void noteIdleTurn(long sleptAt) {
        boolean idle = ticker.nanos() - sleptAt < MILLI / 2
                && !socket.readable()
                && commands.isEmpty()
                && blockedTarget == null;
        idleTurns = idle ? idleTurns + 1 : 0;
        if (idleTurns >= IDLE_TURNS) {
            idleTurns = 0;
            socket.broke("waiting", new IOException("the selector does not wait"));
        }
    }

    private void receiveSome() {
        for (int i = 0; i < PER_TURN; i++) {
            in.clear();
            InetSocketAddress from = socket.receive(in);
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

    /** One peer can cost only itself: a datagram that meets a defect of ours is dropped, and the next one is taken. */
    private void handle(InetSocketAddress from, int length) {
        try {
            endpoint.handleDatagram(from, inBytes, length, ticker.nanos());
        } catch (RuntimeException e) {
            if (defects.again()) {
                LOG.error("A datagram from {} met a defect in Kabar ({} so far).", from, defects.count(), e);
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
            if (!socket.send(out, to)) {
                blockedTarget = to;
                socket.wantRoom(true);
                return;
            }
        }
        moreToSend = true;
    }

    private boolean resend(InetSocketAddress to) {
        out.rewind();
        if (!socket.send(out, to)) {
            blockedTurns++;
            socket.wantRoom(blockedTurns <= PATIENT_TURNS);
            return false;
        }
        blockedTarget = null;
        blockedTurns = 0;
        socket.wantRoom(false);
        return true;
    }
}
