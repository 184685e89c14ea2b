package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Kept;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** New rooms hold nobody up, and those in which nothing is said go without a trace. */
class NewRoomsTest {

    private static final RoomName EMPTY = RoomName.of("empty");

    @TempDir
    Path folder;

    private static ChatEvent joined(RoomName room) {
        return ChatEvent.of(room, 0, OpenJournal.NOON, Author.of(OpenJournal.ADA), new Content.Joined());
    }

    private static ChatEvent left(RoomName room) {
        return ChatEvent.of(room, 0, OpenJournal.NOON, Author.of(OpenJournal.ADA), new Content.Left(""));
    }

    private static long number(OpenJournal journal, ChatEvent draft) {
        journal.propose(draft);
        return journal.answers.next().numbers().get(0);
    }

    /**
     * A thousand once held what everybody said up for three seconds: each was forced to the disk by itself, five times.
     */
    @Test
    void new_rooms_and_topics_do_not_wait_for_the_disk() throws Exception {
        FullDisk disk = new FullDisk();
        try (OpenJournal journal = new OpenJournal(folder, Durability.OS, disk)) {
            disk.holdForces();
            for (int i = 0; i < 50; i++) {
                RoomName room = RoomName.of("room" + i);
                journal.propose(joined(room));
                journal.propose(
                        ChatEvent.of(room, 0, OpenJournal.NOON, Author.of(OpenJournal.ADA), new Content.Topic("tea")));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(journal.answers.next().entries()).isNotEmpty();
            }
            disk.letForcesGo();
        }
        try (OpenJournal journal = new OpenJournal(folder)) {
            assertThat(journal.kept).hasSize(50);
            assertThat(journal.kept.values()).allSatisfy(kept -> {
                assertThat(kept.topic()).isEqualTo("tea");
                assertThat(kept.worthKeeping()).isTrue();
            });
        }
    }

    /** Each cost nine, and a topic four more. */
    @ParameterizedTest
    @CsvSource({"ALWAYS, 1000", "OS, 100"})
    void a_thousand_new_rooms_with_topics_are_forced_as_often_as_there_are_files_and_no_more(
            Durability durability, int rooms) throws Exception {
        FullDisk disk = new FullDisk();
        disk.onlyCounts();
        try (OpenJournal journal = new OpenJournal(folder, durability, disk)) {
            journal.epoch = 7;
            for (int i = 0; i < rooms; i++) {
                RoomName room = RoomName.of("room" + i);
                journal.propose(joined(room));
                journal.propose(
                        ChatEvent.of(room, 0, OpenJournal.NOON, Author.of(OpenJournal.ADA), new Content.Topic("tea")));
            }
            for (int i = 0; i < 2 * rooms; i++) {
                assertThat(journal.answers.next().entries()).isNotEmpty();
            }
            List<FullDisk.Force> waitedFor =
                    disk.allForces().stream().filter(FullDisk.Force::byWriter).toList();
            if (durability == Durability.OS) {
                assertThat(waitedFor).isEmpty();
            } else {
                assertThat(waitedFor.stream().filter(force -> !force.name()))
                        .allMatch(force -> force.file().startsWith("messages-"))
                        .hasSizeBetween(rooms, 2 * rooms);
                assertThat(waitedFor.stream()
                                .filter(force -> force.name() && force.file().startsWith("messages-")))
                        .as("the folder of each room, once")
                        .hasSize(rooms);
                assertThat(waitedFor.stream()
                                .filter(force -> force.name() && !force.file().startsWith("messages-")))
                        .as("the folder of all rooms, once for a turn")
                        .hasSizeBetween(rooms / 1024, rooms / JournalWriter.NEW_ROOMS + 1);
            }
        }
        List<FullDisk.Force> later =
                disk.allForces().stream().filter(force -> !force.byWriter()).toList();
        assertThat(later.stream().filter(force -> !force.name() && force.file().equals("epochs.csv")))
                .hasSize(rooms);
        assertThat(later.stream().filter(force -> !force.name() && force.file().equals("room.csv")))
                .hasSizeBetween(rooms, 2 * rooms);
        try (OpenJournal journal = new OpenJournal(folder)) {
            assertThat(journal.kept.values()).hasSize(rooms).allSatisfy(kept -> {
                assertThat(kept.topic()).isEqualTo("tea");
                assertThat(kept.epochs()).containsExactly(Map.entry(1L, 7L));
            });
        }
    }

    /** A long name makes folders within each other. */
    @ParameterizedTest
    @EnumSource
    void each_folder_that_a_name_makes_is_brought_to_the_disk(Durability durability) throws Exception {
        RoomName room = RoomName.of("\u5c0f".repeat(40));
        FullDisk disk = new FullDisk();
        disk.onlyCounts();
        try (OpenJournal journal = new OpenJournal(folder, durability, disk)) {
            journal.propose(joined(room));
            journal.propose(joined(EMPTY));
            assertThat(journal.answers.next().entries()).isNotEmpty();
            assertThat(journal.answers.next().entries()).isNotEmpty();
        }
        Path made = folder.resolve("rooms").relativize(OpenJournal.folder(folder, room));
        assertThat(made.getNameCount()).isGreaterThan(1);
        for (Path each : made) {
            String name = each.toString();
            assertThat(disk.allForces().stream().filter(force -> durability == Durability.OS || force.byWriter()))
                    .as(name)
                    .anyMatch(force -> force.name() && force.file().equals(name));
        }
    }

    @Test
    void new_rooms_of_which_nothing_is_kept_do_not_wait_for_the_disk_either() throws Exception {
        FullDisk disk = new FullDisk();
        RetentionRules none = new RetentionRules(Retention.NONE, Map.of());
        for (Durability durability : Durability.values()) {
            try (OpenJournal journal = new OpenJournal(
                    folder.resolve(durability.name()), durability, none, disk, () -> OpenJournal.NOON)) {
                for (int i = 0; i < 50; i++) {
                    journal.propose(OpenJournal.said(RoomName.of("room" + i), "tea"));
                }
                for (int i = 0; i < 50; i++) {
                    assertThat(journal.answers.next().entries()).isNotEmpty();
                }
                assertThat(disk.allForces().stream().filter(FullDisk.Force::byWriter))
                        .hasSizeBetween(durability == Durability.OS ? 0 : 100, durability == Durability.OS ? 0 : 110);
            }
            try (OpenJournal journal = new OpenJournal(folder.resolve(durability.name()), durability, disk)) {
                assertThat(journal.kept.values()).hasSize(50).allMatch(kept -> kept.last() == 1);
            }
        }
    }

    /** What is beside the log may be lost, or be what stood there before: the log tells it again. */
    @Test
    void topics_and_epochs_that_did_not_get_to_the_disk_are_told_by_the_log() throws Exception {
        try (OpenJournal journal = new OpenJournal(folder, Durability.ALWAYS, new FullDisk())) {
            journal.epoch = 7;
            number(journal, joined(EMPTY));
            for (int i = 0; i < 600; i++) {
                number(
                        journal,
                        ChatEvent.of(
                                EMPTY, 0, OpenJournal.NOON, Author.of(OpenJournal.ADA), new Content.Topic("tea " + i)));
            }
        }
        for (String lost : List.of("room.csv", "epochs.csv")) {
            Path file = OpenJournal.folder(folder, EMPTY).resolve(lost);
            Files.writeString(file, "");
            try (OpenJournal journal = new OpenJournal(folder)) {
                Kept kept = Objects.requireNonNull(journal.kept.get(EMPTY));
                assertThat(kept.topic()).as(lost).isEqualTo("tea 599");
                assertThat(kept.epochs()).as(lost).containsExactly(Map.entry(1L, 7L));
            }
        }
    }

    @Test
    void what_is_said_elsewhere_does_not_wait_for_all_new_rooms() throws Exception {
        FullDisk disk = new FullDisk();
        try (OpenJournal journal = new OpenJournal(folder, Durability.ALWAYS, disk)) {
            journal.say("first");
            disk.holdForces();
            for (int i = 0; i < 100; i++) {
                journal.propose(joined(RoomName.of("room" + i)));
            }
            disk.awaitHeld();
            long said = journal.propose(OpenJournal.said(RoomName.LOBBY, "now"));
            disk.letForcesGo();
            int before = 0;
            while (journal.answers.next().ticket() != said) {
                before++;
            }
            assertThat(before).isLessThanOrEqualTo(2 * JournalWriter.NEW_ROOMS);
            for (int i = before; i < 100; i++) {
                assertThat(journal.answers.next().entries()).isNotEmpty();
            }
        }
    }

    @Test
    void a_room_in_which_nothing_was_said_is_dropped_and_its_numbers_are_not_given_again() throws Exception {
        try (OpenJournal journal = new OpenJournal(folder)) {
            assertThat(number(journal, joined(EMPTY))).isEqualTo(1);
            assertThat(number(journal, left(EMPTY))).isEqualTo(2);
            journal.drop(EMPTY);
            assertThat(number(journal, joined(RoomName.of("other"))))
                    .as("of a new room")
                    .isEqualTo(3);
            assertThat(Files.exists(OpenJournal.folder(folder, EMPTY))).isFalse();
            assertThat(number(journal, joined(EMPTY))).isEqualTo(3);
            assertThat(journal.read(EMPTY, 1, 10, 1000).numbers()).containsExactly(3L);
        }
        try (OpenJournal journal = new OpenJournal(folder)) {
            assertThat(Objects.requireNonNull(journal.kept.get(EMPTY)))
                    .extracting(Kept::first, Kept::last)
                    .isEqualTo(List.of(3L, 3L));
        }
    }

    @Test
    void a_room_in_which_something_was_said_is_not_dropped() throws Exception {
        try (OpenJournal journal = new OpenJournal(folder)) {
            number(journal, joined(EMPTY));
            number(journal, OpenJournal.said(EMPTY, "hello"));
            number(journal, left(EMPTY));
            journal.drop(EMPTY);
            assertThat(number(journal, joined(EMPTY))).isEqualTo(4);
        }
        try (OpenJournal journal = new OpenJournal(folder)) {
            assertThat(Objects.requireNonNull(journal.kept.get(EMPTY)).worthKeeping())
                    .isTrue();
            journal.drop(EMPTY);
            assertThat(number(journal, left(EMPTY))).isEqualTo(5);
        }
    }

    @Test
    void a_start_lets_go_of_rooms_that_a_crash_has_left_empty() throws Exception {
        try (OpenJournal journal = new OpenJournal(folder)) {
            number(journal, joined(EMPTY));
            number(journal, left(EMPTY));
            number(journal, joined(RoomName.of("occupied")));
        }
        try (OpenJournal journal = new OpenJournal(folder)) {
            assertThat(journal.kept).containsOnlyKeys(RoomName.of("occupied"));
            assertThat(Objects.requireNonNull(journal.kept.get(RoomName.of("occupied")))
                            .worthKeeping())
                    .isFalse();
            assertThat(Files.exists(OpenJournal.folder(folder, EMPTY))).isFalse();
        }
    }

    @Test
    void files_that_are_not_the_journals_stay() throws Exception {
        try (OpenJournal journal = new OpenJournal(folder)) {
            number(journal, joined(EMPTY));
            number(journal, left(EMPTY));
            Path note = OpenJournal.folder(folder, EMPTY).resolve("note.txt");
            Files.writeString(note, "mine");
            journal.drop(EMPTY);
            number(journal, joined(RoomName.of("other")));
            assertThat(note).exists();
        }
    }
}
