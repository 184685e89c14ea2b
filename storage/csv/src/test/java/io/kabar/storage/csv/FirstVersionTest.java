package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.accounts.KeyedAccounts;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.files.WholeFile;
import io.kabar.storage.csv.folder.DataFolder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A folder that a server of version 0.1 has written, with clients of that version: it is opened, goes on, and moves,
 * and every event keeps its number. Two of its accounts look alike by the table of today.
 */
class FirstVersionTest {

    private static final RoomName GARDEN = RoomName.of("garden");
    private static final RoomName TWO = RoomName.direct(1, 2);
    private static final List<String> NAMES = List.of("ada", "bob", "bo\u0185", "Zo\u00EB");

    @TempDir
    Path parent;

    private Path data = Path.of("");

    @BeforeEach
    void a_copy() throws IOException, URISyntaxException {
        data = parent.resolve("data");
        Path frozen = Path.of(Objects.requireNonNull(FirstVersionTest.class.getResource("/folder-0.1"))
                .toURI());
        try (Stream<Path> all = Files.walk(frozen)) {
            for (Path each : all.toList()) {
                Files.copy(each, data.resolve(frozen.relativize(each).toString()));
            }
        }
    }

    private static Map<RoomName, List<Entry>> events(Path folder) throws IOException {
        Map<RoomName, List<Entry>> events = new TreeMap<>(java.util.Comparator.comparing(RoomName::text));
        try (OpenJournal journal = new OpenJournal(folder)) {
            for (RoomName room : journal.kept.keySet()) {
                events.put(room, journal.read(room, 1, 1_000, 1_000_000).entries());
            }
        }
        return events;
    }

    @Test
    void it_is_opened_and_goes_on_where_it_ended() throws IOException {
        Map<RoomName, List<Entry>> events = events(data);

        assertThat(events).containsOnlyKeys(RoomName.LOBBY, GARDEN, TWO);
        events.forEach((room, entries) -> {
            for (int i = 0; i < entries.size(); i++) {
                assertThat(entries.get(i).event().sequence()).isEqualTo(i + 1);
            }
        });
        List<Entry> lobby = Objects.requireNonNull(events.get(RoomName.LOBBY));
        List<Entry> two = Objects.requireNonNull(events.get(TWO));
        assertThat(lobby).hasSizeGreaterThan(20);
        assertThat(two.get(two.size() - 1).event().text()).isEqualTo("between us 1");
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().topic()).isEqualTo("roses 1");
            assertThat(journal.say("behind it").get(0).numbers()).containsExactly(lobby.size() + 1L);
        }
        assertThat(events(data).get(RoomName.LOBBY)).startsWith(lobby.toArray(Entry[]::new));
    }

    @Test
    void names_that_look_alike_stay_two_accounts_and_are_told_once() throws IOException {
        for (int start = 0; start < 3; start++) {
            try (LogLines log = new LogLines(KeyedAccounts.class);
                    DataFolder folder = DataFolder.open(data);
                    CsvAccountStore accounts = CsvAccountStore.open(folder)) {
                for (String name : NAMES) {
                    assertThat(accounts.find(new UserName(name)))
                            .hasValueSatisfying(
                                    account -> assertThat(account.name().text()).isEqualTo(name));
                }
                assertThat(accounts.find(UserName.of("BOB"))
                                .orElseThrow()
                                .name()
                                .text())
                        .isEqualTo("bob");
                assertThat(accounts.knownBySpelling()).containsExactly(new UserName(NAMES.get(2)));
                assertThat(log.lines()).hasSize(start == 0 ? 1 : 0);
            }
        }
        Path told = data.resolve("lookalikes.csv");
        Files.writeString(told, Files.readString(told).replaceAll("(?m)^\\d+,", "999,"));
        try (LogLines log = new LogLines(KeyedAccounts.class);
                DataFolder folder = DataFolder.open(data)) {
            CsvAccountStore.open(folder).close();
            assertThat(log.lines())
                    .as("with another table")
                    .singleElement()
                    .asString()
                    .contains(NAMES.get(2));
        }
    }

    @Test
    void rooms_whose_names_look_alike_are_told_once() throws IOException {
        RoomName twin = new RoomName("l0bby");
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.propose(OpenJournal.said(twin, "hello"));
        }
        assertThat(warnings()).singleElement().asString().contains("look alike", twin.text());
        assertThat(warnings()).isEmpty();
        Path told = data.resolve("lookalike-rooms.csv");
        Files.writeString(told, Files.readString(told).replaceAll("(?m)^\\d+,", "999,"));
        assertThat(warnings()).as("with another table").hasSize(1);
        Files.delete(told);
        assertThat(warnings()).as("without the file").hasSize(1);
        RoomName another = new RoomName("lo\u0184by");
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.propose(OpenJournal.said(another, "hello"));
        }
        assertThat(warnings()).as("only what is new").singleElement().asString().contains(another.text());
    }

    /** What a server tells its listener while it starts on the folder, which is what it writes to the log. */
    private List<String> warnings() throws IOException {
        try (LogLines log = new LogLines(ChatServer.class)) {
            List<String> told = told();
            assertThat(log.lines().stream().filter(line -> line.contains("look alike")))
                    .containsExactlyElementsOf(told);
            return told;
        }
    }

    private List<String> told() throws IOException {
        Queue<String> warnings = new ConcurrentLinkedQueue<>();
        CsvServer.start(data, new ChatServerListener() {
                    @Override
                    public void onWarning(ChatServer from, String sentence) {
                        warnings.add(sentence);
                    }
                })
                .close();
        return warnings.stream().filter(line -> line.contains("look alike")).toList();
    }

    @Test
    void it_moves_to_another_folder_with_all_numbers_and_accounts() throws IOException {
        Path archive = parent.resolve("archive.zip");
        DataExport export = new DataExport(data, Set.of(), null);
        WholeFile.write(archive, export::archive);
        assertThat(export.troubles()).isEmpty();
        Path other = parent.resolve("other");
        try (DataFolder folder = DataFolder.open(other);
                DataImport reading = new DataImport(folder, RoomName.LOBBY, false, Optional.empty())) {
            reading.read(archive);
            reading.publish();
            assertThat(reading.report().isPartial()).isFalse();
        }

        assertThat(events(other)).isEqualTo(events(data));
        try (DataFolder folder = DataFolder.open(other);
                CsvAccountStore accounts = CsvAccountStore.open(folder)) {
            for (String name : NAMES) {
                assertThat(accounts.find(new UserName(name)))
                        .hasValueSatisfying(
                                account -> assertThat(account.name().text()).isEqualTo(name));
            }
        }
        assertThat(other.resolve("server.key")).hasSameBinaryContentAs(data.resolve("server.key"));
    }
}
