package io.kabar.bench;

import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ClientOptions;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.wire.WireLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Thousands of clients on the calling thread, a socket each. What a client costs here must stay below what it costs the
 * server, or the client is what is measured: hence one selector, one pair of buffers and no thread, queue or lock.
 */
final class Fleet implements AutoCloseable {

    /** Datagrams taken from one socket before the next is looked at. */
    private static final int PER_SOCKET = 64;
    /** A burst for one client, some hundred datagrams. */
    private static final int SOCKET_BUFFER = 256 * 1024;

    private static final int DATAGRAM = WireLimits.LARGEST_DATAGRAM;
    private static final long MILLI = 1_000_000L;
    /** Silence of a server that is far behind is no reason to give up. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Wake(long at, BenchClient client) implements Comparable<Wake> {
        @Override
        public int compareTo(Wake other) {
            return Long.compare(at, other.at);
        }
    }

    private final InetSocketAddress server;
    private final @Nullable ServerKey key;
    private final SecureRandom random = new SecureRandom();
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM);
    private final byte[] bytes = new byte[DATAGRAM];
    private final List<BenchClient> clients = new ArrayList<>();
    private final PriorityQueue<Wake> wakes = new PriorityQueue<>();
    private @Nullable String failure;
    private long datagrams;
    private long traffic;
    private long lastDatagramAt;

    Fleet(InetSocketAddress server, @Nullable ServerKey key) throws IOException {
        this.server = server;
        this.key = key;
    }

    List<BenchClient> clients() {
        return clients;
    }

    /** Datagrams to and from the server so far. */
    long datagrams() {
        return datagrams;
    }

    /** Bytes of UDP payload in them. */
    long bytes() {
        return traffic;
    }

    /** When the last one came or went. */
    long lastDatagramAt() {
        return lastDatagramAt;
    }

    /** What made a client useless, if anything did. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Adds a client, which begins to sign in. */
    void add(UserName name, RoomName room, RoomTraffic.Reader reader, Tally tally) throws IOException {
        ClientOptions options = ClientOptions.defaults();
        byte[] deviceSecret = new byte[32];
        random.nextBytes(deviceSecret);
        ClientSettings settings = new ClientSettings(
                server,
                key,
                name,
                null,
                deviceSecret,
                PATIENCE.toNanos(),
                options.keepAlive().toNanos(),
                PATIENCE.toNanos(),
                2 * PATIENCE.toNanos(),
                2 * RoomTraffic.WINDOW,
                false);
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.connect(server);
            long now = System.nanoTime();
            BenchClient client = new BenchClient(settings, channel, room, reader, tally, random, now);
            channel.register(selector, SelectionKey.OP_READ, client);
            clients.add(client);
            flush(client, now);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Takes in and sends what there is, or waits for it, but not longer than {@code until}. */
    void turn(long until) throws IOException {
        Wake first = wakes.peek();
        long wait = Math.min(until, first == null ? Long.MAX_VALUE : first.at) - System.nanoTime();
        if (wait >= MILLI) {
            selector.select(this::receive, wait / MILLI);
        } else {
            // A sleep is as exact as a millisecond; messages are to be sent when they are due.
            selector.selectNow(this::receive);
        }
        long now = System.nanoTime();
        for (Wake wake = wakes.peek(); wake != null && wake.at <= now; wake = wakes.peek()) {
            wakes.remove();
            BenchClient client = wake.client;
            if (wake.at != client.wakeAt) {
                continue;
            }
            client.wakeAt = Long.MAX_VALUE;
            if (client.endpoint.nextTimeout() <= now) {
                client.endpoint.handleTimeout(now);
            }
            flush(client, now);
        }
    }

    private void receive(SelectionKey selected) {
        BenchClient client = (BenchClient) selected.attachment();
        for (int i = 0; i < PER_SOCKET; i++) {
            long now;
            try {
                buffer.clear();
                int length = client.channel.read(buffer);
                if (length <= 0) {
                    return;
                }
                buffer.flip().get(bytes, 0, length);
                now = System.nanoTime();
                datagrams++;
                traffic += length;
                lastDatagramAt = now;
                client.endpoint.handleDatagram(server, bytes, length, now);
            } catch (PortUnreachableException e) {
                now = System.nanoTime();
                client.endpoint.unreachable(now);
            } catch (IOException e) {
                fail("A socket failed: " + e.getMessage());
                return;
            }
            flush(client, now);
        }
    }

    /** After any input of a client: takes its events, sends what it has, and notes when it wants to be woken. */
    void flush(BenchClient client, long now) {
        client.drainEvents(now);
        int length;
        while ((length = client.endpoint.pollTransmit(bytes, now)) > 0) {
            send(client, length, now);
        }
        if (client.failure() != null) {
            fail(client.failure());
        }
        long next = client.endpoint.nextTimeout();
        if (next < client.wakeAt) { // a later one is found when this one comes
            client.wakeAt = next;
            wakes.add(new Wake(next, client));
        }
    }

    /** A datagram that the system does not take counts as lost on the way. */
    private void send(BenchClient client, int length, long now) {
        try {
            buffer.clear().put(bytes, 0, length).flip();
            client.channel.write(buffer);
            datagrams++;
            traffic += length;
            lastDatagramAt = now;
        } catch (PortUnreachableException e) {
            client.endpoint.unreachable(now);
        } catch (IOException e) {
            fail("A socket failed: " + e.getMessage());
        }
    }

    private void fail(@Nullable String sentence) {
        if (failure == null) {
            failure = sentence;
        }
    }

    /** Signs everybody out, as far as one datagram each can. */
    void signOut() {
        long now = System.nanoTime();
        for (BenchClient client : clients) {
            client.endpoint.signOut(now);
            flush(client, now);
        }
    }

    @Override
    public void close() throws IOException {
        for (BenchClient client : clients) {
            client.channel.close();
        }
        selector.close();
    }
}
