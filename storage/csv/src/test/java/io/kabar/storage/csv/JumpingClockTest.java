package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is deleted on the word of a clock that has just jumped. */
class JumpingClockTest {

    private static final RoomName GARDEN = RoomName.of("#garden");

    @TempDir
    Path data;

    private final LogLines log = new LogLines();
    private volatile Instant now = OpenJournal.NOON;
    private final AtomicLong ran = new AtomicLong();

    @AfterEach
    void close() {
        log.close();
    }

    private OpenJournal open() throws IOException {
        RetentionRules rules = new RetentionRules(Retention.parse("30 days"), java.util.Map.of());
        return new OpenJournal(data, Durability.OS, rules, ChannelFile::open, () -> now, ran::get);
    }

    private Instant say(OpenJournal journal, RoomName room) {
        journal.propose(ChatEvent.of(room, 0, now, Author.of(OpenJournal.ADA), new Content.Said("rose", false)));
        return journal.answers.next().entries().get(0).event().time();
    }

    /** Both clocks go on. */
    private void pass(Duration time) {
        now = now.plus(time);
        ran.addAndGet(time.toNanos());
    }

    @BeforeEach
    void something_was_said() throws IOException {
        try (OpenJournal journal = open()) {
            say(journal, RoomName.LOBBY);
        }
    }

    /** Another job behind the sweep's: when it is answered, the writer is done with what the sweep asked for. */
    private List<String> forgottenAfterSweep(OpenJournal journal) {
        journal.sweep();
        say(journal, GARDEN);
        return journal.answers.forgotten();
    }

    @Test
    void a_start_a_year_ahead_deletes_nothing_and_warns() throws IOException {
        now = now.plus(Duration.ofDays(365));
        try (OpenJournal journal = open()) {
            assertThat(forgottenAfterSweep(journal)).isEmpty();
            assertThat(journal.read(1, 10).numbers()).containsExactly(1L);
        }
        assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("365 days ahead", "clock.csv"));
        now = OpenJournal.NOON.plus(Duration.ofHours(1));
        try (OpenJournal journal = open()) {
            assertThat(forgottenAfterSweep(journal)).isEmpty();
        }
    }

    @Test
    void without_what_is_known_the_newest_event_tells_when_the_folder_was_in_use() throws IOException {
        for (String damage :
                List.of("", "known\r\n", "known,ahead_seconds,for_seconds,gained_seconds\r\nx,y,z,0\r\n", "absent")) {
            Path file = data.resolve("clock.csv");
            if (damage.equals("absent")) {
                Files.delete(file);
            } else {
                Files.writeString(file, damage);
            }
            now = OpenJournal.NOON.plus(Duration.ofDays(365));
            try (OpenJournal journal = open()) {
                journal.sweep();
                assertThat(journal.read(1, 10).numbers()).as(damage).containsExactly(1L);
            }
        }
    }

    @Test
    void a_jump_while_it_runs_deletes_nothing_either_way() throws IOException {
        try (OpenJournal journal = open()) {
            now = now.plus(Duration.ofDays(365));
            assertThat(forgottenAfterSweep(journal)).isEmpty();
            now = Instant.EPOCH;
            assertThat(forgottenAfterSweep(journal)).isEmpty();
            now = OpenJournal.NOON;
            assertThat(forgottenAfterSweep(journal)).isEmpty();
        }
    }

    @Test
    void a_clock_that_was_right_is_believed_when_it_has_lasted() throws IOException {
        now = now.plus(Duration.ofDays(365));
        try (OpenJournal journal = open()) {
            for (int hour = 0; hour < 24; hour++) {
                assertThat(journal.answers.forgotten()).isEmpty();
                pass(Duration.ofHours(1));
                journal.sweep();
            }
            Awaitility.await().until(() -> journal.answers.forgotten().contains("#lobby before 2"));
        }
    }

    @Test
    void what_a_person_writes_into_the_file_is_believed_at_once() throws IOException {
        now = now.plus(Duration.ofDays(365));
        open().close();
        Files.writeString(
                data.resolve("clock.csv"),
                "\uFEFFknown,ahead_seconds,for_seconds,gained_seconds\n" + now + " ,31536000,0,0");
        try (OpenJournal journal = open()) {
            Awaitility.await().until(() -> journal.answers.forgotten().contains("#lobby before 2"));
        }
    }

    @Test
    void what_the_file_says_beyond_all_times_is_not_believed() throws IOException {
        for (String line : List.of(
                "+1000000000-12-31T23:59:59Z,0,0,0",
                "-1000000000-01-01T00:00:00Z,0,0,0",
                "2026-01-01T00:00:00Z,9223372036854775807,0,0",
                "2026-01-01T00:00:00Z,0,9223372036854775807,9223372036854775807")) {
            Files.writeString(
                    data.resolve("clock.csv"), "known,ahead_seconds,for_seconds,gained_seconds\n" + line + "\n");
            try (OpenJournal journal = open()) {
                assertThat(say(journal, RoomName.LOBBY)).as(line).isEqualTo(now);
            }
            pass(Duration.ofMinutes(1));
        }
    }

    @Test
    void a_clock_that_steps_on_every_hour_deletes_nothing_and_is_told_once() throws IOException {
        for (int start = 0; start < 3; start++) {
            long before = jumpsTold();
            try (OpenJournal journal = open()) {
                for (int hour = 0; hour < 40; hour++) {
                    pass(Duration.ofHours(1));
                    now = now.plus(Duration.ofHours(22));
                    journal.sweep();
                }
                assertThat(forgottenAfterSweep(journal)).isEmpty();
            }
            assertThat(jumpsTold() - before).isEqualTo(1);
        }
    }

    private long jumpsTold() {
        return log.lines().stream().filter(line -> line.contains("clock.csv")).count();
    }

    @Test
    void time_never_decreases_within_a_room_whatever_the_clock_does() throws IOException {
        Instant newest = OpenJournal.NOON;
        for (long jump : new long[] {0, -1, -86_400, 3, -1_700_000_000, 1}) {
            try (OpenJournal journal = open()) {
                now = OpenJournal.NOON.plusSeconds(jump);
                for (int i = 0; i < 2; i++) {
                    Instant said = say(journal, RoomName.LOBBY);
                    assertThat(said).isAfterOrEqualTo(newest);
                    newest = said;
                }
            }
        }
    }

    @Test
    void what_is_said_before_the_clock_was_set_is_not_taken_for_very_old() throws IOException {
        now = Instant.EPOCH;
        try (OpenJournal journal = open()) {
            assertThat(say(journal, GARDEN)).isAfter(OpenJournal.NOON.minus(Duration.ofDays(2)));
            now = OpenJournal.NOON.plusSeconds(60);
            journal.sweep();
            say(journal, GARDEN);
            journal.sweep();
            assertThat(say(journal, GARDEN)).isEqualTo(now);
            assertThat(journal.answers.forgotten()).isEmpty();
            assertThat(journal.read(GARDEN, 1, 10, 1_000).numbers()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void an_event_from_the_future_takes_nothing_with_it() throws IOException {
        try (OpenJournal journal = open()) {
            now = now.plus(Duration.ofDays(400));
            say(journal, RoomName.LOBBY);
            now = OpenJournal.NOON.plus(Duration.ofHours(1));
            assertThat(forgottenAfterSweep(journal)).isEmpty();
        }
        Files.delete(data.resolve("clock.csv"));
        try (OpenJournal journal = open()) {
            assertThat(forgottenAfterSweep(journal)).isEmpty();
            assertThat(journal.read(1, 10).numbers()).containsExactly(1L, 2L);
        }
    }
}
