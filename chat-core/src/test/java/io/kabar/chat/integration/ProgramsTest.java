package io.kabar.chat.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kabar.chat.Amendment;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.Content;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Payload;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomValue;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What programs say to each other in rooms, over real sockets. */
class ProgramsTest {

    private static final RoomName TABLE = RoomName.of("table");
    private static final Payload PICTURE = new Payload("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, -1});

    private static ChatServer server() throws Exception {
        return ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .start();
    }

    private static ChatClient client(ChatServer server, String name, ChatClientListener listener) throws Exception {
        return get(ChatClient.builder()
                .server(server.inviteLink("127.0.0.1"))
                .name(name)
                .listener(listener)
                .connect());
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static ChatException failure(CompletableFuture<?> future) {
        try {
            throw new AssertionError("it has " + get(future));
        } catch (ExecutionException e) {
            return (ChatException) Objects.requireNonNull(e.getCause());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Contents of the events of a room, but who came and went. */
    private static final class Heard implements ChatClientListener {
        private final BlockingQueue<Content> contents = new LinkedBlockingQueue<>();

        @Override
        public void onEvent(ChatClient client, ChatEvent event, EventOrigin origin) {
            if (!event.isComingOrGoing()) {
                contents.add(event.content());
            }
        }

        Content next() throws InterruptedException {
            return Objects.requireNonNull(contents.poll(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void data_is_ordered_and_kept_like_a_message() throws Exception {
        Heard heard = new Heard();
        try (ChatServer server = server();
                ChatClient ada = client(server, "ada", new ChatClientListener() {});
                ChatClient bob = client(server, "bob", heard)) {
            get(ada.join(TABLE, JoinHistory.NONE));
            get(bob.join(TABLE, JoinHistory.NONE));
            get(ada.send(TABLE, "look"));
            Receipt receipt = get(ada.send(TABLE, PICTURE));
            get(server.room(TABLE).send(Payload.json("{\"round\":1}")));

            assertThat(heard.next()).isEqualTo(new Content.Said("look", false));
            assertThat(heard.next()).isEqualTo(new ProgramContent.Data(PICTURE));
            assertThat(heard.next()).isEqualTo(new ProgramContent.Data(Payload.json("{\"round\":1}")));
            List<ChatEvent> page =
                    get(bob.history(TABLE, HistoryRange.newest(2))).events();
            assertThat(page).extracting(ChatEvent::sequence).first().isEqualTo(receipt.sequence());
            assertThat(get(server.room(TABLE).newest(2)))
                    .extracting(ChatEvent::content)
                    .isEqualTo(page.stream().map(ChatEvent::content).toList());
            assertThat(get(bob.search(TABLE, "png")).hits()).isEmpty();
        }
    }

    @Test
    void whoever_may_not_speak_may_send_no_data() throws Exception {
        try (ChatServer server = server();
                ChatClient ada = client(server, "ada", new ChatClientListener() {});
                ChatClient bob = client(server, "bob", new ChatClientListener() {})) {
            get(ada.join(TABLE, JoinHistory.NONE));
            get(bob.join(TABLE, JoinHistory.NONE));

            get(ada.change(TABLE, new RoomChange.ModesSet(Map.of(RoomMode.MODERATED, 1L), "")));
            assertThat(failure(bob.send(TABLE, PICTURE))).isInstanceOf(ChatException.NotPermitted.class);
            get(ada.change(TABLE, new RoomChange.ModesSet(Map.of(RoomMode.MODERATED, 0L), "")));
            get(bob.send(TABLE, PICTURE));
            get(ada.change(TABLE, RoomChange.mute(UserName.of("bob"), RoomChange.FOREVER, "")));
            assertThat(failure(bob.send(TABLE, PICTURE))).isInstanceOf(ChatException.NotPermitted.class);
        }
    }

    @Test
    void values_are_found_by_whoever_enters_and_changes_are_told() throws Exception {
        BlockingQueue<String> changes = new LinkedBlockingQueue<>();
        ChatClientListener ears = new ChatClientListener() {
            @Override
            public void onValueChanged(ChatClient client, RoomName room, String key, Optional<RoomValue> value) {
                changes.add(key + " is "
                        + value.map(v -> v.payload().asText() + " by "
                                        + v.author().name())
                                .orElse("gone") + ", of " + client.values(room).size());
            }
        };
        try (ChatServer server = server();
                ChatClient ada = client(server, "ada", new ChatClientListener() {});
                ChatClient bob = client(server, "bob", ears)) {
            get(ada.join(TABLE, JoinHistory.NONE));
            Receipt turn = get(ada.setValue(TABLE, "turn", Payload.text("ada")));
            get(server.room(TABLE).setValue("round", Payload.text("1")));
            RoomState found = get(bob.join(TABLE, JoinHistory.from(1)));

            assertThat(found.values()).containsOnlyKeys("turn", "round");
            assertThat(found.values().values()).extracting(RoomValue::sequence).contains(turn.sequence());
            assertThat(bob.values(TABLE)).isEqualTo(found.values());
            assertThat(get(server.room(TABLE).values())).isEqualTo(found.values());
            get(ada.setValue(TABLE, "turn", Payload.text("bob")));
            get(server.room(TABLE).removeValue("round"));
            assertThat(changes.poll(30, TimeUnit.SECONDS)).isEqualTo("turn is bob by ada, of 2");
            assertThat(changes.poll(30, TimeUnit.SECONDS)).isEqualTo("round is gone, of 1");
            assertThatIllegalArgumentException().isThrownBy(() -> ada.setValue(TABLE, "turn", Payload.NONE));
            assertThatIllegalArgumentException().isThrownBy(() -> ada.setValue(TABLE, "", Payload.text("x")));
            get(bob.leave(TABLE, ""));
            assertThat(bob.values(TABLE)).isEmpty();
        }
    }

    @Test
    void deleted_data_is_read_without_its_bytes() throws Exception {
        try (ChatServer server = server();
                ChatClient ada = client(server, "ada", new ChatClientListener() {})) {
            get(ada.join(TABLE, JoinHistory.NONE));
            Receipt receipt = get(ada.send(TABLE, PICTURE));
            get(ada.amend(TABLE, receipt.sequence(), new Amendment.Deleted("")));

            assertThat(get(ada.history(TABLE, HistoryRange.from(receipt.sequence(), 1)))
                            .events())
                    .extracting(ChatEvent::content)
                    .containsExactly(new ProgramContent.Data(Payload.NONE));
        }
    }

    @Test
    void signals_are_heard_by_programs_and_by_the_host() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        BlockingQueue<String> atHost = new LinkedBlockingQueue<>();
        ChatClientListener ears = new ChatClientListener() {
            @Override
            public void onSignal(ChatClient client, RoomName room, UserName from, String key, byte[] bytes) {
                heard.add(from + " " + key + " " + bytes.length);
            }
        };
        ChatServerListener hostEars = new ChatServerListener() {
            @Override
            public void onSignal(ChatServer server, RoomName room, UserName from, String key, byte[] bytes) {
                atHost.add(from + " " + key + " " + bytes.length);
            }
        };
        try (ChatServer server = ChatServer.builder()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .listener(hostEars)
                        .open()
                        .start();
                ChatClient ada = client(server, "ada", new ChatClientListener() {});
                ChatClient bob = client(server, "bob", ears)) {
            get(ada.join(TABLE, JoinHistory.NONE));
            get(bob.join(TABLE, JoinHistory.NONE));
            ada.signal(TABLE, "at", new byte[1024]);
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("ada at 1024");
            assertThat(atHost.poll(30, TimeUnit.SECONDS)).isEqualTo("ada at 1024");
            server.room(TABLE).signal("tick", new byte[] {1});
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(server.name() + " tick 1");
            assertThatIllegalArgumentException().isThrownBy(() -> ada.signal(TABLE, "at", new byte[1025]));
            assertThatIllegalArgumentException().isThrownBy(() -> ada.signal(TABLE, "x".repeat(33), new byte[1]));
        }
    }

    @Test
    void data_is_as_long_as_a_message_may_be() throws Exception {
        try (ChatServer server = server();
                ChatClient ada = client(server, "ada", new ChatClientListener() {})) {
            get(ada.join(TABLE, JoinHistory.NONE));

            ChatException refused = failure(ada.send(TABLE, Payload.of(new byte[16 * 1024])));
            assertThat(refused.refusal()).isEqualTo(Refusal.TOO_LARGE);
            assertThat(refused).hasMessageContaining("16,384 bytes long");
        }
    }
}
