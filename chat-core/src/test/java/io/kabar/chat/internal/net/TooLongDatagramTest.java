package io.kabar.chat.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.endpoint.SlowWork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A datagram that the system does not take, since it is too long (EMSGSIZE): the endpoint is told, and nothing else
 * happens.
 */
class TooLongDatagramTest {
    /** More than any UDP datagram over IPv4 holds. */
    private static final int TOO_LONG = 65_600;

    private final List<Integer> told = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private DatagramChannel peer;
    private long skipped;

    @BeforeEach
    void open() throws IOException {
        peer = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
    }

    /** A server's socket, and a client's, which is connected and may be replaced when it fails. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void it_lowers_the_length_of_datagrams_and_the_socket_stays(boolean connected) throws IOException {
        InetSocketAddress to = (InetSocketAddress) peer.getLocalAddress();
        LoopSocket socket = new LoopSocket("test", new Host(connected ? to : null), new Noting(), () -> skipped);
        try {
            skipped = 2 * LoopSocket.REOPEN_INTERVAL; // it might be replaced, if it had to be
            for (int i = 1; i <= 3; i++) {
                assertThat(socket.send(ByteBuffer.allocate(TOO_LONG), to)).isTrue();
                assertThat(socket.send(ByteBuffer.allocate(1200 + i), to)).isTrue();
                assertThat(arrives(socket.localAddress())).isEqualTo(1200 + i);
            }
            assertThat(told).containsExactly(TOO_LONG, TOO_LONG, TOO_LONG);
            assertThat(socket.errors()).isEqualTo(3);
            assertThat(socket.reopened()).isZero();
            assertThat(others).containsExactly("opened");
        } finally {
            socket.close();
        }
    }

    /** The length of the next datagram; over the loopback what was sent is there. */
    private int arrives(InetSocketAddress from) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(2000);
        SocketAddress heard = peer.receive(in);
        assertThat(((InetSocketAddress) heard).getPort()).isEqualTo(from.getPort());
        return in.position();
    }

    private final class Host implements UdpEventLoop.Host {
        private final @Nullable InetSocketAddress server;

        Host(@Nullable InetSocketAddress server) {
            this.server = server;
        }

        @Override
        public UdpSocket open() throws IOException {
            others.add("opened");
            return NioSocket.open(64 * 1024, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), server);
        }

        @Override
        public void afterInputs(long now) {}

        @Override
        public void onReopened(long now) {
            others.add("opened anew");
        }

        @Override
        public void onUnreachable(long now) {
            others.add("unreachable");
        }

        @Override
        public void onTrouble(String sentence) {
            others.add(sentence);
        }

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public void onEnded() {}
    }

    private final class Noting implements Endpoint {
        @Override
        public void handleDatagram(InetSocketAddress from, byte[] data, int length, long now) {}

        @Override
        public void handleTimeout(long now) {}

        @Override
        public void handleWork(SlowWork work, long now) {}

        @Override
        public void handleLimits(DatagramLimits limits) {}

        @Override
        public long nextTimeout() {
            return Long.MAX_VALUE;
        }

        @Override
        public int pollTransmit(byte[] out, long now) {
            return 0;
        }

        @Override
        public void handleTooLong(int length, long now) {
            told.add(length);
        }

        @Override
        public void abandon() {}

        @Override
        public InetSocketAddress transmitTo() {
            throw new AssertionError("nothing was polled");
        }
    }
}
