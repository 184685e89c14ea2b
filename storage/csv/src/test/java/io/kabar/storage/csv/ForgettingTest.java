package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Kept;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.room.RoomNumbers;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            journal.propose(ChatEvent.of(
                    RoomName.LOBBY, 0, now, Author.of(OpenJournal.ADA), new Content.Said("at " + now, false)));
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
            for (int day = 0; day < 20; day++) {
                sayNow(journal, 10);
                now = now.plus(Duration.ofDays(1));
            }
            assertThat(journal.read(1, 1_000).first()).isEqualTo(33);
            assertThat(journal.read(1, 1_000).numbers())
                    .startsWith(33L)
                    .endsWith(200L)
                    .hasSize(168);
            assertThat(journal.answers.forgotten()).endsWith("#lobby before 33");
            assertThat(files()).doesNotContain("messages-000000000001.csv").contains("messages-000000000033.csv");
        }
        try (OpenJournal journal = open("100 events")) {
            assertThat(journal.lobby().first())
                    .as("at once when less is wanted")
                    .isEqualTo(97);
            assertThat(journal.lobby().last()).isEqualTo(200);
        }
    }

    private long first(OpenJournal journal) {
        return journal.read(1, 1).first();
    }

    /**
     * As many in a day as one address may have stored, against what is kept: a room was emptied of all else by noon.
     */
    @ParameterizedTest
    @ValueSource(ints = {20, 60, 200})
    void however_much_is_said_in_a_day_it_pushes_out_a_tenth_of_what_is_kept_at_most(int number) throws IOException {
        int aDay = Math.max(1, number / 20);
        long before = 0;
        try (OpenJournal journal = open(number + " events")) {
            for (int day = 0; day < 40; day++) {
                sayNow(journal, aDay);
                before += aDay;
                now = now.plus(Duration.ofDays(1));
            }
            long lost = 0;
            long kept = before - first(journal) + 1;
            assertThat(kept).isGreaterThanOrEqualTo(number);
            for (int day = 1; day <= 7; day++) {
                flood(journal, 3 * number);
                now = now.plus(Duration.ofDays(1));
                lost = Math.max(lost, first(journal) - 1 - (before - kept));
                assertThat(lost).as("after %d days", day).isLessThanOrEqualTo((long) (day + 1) * number / 10 + aDay);
            }
            assertThat(before - first(journal) + 1)
                    .as("of what was said before the flood began")
                    .isGreaterThanOrEqualTo(number / 10);
        }
        try (OpenJournal journal = open(number + " events")) {
            assertThat(before - first(journal) + 1)
                    .as("after a start that counts anew")
                    .isGreaterThanOrEqualTo(number / 10);
            for (int day = 0; day < 5; day++) {
                flood(journal, 3 * number);
                now = now.plus(Duration.ofDays(1));
            }
            assertThat(first(journal)).as("in the end it does go").isGreaterThan(before);
        }
    }

    @Test
    void what_is_said_in_a_day_stays_for_a_week_in_a_room_that_keeps_a_few_events() throws IOException {
        try (OpenJournal journal = open("10 events")) {
            flood(journal, 500);
            for (int day = 0; day < 7; day++) {
                now = now.plus(Duration.ofDays(1));
                flood(journal, 500);
                assertThat(first(journal)).isEqualTo(1);
            }
            assertThat(files().stream().filter(file -> file.endsWith(".csv")))
                    .as("files of a flood")
                    .hasSizeLessThan(15);
        }
    }

    @Test
    void a_log_that_has_too_many_bytes_goes_by_its_number_alone() throws IOException {
        RetentionRules rules = new RetentionRules(Retention.parse("200 events"), Map.of(), 40_000);
        try (OpenJournal journal = new OpenJournal(data, Durability.OS, rules, disk, () -> now)) {
            for (int day = 0; day < 10; day++) {
                flood(journal, 100);
                now = now.plus(Duration.ofDays(1));
            }
            long first = first(journal);
            assertThat(first).isBetween(401L, 801L);
            long bytes = 0;
            for (String file : files()) {
                bytes += file.startsWith("messages")
                        ? Files.size(OpenJournal.folder(data, RoomName.LOBBY).resolve(file))
                        : 0;
            }
            assertThat(bytes).isBetween(40_000L, 60_000L);
        }
    }

    @Test
    void segments_that_hold_many_days_count_for_as_many() throws IOException {
        try (OpenJournal journal = open("forever")) {
            for (int day = 0; day < 300; day++) {
                sayNow(journal, 1);
                now = now.plus(Duration.ofDays(1));
            }
        }
        try (OpenJournal journal = open("20 events")) {
            for (int day = 0; day < 25; day++) {
                sayNow(journal, 1);
                now = now.plus(Duration.ofDays(1));
            }
            assertThat(first(journal)).as("the segment of before has gone").isGreaterThan(300);
        }
    }

    private void flood(OpenJournal journal, int events) {
        for (int i = 0; i < events; i++) {
            journal.propose(
                    ChatEvent.of(RoomName.LOBBY, 0, now, Author.of(OpenJournal.ADA), new Content.Said("flood", false)));
        }
        for (int i = 0; i < events; i++) {
            journal.answers.next();
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
            journal.propose(
                    ChatEvent.of(RoomName.LOBBY, 0, now, Author.of(OpenJournal.ADA), new Content.Topic("roses")));
            journal.answers.next();
        }
        try (OpenJournal journal = open("none")) {
            assertThat(journal.lobby()).isEqualTo(new Kept(4, 3, "roses"));
            assertThat(journal.answers.nextForgotten()).isEqualTo(RoomName.LOBBY);
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

    @ParameterizedTest
    @ValueSource(strings = {"last\r\n0000000000000000500\r\n", "last\r\nnothing\r\n", ""})
    void events_stay_whatever_a_file_of_numbers_beside_them_says(String numbers) throws IOException {
        try (OpenJournal journal = open("forever")) {
            journal.say("one", "two", "three");
        }
        Files.writeString(OpenJournal.folder(data, RoomName.LOBBY).resolve("last.csv"), numbers);
        long given;
        try (OpenJournal journal = open("forever")) {
            assertThat(journal.read(1, 10).numbers()).containsExactly(1L, 2L, 3L);
            given = journal.say("four").get(0).numbers().get(0);
            assertThat(given).isGreaterThan(3);
        }
        try (OpenJournal journal = open("forever")) {
            assertThat(journal.read(1, 10).numbers()).containsExactly(1L, 2L, 3L);
            assertThat(journal.read(4, 10).numbers()).containsExactly(given);
        }
    }

    @Test
    void numbers_go_on_when_an_old_file_of_numbers_lies_beside_what_goes() throws IOException {
        try (OpenJournal journal = open("forever")) {
            journal.say("one", "two", "three");
        }
        Files.writeString(OpenJournal.folder(data, RoomName.LOBBY).resolve("last.csv"), RoomNumbers.text(1));
        try (OpenJournal journal = open("none")) {
            assertThat(journal.lobby().last()).isEqualTo(3);
        }
        try (OpenJournal journal = open("none")) {
            assertThat(journal.lobby().last()).isEqualTo(3);
        }
    }
}
