package io.kabar.chat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kabar.chat.InviteLink;
import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.QuickMachine;
import io.kabar.chat.internal.net.ServerAddresses;
import io.kabar.chat.internal.net.SystemMachine;
import io.kabar.chat.internal.net.Ticker;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ServerSecret;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A server whose name has several addresses, of which some are dead, and which change. */
@EnabledOnOs(OS.LINUX) // where all of 127.0.0.0/8 is this machine
class ServerNameTest {

    private static InetAddress at(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private static ChatServer server(ServerSecret secret, int last, int port) throws Exception {
        return ChatServer.builder()
                .bind(new InetSocketAddress(at(last), port))
                .secret(secret)
                .open()
                .start();
    }

    private static ChatClient.Builder client(ChatServer server, ServerAddresses.Resolver resolver) {
        return client(server, new SystemMachine(Ticker.system(), resolver), Duration.ofSeconds(20));
    }

    private static ChatClient.Builder client(ChatServer server, Machine machine, Duration timeout) {
        return new ClientBuilder()
                .server(new InviteLink(
                        "chat.example", server.address().getPort(), Optional.empty(), Optional.of(server.key())))
                .runsOn(machine)
                .options(ClientOptions.defaults().withConnectTimeout(timeout))
                .name("ada");
    }

    @Test
    void an_address_where_nobody_listens_is_no_reason_to_give_up() throws Exception {
        try (ChatServer server = server(ServerSecret.generate(), 1, 0);
                ChatClient ada = client(server, host -> new InetAddress[] {at(2), at(3), at(1)})
                        .connect()
                        .get(30, TimeUnit.SECONDS)) {
            assertThat(ada.info().server().getAddress()).isEqualTo(at(1));
        }
    }

    @Test
    void an_address_that_swallows_everything_is_no_reason_to_give_up() throws Exception {
        try (ChatServer server = server(ServerSecret.generate(), 1, 0);
                DatagramSocket silent = new DatagramSocket(
                        new InetSocketAddress(at(2), server.address().getPort()));
                ChatClient ada = client(server, host -> new InetAddress[] {at(2), at(1)})
                        .connect()
                        .get(30, TimeUnit.SECONDS)) {
            assertThat(silent.isBound()).isTrue();
            assertThat(ada.info().server().getAddress()).isEqualTo(at(1));
        }
    }

    /**
     * An address may be somebody else's by now, or somebody may write as if from there: what they say decides nothing.
     */
    @Test
    void an_address_that_answers_everything_with_forgeries_is_no_reason_to_give_up() throws Exception {
        byte[] strange = ServerSecret.generate().key().bytes();
        try (ChatServer server = server(ServerSecret.generate(), 1, 0);
                DatagramSocket forger = new DatagramSocket(
                        new InetSocketAddress(at(2), server.address().getPort()))) {
            Thread thread = new Thread(() -> forge(forger, strange), "forger");
            thread.setDaemon(true);
            thread.start();
            try (ChatClient ada = client(server, host -> new InetAddress[] {at(2), at(1)})
                    .connect()
                    .get(30, TimeUnit.SECONDS)) {
                assertThat(ada.info().server().getAddress()).isEqualTo(at(1));
            }
        }
    }

    /** Until it is closed: what was heard, what nobody understands, and a RETRY with another key. */
    private static void forge(DatagramSocket socket, byte[] key) {
        byte[] bytes = new byte[WireLimits.DATAGRAM];
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        try {
            while (true) {
                packet.setData(bytes);
                socket.receive(packet);
                socket.send(packet);
                long cid = ByteBuffer.wrap(bytes, 5, Long.BYTES).getLong();
                packet.setData(new byte[] {1, 2, 3});
                socket.send(packet);
                byte[] retry = new byte[WireLimits.DATAGRAM];
                int length = PacketCodec.encode(new Packet.Retry(Packet.VERSION_2, cid, key, new byte[24]), retry);
                packet.setData(retry, 0, length);
                socket.send(packet);
            }
        } catch (IOException e) {
            assertThat(socket.isClosed()).as("%s", e).isTrue();
        }
    }

    @Test
    void where_nobody_listens_at_any_that_is_said() throws Exception {
        try (ChatServer server = server(ServerSecret.generate(), 1, 0)) {
            assertThatThrownBy(() -> client(server, host -> new InetAddress[] {at(2), at(3)})
                            .connect()
                            .get(30, TimeUnit.SECONDS))
                    .cause()
                    .hasMessageContaining("cannot be reached");
            assertThatThrownBy(() -> client(server, host -> {
                                throw new UnknownHostException(host);
                            })
                            .connect()
                            .get(30, TimeUnit.SECONDS))
                    .cause()
                    .hasMessage("There is no host named chat.example.");
        }
    }

    /** It is looked for where it was for as long as a handshake is repeated: some twenty seconds, of quick ones. */
    @Test
    void a_server_that_moves_to_another_address_is_found_there() throws Exception {
        ServerSecret secret = ServerSecret.generate();
        AtomicReference<InetAddress> now = new AtomicReference<>(at(1));
        ChatServer first = server(secret, 1, 0);
        int port = first.address().getPort();
        Machine machine = new QuickMachine(8, host -> new InetAddress[] {now.get()});
        try (ChatClient ada =
                client(first, machine, Duration.ofMinutes(4)).connect().get(30, TimeUnit.SECONDS)) {
            first.close();
            now.set(at(2));
            try (ChatServer second = server(secret, 2, port)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> second.stats().logins() == 1);
                await().until(() -> ada.state() == ConnectionState.LIVE);
                assertThat(ada.info().server().getAddress()).isEqualTo(at(2));
            }
        } finally {
            first.close();
        }
    }
}
