package io.kabar.chat.internal.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** The machine this program runs on; tests give it another clock, or another one to ask for addresses. */
public record SystemMachine(Ticker ticker, ServerAddresses.Resolver resolver) implements Machine {

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public RandomGenerator random() {
        return new SecureRandom();
    }

    @Override
    public UdpSocket serverSocket(InetSocketAddress bind) throws IOException {
        return Sockets.server(bind);
    }

    @Override
    public UdpSocket clientSocket(ServerAddresses addresses, InetSocketAddress server, int localPort)
            throws IOException {
        return Sockets.client(addresses, server, localPort);
    }

    @Override
    public WorkPool pool(String name, int threads) {
        return new ThreadPool(name, threads);
    }

    @Override
    public void begin(String name, Runnable task) {
        new Thread(task, name).start();
    }

    @Override
    public void begin(String name, UdpEventLoop loop) {
        Thread thread = new Thread(loop::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public boolean turnUntil(BooleanSupplier condition, long millis) {
        return false;
    }

    @Override
    public <T> CompletableFuture<T> future() {
        return new CompletableFuture<>();
    }
}
