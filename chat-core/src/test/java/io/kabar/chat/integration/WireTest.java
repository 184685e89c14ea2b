package io.kabar.chat.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.spi.PasswordVerifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is seen by whoever stands between a client and its server. */
class WireTest {

    private static final String PASSWORD = "correct-horse-battery";
    private static final RoomName ROOM = RoomName.of("secret-garden");
    private static final String TEXT = "meet me under the clock at noon";

    @Test
    void no_name_password_room_or_text_is_on_the_wire() throws Exception {
        try (ChatServer server = server(new ChatServerListener() {});
                BadLine line = new BadLine(server.address(), 1);
                ChatClient client = client(server, line, new ChatClientListener() {})) {
            client.join(ROOM, JoinHistory.last(10)).get(20, TimeUnit.SECONDS);
            for (int i = 0; i < 20; i++) {
                client.send(ROOM, TEXT + ", " + i).get(20, TimeUnit.SECONDS);
            }
            List<byte[]> datagrams = line.datagrams();
            assertThat(datagrams).hasSizeGreaterThan(20);
            for (String secret : List.of("florentina", PASSWORD, "secret-garden", "under the clock")) {
                assertThat(datagrams)
                        .as("datagrams without '%s'", secret)
                        .noneMatch(datagram -> new String(datagram, StandardCharsets.ISO_8859_1).contains(secret));
            }
        }
    }

    @Test
    void a_session_survives_ten_new_addresses_without_a_leave_a_join_or_a_loss() throws Exception {
        BlockingQueue<InetSocketAddress> moves = new LinkedBlockingQueue<>();
        BlockingQueue<ChatEvent> events = new LinkedBlockingQueue<>();
        ChatServerListener watcher = new ChatServerListener() {
            @Override
            public void onRoamed(ChatServer source, UserName name, InetSocketAddress from, InetSocketAddress to) {
                moves.add(to);
            }
        };
        ChatClientListener recorder = new ChatClientListener() {
            @Override
            public void onEvent(ChatClient from, ChatEvent event, EventOrigin origin) {
                events.add(event);
            }
        };
        try (ChatServer server = server(watcher);
                BadLine line = new BadLine(server.address(), 1);
                ChatClient client = client(server, line, recorder)) {
            client.join(ROOM, JoinHistory.NONE).get(20, TimeUnit.SECONDS);
            for (int i = 0; i < 10; i++) {
                client.send(ROOM, "before " + i).get(20, TimeUnit.SECONDS);
                line.rebind();
                client.send(ROOM, "after " + i).get(20, TimeUnit.SECONDS);
                assertThat(moves.poll(20, TimeUnit.SECONDS)).as("move %d", i).isNotNull();
            }
            assertThat(events.poll(20, TimeUnit.SECONDS)).matches(ChatEvent::isJoined);
            for (int i = 0; i < 20; i++) {
                ChatEvent event = events.poll(20, TimeUnit.SECONDS);
                assertThat(event).matches(ChatEvent::isSaid);
                assertThat(event.sequence()).isEqualTo(i + 2L);
            }
        }
    }

    private static ChatServer server(ChatServerListener listener) throws Exception {
        return ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .joinVerifier(PasswordVerifier.derive(PASSWORD, 10_000))
                .listener(listener)
                .start();
    }

    private static ChatClient client(ChatServer server, BadLine line, ChatClientListener listener) throws Exception {
        return ChatClient.builder()
                .server(new InviteLink(
                        "localhost", line.address().getPort(), Optional.empty(), Optional.of(server.key())))
                .name("florentina")
                .password(PASSWORD)
                .listener(listener)
                .connect()
                .get(20, TimeUnit.SECONDS);
    }
}
