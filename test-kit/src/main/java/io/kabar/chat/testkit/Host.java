package io.kabar.chat.testkit;

import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.ServerAddresses;
import io.kabar.chat.internal.net.Ticker;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.internal.net.UdpSocket;
import io.kabar.chat.internal.net.WorkPool;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** What the clients and servers of a {@link TestMachine} run on: its sockets, and the network's {@link Turner}. */
final class Host implements Machine {

    private static final int FIRST_PORT = 49_152;

    private final Wires wires;
    private final Turner turner;
    private final TestLink link = new TestLink();
    private final Map<Integer, TestSocket> sockets = new ConcurrentHashMap<>();
    private int ports = FIRST_PORT;
    private volatile InetAddress address;

    Host(Wires wires, Turner turner, InetAddress address) {
        this.wires = wires;
        this.turner = turner;
        this.address = address;
    }

    TestLink link() {
        return link;
    }

    InetAddress address() {
        return address;
    }

    void move() {
        address = wires.moves(this);
    }

    void crash() {
        turner.forget(this);
        sockets.clear();
    }

    // Its sockets
    // ------------------------------------------------------------------------------------------------------------

    /** The address by which it is seen there. */
    InetAddress addressTowards(InetSocketAddress peer) {
        return peer.getAddress().isLoopbackAddress() ? peer.getAddress() : address;
    }

    void send(int port, InetSocketAddress to, byte[] bytes) {
        wires.send(this, new InetSocketAddress(addressTowards(to), port), to, bytes);
    }

    void arrives(InetSocketAddress from, int port, byte[] bytes) {
        TestSocket socket = sockets.get(port);
        if (socket != null) {
            socket.arrives(from, bytes);
        }
    }

    boolean hasSocket(int port) {
        return sockets.containsKey(port);
    }

    void closed(int port, TestSocket socket) {
        sockets.remove(port, socket);
    }

    void wakeUp() {
        turner.wakeUp();
    }

    @Override
    public synchronized UdpSocket serverSocket(InetSocketAddress bind) throws BindException {
        int port = free(bind.getPort());
        TestSocket socket = new TestSocket(this, bind.getAddress(), port, null, null);
        sockets.put(port, socket);
        return socket;
    }

    @Override
    public synchronized UdpSocket clientSocket(ServerAddresses addresses, InetSocketAddress server, int localPort)
            throws BindException {
        int port = free(localPort);
        TestSocket socket =
                new TestSocket(this, address, port, addresses.inOrder().get(0), server);
        sockets.put(port, socket);
        return socket;
    }

    private int free(int wanted) throws BindException {
        if (wanted != 0) {
            if (sockets.containsKey(wanted)) {
                throw new BindException("Address already in use");
            }
            return wanted;
        }
        do {
            ports = ports == 65_535 ? FIRST_PORT : ports + 1;
        } while (sockets.containsKey(ports));
        return ports;
    }

    // Clocks and threads
    // ------------------------------------------------------------------------------------------------------------

    @Override
    public Ticker ticker() {
        return turner::now;
    }

    @Override
    public InstantSource clock() {
        return turner.clock();
    }

    @Override
    public RandomGenerator random() {
        return wires.anotherRandom();
    }

    @Override
    public ServerAddresses.Resolver resolver() {
        return wires::resolve;
    }

    @Override
    public WorkPool pool(String name, int threads) {
        return new Pool(name, this, turner, threads);
    }

    @Override
    public void begin(String name, Runnable task) {
        pool(name, 1).execute(task);
    }

    @Override
    public void begin(String name, UdpEventLoop loop) {
        turner.begin(this, loop);
    }

    @Override
    public boolean turnUntil(BooleanSupplier condition, long millis) {
        boolean unused = turner.turn(condition, TimeUnit.MILLISECONDS.toNanos(millis));
        return true;
    }

    @Override
    public <T> CompletableFuture<T> future() {
        return new TurningFuture<>(turner);
    }
}
