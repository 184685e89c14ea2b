package io.kabar.chat.internal.net;

import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns an endpoint: takes in what has come, does what is due, runs some commands, tells what happened, then sends what
 * there is. Each turn is bounded, so nothing starves. It has neither a thread nor a clock of its own:
 * {@link UdpEventLoop} turns it over a socket, the simulator over a network in memory.
 *
 * <p>What has come is taken in before anything is held to be late: after a pause of the machine the answers of a while
 * lie in the socket, and a timer that fired first would send again what has long arrived. Only when there is no end of
 * datagrams for {@link #LONGEST_READING} does the time that is due come in between.
 *
 * <p>Not safe for threads; {@link #commands} is.
 */
public final class EndpointDriver {

    /** Where datagrams come from and go to. */
    public interface Port {

        /** Whether there may be datagrams to take. */
        boolean readable();

        /** Takes one, cut off where the buffer ends; returns where it comes from, null if there is none now. */
        @Nullable
        InetSocketAddress receive(ByteBuffer into);

        /** Nobody but the one peer can have made the datagram received last. */
        default void proven() {}

        /** Sends the buffer as one datagram; false if there is no room now. */
        boolean send(ByteBuffer datagram, InetSocketAddress to);

        /** Whether to wait for room, too. */
        void wantRoom(boolean wanted);
    }

    /** Datagrams taken in between two looks at the clock, datagrams sent, and commands run, in one turn. */
    static final int PER_TURN = 160;

    /** For so long, what has come goes before what is due. */
    static final long LONGEST_READING = 50_000_000L;

    /**
     * Turns in which there was no room to send though there should be. After that it is asked for every millisecond.
     */
    private static final int PATIENT_TURNS = 16;

    private static final long MILLI = 1_000_000L;
    /** After a defect: it may come back every turn. */
    private static final long REST = 10 * MILLI;
    /** A full buffer means that the datagram was longer: nothing of ours is. */
    private static final int BUFFER = WireLimits.LARGEST_DATAGRAM + 1;

    private final Endpoint endpoint;
    private final Port port;
    private final Ticker ticker;
    private final Runnable afterInputs;
    private final ObjLongConsumer<Defect> defects;
    private final CommandQueue commands;
    private final Buffers buffers;
    private final LogThrottle met = new LogThrottle();
    private @Nullable InetSocketAddress blockedTarget;
    private int blockedTurns;
    private boolean moreToSend;
    private boolean moreToRead;
    private long readingSince;
    private long restUntil;

    /**
     * One datagram on its way in, and one on its way out. Drivers of one thread whose ports always have room may share
     * them.
     */
    public static final class Buffers {
        private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
        private final ByteBuffer out = ByteBuffer.allocateDirect(WireLimits.LARGEST_DATAGRAM);
        private final byte[] inBytes = new byte[BUFFER];
        private final byte[] outBytes = new byte[WireLimits.LARGEST_DATAGRAM];
    }

    /** Something of ours that failed: the turn went on without it. */
    public record Defect(String where, Throwable cause) {}

    /**
     * @param afterInputs drains the endpoint's events
     * @param defects is told of a defect and how many there have been; only of those that are worth a line
     */
    EndpointDriver(
            Endpoint endpoint,
            Port port,
            Ticker ticker,
            Buffers buffers,
            CommandQueue commands,
            Runnable afterInputs,
            ObjLongConsumer<Defect> defects) {
        this.buffers = buffers;
        this.endpoint = endpoint;
        this.port = port;
        this.ticker = ticker;
        this.commands = commands;
        this.afterInputs = afterInputs;
        this.defects = defects;
        restUntil = ticker.nanos();
        readingSince = restUntil;
    }

    /** A driver that no other thread has commands for, as in the simulator. */
    public EndpointDriver(
            Endpoint endpoint,
            Port port,
            Ticker ticker,
            Buffers buffers,
            Runnable afterInputs,
            ObjLongConsumer<Defect> defects) {
        this(endpoint, port, ticker, buffers, new CommandQueue(() -> {}), afterInputs, defects);
    }

    /** One turn. */
    public void turn() {
        try {
            readingSince = moreToRead ? readingSince : ticker.nanos();
            moreToRead = port.readable() && !receiveSome();
            long now = ticker.nanos();
            if (!moreToRead || now - readingSince > LONGEST_READING) {
                readingSince = now;
                if (endpoint.nextTimeout() <= now) {
                    endpoint.handleTimeout(now);
                }
            }
        } catch (Throwable e) { // whatever it is, everybody else goes on
            defect("The protocol", e);
        }
        try {
            commands.runSome(PER_TURN, e -> report("A command", e)); // it does not come back: no need to rest
            afterInputs.run();
        } catch (Throwable e) {
            defect("What came of the inputs", e);
        }
        try {
            sendSome();
        } catch (Throwable e) {
            defect("Sending", e);
        }
    }

    /** How long there is nothing to do unless something comes, in nanoseconds; 0 or less if there is something now. */
    public long idleNanos(long now) {
        long timeout = endpoint.nextTimeout();
        long wait = timeout == Long.MAX_VALUE ? Long.MAX_VALUE : timeout - now;
        if (moreToSend || moreToRead || !commands.isEmpty()) {
            wait = 0;
        } else if (blockedTurns > PATIENT_TURNS) {
            wait = Math.min(wait, MILLI);
        }
        return Math.max(wait, restUntil - now);
    }

    /** Whether it waits for room to send. */
    boolean isBlocked() {
        return blockedTarget != null;
    }

    private void defect(String where, Throwable e) {
        restUntil = ticker.nanos() + REST;
        report(where, e);
    }

    private void report(String where, Throwable e) {
        if (met.again()) {
            defects.accept(new Defect(where, e), met.count());
        }
    }

    /** Returns whether nothing is left. */
    private boolean receiveSome() {
        ByteBuffer in = buffers.in;
        for (int i = 0; i < PER_TURN; i++) {
            in.clear();
            InetSocketAddress from = port.receive(in);
            if (from == null) {
                return true;
            }
            in.flip();
            int length = in.remaining();
            if (length < BUFFER) {
                in.get(buffers.inBytes, 0, length);
                handle(from, length);
            }
        }
        return false;
    }

    /** One peer can cost only itself: a datagram that meets a defect of ours is dropped, and the next one is taken. */
    private void handle(InetSocketAddress from, int length) {
        try {
            endpoint.handleDatagram(from, buffers.inBytes, length, ticker.nanos());
            if (endpoint.isProven()) {
                port.proven();
            }
        } catch (Throwable e) {
            report("A datagram from " + from, e);
        }
    }

    private void sendSome() {
        moreToSend = false;
        if (blockedTarget != null && !resend(blockedTarget)) {
            return;
        }
        ByteBuffer out = buffers.out;
        for (int i = 0; i < PER_TURN; i++) {
            int length = endpoint.pollTransmit(buffers.outBytes, ticker.nanos());
            if (length == 0) {
                return;
            }
            out.clear();
            out.put(buffers.outBytes, 0, length).flip();
            InetSocketAddress to = endpoint.transmitTo();
            if (!port.send(out, to)) {
                blockedTarget = to;
                port.wantRoom(true);
                return;
            }
        }
        moreToSend = true;
    }

    private boolean resend(InetSocketAddress to) {
        buffers.out.rewind();
        if (!port.send(buffers.out, to)) {
            blockedTurns++;
            port.wantRoom(blockedTurns <= PATIENT_TURNS);
            return false;
        }
        blockedTarget = null;
        blockedTurns = 0;
        port.wantRoom(false);
        return true;
    }
}
