package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.WholeFile;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.layout.DataFormat;
import io.kabar.storage.csv.segment.CsvEvents;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A folder as version 0.1 has written it, with all that it let in: rooms and names that look alike today or that nobody
 * new may have, conversations of the same two people, texts of all kinds, a damaged segment that was found and one that
 * was not, a room of which nothing is kept, one whose beginning was let go, one whose last write was cut off.
 */
class FrozenFolderTest {

    @TempDir
    Path parent;

    private Path data = Path.of("");

    @BeforeEach
    void a_copy() throws IOException {
        data = FirstVersion.data(parent.resolve("data"));
    }

    @Test
    void rooms_and_events_are_what_version_0_1_read_itself_at_each_start() throws IOException {
        for (int start = 0; start < 3; start++) {
            try (OpenJournal journal = FirstVersion.journal(data)) {
                assertThat(FirstVersion.rooms(journal)).as("start " + start).isEqualTo(FirstVersion.rooms());
                assertThat(FirstVersion.events(journal)).as("start " + start).isEqualTo(FirstVersion.events());
            }
        }
    }

    @Test
    void damage_that_nobody_had_found_is_told_once_and_set_aside() throws IOException {
        Path damaged = RoomFolder.of(data.resolve("rooms"), FirstVersion.ATTIC).segment(33);
        byte[] before = Files.readAllBytes(damaged);
        try (OpenJournal journal = FirstVersion.journal(data)) {
            FirstVersion.events(journal);
            FirstVersion.events(journal);
            assertThat(journal.answers.warnings())
                    .filteredOn(warning -> warning.contains("Damaged"))
                    .singleElement()
                    .asString()
                    .contains(damaged.toString(), "events 33 to 35 are kept");
        }
        assertThat(damaged.resolveSibling(damaged.getFileName() + ".damaged")).hasBinaryContent(before);
    }

    @Test
    void accounts_are_as_they_were_and_have_numbers_in_the_order_of_their_rows() throws IOException {
        List<String> rows = Files.readAllLines(data.resolve("users.csv"));
        for (int start = 0; start < 2; start++) {
            try (DataFolder folder = DataFolder.open(data);
                    CsvAccountStore accounts = CsvAccountStore.open(folder)) {
                for (int id = 1; id < rows.size(); id++) {
                    List<String> cells = CsvLine.parse(rows.get(id));
                    Account account = accounts.find(new UserName(cells.get(0))).orElseThrow();
                    assertThat(cells(account)).isEqualTo(cells);
                    assertThat(account.id()).isEqualTo(id);
                }
                assertThat(accounts.knownBySpelling())
                        .contains(new UserName("bo\u0185"))
                        .doesNotContain(new UserName("bob"));
            }
        }
    }

    private static List<String> cells(Account account) {
        return List.of(
                account.name().text(),
                account.role(),
                account.created().toString(),
                account.password().orElse(""),
                account.device(1).map(io.kabar.chat.spi.Device::claim).orElse(""));
    }

    @Test
    void what_is_new_goes_to_new_segments_and_the_old_ones_stay_as_they_are() throws IOException {
        Map<String, String> before = segments(data);
        Map<RoomName, Long> numbers = new TreeMap<>();
        try (OpenJournal journal = FirstVersion.journal(data)) {
            journal.epoch = 7;
            journal.kept.forEach((room, kept) -> {
                journal.propose(OpenJournal.said(room, "new in " + room));
                long number = journal.answers.next().entries().get(0).event().sequence();
                assertThat(number).isEqualTo(kept.last() + 1);
                numbers.put(room, number);
            });
        }

        Map<String, String> after = segments(data);
        before.forEach((file, text) -> {
            if (file.startsWith("torn/")) {
                assertThat(text).startsWith(after.get(file)); // the end of an unfinished record is cut off
            } else {
                assertThat(after.get(file)).as(file).isEqualTo(text);
            }
            after.remove(file);
        });
        assertThat(after).hasSize(numbers.size() - 1); // of one room nothing is kept
        assertThat(after.values()).allSatisfy(text -> assertThat(text).startsWith(CsvEvents.header()));
        numbers.remove(FirstVersion.WHISPER);
        for (Map.Entry<RoomName, Long> each : numbers.entrySet()) {
            RoomFolder folder = RoomFolder.of(data.resolve("rooms"), each.getKey());
            assertThat(folder.segment(each.getValue())).exists();
        }

        try (OpenJournal journal = FirstVersion.journal(data)) {
            assertThat(FirstVersion.events(journal)).containsAll(FirstVersion.events());
            assertThat(FirstVersion.events(journal))
                    .hasSize(FirstVersion.events().size() + numbers.size());
        }
    }

    /** The text of each segment, by where it lies. */
    private static Map<String, String> segments(Path data) throws IOException {
        Path rooms = data.resolve("rooms");
        try (Stream<Path> files = Files.walk(rooms)) {
            Map<String, String> segments = new TreeMap<>();
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("messages-"))
                    .filter(file -> file.toString().endsWith(".csv"))
                    .toList()) {
                String name = rooms.relativize(file).toString().replace('\\', '/');
                segments.put(FirstVersion.movedTo(name), Files.readString(file));
            }
            return segments;
        }
    }

    @Test
    void it_moves_to_another_folder_with_all_numbers() throws IOException {
        try (OpenJournal journal = FirstVersion.journal(data)) {
            FirstVersion.events(journal); // what is damaged is set aside
        }
        Path archive = parent.resolve("archive.zip");
        DataExport export = new DataExport(data, Set.of(), null);
        WholeFile.write(archive, export::archive);
        assertThat(export.troubles()).allSatisfy(trouble -> assertThat(trouble).contains(".damaged was set aside"));
        Path other = parent.resolve("other");
        read(other, archive);

        assertFolder(other);
        assertThat(Files.readString(other.resolve("users.csv"))).isEqualTo(users());
    }

    private String users() throws IOException {
        try (DataFolder folder = DataFolder.open(data);
                CsvAccountStore accounts = CsvAccountStore.open(folder)) {
            assertThat(accounts.find(UserName.of("ada"))).isPresent();
        }
        return Files.readString(data.resolve("users.csv"));
    }

    @Test
    void an_archive_of_version_0_1_is_imported_with_all_numbers_and_accounts() throws IOException {
        Path other = parent.resolve("other");
        read(other, FirstVersion.file(parent, "archive.zip"));

        assertFolder(other);
        assertThat(Files.readString(other.resolve("users.csv"))).isEqualTo(users());
        for (String name : List.of("server.key", "join.verifier", "kabar.toml")) {
            assertThat(other.resolve(name)).hasSameBinaryContentAs(data.resolve(name));
        }
    }

    @Test
    void lines_of_JSON_of_version_0_1_are_imported_with_all_numbers() throws IOException {
        Path other = Files.createDirectory(parent.resolve("other"));
        Files.copy(data.resolve("users.csv"), other.resolve("users.csv"));
        read(other, FirstVersion.file(parent, "events.jsonl"));

        try (OpenJournal journal = FirstVersion.journal(other)) {
            assertThat(withoutIds(FirstVersion.events(journal))).isEqualTo(withoutIds(FirstVersion.events()));
        }
    }

    private static List<String> withoutIds(List<String> events) {
        return events.stream()
                .map(event -> event.replaceAll("\t[0-9a-f]{32}\t", "\t"))
                .toList();
    }

    private static void read(Path other, Path file) throws IOException {
        try (DataFolder folder = DataFolder.open(other);
                DataImport reading = new DataImport(folder, RoomName.LOBBY, false, Optional.empty())) {
            reading.read(file);
            reading.publish();
            assertThat(reading.report().isPartial()).isFalse();
        }
    }

    private static void assertFolder(Path folder) throws IOException {
        try (OpenJournal journal = FirstVersion.journal(folder)) {
            assertThat(FirstVersion.rooms(journal)).isEqualTo(FirstVersion.rooms());
            assertThat(FirstVersion.events(journal)).isEqualTo(FirstVersion.events());
        }
    }

    @Test
    void a_program_that_knows_older_formats_only_leaves_the_folder_alone() throws IOException {
        Path format = data.resolve(DataFormat.FILE);
        assertThat(format).doesNotExist();
        try (OpenJournal journal = FirstVersion.journal(data)) {
            assertThat(journal.kept).isNotEmpty();
        }
        users();
        int written = Integer.parseInt(Files.readString(format).strip().replace("kabar ", ""));
        assertThat(written).isGreaterThan(2); // the newest that 0.1 has known
        Files.writeString(format, "kabar " + (written + 1) + "\n");
        assertThatThrownBy(() -> DataFolder.open(data).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is of format " + (written + 1));
        // The first builds of 0.1 know no formats: to these the accounts are damaged, and they do not start.
        assertThat(Files.readString(data.resolve("users.csv")).lines().findFirst())
                .hasValueSatisfying(header -> assertThat(header).isNotEqualTo("name,role,created,password,claim"));
    }

    @Test
    void each_folder_and_its_room_have_one_name() throws IOException {
        try (OpenJournal journal = FirstVersion.journal(data)) {
            Set<String> rooms =
                    journal.kept.keySet().stream().map(RoomName::text).collect(Collectors.toSet());
            assertThat(rooms).hasSize(FirstVersion.rooms().size());
            assertThat(rooms).contains("@3+4", "@4+9007199254740991", "@2+5", "l0bby", "top", "\u0442\u043E\u0440");
        }
    }
}
