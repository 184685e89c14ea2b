package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.chat.spi.Journal.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvJournalTest {

    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final RoomName GARDEN = RoomName.of("garden");

    @TempDir
    Path data;

    @Test
    void events_get_the_numbers_1_2_3_of_their_room() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.kept).isEmpty();
            ChatEvent draft = OpenJournal.said(LOBBY, "one");
            journal.propose(draft);
            journal.propose(OpenJournal.said(GARDEN, "another one"));
            journal.propose(OpenJournal.said(LOBBY, "two"));

            List<Answers.Answer> answers = journal.answers.next(3);

            assertThat(answers).extracting(Answers.Answer::ticket).containsExactly(1L, 2L, 3L);
            assertThat(answers).flatExtracting(Answers.Answer::numbers).containsExactly(1L, 1L, 2L);
            assertThat(answers.get(0).entries()).containsExactly(new Entry(draft.withSequence(1), new MessageId(7, 1)));
        }
    }

    @Test
    void many_proposals_are_committed_in_their_order() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            List<Long> tickets = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                tickets.add(journal.propose(OpenJournal.said(i % 3 == 0 ? GARDEN : LOBBY, "text " + i)));
            }

            List<Answers.Answer> answers = journal.answers.next(5_000);

            assertThat(answers).extracting(Answers.Answer::ticket).isEqualTo(tickets);
            for (RoomName room : List.of(LOBBY, GARDEN)) {
                List<Long> numbers = answers.stream()
                        .map(answer -> answer.entries().get(0).event())
                        .filter(event -> event.room().equals(room))
                        .map(ChatEvent::sequence)
                        .toList();
                assertThat(numbers)
                        .isEqualTo(LongStream.rangeClosed(1, numbers.size())
                                .boxed()
                                .toList());
            }
        }
    }

    @Test
    void a_restart_goes_on_where_it_was() throws IOException {
        List<Entry> before = new ArrayList<>();
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.say("one", "=two", "three\nlines, \"here\"\r\n").forEach(answer -> before.addAll(answer.entries()));
        }
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby()).isEqualTo(new Kept(1, 3, ""));
            assertThat(journal.read(1, 10).entries()).isEqualTo(before);
            assertThat(journal.say("four").get(0).numbers()).containsExactly(4L);
        }
    }

    @Test
    void the_newest_topic_is_known_after_a_restart() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.propose(
                    ChatEvent.of(LOBBY, 0, OpenJournal.NOON, Author.of(OpenJournal.ADA), new Content.Topic("old")));
            journal.propose(ChatEvent.of(
                    LOBBY, 0, OpenJournal.NOON, Author.of(OpenJournal.ADA), new Content.Topic("=new, \"one\"")));
            journal.answers.next(2);
            journal.say("text");
        }
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().topic()).isEqualTo("=new, \"one\"");
        }
    }

    @Test
    void the_topic_is_found_in_the_log_when_its_file_is_lost_or_late() throws IOException {
        Path file = OpenJournal.folder(data, LOBBY).resolve("room.csv");
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.propose(
                    ChatEvent.of(LOBBY, 0, OpenJournal.NOON, Author.of(OpenJournal.ADA), new Content.Topic("kept")));
            journal.answers.next();
            journal.say("text");
        }
        Files.writeString(file, "name,topic_seq,topic\r\nlobby,0,\r\n");
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().topic()).as("an older file").isEqualTo("kept");
        }
        Files.delete(file);
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().topic()).as("no file").isEqualTo("kept");
        }
        Files.writeString(file, "name,topic_seq,topic\r\nlobby,99,never committed\r\n");
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().topic()).as("a file from the future").isEqualTo("kept");
        }
    }

    @Test
    void a_read_is_bounded_by_events_and_bytes_but_never_empty() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.say("one", "x".repeat(2_000), "three", "four");

            assertThat(journal.read(1, 2).numbers()).containsExactly(1L, 2L);
            assertThat(journal.read(LOBBY, 2, 10, 1_000).numbers()).containsExactly(2L);
            assertThat(journal.read(LOBBY, 3, 10, 0).numbers()).containsExactly(3L);
            assertThat(journal.read(5, 10)).satisfies(answer -> {
                assertThat(answer.entries()).isEmpty();
                assertThat(answer.first()).isEqualTo(1);
            });
            assertThat(journal.read(GARDEN, 1, 10, 1_000).entries()).isEmpty();
        }
    }

    @Test
    void after_the_end_everything_is_refused() throws IOException {
        OpenJournal journal = new OpenJournal(data);
        journal.close();

        journal.propose(OpenJournal.said(LOBBY, "late"));

        assertThat(journal.answers.next().refusal()).isEqualTo(Refusal.STORAGE);
        assertThat(journal.read(1, 1).first()).isEqualTo(-1);
    }

    @Test
    void what_waits_is_stored_before_the_end() throws IOException {
        OpenJournal journal = new OpenJournal(data);
        for (int i = 0; i < 100; i++) {
            journal.propose(OpenJournal.said(LOBBY, "text"));
        }
        journal.close();

        assertThat(journal.answers.next(100))
                .allSatisfy(answer -> assertThat(answer.refusal()).isNull());
        try (OpenJournal again = new OpenJournal(data)) {
            assertThat(again.lobby().last()).isEqualTo(100);
        }
    }

    @Test
    void it_says_how_long_things_are_kept() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.retention()).isEqualTo("kept forever");
        }
    }
}
