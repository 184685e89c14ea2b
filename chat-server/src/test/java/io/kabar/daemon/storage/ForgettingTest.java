package io.kabar.daemon.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.server.Journal.Kept;
import io.kabar.daemon.storage.CsvJournal.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What retention takes away, and what it leaves. */
class ForgettingTest {

    @TempDir
    Path data;

    private final LogLines log = new LogLines();
    private final FullDisk disk = new FullDisk();
    private volatile Instant now = OpenJournal.NOON;

    @AfterEach
    void close() {
        log.close();
    }

    private OpenJournal open(String keep) throws IOException {
        RetentionRules rules = new RetentionRules(Retention.FOREVER, Map.of(RoomName.LOBBY, Retention.parse(keep)));
        return new OpenJournal(
                data,
                Durability.OS,
                rules,
                disk,
                () -> now,
                () -> Duration.between(OpenJournal.NOON, now).toNanos());
    }

    private void sayNow(OpenJournal journal, int times) {
        for (int i = 0; i < times; i++) {
            journal.propose(new ChatEvent.Said(RoomName.LOBBY, 0, now, OpenJournal.ADA, "at " + now, false));
            journal.answers.next();
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(OpenJournal.folder(data, RoomName.LOBBY))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String everything() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String file : files()) {
            all.append(Files.readString(OpenJournal.folder(data, RoomName.LOBBY).resolve(file)));
        }
        return all.toString();
    }

    @Test
    void the_oldest_events_go_when_there_are_more_than_is_kept() throws IOException {
        try (OpenJournal journal = open("160 events")) {
            sayNow(journal, 200);

            assertThat(journal.read(1, 1_000).first()).isEqualTo(33);
            assertThat(journal.read(1, 1_000).numbers())
                    .startsWith(33L)
                    .endsWith(200L)
                    .hasSize(168);
            assertThat(journal.answers.forgotten()).endsWith("#lobby before 33");
            assertThat(files()).doesNotContain("messages-000000000001.csv").contains("messages-000000000033.csv");
        }
        try (OpenJournal journal = open("32 events")) {
            assertThat(journal.lobby().first())
                    .as("at once when less is wanted")
                    .isEqualTo(161);
            assertThat(journal.lobby().last()).isEqualTo(200);
        }
    }

    @Test
    void what_is_too_old_goes_by_whole_segments_and_a_quiet_room_is_emptied() throws IOException {
        try (OpenJournal journal = open("10 days")) {
            sayNow(journal, 3);
            now = now.plus(Duration.ofDays(2));
            sayNow(journal, 2);
            assertThat(files()).as("a segment spans a day").contains("messages-000000000004.csv");

            now = now.plus(Duration.ofDays(8));
            journal.sweep();
            Awaitility.await().until(() -> !journal.answers.forgotten().isEmpty());
            assertThat(journal.answers.forgotten()).containsExactly("#lobby before 4");
            assertThat(journal.read(1, 10).numbers()).containsExactly(4L, 5L);

            now = now.plus(Duration.ofDays(2));
            journal.sweep();
            Awaitility.await().until(() -> journal.answers.forgotten().size() == 2);
            assertThat(journal.answers.forgotten()).endsWith("#lobby before 6");
            assertThat(journal.read(1, 10)).satisfies(answer -> {
                assertThat(answer.entries()).isEmpty();
                assertThat(answer.first()).isEqualTo(6);
            });
            assertThat(everything()).doesNotContain("at 2026");
            sayNow(journal, 1);
            assertThat(journal.read(1, 10).numbers()).containsExactly(6L);
        }
        try (OpenJournal journal = open("10 days")) {
            assertThat(journal.lobby()).isEqualTo(new Kept(6, 6, ""));
        }
        assertThat(log.lines()).noneMatch(line -> line.contains("somebody has removed"));
    }

    @Test
    void a_room_of_which_nothing_is_kept_has_nothing_on_the_disk_and_goes_on_counting() throws IOException {
        try (OpenJournal journal = open("none")) {
            assertThat(journal.say("secret", "secret").get(1).numbers()).containsExactly(2L);
            assertThat(journal.read(1, 10).entries()).isEmpty();
            assertThat(journal.read(1, 10).first()).isEqualTo(3);
            assertThat(files()).containsExactly("last.csv", "room.csv");
            assertThat(journal.retention()).startsWith("not kept");
        }
        try (OpenJournal journal = open("none")) {
            assertThat(journal.lobby()).isEqualTo(new Kept(3, 2, ""));
            assertThat(journal.say("secret").get(0).numbers()).containsExactly(3L);
            assertThat(everything()).doesNotContain("secret", "ada");
        }
        try (OpenJournal journal = open("forever")) {
            assertThat(journal.lobby()).isEqualTo(new Kept(4, 3, ""));
            assertThat(journal.say("kept from now on").get(0).numbers()).containsExactly(4L);
            assertThat(journal.read(1, 10).numbers()).containsExactly(4L);
            assertThat(files()).doesNotContain("last.csv");
        }
        try (OpenJournal journal = open("forever")) {
            assertThat(journal.lobby()).isEqualTo(new Kept(4, 4, ""));
        }
    }

    @Test
    void what_was_kept_goes_when_nothing_is_to_be_kept_any_more() throws IOException {
        try (OpenJournal journal = open("forever")) {
            journal.say("secret", "secret");
            journal.propose(new ChatEvent.Topic(RoomName.LOBBY, 0, now, OpenJournal.ADA, "roses"));
            journal.answers.next();
        }
        try (OpenJournal journal = open("none")) {
            assertThat(journal.lobby()).isEqualTo(new Kept(4, 3, "roses"));
            assertThat(everything()).doesNotContain("secret", "ada");
            assertThat(journal.say("secret").get(0).numbers()).containsExactly(4L);
        }
    }

    @Test
    void numbers_that_cannot_be_written_are_refused_and_never_given_twice() throws IOException {
        try (OpenJournal journal = open("none")) {
            journal.say("one");
            disk.space(3);
            assertThat(journal.say("two").get(0).refusal()).isEqualTo(Refusal.STORAGE);
            disk.space(Long.MAX_VALUE);
            assertThat(journal.say("three").get(0).numbers()).containsExactly(2L);
        }
        Path numbers = OpenJournal.folder(data, RoomName.LOBBY).resolve("last.csv");
        Files.writeString(numbers, "last\r\nnothing\r\n");
        try (OpenJournal journal = open("none")) {
            assertThat(journal.lobby().last()).as("more than was ever given").isGreaterThan(1_000_000_000_000L);
            assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("last.csv, line 2"));
        }
        long given;
        try (OpenJournal journal = open("none")) {
            given = journal.say("four").get(0).numbers().get(0);
        }
        try (OpenJournal journal = open("none")) {
            assertThat(journal.lobby().last()).isEqualTo(given);
        }
    }
}
