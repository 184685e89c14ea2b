package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.client.DeviceSecret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process shows: signals, exit codes, streams, and what survives a kill. */
@DisabledOnOs(OS.WINDOWS) // no SIGTERM
class ServerProcessTest {

    private static final Pattern PASSWORD = Pattern.compile("join password: (\\S+) \\(shown once; keep it\\)");
    private static final int SECONDS = 30;

    @TempDir
    Path folder;

    private ServerProcess start(String... args) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("127.0.0.1", "--data", folder.resolve("data").toString()));
        all.addAll(List.of(args));
        return new ServerProcess(folder, all.toArray(String[]::new));
    }

    @Test
    void it_says_ready_serves_and_stops_at_a_signal() throws Exception {
        try (ServerProcess server = start("-p", "0")) {
            InviteLink link = server.awaitReady();
            assertThat(link.host()).isEqualTo("127.0.0.1");
            assertThat(link.key()).isPresent();
            try (ServerProcess second = start("-p", "0")) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.stderr().lines())
                        .singleElement()
                        .asString()
                        .contains("in use by another server (process ");
                assertThat(second.stdout()).isEmpty();
            }

            server.terminate();

            assertThat(server.awaitExit()).isZero();
            assertThat(server.stdout()).containsExactly("ready " + link);
            assertThat(server.stderr()).matches("(?s).*started: 127.*join password: .*stopped\\R");
            assertThat(server.stderr()).doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void it_goes_on_when_a_log_rotation_hangs_up() throws Exception {
        try (ServerProcess server = start("-p", "0", "--open", "--log-level", "trace")) {
            InviteLink link = server.awaitReady();
            server.hangUp();
            Awaitility.await().untilAsserted(() -> assertThat(server.stderr()).contains("hangup signal"));
            connect(link, "", DeviceSecret.generate(), new ChatClientListener() {})
                    .close();
            assertThat(server.stderr()).containsPattern("received 1200 bytes from /127\\.0\\.0\\.1:\\d+, first c0");
            server.terminate();
            assertThat(server.awaitExit()).isZero();
        }
    }

    @Test
    void what_was_accepted_survives_a_kill() throws Exception {
        DeviceSecret device = DeviceSecret.generate();
        List<Receipt> receipts = new ArrayList<>();
        InviteLink link;
        String password;
        try (ServerProcess server = start("-p", "0")) {
            link = server.awaitReady();
            Matcher told = PASSWORD.matcher(server.stderr());
            assertThat(told.find()).isTrue();
            password = told.group(1);
            try (ChatClient ada = connect(link, password, device, new ChatClientListener() {})) {
                ada.join(RoomName.LOBBY, JoinHistory.NONE).get(SECONDS, TimeUnit.SECONDS);
                List<CompletableFuture<Receipt>> sent = new ArrayList<>();
                for (int i = 1; i <= 30; i++) {
                    sent.add(ada.send(RoomName.LOBBY, "=text, \"number\"\n" + i, id(i)));
                }
                for (CompletableFuture<Receipt> each : sent) {
                    receipts.add(each.get(SECONDS, TimeUnit.SECONDS));
                }
                // The log is written behind what it tells of.
                Awaitility.await()
                        .untilAsserted(() -> assertThat(server.stderr())
                                .contains("ada signed in from 127.0.0.1:", "ada joined #lobby"));
                server.kill();
            }
            assertThat(server.stderr()).doesNotContain("number");
        }
        BlockingQueue<ChatEvent> events = new LinkedBlockingQueue<>();
        ChatClientListener listener = new ChatClientListener() {
            @Override
            public void onEvent(ChatClient from, ChatEvent event, EventOrigin origin) {
                events.add(event);
            }
        };
        try (ServerProcess server = start("-p", Integer.toString(link.port()))) {
            assertThat(server.awaitReady()).isEqualTo(link);
            assertThat(server.stderr()).doesNotContain("join password");
            try (ChatClient ada = connect(link, password, device, listener)) {
                ada.join(RoomName.LOBBY, JoinHistory.from(1)).get(SECONDS, TimeUnit.SECONDS);
                List<ChatEvent> said = new ArrayList<>();
                while (said.size() < receipts.size()) {
                    ChatEvent event = events.poll(SECONDS, TimeUnit.SECONDS);
                    assertThat(event)
                            .as("after %d of the messages", said.size())
                            .isNotNull();
                    if (event.isSaid()) {
                        said.add(event);
                    }
                }
                assertThat(said)
                        .extracting(ChatEvent::sequence)
                        .isEqualTo(receipts.stream().map(Receipt::sequence).toList());
                assertThat(said.get(29).text()).isEqualTo("=text, \"number\"\n30");
                for (int i = 1; i <= receipts.size(); i++) { // said once more, they are what they were
                    assertThat(ada.send(RoomName.LOBBY, "once more", id(i)).get(SECONDS, TimeUnit.SECONDS))
                            .isEqualTo(receipts.get(i - 1));
                }
            }
        }
    }

    private static MessageId id(int number) {
        return MessageId.of("ServerProcessTest", String.valueOf(number));
    }

    private static ChatClient connect(
            InviteLink link, String password, DeviceSecret device, ChatClientListener listener) throws Exception {
        ChatClient.Builder builder = ChatClient.builder();
        if (!password.isEmpty()) {
            builder.password(password);
        }
        return builder.server(link)
                .name("ada")
                .device(device)
                .listener(listener)
                .connect()
                .get(SECONDS, TimeUnit.SECONDS);
    }
}
