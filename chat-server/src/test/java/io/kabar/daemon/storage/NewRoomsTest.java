package io.kabar.daemon.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.server.Journal.Kept;
import io.kabar.daemon.storage.CsvJournal.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New rooms hold nobody up, and those in which nothing is said go without a trace. */
class NewRoomsTest {

    private static final RoomName EMPTY = RoomName.of("empty");

    @TempDir
    Path folder;

    private static ChatEvent joined(RoomName room) {
        return new ChatEvent.Joined(room, 0, OpenJournal.NOON, OpenJournal.ADA);
    }

    private static ChatEvent left(RoomName room) {
        return new ChatEvent.Left(room, 0, OpenJournal.NOON, OpenJournal.ADA, "");
    }

    private static long number(OpenJournal journal, ChatEvent draft) {
        journal.propose(draft);
        return journal.answers.next().numbers().get(0);
    }

    /** A thousand once held what everybody said up for three seconds: each was forced to the disk by itself, five times. */
    @Test
    void new_rooms_and_topics_do_not_wait_for_the_disk() throws Exception {
        FullDisk disk = new FullDisk();
        try (OpenJournal journal = new OpenJournal(folder, Durability.OS, disk)) {
            disk.holdForces();
            for (int i = 0; i < 50; i++) {
                RoomName room = RoomName.of("room" + i);
                journal.propose(joined(room));
                journal.propose(new ChatEvent.Topic(room, 0, OpenJournal.NOON, OpenJournal.ADA, "tea"));
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
