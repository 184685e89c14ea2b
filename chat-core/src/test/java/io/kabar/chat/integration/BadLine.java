package io.kabar.chat.integration;

import io.kabar.chat.simulation.Link;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A router between one client and a server over real sockets on loopback, as bad as its {@link Link}s are told to be:
 * loss, delay, reordering, duplication, damage, rate, black holes; and it can give the client a new address. What
 * happens to the n-th datagram of a direction is decided by the seed; when it comes is not. Records everything that it
 * takes.
 */
final class BadLine implements AutoCloseable {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record UnderWay(long at, long order, boolean toServer, byte[] bytes) {}

    private final InetSocketAddress server;
    private final Link up = new Link();
    private final Link down = new Link();
    private final Random upRandom;
    private final Random downRandom;
    private final Selector selector;
    private final DatagramChannel inside;
    private final InetSocketAddress address;
    private final Thread thread;
    private final List<byte[]> datagrams = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<UnderWay> underWay = new PriorityQueue<>(
            (a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.order(), b.order()));
    private final ByteBuffer buffer = ByteBuffer.allocate(2048);
    private DatagramChannel outside;
    private @Nullable SocketAddress client;
    private long order;
    private volatile boolean closed;

    /** A line on which nothing is bad yet, not even slow. */
    BadLine(InetSocketAddress server, long seed) throws IOException {
        this.server = server;
        upRandom = new Random(seed);
        downRandom = new Random(~seed);
        up.delay = 0;
        down.delay = 0;
        selector = Selector.open();
        inside = open();
        outside = open();
        address = (InetSocketAddress) inside.getLocalAddress();
        thread = new Thread(this::run, "line");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where the client is to go. */
    InetSocketAddress address() {
        return address;
    }

    /** Makes both directions so, from now on. */
    void weather(Consumer<Link> change) {
        commands.add(() -> {
            change.accept(up);
            change.accept(down);
        });
        selector.wakeup();
    }

    /** From now on the server sees the client at another port, and what goes to the old one is lost. */
    void rebind() {
        commands.add(() -> {
            try {
                outside.close();
                outside = open();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        selector.wakeup();
    }

    /** Everything that was taken, both ways. */
    List<byte[]> datagrams() {
        return new ArrayList<>(datagrams);
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(server.getAddress(), 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        return channel;
    }

    private void run() {
        try {
            while (!closed) {
                UnderWay first = underWay.peek();
                long wait = first == null ? 100_000_000 : first.at() - System.nanoTime();
                selector.select(Math.max(1, wait / 1_000_000));
                selector.selectedKeys().clear();
                for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
                    command.run();
                }
                takeAll(inside, up, upRandom, true);
                takeAll(outside, down, downRandom, false);
                deliver();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void takeAll(DatagramChannel from, Link link, Random random, boolean toServer) throws IOException {
        buffer.clear();
        for (SocketAddress sender = from.receive(buffer); sender != null; sender = from.receive(buffer)) {
            client = toServer ? sender : client;
            buffer.flip();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            datagrams.add(bytes);
            long now = System.nanoTime();
            for (long delay : link.delays(bytes.length, now, random)) {
                underWay.add(new UnderWay(now + delay, order++, toServer, link.damaged(bytes, random)));
            }
            buffer.clear();
        }
    }

    private void deliver() throws IOException {
        for (UnderWay first = underWay.peek();
                first != null && first.at() <= System.nanoTime();
                first = underWay.peek()) {
            underWay.remove();
            if (first.toServer()) {
                outside.send(ByteBuffer.wrap(first.bytes()), server);
            } else if (client != null) {
                inside.send(ByteBuffer.wrap(first.bytes()), client);
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        inside.close();
        outside.close();
        selector.close();
    }
}
