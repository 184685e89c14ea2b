package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.server.ChatServerListener;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server of today on a folder of version 0.1, with clients of those who have accounts there: they come in as they
 * did, whatever names they have, and find what was said. What is in the folder is told in {@code version-0.1/README.md}
 * of the storage's tests.
 */
class FrozenFolderTest {

    private static final Path FROZEN = Path.of("..", "storage", "csv", "src", "test", "resources", "version-0.1");

    /** Of those who have one; all others are known by their device. */
    private static final Map<String, String> PASSWORDS = Map.of(
            "ada", "secret of 0",
            "py", "secret of 3",
            "server", "secret of 6",
            "\u0131\u015F\u0131k", "secret of 18",
            "\u1E9E", "secret of 21");

    @TempDir
    Path parent;

    private Path data = Path.of("");

    @BeforeEach
    void a_copy() throws IOException {
        data = parent.resolve("data");
        try (InputStream in = Files.newInputStream(FROZEN.resolve("data.zip"));
                ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
            for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
                Path file = data.resolve(each.getName());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, zip.readAllBytes());
            }
        }
    }

    private Daemon start() throws Exception {
        DaemonSettings settings = DaemonSettings.read(List.of("--data", data.toString()), Map.of())
                .withBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return Daemon.start(settings, new ChatServerListener() {});
    }

    private ChatClient signIn(Daemon daemon, String name) throws Exception {
        return signIn(daemon, name, DeviceSecret.inFile(FROZEN.resolve("device.secret")));
    }

    private static ChatClient signIn(Daemon daemon, String name, DeviceSecret device) throws Exception {
        return got(ChatClient.builder()
                .server(daemon.invitation())
                .name(new UserName(name))
                .password(PASSWORDS.getOrDefault(name, "lusab-babad-gutih-tugad"))
                .device(device)
                .connect());
    }

    private static <T> T got(Future<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /** Number, name and text of each event of a room, as version 0.1 has read them. */
    private static List<String> written(String room) throws IOException {
        return Files.readAllLines(FROZEN.resolve("events.tsv")).stream()
                .map(line -> List.of(line.split("\t", -1)))
                .filter(cells -> cells.get(0).equals(room))
                .map(cells -> cells.get(1) + " " + cells.get(4) + ": " + cells.get(6))
                .toList();
    }

    private static List<String> read(ChatClient client, RoomName room, int count) throws Exception {
        return got(client.history(room, HistoryRange.from(1, count))).events().stream()
                .map(FrozenFolderTest::told)
                .toList();
    }

    private static String told(ChatEvent event) {
        String text = event.text()
                .replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        return event.sequence() + " " + event.from().text() + ": " + text;
    }

    @Test
    void those_who_have_an_account_come_in_whatever_it_is_called_and_nobody_else_does_by_their_names()
            throws Exception {
        for (int start = 0; start < 2; start++) {
            try (Daemon daemon = start()) {
                for (String name : List.of(
                        "ada",
                        "py",
                        "Julia",
                        "bob",
                        "bo\u0185",
                        "Zo\u00EB",
                        "you",
                        "\u0251nna",
                        "\u0430\u0434\u0430",
                        "\u13A0\u13A1",
                        "\u0131\u015F\u0131k",
                        "\u1E9E")) {
                    try (ChatClient client = signIn(daemon, name)) {
                        assertThat(client.name().text()).isEqualTo(name);
                    }
                    if (start == 0 && !PASSWORDS.containsKey(name)) {
                        assertThatThrownBy(() -> signIn(daemon, name, DeviceSecret.generate())
                                        .close())
                                .as(name)
                                .hasMessageContaining("That name is taken.");
                    }
                }
            }
        }
    }

    /** The one name that its owner has lost: who bears it would be taken for the server. */
    @Test
    void who_is_called_as_the_server_speaks_is_refused_in_a_sentence_and_keeps_the_account() throws Exception {
        try (Daemon daemon = start()) {
            assertThatThrownBy(() -> signIn(daemon, "server").close())
                    .hasMessageContaining("That is the name by which the server itself speaks.");
        }
        assertThat(Files.readString(data.resolve("users.csv"))).contains(",server,member,");
    }

    @Test
    void rooms_are_as_they_were_and_go_on_with_the_next_number() throws Exception {
        MessageId id = new MessageId(11, 1);
        try (Daemon daemon = start();
                ChatClient ada = signIn(daemon, "ada")) {
            RoomState lobby = got(ada.join(RoomName.LOBBY, JoinHistory.NONE));
            assertThat(lobby.topic()).isEqualTo("roses, and \"thorns\"\n\u0928");
            List<String> written = written("lobby");
            assertThat(read(ada, RoomName.LOBBY, written.size())).isEqualTo(written);
            assertThat(got(ada.send(RoomName.LOBBY, "still here", id)).sequence())
                    .isGreaterThan(written.size());

            RoomName whisper = RoomName.of("whisper");
            got(ada.join(whisper, JoinHistory.NONE));
            assertThat(got(ada.send(whisper, "again")).sequence()).isGreaterThan(5);
        }
        for (String name : List.of("hall", "l0bby", "\u0442\u043E\u0440", "\uD83C\uDF39", "%41", "m\u043Ex")) {
            try (Daemon daemon = start();
                    ChatClient ada = signIn(daemon, "ada")) {
                RoomName room = new RoomName(name);
                List<String> written = written(name);
                assertThat(got(ada.join(room, JoinHistory.NONE)).name()).isEqualTo(room);
                assertThat(read(ada, room, written.size())).isEqualTo(written);
                assertThat(got(ada.send(room, "still here")).sequence()).isGreaterThan(written.size());
            }
        }
    }

    @Test
    void conversations_belong_to_the_accounts_of_the_two() throws Exception {
        try (Daemon daemon = start();
                ChatClient julia = signIn(daemon, "Julia");
                ChatClient other = signIn(daemon, "bo\u0185");
                ChatClient bob = signIn(daemon, "bob")) {
            // Of two that were of the same people the longer goes on.
            RoomName two = RoomName.with(UserName.of("py"));
            RoomState entered = got(julia.join(two, JoinHistory.NONE));
            assertThat(entered.name()).isEqualTo(RoomName.direct(3, 4));
            assertThat(entered.partner()).contains(UserName.of("py"));
            List<String> written = written("@ju1ia@py");
            assertThat(read(julia, entered.name(), written.size())).isEqualTo(written);
            assertThat(got(julia.send(entered.name(), "me again")).sequence()).isGreaterThan(written.size());

            assertConversation(other, "@ada@bo\u0185", RoomName.direct(1, 5));
            assertConversation(bob, "@ada@bob", RoomName.direct(1, 2));
        }
    }

    private static void assertConversation(ChatClient client, String room, RoomName now) throws Exception {
        RoomState entered = got(client.join(RoomName.with(UserName.of("ada")), JoinHistory.NONE));
        assertThat(entered.name()).isEqualTo(now);
        assertThat(read(client, entered.name(), 1)).isEqualTo(written(room));
    }
}
