package io.kabar.chat.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

/** What the loop counts on, of the system's own sockets. */
class NioSocketTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void datagram_wakes_the_other_end_and_tells_where_it_comes_from() throws IOException {
        try (UdpSocket server = Sockets.server(ANY_PORT);
                UdpSocket client = Sockets.client(addresses(server), server.localAddress(), 0)) {
            assertThat(client.isConnected()).isTrue();
            assertThat(server.isConnected()).isFalse();
            assertThat(client.send(ByteBuffer.wrap(new byte[] {1, 2, 3}), server.localAddress()))
                    .isTrue();
            server.await(20_000);
            assertThat(server.readable()).isTrue();
            ByteBuffer in = ByteBuffer.allocate(100);
            assertThat(server.receive(in)).isEqualTo(client.localAddress());
            assertThat(in.position()).isEqualTo(3);
            assertThat(server.receive(in)).as("nothing more").isNull();
        }
    }

    @Test
    void wake_up_before_the_wait_counts() throws IOException {
        try (UdpSocket socket = Sockets.server(ANY_PORT)) {
            socket.wakeUp();
            socket.await(3_600_000);
            assertThat(socket.readable()).isFalse();
        }
    }

    @Test
    void closed_socket_says_so_at_each_call_and_leaves_its_port_at_once() throws IOException {
        UdpSocket closed = Sockets.server(ANY_PORT);
        InetSocketAddress address = closed.localAddress();
        assertThatThrownBy(() -> Sockets.server(address)).isInstanceOf(BindException.class);
        closed.close();
        assertThatThrownBy(() -> closed.await(0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> closed.receive(ByteBuffer.allocate(10))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> closed.send(ByteBuffer.allocate(10), address))
                .isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> closed.wantRoom(true)).isInstanceOf(IOException.class);
        assertThat(closed.readable()).isFalse();
        closed.wakeUp();
        closed.close();
        try (UdpSocket again = Sockets.server(address)) {
            assertThat(again.localAddress()).isEqualTo(address);
        }
    }

    @Test
    void what_the_system_grants_is_read_back() throws IOException {
        try (UdpSocket small = NioSocket.open(64 * 1024, ANY_PORT, null);
                UdpSocket huge = NioSocket.open(1 << 30, ANY_PORT, null)) {
            assertThat(small.receiveBuffer()).isGreaterThanOrEqualTo(64 * 1024);
            assertThat(huge.receiveBuffer())
                    .as("no system grants that")
                    .isLessThan(1 << 30)
                    .isGreaterThanOrEqualTo(small.receiveBuffer());
        }
    }

    private static ServerAddresses addresses(UdpSocket server) throws UnknownHostException {
        InetSocketAddress address = server.localAddress();
        return new ServerAddresses("server", address.getPort(), host -> new InetAddress[] {address.getAddress()});
    }
}
