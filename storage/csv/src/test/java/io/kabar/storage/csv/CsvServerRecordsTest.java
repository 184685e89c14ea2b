package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.server.MemoryServerRecords;
import io.kabar.chat.spi.ServerRecords;
import io.kabar.chat.spi.ServerRecords.Entry;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.records.RecordFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvServerRecordsTest {

    private static final Entry BAN = new Entry("ban", "7", "until=0 by=1 =SUM(A1) \"quoted\", and so on");
    private static final Entry BLOCK = new Entry("block", "3:4", "");

    @TempDir
    Path folder;

    private ServerRecords open() throws IOException {
        return CsvServerRecords.open(DataFolder.held(folder));
    }

    private Path file() {
        return folder.resolve("records.csv");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_last_record_of_a_key_holds_until_it_is_removed(boolean inFiles) throws IOException {
        ServerRecords records = inFiles ? open() : new MemoryServerRecords();
        Entry later = new Entry("ban", "7", "later");
        records.put(BAN);
        records.put(BLOCK);
        records.put(later);
        records.put(new Entry("block", "7", "of another kind"));
        records.remove("block", "7");
        records.remove("block", "never there");
        assertThat(records.load()).containsExactly(BLOCK, later);
        records.close();
    }

    @Test
    void what_is_put_is_there_at_the_next_start() throws IOException {
        ServerRecords records = open();
        records.put(BAN);
        records.put(BLOCK);
        records.remove("block", "3:4");
        assertThat(open().load()).containsExactly(BAN);
        assertThat(Files.readAllLines(file())).as("compacted").hasSize(2);
        assertThat(open().load()).containsExactly(BAN);
    }

    @Test
    void the_file_is_for_its_owner_alone() throws IOException {
        open().put(BAN);
        if (Files.getFileStore(file()).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void it_does_not_grow_with_what_does_not_hold_any_more() throws IOException {
        ServerRecords records = open();
        for (int i = 0; i < 3000; i++) {
            records.put(new Entry("ban", "7", "until=" + i));
        }
        assertThat(Files.readAllLines(file())).hasSizeLessThan(1100);
        assertThat(open().load()).containsExactly(new Entry("ban", "7", "until=2999"));
    }

    @Test
    void damaged_lines_are_set_aside_and_the_others_hold() throws IOException {
        ServerRecords records = open();
        records.put(BAN);
        records.put(BLOCK);
        byte[] bytes = Files.readAllBytes(file());
        byte[] damage = "put,ban\r\nkept,ban,8,x\r\nput,\"ban,9,x\r\nput,BAN,9,x\r\nput,ban,\u0007,x\r\n"
                .getBytes(StandardCharsets.UTF_8);
        Files.write(file(), damage);
        Files.write(file(), new byte[] {(byte) 0xff, '\r', '\n'}, StandardOpenOption.APPEND);
        Files.write(file(), bytes, StandardOpenOption.APPEND);
        Files.writeString(file(), "put,ban,12,half a ro", StandardOpenOption.APPEND);
        try (LogLines log = new LogLines(RecordFile.class)) {
            assertThat(open().load()).containsExactly(BAN, BLOCK);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("7 lines of the server's records " + file())
                    .contains("moved to records.csv.damaged");
        }
        assertThat(Files.readAllLines(folder.resolve("records.csv.damaged")))
                .hasSize(7)
                .contains("line 2: kept,ban,8,x", "line 10: put,ban,12,half a ro");
        try (LogLines log = new LogLines(RecordFile.class)) {
            assertThat(open().load()).containsExactly(BAN, BLOCK);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void half_a_row_of_a_write_that_failed_goes_with_the_next() throws IOException {
        ServerRecords records = open();
        records.put(BAN);
        Files.writeString(file(), "put,ban,12,half", StandardOpenOption.APPEND);
        records.put(BLOCK);
        assertThat(open().load()).containsExactly(BAN, BLOCK);
    }

    @Test
    void a_file_that_cannot_be_read_stops_the_start_with_a_sentence() throws IOException {
        Files.createDirectory(file());
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The server's records " + file() + " cannot be read: ")
                .hasMessageEndingWith(".");
    }

    @Test
    void a_record_is_a_line_of_bounded_length() {
        assertThat(Stream.<Runnable>of(
                        () -> new Entry("", "a", ""),
                        () -> new Entry("Ban", "a", ""),
                        () -> new Entry("ban", "", ""),
                        () -> new Entry("ban", "a\nb", ""),
                        () -> new Entry("ban", "a", "b\u0000"),
                        () -> new Entry("ban", "a".repeat(ServerRecords.KEY_CHARACTERS + 1), ""),
                        () -> new Entry("ban", "a", "b".repeat(ServerRecords.VALUE_CHARACTERS + 1)),
                        () -> new Entry("ban", "a", "\ud800")))
                .allSatisfy(making -> assertThatThrownBy(making::run).isInstanceOf(IllegalArgumentException.class));
        assertThat(List.of(BAN, BLOCK).toString()).doesNotContain("SUM");
    }
}
