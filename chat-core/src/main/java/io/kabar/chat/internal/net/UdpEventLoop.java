package io.kabar.chat.internal.net;

import io.kabar.chat.internal.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns an endpoint, and turns its {@link EndpointDriver}: sleeps until something comes or is due,
 * or somebody has a command, then turns. Neither a failing socket nor a defect of ours ends it: the one is opened anew,
 * the other logged, and after it the loop rests a moment, so that it never spins.
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

        /**
         * Whether nothing is on its way that will be sent, or that a peer has yet to acknowledge: only time, or what
         * somebody else says, changes anything. What goes to addresses that are not heard does not count.
         */
        default boolean isSettled(Predicate<InetSocketAddress> heard) {
            return true;
        }

        /** Whether somebody who may have a thread of their own, such as a journal, owes an answer. */
        default boolean isOwedAnAnswer() {
            return false;
        }
    }

    /** The loop's socket in figures, since the loop began. */
    public record Health(int receiveBuffer, long errors, long reopened) {}

    private static final Logger LOG = LoggerFactory.getLogger(UdpEventLoop.class);

    private static final long FAREWELL_MILLIS = 200;
    private static final long MILLI = 1_000_000L;
    /** Times in a row that waiting ended early for nothing: a selector that does not wait any more. */
    private static final int IDLE_TURNS = 1000;

    private final Endpoint endpoint;
    private final EndpointDriver driver;
    private final Host host;
    private final String name;
    private final Machine machine;
    private final Ticker ticker;
    private final LoopSocket socket;
    private final CommandQueue commands;
    private final CountDownLatch ended = new CountDownLatch(1);
    private int idleTurns;
    /** Whose turn it is; null between two turns that a machine without threads makes. */
    private volatile @Nullable Thread turning;

    private volatile boolean closing;
    private volatile boolean abandoned;

    /** A loop that has its socket and does not turn yet. */
    public UdpEventLoop(String name, Endpoint endpoint, Host host, Machine machine) throws IOException {
        this.name = name;
        this.endpoint = endpoint;
        this.host = host;
        this.machine = machine;
        ticker = machine.ticker();
        socket = new LoopSocket(name, host, endpoint, ticker);
        commands = new CommandQueue(socket::wakeUp);
        driver = new EndpointDriver(
                endpoint,
                socket,
                ticker,
                new EndpointDriver.Buffers(),
                commands,
                () -> host.afterInputs(ticker.nanos()),
                UdpEventLoop::log);
    }

    /** If it throws, as where there is no room for another thread, there is nothing left of the loop. */
    public void start() {
        try {
            machine.begin(name, this);
        } catch (Throwable e) {
            discard();
            throw e;
        }
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

    /** Whether it has ended: what it owned does not change any more. */
    public boolean hasEnded() {
        return ended.getCount() == 0;
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
        if (Thread.currentThread() == turning) {
            return;
        }
        try {
            if (!awaitEnd(timeoutMillis)) {
                abandoned = true;
                socket.wakeUp();
                if (!awaitEnd(FAREWELL_MILLIS)) {
                    socket.close(); // the thread is stuck somewhere; the port is free at least
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitEnd(long millis) throws InterruptedException {
        return machine.turnUntil(this::hasEnded, millis) ? hasEnded() : ended.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        close(2_000);
    }

    /** The life of its thread. */
    void run() {
        turning = Thread.currentThread();
        try {
            while (!isOver()) {
                sleep();
                driver.turn();
            }
        } catch (RuntimeException | Error e) {
            diedOf(e);
        } finally {
            end();
        }
    }

    private boolean isOver() {
        return abandoned || (closing && host.isOver());
    }

    private void diedOf(Throwable e) {
        LOG.error("The network loop of {} ended by a defect in Kabar.", name, e);
    }

    // For a machine that has no thread for it
    // -----------------------------------------------------------------------------------------------------------

    /** One turn, without waiting for anything; false if it was the last. */
    public boolean turn() {
        turning = Thread.currentThread();
        boolean goesOn = false;
        try {
            commands.awake();
            socket.await(0);
            driver.turn();
            goesOn = !isOver();
        } catch (RuntimeException | Error e) {
            diedOf(e);
        } finally {
            if (!goesOn) {
                end();
            }
            turning = null;
        }
        return goesOn;
    }

    /** Whether a turn is being made. */
    public boolean isTurning() {
        return turning != null;
    }

    /** Whether a turn is needed now. */
    public boolean isDue() {
        return idleNanos() <= 0 || socket.readable() || isOver();
    }

    /** How long no turn is needed unless a datagram comes, in nanoseconds; a command wakes the socket up. */
    public long idleNanos() {
        return commands.fallAsleep() && !socket.readable() ? driver.idleNanos(ticker.nanos()) : 0;
    }

    /** Whose it is. */
    public Host host() {
        return host;
    }

    // The end, and waiting
    // -----------------------------------------------------------------------------------------------------------

    /** Each step is taken whatever becomes of the one before: somebody waits for the last one. */
    private void end() {
        try {
            socket.close();
        } finally {
            abandonEndpoint();
            ended.countDown();
            host.onEnded();
        }
    }

    private void abandonEndpoint() {
        try {
            endpoint.abandon();
        } catch (RuntimeException | Error e) { // whoever waits for the end is told of it all the same
            LOG.error("{} met a defect in Kabar at its end.", name, e);
        }
    }

    private static void log(EndpointDriver.Defect defect, long count) {
        LOG.error("{} met a defect in Kabar ({} so far); the loop goes on.", defect.where(), count, defect.cause());
    }

    private void sleep() {
        // An interrupt would close the socket; nobody has a reason to interrupt this thread.
        if (Thread.interrupted()) {
            LOG.debug("{} was interrupted; it goes on.", name);
        }
        long now = ticker.nanos();
        long wait = driver.idleNanos(now);
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
        boolean idle =
                ticker.nanos() - sleptAt < MILLI / 2 && !socket.readable() && commands.isEmpty() && !driver.isBlocked();
        idleTurns = idle ? idleTurns + 1 : 0;
        if (idleTurns >= IDLE_TURNS) {
            idleTurns = 0;
            socket.broke("waiting", new IOException("the selector does not wait"));
        }
    }
}
