package io.kabar.chat.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * What a client or a server runs on: clocks, network and threads. {@link #system} is the machine this program runs on.
 * One that tests make has a clock and a network of its own and not a thread: then whoever waits for something turns it
 * meanwhile ({@link #turnUntil}).
 */
public interface Machine {

    /** A client or server that may be told, before it begins, to run on another machine than this one. */
    interface Guest {

        /** It is to run there. */
        Guest runsOn(Machine machine);
    }

    /** The time of all deadlines. */
    Ticker ticker();

    /** The time that events have. */
    InstantSource clock();

    /** What nobody can guess, outside of tests. */
    RandomGenerator random();

    /** Who knows the addresses of names. */
    ServerAddresses.Resolver resolver();

    /** A bound socket that hears everybody. */
    UdpSocket serverSocket(InetSocketAddress bind) throws IOException;

    /**
     * A socket that hears a server only.
     *
     * @param server what the server is called in what is received and sent
     * @param localPort 0 for any
     */
    UdpSocket clientSocket(ServerAddresses addresses, InetSocketAddress server, int localPort) throws IOException;

    /** A pool of so many threads. */
    WorkPool pool(String name, int threads);

    /** Begins a task that has a thread of its own. */
    void begin(String name, Runnable task);

    /** Begins to turn a loop, until it is over. */
    void begin(String name, UdpEventLoop loop);

    /**
     * Turns a machine that has no threads until something is so, at most for so many milliseconds of its time. Returns
     * false, and does nothing, where threads turn it: then the caller waits for them.
     */
    boolean turnUntil(BooleanSupplier condition, long millis);

    /** A future of a façade, which somebody may wait for. */
    <T> CompletableFuture<T> future();

    /** This machine. */
    static Machine system() {
        return new SystemMachine(Ticker.system(), ServerAddresses.Resolver.ofSystem());
    }
}
