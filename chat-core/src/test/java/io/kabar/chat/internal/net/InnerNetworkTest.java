package io.kabar.chat.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.internal.connection.DatagramLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The way between a server and the participants in its own program. */
class InnerNetworkTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 2120);
    private static final InetSocketAddress FAR = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5001);

    private final InnerNetwork network = new InnerNetwork();
    private final Outer outer = new Outer();
    private final UdpSocket server = network.serverSide(outer);
    private final UdpSocket ada = network.participantSide(address(1), SERVER);
    private final UdpSocket bob = network.participantSide(address(2), SERVER);

    /** The socket to everybody else. */
    private static final class Outer implements UdpSocket {
        private final ArrayDeque<String> arrived = new ArrayDeque<>();
        private final List<String> sent = new ArrayList<>();
        private int woken;

        @Override
        public void await(long millis) {
            // Nobody waits here.
        }

        @Override
        public boolean readable() {
            return !arrived.isEmpty();
        }

        @Override
        public @Nullable InetSocketAddress receive(ByteBuffer into) {
            String first = arrived.poll();
            if (first == null) {
                return null;
            }
            into.put(first.getBytes(StandardCharsets.UTF_8));
            return FAR;
        }

        @Override
        public boolean send(ByteBuffer datagram, InetSocketAddress to) {
            sent.add(text(datagram));
            return true;
        }

        @Override
        public void wantRoom(boolean wanted) {
            // There is.
        }

        @Override
        public void wakeUp() {
            woken++;
        }

        @Override
        public InetSocketAddress localAddress() {
            return SERVER;
        }

        @Override
        public DatagramLimits limits() {
            return DatagramLimits.BASE;
        }

        @Override
        public boolean isConnected() {
            return false;
        }

        @Override
        public int receiveBuffer() {
            return 0;
        }

        @Override
        public void close() {
            // It is.
        }
    }

    private static InetSocketAddress address(int number) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 64, 0, (byte) number}), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** What a socket has, and from whom. */
    private static List<String> received(UdpSocket socket) throws IOException {
        List<String> all = new ArrayList<>();
        ByteBuffer into = ByteBuffer.allocate(2000);
        InetSocketAddress from = socket.receive(into);
        while (from != null) {
            into.flip();
            all.add(text(into) + " from " + from.getAddress().getHostAddress());
            into.clear();
            from = socket.receive(into);
        }
        return all;
    }

    @Test
    void each_hears_what_is_for_it_and_the_rest_goes_out() throws IOException {
        assertThat(server.send(bytes("to ada"), address(1))).isTrue();
        assertThat(server.send(bytes("to bob"), address(2))).isTrue();
        assertThat(server.send(bytes("to somebody"), FAR)).isTrue();
        assertThat(received(ada)).containsExactly("to ada from 127.0.0.1");
        assertThat(received(bob)).containsExactly("to bob from 127.0.0.1");
        assertThat(outer.sent).containsExactly("to somebody");
    }

    @Test
    void neither_the_network_nor_participants_keep_the_other_waiting() throws IOException {
        for (int i = 0; i < 3; i++) {
            outer.arrived.add("far " + i);
            ada.send(bytes("ada " + i), SERVER);
        }
        assertThat(server.readable()).isTrue();
        assertThat(received(server))
                .containsExactly(
                        "ada 0 from 127.64.0.1",
                        "far 0 from 127.0.0.1",
                        "ada 1 from 127.64.0.1",
                        "far 1 from 127.0.0.1",
                        "ada 2 from 127.64.0.1",
                        "far 2 from 127.0.0.1");
        assertThat(server.readable()).isFalse();
    }

    @Test
    void of_too_many_the_last_are_lost_and_only_those_of_one() throws IOException {
        for (int i = 0; i < InnerNetwork.UNDER_WAY + 10; i++) {
            ada.send(bytes("a"), SERVER);
            server.send(bytes("b"), address(1));
        }
        bob.send(bytes("c"), SERVER);
        assertThat(received(ada)).hasSize(InnerNetwork.UNDER_WAY);
        assertThat(received(server)).hasSize(InnerNetwork.UNDER_WAY + 1).contains("c from 127.64.0.2");
        ada.send(bytes("again"), SERVER);
        server.send(bytes("again"), address(1));
        assertThat(received(server)).containsExactly("again from 127.64.0.1");
        assertThat(received(ada)).containsExactly("again from 127.0.0.1");
    }

    @Test
    void whoever_waits_is_woken_by_a_datagram_a_command_and_the_end() throws Exception {
        CompletableFuture<Void> waiting = awaiting(bob);
        server.send(bytes("wake up"), address(2));
        waiting.get(30, TimeUnit.SECONDS);
        assertThat(received(bob)).hasSize(1);

        bob.wakeUp(); // before it waits
        awaiting(bob).get(30, TimeUnit.SECONDS);

        bob.send(bytes("hello"), SERVER);
        assertThat(outer.woken).isPositive();

        CompletableFuture<Void> last = awaiting(bob);
        bob.close();
        last.handle((done, failure) -> true).get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> bob.await(0)).isInstanceOf(IOException.class);
        server.send(bytes("nobody is there"), address(2));
        assertThat(received(bob)).isEmpty();
        assertThat(outer.sent).as("as to any address").containsExactly("nobody is there");
    }

    private static CompletableFuture<Void> awaiting(UdpSocket socket) {
        return CompletableFuture.runAsync(() -> {
            try {
                socket.await(60_000);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
