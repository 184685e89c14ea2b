package io.kabar.chat.integration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A router between one client and a server on loopback: records everything, and can give the client a new address. */
final class Relay implements AutoCloseable {

    private final InetSocketAddress server;
    private final DatagramChannel inside;
    private final Selector selector;
    private final Thread thread;
    private final List<byte[]> datagrams = new CopyOnWriteArrayList<>();
    private DatagramChannel outside;
    private @Nullable SocketAddress client;
    private volatile boolean rebind;
    private volatile boolean closed;

    Relay(InetSocketAddress server) throws IOException {
        this.server = server;
        selector = Selector.open();
        inside = open();
        outside = open();
        inside.register(selector, SelectionKey.OP_READ);
        outside.register(selector, SelectionKey.OP_READ);
        thread = new Thread(this::run, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where the client is to go. */
    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) inside.getLocalAddress();
    }

    /** From now on the server sees the client at another port. */
    void rebind() {
        rebind = true;
        selector.wakeup();
    }

    /** Everything that passed, both ways. */
    List<byte[]> datagrams() {
        return new ArrayList<>(datagrams);
    }

    private static DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        return channel;
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(2048);
        try {
            while (!closed) {
                selector.select(100);
                selector.selectedKeys().clear();
                if (rebind) {
                    rebind = false;
                    outside.close();
                    outside = open();
                    outside.register(selector, SelectionKey.OP_READ);
                }
                SocketAddress from;
                while ((from = receive(inside, buffer)) != null) {
                    client = from;
                    outside.send(buffer, server);
                }
                while (receive(outside, buffer) != null) {
                    if (client != null) {
                        inside.send(buffer, client);
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SocketAddress receive(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        SocketAddress from = channel.receive(buffer);
        if (from != null) {
            buffer.flip();
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            datagrams.add(copy);
        }
        return from;
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
