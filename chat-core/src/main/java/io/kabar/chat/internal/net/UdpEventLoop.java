package io.kabar.chat.internal.net;

import io.kabar.chat.internal.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private final Ticker ticker;
    private final LoopSocket socket;
    private final CommandQueue commands;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private int idleTurns;
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
            thread.start();
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
                sleep();
                driver.turn();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("The network loop of {} ended by a defect in Kabar.", thread.getName(), e);
        } finally {
            end();
        }
    }

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
            LOG.error("{} met a defect in Kabar at its end.", thread.getName(), e);
        }
    }

    private static void log(EndpointDriver.Defect defect, long count) {
        LOG.error("{} met a defect in Kabar ({} so far); the loop goes on.", defect.where(), count, defect.cause());
    }

    private void sleep() {
        // An interrupt would close the socket; nobody has a reason to interrupt this thread.
        if (Thread.interrupted()) {
            LOG.debug("{} was interrupted; it goes on.", thread.getName());
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
