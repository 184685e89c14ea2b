package io.kabar.chat.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Of several addresses, the server's is the one from which an answer comes that nobody else can have made. */
@EnabledOnOs(OS.LINUX) // where all of 127.0.0.0/8 is this machine
class ChoosingSocketTest {
    private static final InetSocketAddress LABEL = InetSocketAddress.createUnresolved("chat.example", 1);

    private final List<UdpSocket> peers = new ArrayList<>();
    private final List<InetSocketAddress> chosen = new ArrayList<>();
    private ChoosingSocket socket;
    private InetSocketAddress client = LABEL;

    @BeforeEach
    void open() throws IOException {
        for (int last = 2; last <= 4; last++) {
            InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
            peers.add(Sockets.server(new InetSocketAddress(address, 0)));
        }
        List<InetSocketAddress> addresses =
                peers.stream().map(UdpSocket::localAddress).toList();
        socket = ChoosingSocket.open(64 * 1024, 0, addresses, LABEL, chosen::add);
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        for (UdpSocket peer : peers) {
            peer.close();
        }
    }

    @Test
    void word_from_an_address_chooses_nothing_before_it_is_proven() throws IOException {
        says(1);
        assertThat(heard(0)).isEqualTo(1);
        answer(0, 10); // anybody's
        assertThat(received()).isEqualTo(10);
        assertThat(chosen).isEmpty();
        says(2); // most likely this is the answer to it
        assertThat(heard(0)).isEqualTo(2);
        for (int i = 0; i < 5; i++) { // but that never is the end of the search
            answer(0, 11);
            assertThat(received()).isEqualTo(11);
            says(3 + i);
        }
        assertThat(heard(1)).isEqualTo(3);
        answer(1, 20);
        assertThat(received()).isEqualTo(20);
        socket.proven();

        assertThat(chosen).containsExactly(peers.get(1).localAddress());
        answer(0, 12);
        answer(1, 21);
        assertThat(received()).isEqualTo(21);
        assertThat(socket.receive(ByteBuffer.allocate(10))).as("of the others").isNull();
        assertThat(socket.localAddress().getPort()).isEqualTo(client.getPort());
    }

    /** A repetition is no answer: it goes on to the next address, though the first one said something meanwhile. */
    @Test
    void word_that_is_not_answered_at_once_keeps_nothing_from_the_next_address() throws IOException {
        says(1);
        assertThat(heard(0)).isEqualTo(1);
        answer(0, 10);
        assertThat(received()).isEqualTo(10);
        socket.await(1); // nothing was said to it
        says(2);
        assertThat(heard(0)).isEqualTo(2);
        assertThat(heard(1)).isEqualTo(2);
    }

    @Test
    void who_never_ceases_to_speak_does_not_keep_another_from_being_heard() throws IOException {
        says(1);
        says(2);
        assertThat(heard(0)).isEqualTo(1);
        InetSocketAddress first = client;
        assertThat(heard(1)).isEqualTo(2);
        answer(1, 20);
        client = first;
        for (int i = 0; i < 5; i++) {
            answer(0, 10);
        }
        List<Integer> order = List.of(received(), received());
        assertThat(order).contains(20);
    }

    @Test
    void proof_of_an_earlier_datagram_chooses_the_address_it_came_from_only() throws IOException {
        socket.proven();
        assertThat(chosen).as("nobody has been heard").isEmpty();
        says(1);
        assertThat(heard(0)).isEqualTo(1);
        answer(0, 10);
        assertThat(received()).isEqualTo(10);
        socket.proven();
        socket.proven();
        assertThat(chosen).containsExactly(peers.get(0).localAddress());
    }

    private void says(int what) throws IOException {
        assertThat(socket.send(ByteBuffer.wrap(new byte[] {(byte) what}), LABEL))
                .isTrue();
    }

    /** What a peer has got; where it came from is where it answers to. */
    private int heard(int peer) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(10);
        client = received(peers.get(peer), in);
        return in.get(0);
    }

    private void answer(int peer, int what) throws IOException {
        assertThat(peers.get(peer).send(ByteBuffer.wrap(new byte[] {(byte) what}), client))
                .isTrue();
    }

    private int received() throws IOException {
        ByteBuffer in = ByteBuffer.allocate(10);
        assertThat(received(socket, in)).isEqualTo(LABEL);
        return in.get(0);
    }

    private static InetSocketAddress received(UdpSocket at, ByteBuffer in) throws IOException {
        @Nullable InetSocketAddress from = at.receive(in);
        for (int i = 0; i < 50 && from == null; i++) {
            at.await(1000);
            from = at.receive(in);
        }
        assertThat(from).as("something came").isNotNull();
        return from;
    }
}
