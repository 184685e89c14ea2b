package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.server.ServerOptions;
import io.kabar.chat.server.ServerSecret;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.accounts.CsvAccounts;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.exchange.ImportReport;
import io.kabar.storage.csv.exchange.JsonEvents;
import io.kabar.storage.csv.exchange.Unzipped;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.segment.CsvEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that somebody has made to harm. */
class ArchiveTest {

    private static final String HEADER = CsvEvents.header();
    private static final String SEGMENT = "rooms/lobby/messages-000000000001.csv";

    @TempDir
    Path parent;

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private record Part(String name, Content content) {}

    private static Part part(String name, String text) {
        return new Part(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** As many bytes as asked for, of one kind. */
    private static Part bytes(String name, String begin, char c, long count) {
        return new Part(name, out -> {
            out.write(begin.getBytes(StandardCharsets.UTF_8));
            byte[] chunk = Character.toString(c).repeat(64 * 1024).getBytes(StandardCharsets.ISO_8859_1);
            for (long left = count; left > 0; left -= chunk.length) {
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        });
    }

    private static String event() {
        StringBuilder line = new StringBuilder();
        CsvEvents.append(line, new Entry(OpenJournal.said(RoomName.LOBBY, "hi").withSequence(1), MessageId.NONE));
        return line.toString();
    }

    private Path archive(Part... parts) throws IOException {
        Path file = parent.resolve("bad.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file), StandardCharsets.UTF_8)) {
            for (Part part : parts) {
                zip.putNextEntry(new ZipEntry(part.name()));
                part.content().write(zip);
                zip.closeEntry();
            }
        }
        return file;
    }

    private ImportReport imported(Path file) throws IOException {
        try (DataFolder data = DataFolder.open(parent.resolve("data"));
                DataImport reading = new DataImport(data, RoomName.LOBBY, false, Optional.empty())) {
            reading.read(file);
            reading.publish();
            return reading.report();
        }
    }

    /** Refused in a sentence, and nothing is left. */
    private void assertRefused(Path file, String why) throws IOException {
        assertThatThrownBy(() -> imported(file)).isInstanceOf(IOException.class).hasMessageContaining(why);
        assertThat(left()).containsOnly("format", "lock");
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.walk(parent.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> parent.resolve("data").relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void what_unpacks_to_far_more_than_its_size_is_refused() throws IOException {
        assertRefused(archive(bytes(SEGMENT, HEADER, '\n', 16L << 20)), "Damaged");
        assertRefused(archive(bytes("users.csv", "", 'x', 16L << 20)), "users.csv");
        assertRefused(archive(bytes("users.csv", "", 'x', 257L << 20)), "longer than");
        assertRefused(archive(bytes("server.key", "", 'x', 2L << 20)), "longer than");
    }

    /** The list says twenty times that there is a log where the one log is. */
    @Test
    void files_that_share_what_is_packed_are_refused() throws IOException {
        byte[] whole = Files.readAllBytes(archive(bytes(SEGMENT, HEADER, '\n', 4L << 20)));
        ByteBuffer end = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int list = end.getInt(whole.length - 6);
        ByteArrayOutputStream shared = new ByteArrayOutputStream();
        shared.write(whole, 0, list);
        int entry = whole.length - 22 - list;
        for (int number = 1; number <= 20; number++) {
            String name = "rooms/lobby/messages-%012d.csv".formatted(number);
            System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, whole, list + 46, name.length());
            shared.write(whole, list, entry);
        }
        end.putShort(whole.length - 14, (short) 20).putShort(whole.length - 12, (short) 20);
        end.putInt(whole.length - 10, 20 * entry);
        shared.write(whole, whole.length - 22, 22);
        assertRefused(Files.write(parent.resolve("shared.zip"), shared.toByteArray()), "unpacks to more than");
    }

    @Test
    void the_copy_of_a_room_in_which_somebody_has_repeated_one_letter_can_be_had_back() throws IOException {
        Path segment = Files.writeString(parent.resolve("events"), HEADER);
        try (Writer out = Files.newBufferedWriter(segment, StandardOpenOption.APPEND)) {
            StringBuilder line = new StringBuilder();
            ChatEvent said = OpenJournal.said(RoomName.LOBBY, "x".repeat(ServerOptions.MESSAGE_CEILING));
            for (int number = 1; number <= 2_000; number++) {
                line.setLength(0);
                CsvEvents.append(line, new Entry(said.withSequence(number), new MessageId(7, number)));
                out.append(line);
            }
        }
        Path archive = archive(new Part(SEGMENT, out -> Files.copy(segment, out)));

        assertThat(Files.size(segment) / Files.size(archive)).isGreaterThan(200);
        assertThat(imported(archive).lines().get(0)).startsWith("Taken: 2000 events");
    }

    @Test
    void a_line_longer_than_any_event_is_refused_wherever_it_stands() throws IOException {
        String noise = "0123456789abcdefghijklmnopqrstuvwxyz".repeat(10_000);
        for (String end : List.of("", "\r\n", "\"\r\n")) {
            assertRefused(archive(part(SEGMENT, HEADER + noise + end), part("x", noise)), "Damaged");
        }
        assertRefused(archive(part("users.csv", noise)), "users.csv");
        assertRefused(archive(part("rooms/lobby/last.csv", noise)), "no number of an event");
    }

    @Test
    void names_that_lead_elsewhere_are_left_out_and_told() throws IOException {
        List<Part> parts = new ArrayList<>(List.of(part(SEGMENT, HEADER)));
        List<String> names = List.of(
                "../evil.csv",
                "/etc/evil.csv",
                "rooms/../../evil/room.csv",
                "rooms/..%2f/../room.csv",
                "rooms\\lobby\\room.csv",
                "C:/evil.csv",
                "rooms//room.csv",
                "rooms/lobby/./room.csv",
                "rooms/LOBBY/room.csv/../x",
                "./server.key",
                "SERVER.KEY",
                "rooms/" + "a/".repeat(20_000) + "room.csv",
                "rooms/lobby/.messages-000000000001.csv.tmp",
                ".import/archive1/server.key",
                "lock");
        names.forEach(name -> parts.add(part(name, "evil")));

        ImportReport report = imported(archive(parts.toArray(Part[]::new)));

        assertThat(report.isPartial()).isTrue();
        assertThat(report.lines()).anySatisfy(line -> assertThat(line).contains("(" + names.size() + " in all)"));
        assertThat(left()).allMatch(file -> file.matches("format|lock|rooms/lobby/.*"));
        try (Stream<Path> files = Files.list(parent)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsOnly("bad.zip", "data");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rooms/lobby/messages-1.csv",
                "rooms/lobby/messages-000000000001.csv.bak",
                "rooms/lobby/messages-0000000000001.csv",
                "rooms/lobby/messages-9999999999999999999.csv",
                "rooms/lobby/messages-00000000000\u00B2.csv"
            })
    void a_part_of_a_log_that_has_no_place_is_refused(String name) throws IOException {
        assertRefused(archive(part(SEGMENT, HEADER), part(name, HEADER)), "has no place there");
    }

    @Test
    void a_folder_that_no_room_has_is_refused() throws IOException {
        assertRefused(archive(part("rooms/%c3%a9/messages-000000000001.csv", HEADER)), "is not one that Kabar gives");
    }

    @Test
    void the_same_file_twice_is_refused_also_in_other_digits() throws IOException {
        String arabic =
                "rooms/lobby/messages-\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0661.csv";
        assertRefused(archive(part(SEGMENT, HEADER), part(arabic, HEADER)), "is in it twice");
        assertThat(imported(archive(part(arabic, HEADER + event()))).isPartial())
                .isFalse();
        assertThat(left()).contains(SEGMENT);
    }

    @Test
    void a_newer_format_and_a_damaged_key_are_refused() throws IOException {
        assertRefused(archive(part("format", "kabar 4\n"), part(SEGMENT, HEADER)), "use the newer Kabar");
        assertRefused(archive(part("server.key", "/etc/shadow"), part(SEGMENT, HEADER)), "server.key is damaged");
        assertRefused(archive(part("join.verifier", "x"), part(SEGMENT, HEADER)), "join.verifier is damaged");
    }

    @Test
    void an_archive_that_is_cut_off_anywhere_is_refused() throws IOException {
        byte[] whole = Files.readAllBytes(archive(part(SEGMENT, HEADER), part("users.csv", "name")));
        Path cut = parent.resolve("cut.zip");
        for (int length = 4; length < whole.length; length += 7) {
            Files.write(cut, java.util.Arrays.copyOf(whole, length));
            assertRefused(cut, "no whole zip archive");
        }
    }

    @Test
    void a_list_of_files_that_does_not_fit_into_memory_is_refused_unread() throws IOException {
        Path file = archive(part(SEGMENT, HEADER));
        try (RandomAccessFile end = new RandomAccessFile(file.toFile(), "rw")) {
            end.seek(end.length() - 10);
            end.write(new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff});
        }
        assertRefused(file, "list of files has 4294967294 bytes");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void what_is_unpacked_is_for_the_owners_eyes() throws IOException {
        Path folder = parent.resolve("unpacked");
        Path file = archive(
                part("server.key", ServerSecret.generate().encode()), part(SEGMENT, HEADER), part("users.csv", "name"));
        Unzipped.into(folder, file, new ImportReport());

        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all)
                    .hasSize(6)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .endsWith("------"));
        }
    }

    @Test
    void lines_of_any_length_in_other_files_are_told_and_the_rest_is_taken() throws IOException {
        String noise = "x".repeat(1 << 20);
        String event = JsonEvents.line(new Entry(OpenJournal.said(RoomName.LOBBY, "hi"), MessageId.NONE));
        Path json = Files.writeString(
                parent.resolve("events.jsonl"), "\uFEFF" + event + "\r\n{\"text\":\"" + noise + "\"}\n" + event);
        ImportReport report = imported(json);
        assertThat(report.lines().get(0)).startsWith("Taken: 2 events");
        assertThat(report.lines())
                .anySatisfy(line -> assertThat(line).contains("events.jsonl:2", "longer than any event"));

        Path csv = Files.writeString(parent.resolve("messages.csv"), "Eve,ho\nAda,\"" + noise + "\nBob,hi\n");
        assertThatThrownBy(() -> imported(csv)).hasMessageContaining("line 2 is longer than any message");
        Path one = Files.writeString(parent.resolve("username.csv"), noise);
        assertThatThrownBy(() -> imported(one)).hasMessageContaining("longer than any");
    }

    @Test
    void a_long_record_is_damage_in_a_log_and_in_the_accounts() throws IOException {
        Path data = parent.resolve("data");
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.say("one", "two");
        }
        Path segment = OpenJournal.segment(data, 1);
        byte[] good = Files.readAllBytes(segment);
        for (String tail : List.of("y".repeat(1 << 20), "y".repeat(1 << 20) + "\r\n", "\"" + "y\n".repeat(1 << 19))) {
            ByteArrayOutputStream bad = new ByteArrayOutputStream();
            bad.writeBytes(good);
            bad.writeBytes(tail.getBytes(StandardCharsets.UTF_8));
            Files.write(segment, bad.toByteArray());
            try (OpenJournal journal = new OpenJournal(data)) {
                assertThat(journal.read(1, 10).numbers()).containsExactly(1L, 2L);
            }
            Path aside = segment.resolveSibling(segment.getFileName() + ".damaged");
            assertThat(aside).as("nothing is cut off that no crash has left").hasSize(bad.size());
            Files.delete(aside);
            try (Stream<Path> files = Files.list(segment.getParent())) {
                for (Path other : files.filter(file -> !file.equals(segment)).toList()) {
                    Files.delete(other);
                }
            }
            assertThat(segment).hasBinaryContent(good);
        }
        Files.writeString(
                data.resolve("users.csv"), "name,role,created,password,claim\r\n" + "y".repeat(1 << 20) + "\r\n");
        assertThatThrownBy(() -> CsvAccounts.read(data.resolve("users.csv")))
                .hasMessageContaining("users.csv, line 2: this is longer than any event");
    }
}
