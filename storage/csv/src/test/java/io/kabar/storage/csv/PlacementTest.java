package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.exchange.PersonEraser;
import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that may be a part of a log is never written over, numbered past or passed over. */
class PlacementTest {

    private static final String FIRST = "messages-000000000001.csv";

    @TempDir
    Path data;

    private Path lobby = Path.of("");

    @BeforeEach
    void three_events() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.say("one", "two", "three");
        }
        lobby = OpenJournal.folder(data, RoomName.LOBBY);
    }

    private static String in(int zero, String digits) {
        return digits.chars()
                .map(c -> c - '0' + zero)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Stream<Integer> zeros() {
        return IntStream.rangeClosed(0x80, Character.MAX_CODE_POINT)
                .filter(c -> Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER && Character.digit(c, 10) == 0)
                .boxed();
    }

    private Map<String, String> files() throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("rooms"))) {
            Map<String, String> files = new TreeMap<>();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), Files.readString(file));
            }
            return files;
        }
    }

    @Test
    void a_segment_named_in_the_digits_of_any_script_gets_its_name_back_and_nothing_is_lost() throws IOException {
        assertThat(zeros().count()).isGreaterThan(50);
        for (int zero : zeros().collect(Collectors.toList())) {
            Files.move(lobby.resolve(FIRST), lobby.resolve("messages-" + in(zero, "000000000001") + ".csv"));

            try (OpenJournal journal = new OpenJournal(data)) {
                assertThat(journal.lobby().last()).as("zero U+%04X", zero).isEqualTo(3);
            }
            assertThat(lobby.resolve(FIRST)).exists();
        }
    }

    @Test
    void two_segments_with_the_same_numbers_stop_the_start_and_both_stay() throws IOException {
        Path foreign = lobby.resolve("messages-" + in(0x6F0, "000000000001") + ".csv");
        Files.copy(lobby.resolve(FIRST), foreign);
        Map<String, String> before = files();

        assertThatThrownBy(() -> new OpenJournal(data))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(foreign.toString())
                .hasMessageContaining("two histories")
                .hasMessageContaining("Move one of them");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void a_segment_whose_numbers_overlap_those_of_another_keeps_its_name_and_stops_the_start() throws IOException {
        Path foreign = lobby.resolve("messages-" + in(0x660, "000000000002") + ".csv");
        String text = Files.readString(lobby.resolve(FIRST));
        Files.writeString(
                foreign,
                text.lines().filter(line -> !line.contains(",one")).collect(Collectors.joining("\r\n", "", "\r\n")));
        Map<String, String> before = files();

        assertThatThrownBy(() -> new OpenJournal(data)).hasMessageContaining("two histories");
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "messages-1.csv",
                "messages-0000000000004.csv",
                "messages-000000000004.csv.bak",
                "messages-000000000004 (copy).csv",
                "messages-000000000004.csv~",
                "messages-000000000004.csv.gz",
                "MESSAGES-000000000004.CSV",
                "messages-99999999999999999999.csv",
                "messages-x.csv"
            })
    void what_may_be_a_part_of_the_log_and_has_no_place_stops_whoever_writes(String name) throws IOException {
        Path alien = Files.writeString(lobby.resolve(name), "seq,time\r\n");
        Map<String, String> before = files();

        assertThatThrownBy(() -> new OpenJournal(data))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(alien.toString())
                .hasMessageContaining("move it out of the folder");
        try (DataFolder folder = DataFolder.open(data)) {
            assertThatThrownBy(() -> new PersonEraser(folder, UserName.of("ada")).run(false))
                    .hasMessageContaining(alien.toString());
            assertThatThrownBy(() -> new DataImport(folder, RoomName.LOBBY, true, Optional.empty()))
                    .hasMessageContaining(alien.toString());
        }
        DataExport export = new DataExport(data, Set.of(), null);
        export.archive(new ByteArrayOutputStream());
        assertThat(export.events()).isEqualTo(3);
        assertThat(export.troubles()).singleElement().asString().contains(alien.toString());
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Lobby", "lobby.bak", "%6cobby", "lobby~", "caf\u00E9", "%c3%a9", "@ada@bob", "%40ada%40bob.bak"
            })
    void a_folder_with_messages_that_is_no_rooms_folder_stops_the_start(String name) throws IOException {
        Path folder = Files.createDirectory(data.resolve("rooms").resolve(name));
        Files.copy(lobby.resolve(FIRST), folder.resolve(FIRST));

        assertThatThrownBy(() -> new OpenJournal(data)).hasMessageContaining(folder.toString());
        DataExport export = new DataExport(data, Set.of(), null);
        export.jsonLines(new ByteArrayOutputStream());
        assertThat(export.troubles()).singleElement().asString().contains(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"attic", "%401%2B2", "%40ada%40bob"})
    void a_file_where_the_folder_of_a_room_belongs_stops_the_start(String name) throws IOException {
        Path file = Files.writeString(data.resolve("rooms").resolve(name), "");

        assertThatThrownBy(() -> new OpenJournal(data)).hasMessageContaining(file + " is a file");
    }

    @Test
    void what_an_editor_has_put_before_a_segment_costs_no_event() throws IOException {
        for (String end : List.of("\r\n", "\n")) {
            String text = Files.readString(lobby.resolve(FIRST)).replace("\r\n", end);
            Files.writeString(lobby.resolve(FIRST), "\uFEFF" + text.replace("\uFEFF", ""));

            DataExport export = new DataExport(data, Set.of(), null);
            export.jsonLines(new ByteArrayOutputStream());
            assertThat(export.troubles()).isEmpty();
            assertThat(export.events()).isEqualTo(3);
            try (OpenJournal journal = new OpenJournal(data)) {
                assertThat(journal.lobby().last()).isEqualTo(3);
                assertThat(journal.read(1, 10).numbers()).containsExactly(1L, 2L, 3L);
            }
        }
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.say("four").get(0).numbers()).containsExactly(4L);
        }
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.read(1, 10).numbers()).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void an_import_writes_over_nothing_that_has_come_meanwhile(@TempDir Path aside) throws IOException {
        Path file = Files.writeString(aside.resolve("messages.csv"), "Eve,ho\n");
        try (DataFolder folder = DataFolder.open(data);
                DataImport reading = new DataImport(folder, RoomName.LOBBY, true, Optional.empty())) {
            reading.read(file);
            Path alien = Files.writeString(lobby.resolve("messages-000000000004.csv"), "somebody's");
            Map<String, String> before = files();

            assertThatThrownBy(reading::publish)
                    .hasMessageStartingWith("Nothing was imported")
                    .hasMessageContaining(alien.toString());
            assertThat(files()).isEqualTo(before);
        }
    }

    @Test
    void a_start_tells_of_no_file_that_a_server_has_written() throws IOException {
        try (LogLines log = new LogLines();
                OpenJournal journal = new OpenJournal(data)) {
            journal.epoch = 7;
            journal.say("four");
            assertThat(log.lines()).isEmpty();
        }
        assertThat(lobby.resolve("epochs.csv")).exists();
        try (LogLines log = new LogLines();
                OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().last()).isEqualTo(4);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void what_is_nobodys_is_left_alone_and_told_once() throws IOException {
        Files.createDirectories(data.resolve("rooms/lost+found/more"));
        Files.writeString(data.resolve("rooms/.DS_Store"), "x");
        Files.writeString(lobby.resolve("notes.txt"), "x");
        Files.writeString(lobby.resolve(".messages-000000000001.csv.tmp"), "half");
        Files.writeString(lobby.resolve("messages-000000000001.csv.damaged"), "old");

        try (LogLines log = new LogLines();
                OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().last()).isEqualTo(3);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("lost+found", ".DS_Store", "notes.txt")
                    .doesNotContain(".tmp", ".damaged");
        }
        assertThat(lobby.resolve("notes.txt")).exists();
    }

    @Test
    void a_segment_that_appears_while_the_server_runs_is_never_written_over() throws IOException {
        RetentionRules rules = new RetentionRules(Retention.parse("160 events"), Map.of());
        try (LogLines log = new LogLines();
                OpenJournal journal = new OpenJournal(
                        data, CsvJournal.Durability.OS, rules, ChannelFile::open, () -> OpenJournal.NOON)) {
            Path next = Files.writeString(lobby.resolve("messages-000000000017.csv"), "somebody's");
            for (int number = 4; number <= 16; number++) {
                assertThat(journal.say("more").get(0).numbers()).containsExactly((long) number);
            }
            assertThat(journal.say("one too many").get(0).refusal()).isEqualTo(Refusal.STORAGE);
            assertThat(next).hasContent("somebody's");
            assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains(next.toString(), "is there"));
            Files.delete(next);
            assertThat(journal.say("again").get(0).numbers()).containsExactly(17L);
        }
    }

    @Test
    void a_segment_among_older_ones_whose_numbers_were_given_stops_the_start() throws IOException {
        RetentionRules rules = new RetentionRules(Retention.parse("160 events"), Map.of());
        try (OpenJournal journal =
                new OpenJournal(data, CsvJournal.Durability.OS, rules, ChannelFile::open, () -> OpenJournal.NOON)) {
            for (int number = 4; number <= 40; number++) {
                journal.say("more");
            }
        }
        String header =
                Files.readString(lobby.resolve(FIRST)).lines().findFirst().orElseThrow() + "\r\n";
        for (String name : List.of("messages-000000000003.csv", "messages-000000000020.csv")) {
            Path alien = Files.writeString(lobby.resolve(name), header);
            Map<String, String> before = files();

            assertThatThrownBy(() -> new OpenJournal(data)).hasMessageContaining(alien.toString());
            assertThat(files()).isEqualTo(before);
            Files.delete(alien);
        }
        new OpenJournal(data).close();
    }

    @Test
    void an_empty_segment_of_a_number_that_was_given_stops_the_start() throws IOException {
        Path empty = lobby.resolve("messages-000000000002.csv");
        Files.writeString(
                empty,
                Files.readString(lobby.resolve(FIRST)).lines().findFirst().orElseThrow() + "\r\n");

        assertThatThrownBy(() -> new OpenJournal(data)).hasMessageContaining(empty.toString());
    }
}
