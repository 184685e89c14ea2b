package io.kabar.chat.integration;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.client.Saying;
import io.kabar.chat.internal.client.login.ClientSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Many clients over real sockets, driven by the one thread that calls {@link #run}. */
final class Crowd implements AutoCloseable {

    /** One of the many: counts what it sees, and insists on the order. */
    static final class One {
        private final ClientEndpoint endpoint;
        private final DatagramChannel channel;
        private boolean inside;
        private long last;
        private long said;
        private long accepted;
        private long digest = 17;
        private String trouble = "";

        private One(ClientEndpoint endpoint, DatagramChannel channel) {
            this.endpoint = endpoint;
            this.channel = channel;
        }

        boolean inside() {
            return inside;
        }

        long said() {
            return said;
        }

        long accepted() {
            return accepted;
        }

        /** Of all that was said, in order: equal for all who have seen the same. */
        long digest() {
            return digest;
        }

        String trouble() {
            return trouble;
        }

        void say(RoomName room, String text) {
            endpoint.say(1, room, Saying.TEXT, text, System.nanoTime());
        }

        private void drain(RoomName room, long now) {
            ClientEvent event;
            while ((event = endpoint.pollEvent()) != null) {
                if (event instanceof ClientEvent.Event e) {
                    saw(e.event());
                    if (e.event().sequence() % 256 == 0) {
                        endpoint.consumed(room, e.event().sequence(), now);
                    }
                } else if (event instanceof ClientEvent.SignedIn) {
                    endpoint.join(2, room, JoinHistory.NONE, now);
                } else if (event instanceof ClientEvent.Entered) {
                    inside = true;
                } else if (event instanceof ClientEvent.Accepted) {
                    accepted++;
                } else if (event instanceof ClientEvent.Work e) {
                    e.work().run();
                    endpoint.handleWork(e.work(), now);
                } else if (event instanceof ClientEvent.Closed || event instanceof ClientEvent.Failed) {
                    trouble = event.toString();
                }
            }
        }

        private void saw(ChatEvent event) {
            if (last != 0 && event.sequence() != last + 1) {
                trouble = "event " + event.sequence() + " after " + last;
            }
            last = event.sequence();
            if (event.isSaid()) {
                said++;
                digest = 31 * digest + event.text().hashCode() + 7 * event.sequence();
            }
        }
    }

    private final RoomName room;
    private final Selector selector;
    private final List<One> members = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(2048);
    private final byte[] bytes = new byte[2048];

    Crowd(InetSocketAddress server, ServerKey key, RoomName room, int size, long seed) throws IOException {
        this.room = room;
        selector = Selector.open();
        Random random = new Random(seed);
        for (int i = 0; i < size; i++) {
            ClientSettings settings = new ClientSettings(
                    server,
                    key,
                    UserName.of("user-" + i + "-x"),
                    null,
                    new byte[32],
                    60_000_000_000L,
                    15_000_000_000L,
                    4_000_000_000L,
                    180_000_000_000L,
                    10_000,
                    true);
            DatagramChannel channel = DatagramChannel.open().connect(server);
            channel.configureBlocking(false);
            One one = new One(new ClientEndpoint(settings, new Random(random.nextLong()), System.nanoTime()), channel);
            channel.register(selector, SelectionKey.OP_READ, one);
            members.add(one);
        }
    }

    List<One> members() {
        return members;
    }

    /** Drives everybody until {@code done}, or {@code seconds} have passed: then false. */
    boolean run(int seconds, BooleanSupplier done) throws IOException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (!done.getAsBoolean()) {
            long now = System.nanoTime();
            if (now >= end) {
                return false;
            }
            selector.select(this::receive, 1);
            for (One one : members) {
                turn(one, System.nanoTime());
            }
        }
        return true;
    }

    private void receive(SelectionKey key) {
        One one = (One) key.attachment();
        try {
            while (true) {
                buffer.clear();
                if (one.channel.read(buffer) <= 0) {
                    return;
                }
                buffer.flip();
                int length = buffer.remaining();
                buffer.get(bytes, 0, length);
                one.endpoint.handleDatagram(
                        (InetSocketAddress) one.channel.getRemoteAddress(), bytes, length, System.nanoTime());
            }
        } catch (IOException e) {
            one.trouble = e.toString();
        }
    }

    private void turn(One one, long now) throws IOException {
        if (one.endpoint.nextTimeout() <= now) {
            one.endpoint.handleTimeout(now);
        }
        one.drain(room, now);
        int length;
        while ((length = one.endpoint.pollTransmit(bytes, now)) > 0) {
            one.channel.write(ByteBuffer.wrap(bytes, 0, length));
        }
    }

    @Override
    public void close() throws IOException {
        for (One one : members) {
            one.channel.close();
        }
        selector.close();
    }
}
