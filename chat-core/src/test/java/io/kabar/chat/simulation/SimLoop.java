package io.kabar.chat.simulation;

import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.net.EndpointDriver;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The loop of a simulated machine: the driver of production over a socket in memory. A defect that production would log
 * and go on from ends the world.
 */
final class SimLoop implements EndpointDriver.Port {
    /** Small datagrams that a socket with Linux's default buffer holds. */
    private static final int SOCKET = 256;
    /** Datagrams sent at one moment. */
    private static final int BURST = 20_000;

    /** Where its datagrams go. */
    @FunctionalInterface
    interface Outlet {
        void send(byte[] datagram, InetSocketAddress to);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Datagram(InetSocketAddress from, byte[] bytes) {}

    private final World world;
    private final Storm storm;
    private final Outlet outlet;
    private final EndpointDriver driver;
    private final ArrayDeque<Datagram> socket = new ArrayDeque<>();
    private int sent;

    SimLoop(World world, Endpoint endpoint, Storm storm, Runnable afterInputs, Outlet outlet) {
        this.world = world;
        this.storm = storm;
        this.outlet = outlet;
        driver = new EndpointDriver(endpoint, this, () -> world.now, world.buffers, afterInputs, (defect, count) -> {
            throw new AssertionError(defect.where() + ": " + defect.cause(), defect.cause());
        });
    }

    /** A datagram has come; what does not fit is lost. */
    void arrives(InetSocketAddress from, byte[] bytes) {
        if (socket.size() < SOCKET) {
            socket.add(new Datagram(from, bytes));
        }
    }

    /** Turns until there is nothing to do at this moment. */
    void turn() {
        sent = 0;
        do {
            driver.turn();
        } while (driver.idleNanos(world.now) <= 0);
    }

    /** What lies in the socket goes with the program. */
    void forget() {
        socket.clear();
    }

    @Override
    public boolean readable() {
        return !socket.isEmpty();
    }

    @Override
    public @Nullable InetSocketAddress receive(ByteBuffer into) {
        Datagram datagram = socket.poll();
        if (datagram == null) {
            return null;
        }
        storm.datagram();
        into.put(datagram.bytes());
        return datagram.from();
    }

    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress to) {
        storm.datagram();
        World.require(++sent < BURST, "datagrams without end");
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        outlet.send(bytes, to);
        return true;
    }

    @Override
    public void wantRoom(boolean wanted) {
        throw new AssertionError("there is always room");
    }
}
