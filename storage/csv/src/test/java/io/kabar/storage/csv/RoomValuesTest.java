package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Payload;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.DeviceSecret;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.server.ChatServer;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.exchange.PersonEraser;
import io.kabar.storage.csv.files.WholeFile;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.folder.ServerKeyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs keep in a room outlasts its log, on whatever way the folder goes. */
class RoomValuesTest {

    private static final RoomName TABLE = RoomName.of("table");
    private static final Map<String, String> LEFT = Map.of("score", "1:0", "turn", "bob");

    @TempDir
    Path parent;

    private static final Map<String, DeviceSecret> SECRETS = new ConcurrentHashMap<>();

    /** A server over a folder, and what it is asked through the public API. */
    private static final class Running implements AutoCloseable {
        private final DataFolder folder;
        private final ChatServer server;

        Running(Path data, String keep) throws IOException {
            folder = DataFolder.open(data);
            RetentionRules rules = new RetentionRules(Retention.parse(keep), Map.of());
            server = ChatServer.builder()
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .secret(ServerKeyFile.readOrMake(folder))
                    .open()
                    .accounts(CsvAccountStore.open(folder))
                    .journal(new CsvJournal(folder, Durability.OS, rules))
                    .start();
        }

        ChatClient client(String name) throws Exception {
            return get(ChatClient.builder()
                    .server(server.inviteLink("127.0.0.1"))
                    .name(name)
                    .device(SECRETS.computeIfAbsent(name, who -> DeviceSecret.generate()))
                    .connect());
        }

        /** The values that somebody finds who comes and wants no history. */
        Map<String, String> found() throws Exception {
            try (ChatClient eve = client("eve")) {
                RoomState room = get(eve.join(TABLE, JoinHistory.NONE));
                assertThat(get(server.room(TABLE).values())).isEqualTo(room.values());
                assertThat(eve.values(TABLE)).isEqualTo(room.values());
                Map<String, String> texts = new TreeMap<>();
                room.values()
                        .forEach((key, value) -> texts.put(key, value.payload().asText()));
                return texts;
            }
        }

        @Override
        public void close() {
            server.close();
            folder.close();
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static void play(ChatClient ada) throws Exception {
        get(ada.join(TABLE, JoinHistory.NONE));
        get(ada.setValue(TABLE, "turn", Payload.text("ada")));
        get(ada.setValue(TABLE, "score", Payload.text("1:0")));
        get(ada.setValue(TABLE, "gone", Payload.text("x")));
        get(ada.setValue(TABLE, "turn", Payload.text("bob")));
        get(ada.removeValue(TABLE, "gone"));
        get(ada.send(TABLE, "well played"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"forever", "none", "1 event"})
    void values_outlast_restarts_and_what_retention_takes_away(String keep) throws Exception {
        Path data = parent.resolve("data");
        try (Running running = new Running(data, keep)) {
            try (ChatClient ada = running.client("ada")) {
                play(ada);
                assertThat(running.found()).isEqualTo(LEFT);
            }
        }
        for (int i = 0; i < 2; i++) {
            try (Running running = new Running(data, keep)) {
                assertThat(running.found()).isEqualTo(LEFT);
            }
        }
    }

    /** As of kill -9: the folder as it is at that moment, of which nothing was closed. */
    @ParameterizedTest
    @ValueSource(strings = {"forever", "none"})
    void values_outlast_a_server_that_dies(String keep) throws Exception {
        Path data = parent.resolve("data");
        Path dead = parent.resolve("dead");
        try (Running running = new Running(data, keep);
                ChatClient ada = running.client("ada")) {
            play(ada);
            Path room = data.resolve("rooms").resolve("table");
            for (int i = 0; keep.equals("none") && !holds(room, "bob"); i++) { // what is kept of it is its state
                assertThat(i).as("looks").isLessThan(2000);
                get(ada.send(TABLE, "and on " + i));
            }
            copy(data, dead);
        }
        try (Running running = new Running(dead, keep)) {
            assertThat(running.found()).isEqualTo(LEFT);
        }
    }

    /** Whether a state that is kept has this value. */
    private static boolean holds(Path room, String value) throws IOException {
        String bytes = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        try (var files = Files.walk(room)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("snapshot-"))
                    .toList()) {
                if (Files.readString(file).contains(bytes)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.getFileName().toString().startsWith("lock")) {
                    Files.copy(file, copy);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"forever", "none"})
    void values_go_along_with_an_export(String keep) throws Exception {
        Path data = parent.resolve("data");
        try (Running running = new Running(data, keep);
                ChatClient ada = running.client("ada")) {
            play(ada);
        }
        Path file = parent.resolve("copy.zip");
        WholeFile.write(file, new DataExport(data, Set.of(), null)::archive);
        Path other = parent.resolve("other");
        try (DataFolder into = DataFolder.open(other);
                DataImport reading = new DataImport(into, RoomName.LOBBY, false, Optional.empty())) {
            reading.read(file);
            reading.publish();
        }
        try (Running running = new Running(other, keep)) {
            assertThat(running.found()).isEqualTo(LEFT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"forever", "none"})
    void what_somebody_has_set_is_erased_wherever_it_is_kept(String keep) throws Exception {
        Path data = parent.resolve("data");
        String secret = "the secret of ada";
        try (Running running = new Running(data, keep);
                ChatClient ada = running.client("ada");
                ChatClient bob = running.client("bob")) {
            play(ada);
            get(ada.setValue(TABLE, "secret", Payload.text(secret)));
            get(ada.send(TABLE, Payload.text(secret)));
            get(bob.join(TABLE, JoinHistory.NONE));
            get(bob.setValue(TABLE, "score", Payload.text("1:1")));
        }
        try (DataFolder folder = DataFolder.open(data)) {
            PersonEraser eraser = new PersonEraser(folder, UserName.of("ada"));
            eraser.run(false);
            assertThat(eraser.texts()).isPositive();
            assertThat(eraser.troubles()).isEmpty();
        }
        String bytes = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        try (var files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as("%s", file).doesNotContain(bytes);
            }
        }
        try (Running running = new Running(data, keep)) {
            assertThat(running.found()).isEqualTo(Map.of("score", "1:1"));
        }
    }

    @Test
    void a_snapshot_whose_values_are_damaged_is_not_taken() throws Exception {
        Path data = parent.resolve("data");
        try (Running running = new Running(data, "forever");
                ChatClient ada = running.client("ada")) {
            play(ada);
            get(ada.change(TABLE, RoomChange.mode(RoomMode.SLOW, 1)));
        }
        String turn = Base64.getEncoder().encodeToString("bob".getBytes(StandardCharsets.UTF_8));
        try (var files = Files.walk(data)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("snapshot-"))
                    .toList()) {
                String text = Files.readString(file);
                Files.writeString(file, text.replace(turn, "ZXZl"));
            }
        }
        try (Running running = new Running(data, "forever")) {
            assertThat(running.found()).isEqualTo(LEFT);
        }
    }
}
