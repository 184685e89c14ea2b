package io.kabar.chat.internal.net;

import io.kabar.chat.internal.connection.DatagramLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * This machine, on which time passes so many times as fast: for what waits by the clock, with threads and sockets as
 * they are. What takes its time by itself, as the network does, takes it here, too.
 */
public final class QuickMachine implements Machine {

    private final SystemMachine real;
    private final int speed;

    public QuickMachine(int speed, ServerAddresses.Resolver resolver) {
        this.speed = speed;
        long began = System.nanoTime();
        real = new SystemMachine(() -> began + (System.nanoTime() - began) * speed, resolver);
    }

    @Override
    public Ticker ticker() {
        return real.ticker();
    }

    @Override
    public InstantSource clock() {
        return real.clock();
    }

    @Override
    public RandomGenerator random() {
        return real.random();
    }

    @Override
    public ServerAddresses.Resolver resolver() {
        return real.resolver();
    }

    @Override
    public UdpSocket serverSocket(InetSocketAddress bind) throws IOException {
        return new QuickSocket(real.serverSocket(bind));
    }

    @Override
    public UdpSocket clientSocket(ServerAddresses addresses, InetSocketAddress server, int localPort)
            throws IOException {
        return new QuickSocket(real.clientSocket(addresses, server, localPort));
    }

    @Override
    public WorkPool pool(String name, int threads) {
        return real.pool(name, threads);
    }

    @Override
    public void begin(String name, Runnable task) {
        real.begin(name, task);
    }

    @Override
    public void begin(String name, UdpEventLoop loop) {
        real.begin(name, loop);
    }

    @Override
    public boolean turnUntil(BooleanSupplier condition, long millis) {
        return real.turnUntil(condition, millis);
    }

    @Override
    public <T> CompletableFuture<T> future() {
        return real.future();
    }

    private final class QuickSocket implements UdpSocket {
        private final UdpSocket socket;

        QuickSocket(UdpSocket socket) {
            this.socket = socket;
        }

        @Override
        public void await(long millis) throws IOException {
            socket.await((millis + speed - 1) / speed);
        }

        @Override
        public boolean readable() {
            return socket.readable();
        }

        @Override
        public @Nullable InetSocketAddress receive(ByteBuffer into) throws IOException {
            return socket.receive(into);
        }

        @Override
        public void proven() {
            socket.proven();
        }

        @Override
        public boolean send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
            return socket.send(datagram, to);
        }

        @Override
        public void wantRoom(boolean wanted) throws IOException {
            socket.wantRoom(wanted);
        }

        @Override
        public void wakeUp() {
            socket.wakeUp();
        }

        @Override
        public InetSocketAddress localAddress() {
            return socket.localAddress();
        }

        @Override
        public DatagramLimits limits() {
            return socket.limits();
        }

        @Override
        public boolean isConnected() {
            return socket.isConnected();
        }

        @Override
        public int receiveBuffer() {
            return socket.receiveBuffer();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
