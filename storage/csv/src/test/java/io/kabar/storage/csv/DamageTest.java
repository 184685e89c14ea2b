package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.RoomName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamageTest {

    @TempDir
    Path data;

    private final LogLines log = new LogLines();
    private Path segment = Path.of("");

    @BeforeEach
    void ten_events() throws IOException {
        segment = OpenJournal.segment(data, 1);
        try (OpenJournal journal = new OpenJournal(data)) {
            IntStream.rangeClosed(1, 10).forEach(i -> journal.say("a text, in quotes, number " + i));
        }
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void damage(Path file, String what, String with) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(what);
        Files.writeString(file, text.replaceFirst(what, with), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a text, in quotes, number 5\"=a text, in quotes, number 5",
                "\"a text, in quotes, number 5=a text, in quotes, number 5",
                "\r\n0,5,=\r\n0,6,",
                "\r\n0,5,2=\r\n0,5,x",
                "number 5=number \u00ff",
                ",said,,ada,,00000000000000070000000000000005=\0\0\0\0"
            })
    void damage_in_the_middle_is_told_and_moved_aside_and_the_rest_is_served(String change) throws IOException {
        byte[] whole = Files.readAllBytes(segment);
        damage(segment, change.split("=")[0], change.split("=")[1]);
        byte[] damaged = Files.readAllBytes(segment);
        assertThat(damaged).isNotEqualTo(whole);

        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("damaged"))
                    .singleElement()
                    .asString()
                    .contains(segment + ", line 6:", "events 1 to 4 are kept");
            assertThat(journal.answers.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("Damaged: " + segment + ", line 6:")
                    .endsWith(".");
            assertThat(segment.resolveSibling(segment.getFileName() + ".damaged"))
                    .hasBinaryContent(damaged);
            assertThat(journal.lobby().first()).isEqualTo(1);
            assertThat(journal.lobby().last()).as("no number is given twice").isBetween(10L, 50L);

            Answers.Answer page = journal.read(1, 100);
            assertThat(page.numbers()).containsExactly(1L, 2L, 3L, 4L);
            assertThat(page.first()).isEqualTo(1);
            long next = journal.say("goes on").get(0).numbers().get(0);
            assertThat(next).isEqualTo(journal.lobby().last() + 1);
            Answers.Answer behind = journal.read(5, 100);
            assertThat(behind.first())
                    .as("what is before the hole is still kept")
                    .isEqualTo(1);
            assertThat(behind.texts())
                    .as("who asks within the hole is led behind it")
                    .containsExactly("goes on");
        }
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().first()).isEqualTo(1);
            assertThat(journal.say("and on").get(0).numbers())
                    .containsExactly(journal.lobby().last() + 1);
        }
    }

    @Test
    void who_asks_within_a_hole_with_nothing_behind_it_is_told_so() throws IOException {
        damage(segment, "\r\n0,5,2", "\r\n0,5,x");

        try (OpenJournal journal = new OpenJournal(data)) {
            Answers.Answer answer = journal.read(7, 10);

            assertThat(answer.entries()).isEmpty();
            assertThat(answer.first()).isEqualTo(1);
        }
    }

    @Test
    void a_damaged_header_moves_the_whole_segment_aside() throws IOException {
        damage(segment, "seq", "sex");

        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("line 1:"));
            assertThat(journal.lobby().last()).isGreaterThanOrEqualTo(10);
            assertThat(journal.lobby().first()).isEqualTo(journal.lobby().last() + 1);
        }
    }

    @Test
    void another_room_does_not_suffer() throws IOException {
        RoomName garden = RoomName.of("garden");
        try (OpenJournal journal = new OpenJournal(data)) {
            journal.propose(OpenJournal.said(garden, "rose"));
            journal.answers.next();
        }
        damage(segment, "\r\n0,5,2", "\r\n0,5,x");

        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.read(garden, 1, 10, 1_000).texts()).containsExactly("rose");
        }
    }

    @Test
    void damage_that_happens_to_the_segment_in_use_is_moved_aside_at_the_next_read() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            damage(segment, "number 5", "number \u00ff");

            assertThat(journal.read(5, 10).first()).as("not yet").isEqualTo(-1);
            assertThat(journal.say("in a new segment").get(0).numbers()).containsExactly(11L);

            Answers.Answer answer = journal.read(5, 10);
            assertThat(answer.first()).isEqualTo(1);
            assertThat(answer.texts()).containsExactly("in a new segment");
            assertThat(journal.read(1, 10).numbers()).containsExactly(1L, 2L, 3L, 4L);
            try (Stream<Path> files = Files.list(segment.getParent())) {
                assertThat(files.filter(file -> file.toString().endsWith(".damaged")))
                        .hasSize(1);
            }
        }
    }

    @Test
    void a_log_that_was_deleted_under_a_running_server_goes_on_in_a_new_segment() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            Files.delete(segment);

            assertThat(journal.say("still here").get(0).numbers()).containsExactly(11L);
            assertThat(journal.read(11, 10).texts()).containsExactly("still here");
            assertThat(journal.read(1, 10).first())
                    .as("what was removed is gone")
                    .isEqualTo(11);
        }
    }
}
