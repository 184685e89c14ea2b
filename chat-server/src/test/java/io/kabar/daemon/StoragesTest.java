package io.kabar.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.RoomName;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.server.MemoryAccountStore;
import io.kabar.chat.server.MemoryJournal;
import io.kabar.chat.server.MemoryServerRecords;
import io.kabar.chat.spi.StorageProvider;
import io.kabar.storage.csv.CsvStorage;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoragesTest {

    private static final RetentionRules RULES = new RetentionRules(
            Retention.parse("30 days, 500 events"), Map.of(RoomName.of("garden"), Retention.NONE), 4096);

    @TempDir
    Path folder;

    /** Keeps nothing, and what it was told. */
    private static final class InMemory implements StorageProvider {

        private final Map<String, String> told = new HashMap<>();

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public Storage open(Path data, Map<String, String> settings) {
            told.putAll(settings);
            return new Storage(new MemoryJournal(), new MemoryAccountStore(), new MemoryServerRecords());
        }
    }

    private DaemonSettings settings(String storage) {
        return DaemonSettings.standard()
                .withData(folder)
                .withBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withAdmission(new DaemonSettings.Admission.Open())
                .withHistory(RULES)
                .withStorage(storage);
    }

    @Test
    void csv_is_found_without_being_named() {
        assertThat(Storages.found()).extracting(StorageProvider::name).contains("csv");
        assertThat(DaemonSettings.standard().storage()).isEqualTo("csv");
    }

    @Test
    void the_storage_that_is_named_keeps_rooms_and_accounts() throws IOException {
        InMemory memory = new InMemory();
        try (Daemon daemon =
                Daemon.start(settings("memory"), new ChatServerListener() {}, List.of(new CsvStorage(), memory))) {
            assertThat(daemon.server().address().getPort()).isPositive();
        }
        assertThat(folder.resolve("server.key")).exists();
        assertThat(folder.resolve("rooms")).doesNotExist();
        assertThat(memory.told).containsEntry("durability", "os");
        assertThat(RetentionRules.of(memory.told)).isEqualTo(RULES);
    }

    @Test
    void a_storage_that_is_not_there_is_told_with_those_that_are() throws IOException {
        assertThatThrownBy(() -> Daemon.start(
                        settings("nats"), new ChatServerListener() {}, List.of(new CsvStorage(), new InMemory())))
                .isInstanceOf(IOException.class)
                .hasMessage("There is no storage called nats; there are csv, memory.");
        // And the folder is free again.
        Daemon.start(settings("csv"), new ChatServerListener() {}).close();
        assertThat(folder.resolve("rooms")).isDirectory();
    }

    @Test
    void the_configuration_names_it() throws Exception {
        Files.writeString(folder.resolve("kabar.toml"), "storage = 'nats'");
        assertThat(DaemonSettings.read(List.of("--data", folder.toString()), Map.of())
                        .storage())
                .isEqualTo("nats");
    }
}
