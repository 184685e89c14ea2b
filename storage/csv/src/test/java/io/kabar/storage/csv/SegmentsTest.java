package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Kept;
import io.kabar.storage.csv.segment.RoomFolder;
import io.kabar.storage.csv.segment.SegmentEvents;
import io.kabar.storage.csv.segment.SegmentIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsTest {

    @TempDir
    Path data;

    private void fill(OpenJournal journal, int events) {
        for (int i = 0; i < events; i++) {
            journal.propose(OpenJournal.said(RoomName.LOBBY, "\"text\",\n" + i));
            if (i % 5_000 == 4_999) {
                journal.answers.next(5_000);
            }
        }
        journal.answers.next(events % 5_000);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(OpenJournal.folder(data, RoomName.LOBBY))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void a_log_goes_on_in_a_new_segment_after_ten_thousand_events() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            fill(journal, 20_500);

            assertThat(files())
                    .contains("messages-000000000001.csv", "messages-000000010001.csv", "messages-000000020001.csv");
            assertThat(journal.read(9_990, 20).numbers()).isEqualTo(numbers(9_990, 10_009));
            assertThat(journal.read(1, 20_500).numbers()).isEqualTo(numbers(1, 20_500));
        }
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby()).isEqualTo(new Kept(1, 20_500, ""));
            assertThat(journal.read(20_001, 3).numbers()).isEqualTo(numbers(20_001, 20_003));
        }
    }

    @Test
    void a_log_goes_on_in_a_new_segment_after_four_mebibytes() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            for (int i = 0; i < 600; i++) {
                journal.propose(OpenJournal.said(RoomName.LOBBY, "x".repeat(16_000)));
            }
            journal.answers.next(600);

            // 9.6 MiB in all, and a group of writes that begins before a segment is full stays together.
            assertThat(files().stream().filter(name -> name.endsWith(".csv") && name.startsWith("messages")))
                    .hasSizeBetween(2, 3)
                    .allSatisfy(name -> assertThat(Files.size(
                                    OpenJournal.folder(data, RoomName.LOBBY).resolve(name)))
                            .isLessThan(6 * 1024 * 1024));
            assertThat(journal.read(RoomName.LOBBY, 1, 1_000, Integer.MAX_VALUE).numbers())
                    .isEqualTo(numbers(1, 600));
        }
    }

    @Test
    void the_index_leads_to_the_middle_whether_it_is_there_missing_or_wrong() throws IOException {
        RoomFolder folder = RoomFolder.of(data.resolve("rooms"), RoomName.LOBBY);
        try (OpenJournal journal = new OpenJournal(data)) {
            fill(journal, 10_001);
            byte[] index = Files.readAllBytes(folder.index(1).file());
            assertThat(index).hasSize(10_000 / SegmentIndex.STRIDE * Long.BYTES);
            assertThat(journal.read(9_000, 2).numbers()).containsExactly(9_000L, 9_001L);

            Files.delete(folder.index(1).file());
            assertThat(journal.read(9_000, 2_000).numbers()).isEqualTo(numbers(9_000, 10_001));
            assertThat(Files.readAllBytes(folder.index(1).file())).as("rebuilt").isEqualTo(index);

            for (int wrong = 0; wrong < index.length; wrong += Long.BYTES) {
                ByteBuffer.wrap(index).putLong(wrong, wrong * 31L);
            }
            Files.write(folder.index(1).file(), index);
            assertThat(journal.read(9_000, 2).numbers()).containsExactly(9_000L, 9_001L);
        }
    }

    @Test
    void a_page_is_read_from_the_nearest_index_entry() throws IOException {
        RoomFolder folder = RoomFolder.of(data.resolve("rooms"), RoomName.LOBBY);
        try (OpenJournal journal = new OpenJournal(data)) {
            fill(journal, 1_000);
        }
        try (SegmentEvents events = SegmentEvents.from(folder, 1, 900, Long.MAX_VALUE, false)) {
            assertThat(events.next())
                    .satisfies(entry -> assertThat(entry.event().sequence()).isEqualTo(1 + 3 * SegmentIndex.STRIDE));
        }
    }

    @Test
    void a_start_reads_the_tail_only() throws IOException {
        RoomFolder folder = RoomFolder.of(data.resolve("rooms"), RoomName.LOBBY);
        try (OpenJournal journal = new OpenJournal(data)) {
            fill(journal, 10_900);
        }
        // What is not read cannot be found to be damaged.
        Path older = folder.segment(1);
        Files.writeString(older, Files.readString(older).replaceFirst("\n5,", "\nx,"));
        Path newest = folder.segment(10_001);
        Files.writeString(newest, Files.readString(newest).replaceFirst("\n10005,", "\n1000x,"));

        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby()).isEqualTo(new Kept(1, 10_900, ""));
            assertThat(journal.read(10_700, 1).numbers()).containsExactly(10_700L);
        }
    }
}
