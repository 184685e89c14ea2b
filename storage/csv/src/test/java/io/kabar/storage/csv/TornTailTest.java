package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.spi.Journal.Kept;
import io.kabar.storage.csv.segment.CsvEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornTailTest {

    @TempDir
    Path data;

    @Test
    void a_record_cut_off_at_any_byte_is_removed_and_no_other() throws Exception {
        Path segment = OpenJournal.segment(data, 1);
        long whole;
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.say("first", "second,\n\"quoted\"\n");
            whole = Files.size(segment);
            journal.say("torn,\r\n\"é😀\"\n3,");
        }
        byte[] bytes = Files.readAllBytes(segment);
        for (int cut = bytes.length - 1; cut >= whole; cut--) {
            Files.write(segment, Arrays.copyOf(bytes, cut));

            try (OpenJournal journal = new OpenJournal(data)) {
                assertThat(journal.lobby()).as("cut at %d", cut).isEqualTo(new Kept(1, 2, ""));
                assertThat(Files.size(segment)).isEqualTo(whole);
                assertThat(journal.say("third").get(0).numbers()).containsExactly(3L);
                assertThat(journal.read(1, 10).texts()).containsExactly("first", "second,\n\"quoted\"\n", "third");
            }
        }
    }

    @Test
    void a_header_cut_off_at_any_byte_is_written_anew() throws Exception {
        Path segment = OpenJournal.segment(data, 1);
        byte[] header = CsvEvents.header().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.createDirectories(segment.getParent());
        for (int cut = 0; cut < header.length; cut++) {
            Files.write(segment, Arrays.copyOf(header, cut));

            try (OpenJournal journal = new OpenJournal(data)) {
                assertThat(journal.lobby()).isEqualTo(new Kept(1, 0, ""));
                assertThat(journal.say("first").get(0).numbers()).containsExactly(1L);
                assertThat(journal.read(1, 10).texts()).containsExactly("first");
            }
        }
    }

    @Test
    void zeros_that_a_power_failure_left_are_removed() throws Exception {
        Path segment = OpenJournal.segment(data, 1);
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.say("first");
        }
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(bytes, bytes.length + 4096));

        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().last()).isEqualTo(1);
            assertThat(Files.readAllBytes(segment)).isEqualTo(bytes);
        }
    }
}
