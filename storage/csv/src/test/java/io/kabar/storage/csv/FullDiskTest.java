package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Kept;
import io.kabar.chat.spi.Journal.Snapshot;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.segment.RoomFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

    @TempDir
    Path data;

    private final FullDisk disk = new FullDisk();
    private final LogLines log = new LogLines();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void a_short_write_is_refused_and_leaves_nothing_behind() throws Exception {
        Path segment = OpenJournal.segment(data, 1);
        try (OpenJournal journal = new OpenJournal(data, Durability.OS, disk)) {
            journal.say("one");
            byte[] whole = Files.readAllBytes(segment);
            for (int space = 0; space < 40; space++) {
                disk.space(space);

                assertThat(journal.say("two").get(0).refusal()).isEqualTo(Refusal.STORAGE);
                assertThat(segment).as("%d bytes of space", space).hasBinaryContent(whole);
            }
            assertThat(journal.read(1, 10).texts()).as("reads go on").containsExactly("one");
            disk.space(Long.MAX_VALUE);

            assertThat(journal.say("three").get(0).numbers()).containsExactly(2L);
            assertThat(journal.read(1, 10).texts()).containsExactly("one", "three");
            assertThat(journal.answers.warnings())
                    .hasSize(2)
                    .startsWith("Cannot write the log of #lobby, refused 1: No space left on device.")
                    .endsWith("Can write the log of #lobby again.");
        }
        assertThat(log.lines())
                .as("one line a minute, one at the end")
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.get(0))
                        .isEqualTo("cannot write the log of #lobby, refused 1: No space left on device"))
                .satisfies(lines -> assertThat(lines.get(1)).isEqualTo("can write the log of #lobby again"));
    }

    @Test
    void a_disk_on_which_what_is_short_fits_and_what_is_long_does_not_fills_no_log() throws Exception {
        try (OpenJournal journal = new OpenJournal(data, Durability.OS, disk)) {
            journal.say("one");
            for (int i = 0; i < 30; i++) {
                disk.space(0);
                assertThat(journal.say("long").get(0).refusal()).isEqualTo(Refusal.STORAGE);
                disk.space(Long.MAX_VALUE);
                assertThat(journal.say("short").get(0).refusal()).isNull();
            }
        }
        assertThat(log.lines()).as("within a minute").hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void a_torn_record_that_cannot_be_removed_is_removed_before_the_next_write() throws Exception {
        try (OpenJournal journal = new OpenJournal(data, Durability.OS, disk)) {
            journal.say("one");
            disk.space(20);
            disk.truncates(false);
            assertThat(journal.say("two").get(0).refusal()).isEqualTo(Refusal.STORAGE);
            disk.space(Long.MAX_VALUE);

            assertThat(journal.say("three").get(0).refusal())
                    .as("nothing goes behind a torn record")
                    .isEqualTo(Refusal.STORAGE);
            assertThat(journal.read(1, 10).texts()).containsExactly("one");
            disk.truncates(true);

            assertThat(journal.say("four").get(0).numbers()).containsExactly(2L);
            assertThat(journal.read(1, 10).texts()).containsExactly("one", "four");
        }
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.read(1, 10).texts()).containsExactly("one", "four");
        }
    }

    @Test
    void a_room_that_cannot_be_begun_is_begun_later() throws Exception {
        try (OpenJournal journal = new OpenJournal(data, Durability.OS, disk)) {
            disk.space(5);
            assertThat(journal.say("one").get(0).refusal()).isEqualTo(Refusal.STORAGE);
            disk.space(Long.MAX_VALUE);

            assertThat(journal.say("two").get(0).numbers()).containsExactly(1L);
            assertThat(journal.read(1, 10).texts()).containsExactly("two");
        }
    }

    @Test
    void a_start_that_cannot_let_go_of_what_is_too_old_serves_and_shows_nothing_of_it() throws Exception {
        try (OpenJournal journal = new OpenJournal(data, Durability.OS, disk)) {
            journal.say("one", "two");
        }
        RoomFolder folder = RoomFolder.of(data.resolve("rooms"), RoomName.LOBBY);
        folder.snapshots().write(new Snapshot(2, new byte[] {1}));
        disk.space(0);
        RetentionRules nothing = new RetentionRules(Retention.NONE, Map.of());

        try (OpenJournal journal = new OpenJournal(data, Durability.OS, nothing, disk, InstantSource.system())) {
            assertThat(journal.lobby()).isEqualTo(new Kept(3, 2, ""));
            assertThat(folder.segments()).as("what could not go").containsExactly(1);
            assertThat(journal.answers.warnings())
                    .first()
                    .isEqualTo("Cannot remove old events of #lobby: No space left on device.");
        }
        disk.space(Long.MAX_VALUE);
        try (OpenJournal journal = new OpenJournal(data, Durability.OS, nothing, disk, InstantSource.system())) {
            assertThat(journal.lobby()).isEqualTo(new Kept(3, 2, ""));
            assertThat(folder.segments()).as("goes at the next start").isEmpty();
        }
    }

    @Test
    void a_start_on_a_full_disk_serves_what_is_there_and_writes_when_there_is_room() throws Exception {
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.say("one");
        }
        // What a crash leaves of a segment that was just begun.
        Files.createFile(OpenJournal.segment(data, 2));
        disk.space(0);
        try (OpenJournal journal = new OpenJournal(data, Durability.OS, disk)) {
            assertThat(journal.lobby().last()).isEqualTo(1);
            assertThat(journal.say("two").get(0).refusal()).isEqualTo(Refusal.STORAGE);
            assertThat(journal.read(1, 10).texts()).containsExactly("one");
            disk.space(Long.MAX_VALUE);

            assertThat(journal.say("three").get(0).numbers()).containsExactly(2L);
            assertThat(journal.read(1, 10).texts()).containsExactly("one", "three");
        }
    }

    @Test
    void a_segment_that_cannot_be_begun_leaves_nothing_behind() throws Exception {
        try (OpenJournal journal = new OpenJournal(data, Durability.OS, disk)) {
            disk.space(20);
            assertThat(journal.say("one").get(0).refusal()).isEqualTo(Refusal.STORAGE);

            assertThat(OpenJournal.segment(data, 1)).doesNotExist();
        }
    }

    @Test
    void a_folder_that_becomes_read_only_is_read_and_works_again_by_itself() throws Exception {
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.say("one");
        }
        try (OpenJournal journal = new OpenJournal(data, Durability.OS, disk)) {
            disk.opens(false);
            assertThat(journal.say("two").get(0).refusal()).isEqualTo(Refusal.STORAGE);
            assertThat(journal.read(1, 10).texts()).containsExactly("one");
            assertThat(journal.answers.warnings())
                    .containsExactly("Cannot write the log of #lobby, refused 1: Read-only file system.");
            disk.opens(true);

            assertThat(journal.say("three").get(0).numbers()).containsExactly(2L);
        }
    }

    @Test
    void many_that_wait_are_brought_to_the_disk_together() throws Exception {
        try (OpenJournal journal = new OpenJournal(data, Durability.ALWAYS, disk)) {
            journal.say("one");
            int before = disk.forced();
            disk.holdForces();
            journal.propose(OpenJournal.said(RoomName.LOBBY, "first"));
            disk.awaitHeld();
            for (int i = 0; i < 500; i++) {
                journal.propose(OpenJournal.said(RoomName.LOBBY, "waiting"));
            }
            assertThat(journal.answers.isEmpty())
                    .as("none before it is on the disk")
                    .isTrue();
            disk.letForcesGo();

            assertThat(journal.answers.next(501))
                    .allSatisfy(answer -> assertThat(answer.refusal()).isNull());
            assertThat(disk.forced() - before)
                    .as("one for the first, one for all others")
                    .isEqualTo(2);
        }
    }

    @Test
    void always_means_on_the_disk_before_it_is_committed() throws Exception {
        try (OpenJournal journal = new OpenJournal(data, Durability.ALWAYS, disk)) {
            journal.say("one");
            int before = disk.forced();

            journal.say("two");

            assertThat(disk.forced()).isEqualTo(before + 1);
            disk.forces(false);
            assertThat(journal.say("three").get(0).refusal()).isEqualTo(Refusal.STORAGE);
            disk.forces(true);
            assertThat(journal.say("four").get(0).numbers()).containsExactly(3L);
        }
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.read(1, 10).texts()).containsExactly("one", "two", "four");
        }
    }

    @Test
    void otherwise_it_is_brought_to_the_disk_in_the_background() throws Exception {
        try (OpenJournal journal = new OpenJournal(data, Durability.OS, disk)) {
            journal.say("one");
            assertThat(disk.awaitForces(1)).as("header and event").isTrue();

            journal.say("two");

            assertThat(disk.awaitForces(1)).isTrue();
        }
    }

    @Test
    void what_is_not_on_the_disk_yet_is_brought_there_at_the_end() throws Exception {
        int before;
        try (OpenJournal journal = new OpenJournal(data, Durability.OS, disk)) {
            journal.say("one");
            before = disk.forced();
            journal.propose(ChatEvent.of(
                    RoomName.LOBBY, 0, OpenJournal.NOON, Author.of(OpenJournal.ADA), new Content.Joined()));
        }
        assertThat(disk.forced()).isGreaterThan(before);
    }
}
