package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.files.WholeFile;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.room.RoomNumbers;
import io.kabar.storage.csv.segment.CsvEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room's log tells in which run of a server each of its events was written, whatever befell the files. */
class EpochsTest {

    @TempDir
    Path data;

    /** A server of this epoch says so much and ends. */
    private void run(long epoch, int events) throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.epoch = epoch;
            for (int i = 0; i < events; i++) {
                journal.say("text " + i);
            }
        }
    }

    private Map<Long, Long> kept() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            return journal.lobby().epochs();
        }
    }

    private Path epochsFile() {
        return OpenJournal.folder(data, RoomName.LOBBY).resolve("epochs.csv");
    }

    /** As a folder of before there were epochs has it. */
    private void takeEpochsOut(Path segment) throws IOException {
        String text = Files.readString(segment, StandardCharsets.UTF_8);
        Files.writeString(
                segment,
                Stream.of(text.split("\r\n"))
                        .map(line -> line.split(",", 10))
                        .map(cell -> String.join(",", cell[1], cell[2], cell[3], cell[5], cell[7], cell[9]) + "\r\n")
                        .reduce("", String::concat));
        try (Stream<Path> files = Files.list(segment.resolveSibling("."))) {
            for (Path index :
                    files.filter(file -> file.toString().endsWith(".index")).toList()) {
                Files.delete(index);
            }
        }
        Files.deleteIfExists(epochsFile());
    }

    @Test
    void epochs_are_known_after_a_restart_with_the_file_and_without_it() throws IOException {
        run(4711, 3);
        run(4_294_967_295L, 300);
        run(5, 300);

        assertThat(kept()).isEqualTo(Map.of(1L, 4711L, 4L, 4_294_967_295L, 304L, 5L));
        Files.delete(epochsFile());
        assertThat(kept()).isEqualTo(Map.of(1L, 4711L, 4L, 4_294_967_295L, 304L, 5L));
        Files.writeString(epochsFile(), "epoch,first\r\n9,1\r\n");
        assertThat(kept()).isEqualTo(Map.of(1L, 4711L, 4L, 4_294_967_295L, 304L, 5L));
    }

    @Test
    void events_come_back_with_their_epoch() throws IOException {
        run(4711, 2);
        run(5, 1);
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.read(1, 10).entries())
                    .extracting(entry -> entry.event().epoch())
                    .containsExactly(4711L, 4711L, 5L);
        }
    }

    @Test
    void epoch_of_which_all_was_torn_off_is_not_there() throws IOException {
        run(4711, 3);
        long before = Files.size(OpenJournal.segment(data, 1));
        run(5, 3);
        try (var segment = java.nio.channels.FileChannel.open(
                OpenJournal.segment(data, 1), java.nio.file.StandardOpenOption.WRITE)) {
            segment.truncate(before);
        }

        assertThat(kept()).isEqualTo(Map.of(1L, 4711L));
    }

    @Test
    void segment_of_before_there_were_epochs_is_read_and_never_written_to() throws IOException {
        run(4711, 300);
        takeEpochsOut(OpenJournal.segment(data, 1));
        byte[] old = Files.readAllBytes(OpenJournal.segment(data, 1));
        run(5, 2);

        assertThat(OpenJournal.segment(data, 1)).hasBinaryContent(old);
        assertThat(kept()).isEqualTo(Map.of(301L, 5L));
        Files.delete(epochsFile());
        assertThat(kept()).isEqualTo(Map.of(301L, 5L));
        try (OpenJournal journal = new OpenJournal(data)) {
            List<Entry> entries = journal.read(299, 10).entries();
            assertThat(entries).extracting(entry -> entry.event().epoch()).containsExactly(0L, 0L, 5L, 5L);
        }
    }

    private static Map<Long, Long> moved(Path from, Path to) throws IOException {
        Path archive = to.resolveSibling(to.getFileName() + ".zip");
        DataExport export = new DataExport(from, Set.of(), null);
        WholeFile.write(archive, export::archive);
        try (DataFolder folder = DataFolder.open(to);
                DataImport reading = new DataImport(folder, RoomName.LOBBY, false, Optional.empty())) {
            reading.read(archive);
            reading.publish();
        }
        try (OpenJournal journal = new OpenJournal(to)) {
            return journal.lobby().epochs();
        }
    }

    @Test
    void a_copy_keeps_the_epochs_of_events_that_are_not_kept_any_more(@TempDir Path other) throws IOException {
        run(4711, 3);
        run(5, 3);
        Path first = OpenJournal.segment(data, 1);
        Files.delete(first); // as retention does it
        Files.deleteIfExists(first.resolveSibling("messages-000000000001.index"));
        Files.writeString(first.resolveSibling("last.csv"), RoomNumbers.text(6));
        assertThat(moved(data, other.resolve("one")))
                .as("of a room without events")
                .isEqualTo(Map.of(1L, 4711L, 4L, 5L));

        Files.writeString(
                OpenJournal.segment(data, 7), CsvEvents.header() + "9,7,2026-01-31T12:00:00Z,said,ada,,seven\r\n");
        Files.writeString(epochsFile(), "epoch,first\r\n4711,1\r\n5,4\r\n9,7\r\n66,8\r\n");
        assertThat(moved(data, other.resolve("two")))
                .as("of a log of which the beginning went, and an event that it does not have is not")
                .isEqualTo(Map.of(1L, 4711L, 4L, 5L, 7L, 9L));
    }

    @Test
    void room_that_keeps_no_events_keeps_its_epochs() throws IOException {
        for (long epoch : new long[] {7, 8}) {
            try (OpenJournal journal = new OpenJournal(
                    data,
                    Durability.OS,
                    new RetentionRules(Retention.NONE, Map.of()),
                    ChannelFile::open,
                    InstantSource.system())) {
                journal.epoch = epoch;
                journal.say("one", "two");
            }
        }

        assertThat(kept()).isEqualTo(Map.of(1L, 7L, 3L, 8L));
    }
}
