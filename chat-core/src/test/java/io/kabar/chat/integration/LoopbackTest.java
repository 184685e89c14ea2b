package io.kabar.chat.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.SearchPage;
import io.kabar.chat.ServerKey;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ClientOptions;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.client.KnownServers;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ServerOptions;
import io.kabar.chat.server.ServerSecret;
import io.kabar.chat.simulation.CheapPasswords;
import io.kabar.chat.spi.PasswordVerifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CheapPasswords.class)
class LoopbackTest {

    private static final String PASSWORD = "open sesame";

    private static final DeviceSecret DEVICE = DeviceSecret.generate();

    private ChatServer server;

    @BeforeEach
    void start() throws Exception {
        server = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .joinVerifier(PasswordVerifier.derive(PASSWORD, 10_000))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void two_clients_talk_and_a_late_one_gets_the_history() throws Exception {
        EventRecorder bobs = new EventRecorder();
        EventRecorder carols = new EventRecorder();
        try (ChatClient ada = connect("ada", PASSWORD, new EventRecorder());
                ChatClient bob = connect("bob", PASSWORD, bobs)) {
            get(ada.join(RoomName.LOBBY, JoinHistory.NONE));
            get(bob.join(RoomName.LOBBY, JoinHistory.NONE));
            assertThat(get(ada.send(RoomName.LOBBY, "hello")).sequence()).isEqualTo(3);
            assertThat(bobs.next()).matches(ChatEvent::isJoined);
            assertThat(bobs.next()).satisfies(said -> {
                assertThat(said.isSaid()).isTrue();
                assertThat(said.text()).isEqualTo("hello");
                assertThat(said.from().text()).isEqualTo("ada");
                assertThat(said.author().account()).as("the first who came").isEqualTo(1);
                assertThat(said.epoch()).isPositive();
                assertThat(said.sequence()).isEqualTo(3);
            });
            try (ChatClient carol = connect("carol", PASSWORD, carols)) {
                get(carol.join(RoomName.LOBBY, JoinHistory.last(50)));
                assertThat(carols.next().sequence()).isEqualTo(1);
                assertThat(carols.next().sequence()).isEqualTo(2);
                assertThat(carols.next().sequence()).isEqualTo(3);
                assertThat(carols.next()).matches(ChatEvent::isJoined);
            }
            assertThat(bobs.next()).matches(ChatEvent::isJoined);
            assertThat(bobs.next()).matches(ChatEvent::isLeft);
        }
    }

    @Test
    @SuppressWarnings("try") // its end is what the test is about
    void a_server_that_comes_back_with_another_limit_is_asked_what_it_is() throws Exception {
        ServerSecret secret = ServerSecret.generate();
        InetSocketAddress where;
        try (ChatServer first = limited(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), secret, 2_000)) {
            where = first.address();
            ChatClient ada = get(ChatClient.builder()
                    .server(first.inviteLink("127.0.0.1"))
                    .name("ada")
                    .connect());
            try (ada) {
                assertThat(ada.info().maxMessageBytes()).isEqualTo(2_000);
                first.close();
                try (ChatServer next = limited(where, secret, 1_000)) {
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(60))
                            .untilAsserted(() ->
                                    assertThat(ada.info().maxMessageBytes()).isEqualTo(1_000));
                    assertThat(next.stats().sessions()).isOne();
                }
            }
        }
    }

    private static ChatServer limited(InetSocketAddress bind, ServerSecret secret, int bytes) throws Exception {
        return ChatServer.builder()
                .bind(bind)
                .secret(secret)
                .open()
                .options(ServerOptions.builder().maxMessageBytes(bytes).build())
                .start();
    }

    @Test
    void the_same_id_is_the_same_message_from_whichever_process() throws Exception {
        DeviceSecret device = DeviceSecret.generate();
        MessageId id = MessageId.of("one");
        Receipt first;
        try (ChatClient ada = connect("ada", PASSWORD, device, new EventRecorder())) {
            get(ada.join(RoomName.LOBBY, JoinHistory.NONE));
            first = get(ada.send(RoomName.LOBBY, "hello", id));
            assertThatThrownBy(() -> ada.send(RoomName.LOBBY, "nobody's", MessageId.NONE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        try (ChatClient ada = connect("ada", PASSWORD, device, new EventRecorder())) {
            get(ada.join(RoomName.LOBBY, JoinHistory.NONE));
            assertThat(get(ada.send(RoomName.LOBBY, "hello", id))).isEqualTo(first);
            assertThat(get(ada.send(RoomName.LOBBY, "hello", MessageId.of("two")))
                            .sequence())
                    .isGreaterThan(first.sequence());
        }
    }

    @Test
    void history_is_read_and_searched_beside_what_happens() throws Exception {
        EventRecorder recorder = new EventRecorder();
        try (ChatClient ada = connect("ada", PASSWORD, recorder)) {
            get(ada.join(RoomName.LOBBY, JoinHistory.NONE));
            for (int i = 2; i <= 90; i++) {
                get(ada.send(RoomName.LOBBY, i == 77 ? "A needle" : "hay " + i));
            }
            HistoryPage page = get(ada.history(RoomName.LOBBY, HistoryRange.before(90, 40)));
            assertThat(page.events()).hasSize(40);
            assertThat(page.events().get(0).sequence()).isEqualTo(50);
            assertThat(page.hasOlder()).isTrue();

            assertThat(get(ada.whoSaw(RoomName.LOBBY, 90)).members()).isOne();
            SearchPage found = get(ada.search(RoomName.LOBBY, "NEEDLE"));
            assertThat(found.more()).isFalse();
            assertThat(found.hits()).singleElement().satisfies(hit -> {
                assertThat(hit.event()).isEqualTo(page.events().get(27));
                assertThat(hit.context()).isEqualTo(page.events().subList(25, 30));
            });
            assertThatThrownBy(() -> ada.search(RoomName.LOBBY, " ")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> get(ada.history(RoomName.of("elsewhere"), HistoryRange.newest(1))))
                    .hasRootCauseInstanceOf(ChatException.class)
                    .hasMessageContaining("not in that room");

            for (int i = 1; i <= 90; i++) {
                assertThat(recorder.next().sequence()).isEqualTo(i);
            }
            Awaitility.await().until(() -> ada.lastSeen(RoomName.LOBBY).sequence() == 90);
            get(ada.leave(RoomName.LOBBY, ""));
            get(ada.join(RoomName.LOBBY, JoinHistory.after(ada.lastSeen(RoomName.LOBBY))));
            assertThat(recorder.next().sequence()).isEqualTo(91);
        }
    }

    @Test
    void a_wrong_password_and_a_taken_name_are_refused() throws Exception {
        assertThatThrownBy(() -> connect("ada", "wrong", new EventRecorder()))
                .hasRootCauseInstanceOf(ChatException.WrongPassword.class);
        try (ChatClient ada = connect("ada", PASSWORD, new EventRecorder())) {
            assertThat(ada.name().text()).isEqualTo("ada");
            assertThatThrownBy(() -> connect("Ada", PASSWORD, new EventRecorder()))
                    .hasRootCauseInstanceOf(ChatException.NameRefused.class);
        }
    }

    @Test
    void key_of_an_invitation_is_remembered_and_must_not_contradict_what_is_known() throws Exception {
        KnownServers known = KnownServers.inMemory();
        InviteLink link = server.inviteLink("LocalHost");
        try (ChatClient ada = get(knowing(known, link).connect())) {
            assertThat(known.find(InviteLink.to("localhost", link.port()).address()))
                    .contains(ada.info().key());
        }
        try (ChatClient again =
                get(knowing(known, InviteLink.to("LOCALHOST", link.port())).connect())) {
            assertThat(again.info().firstContact()).isFalse();
        }
        byte[] other = new byte[ServerKey.LENGTH];
        other[0] = 9;
        InviteLink forged =
                new InviteLink("localhost", link.port(), Optional.empty(), Optional.of(ServerKey.of(other)));
        assertThatThrownBy(() -> get(knowing(known, forged).connect()))
                .hasRootCauseInstanceOf(ChatException.ServerKeyChanged.class)
                .hasMessageContaining(ServerKey.of(other).fullFingerprint());
    }

    private static ChatClient.Builder knowing(KnownServers known, InviteLink link) {
        return ChatClient.builder()
                .server(link)
                .name("ada")
                .password(PASSWORD)
                .device(DEVICE)
                .knownServers(known);
    }

    @Test
    void whoever_gave_a_password_is_not_signed_in_where_none_is_asked_for() throws Exception {
        try (ChatServer open = ChatServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .open()
                .start()) {
            KnownServers known = KnownServers.inMemory();
            InviteLink link =
                    InviteLink.to(open.address().getHostString(), open.address().getPort());
            assertThatThrownBy(() -> get(knowing(known, link).connect()))
                    .hasRootCauseInstanceOf(ChatException.ServerUnproven.class)
                    .hasMessageContaining("without a password");
            assertThat(known.find(link.address())).isEmpty();
        }
    }

    @Test
    void an_address_where_nobody_listens_is_unreachable() {
        InetSocketAddress address = server.address();
        server.close();
        CompletableFuture<ChatClient> attempt = ChatClient.builder()
                .server(InviteLink.to(address.getHostString(), address.getPort()))
                .name("ada")
                .options(ClientOptions.defaults().withConnectTimeout(Duration.ofSeconds(5)))
                .connect();
        assertThatThrownBy(() -> get(attempt)).hasRootCauseInstanceOf(ChatException.Unreachable.class);
    }

    private ChatClient connect(String name, String password, EventRecorder recorder) throws Exception {
        return connect(name, password, DeviceSecret.generate(), recorder);
    }

    private ChatClient connect(String name, String password, DeviceSecret device, EventRecorder recorder)
            throws Exception {
        return get(ChatClient.builder()
                .server(server.inviteLink(server.address().getHostString()))
                .name(name)
                .password(password)
                .device(device)
                .listener(recorder)
                .connect());
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
