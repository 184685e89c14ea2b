package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Amendment;
import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.exchange.PersonEraser;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.room.RoomJournal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted: nobody reads its text, and within a day it is in no file. */
class DeletedTextsTest {

    private static final RoomName ROOM = RoomName.LOBBY;

    /** As many as there are in a day. */
    private static final int SWEEPS = 24;

    @TempDir
    Path parent;

    private Path data() {
        return parent.resolve("data");
    }

    private static void amend(OpenJournal journal, long target, Amendment amendment) {
        journal.propose(new ChatEvent(ROOM, 0, 0, OpenJournal.NOON, Author.of(OpenJournal.ADA), target, amendment));
        journal.answers.next();
    }

    /** Events 1 to 6: "secret" is said in 1, edited in 3, and deleted by 5. */
    private static void someIsDeleted(OpenJournal journal) {
        var unused = journal.say("secret words", "others");
        amend(journal, 1, new Amendment.Edited("secret words, edited"));
        amend(journal, 2, new Amendment.Edited("others, edited"));
        amend(journal, 1, new Amendment.Deleted("off topic"));
        var unusedToo = journal.say("after it");
    }

    private static List<String> texts(OpenJournal journal) {
        return journal.read(1, 100).events().stream().map(ChatEvent::text).toList();
    }

    private static final List<String> SHOWN = List.of("", "others", "", "others, edited", "off topic", "after it");

    private static String everything(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path place = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(place);
                } else if (!String.valueOf(file.getFileName()).startsWith("lock")) {
                    Files.copy(file, place);
                }
            }
        }
    }

    @Test
    void it_is_read_without_its_text_after_the_end_of_the_process_at_any_moment() throws IOException {
        try (OpenJournal journal = new OpenJournal(data())) {
            someIsDeleted(journal);
            assertThat(texts(journal)).isEqualTo(SHOWN);
            copy(data(), parent.resolve("killed"));
        }
        for (Path folder : List.of(parent.resolve("killed"), data())) {
            for (int starts = 0; starts < 2; starts++) {
                try (OpenJournal journal = new OpenJournal(folder)) {
                    assertThat(texts(journal)).isEqualTo(SHOWN);
                }
            }
        }
    }

    @Test
    void the_text_leaves_the_files_within_a_day_and_the_log_goes_on() throws IOException {
        try (OpenJournal journal = new OpenJournal(data())) {
            someIsDeleted(journal);
            for (int i = 0; i < SWEEPS; i++) {
                assertThat(journal.read(1, 1).numbers()).containsExactly(1L);
                journal.sweep();
            }
            assertThat(texts(journal)).isEqualTo(SHOWN);
            assertThat(everything(data())).doesNotContain("secret").contains("others");
            assertThat(journal.say("and on").get(0).numbers()).containsExactly(7L);
            amend(journal, 2, new Amendment.Deleted(""));
            assertThat(texts(journal)).startsWith("", "", "", "", "off topic", "after it", "and on");
        }
        try (OpenJournal journal = new OpenJournal(data())) {
            assertThat(texts(journal)).startsWith("", "", "", "", "off topic", "after it", "and on");
            for (int i = 0; i < 2; i++) {
                journal.sweep();
                assertThat(journal.read(1, 1).numbers()).containsExactly(1L);
            }
            journal.sweep();
            assertThat(texts(journal)).hasSize(8);
        }
        assertThat(everything(data()))
                .as("a start does not begin the day anew")
                .doesNotContain("others")
                .contains("and on");
    }

    @Test
    void segments_far_apart_are_all_swept() throws IOException {
        try (OpenJournal journal = new OpenJournal(data())) {
            var unused = journal.say("secret words");
            for (int i = 0; i < RoomJournal.SEGMENT_EVENTS; i++) {
                journal.propose(OpenJournal.said(ROOM, "between"));
                journal.answers.next();
            }
            amend(journal, 1, new Amendment.Edited("secret words, edited"));
            for (int i = 0; i < RoomJournal.SEGMENT_EVENTS; i++) {
                journal.propose(OpenJournal.said(ROOM, "between"));
                journal.answers.next();
            }
            amend(journal, 1, new Amendment.Deleted(""));
            assertThat(journal.read(1, 1).events().get(0).text()).isEmpty();
            for (int i = 0; i < SWEEPS; i++) {
                journal.sweep();
                assertThat(journal.read(1, 1).numbers()).containsExactly(1L);
            }
        }
        assertThat(everything(data())).doesNotContain("secret");
        try (OpenJournal journal = new OpenJournal(data())) {
            assertThat(journal.lobby().last()).isEqualTo(2L * RoomJournal.SEGMENT_EVENTS + 3);
            assertThat(journal.read(RoomJournal.SEGMENT_EVENTS + 2, 1)
                            .events()
                            .get(0)
                            .content())
                    .isEqualTo(new Amendment.Edited(""));
        }
    }

    @Test
    void the_file_that_remembers_may_be_lost_or_be_of_another_log() throws IOException {
        try (OpenJournal journal = new OpenJournal(data())) {
            someIsDeleted(journal);
            for (int i = 0; i < 2000; i++) {
                journal.propose(OpenJournal.said(ROOM, "more"));
                journal.answers.next();
            }
        }
        Path file = OpenJournal.folder(data(), ROOM).resolve("deleted.csv");
        assertThat(file).content().isEqualTo("event,deleted_by\r\n1,5\r\n0,1024\r\n".replace("\r\n", lineEnd(file)));
        for (String text : List.of("", "event,deleted_by\n", "event,deleted_by\n1,", "event,deleted_by\n0,99999\n")) {
            Files.writeString(file, text);
            try (OpenJournal journal = new OpenJournal(data())) {
                assertThat(texts(journal).subList(0, 6)).isEqualTo(SHOWN);
            }
        }
        Files.delete(file);
        try (OpenJournal journal = new OpenJournal(data())) {
            assertThat(texts(journal).subList(0, 6)).isEqualTo(SHOWN);
        }
    }

    @Test
    void what_is_in_a_file_still_is_erased_with_whoever_said_it() throws IOException {
        try (OpenJournal journal = new OpenJournal(data())) {
            var unused = journal.say("secret words");
            amend(journal, 1, new Amendment.Deleted(""));
        }
        try (DataFolder folder = DataFolder.open(data())) {
            PersonEraser eraser = new PersonEraser(folder, OpenJournal.ADA);
            eraser.run(false);

            assertThat(eraser.texts()).isEqualTo(1);
        }
        assertThat(everything(data())).doesNotContain("secret");
    }

    private static String lineEnd(Path file) throws IOException {
        return Files.readString(file).contains("\r\n") ? "\r\n" : "\n";
    }

    // Export and import
    // ---------------------------------------------------------------------------------------------------------------

    private Path archive() throws IOException {
        Path file = parent.resolve("copy.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            DataExport export = new DataExport(data(), Set.of(), null);
            export.archive(out);
            assertThat(export.troubles()).isEmpty();
        }
        return file;
    }

    private static void importInto(Path folder, Path archive, RoomName plain) throws IOException {
        try (DataFolder into = DataFolder.open(folder);
                DataImport reading = new DataImport(into, plain, true, Optional.empty())) {
            reading.read(archive);
            reading.publish();
        }
    }

    @Test
    void export_leaves_the_text_out_and_import_keeps_the_deletion() throws IOException {
        try (OpenJournal journal = new OpenJournal(data())) {
            someIsDeleted(journal);
            importInto(parent.resolve("there"), archive(), ROOM);
        }
        assertThat(everything(parent.resolve("there"))).doesNotContain("secret").contains("others");
        try (OpenJournal journal = new OpenJournal(parent.resolve("there"))) {
            assertThat(texts(journal)).isEqualTo(SHOWN);
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        new DataExport(data(), Set.of(), null).jsonLines(json);
        assertThat(json.toString(StandardCharsets.UTF_8))
                .doesNotContain("secret")
                .contains("off topic");
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        new DataExport(data(), Set.of(), null).plainMessages(plain);
        assertThat(plain.toString(StandardCharsets.UTF_8).lines()).hasSize(2).allMatch(line -> line.startsWith("ada,"));
    }

    @Test
    void what_an_import_moves_to_other_numbers_is_about_the_same_as_before() throws IOException {
        try (OpenJournal journal = new OpenJournal(data())) {
            someIsDeleted(journal);
        }
        Path there = parent.resolve("there");
        try (OpenJournal journal = new OpenJournal(there)) {
            var unused = journal.say("of there 1", "of there 2", "of there 3");
        }
        importInto(there, archive(), ROOM);
        try (OpenJournal journal = new OpenJournal(there)) {
            assertThat(texts(journal).subList(0, 3)).containsExactly("of there 1", "of there 2", "of there 3");
            assertThat(texts(journal).subList(3, 9)).isEqualTo(SHOWN);
            assertThat(journal.read(1, 100).events())
                    .extracting(ChatEvent::ref)
                    .containsExactly(0L, 0L, 0L, 0L, 0L, 4L, 5L, 4L, 0L);
        }
    }

    @Test
    void what_is_about_something_that_does_not_come_along_is_about_nothing() throws IOException {
        Path lines = parent.resolve("some.jsonl");
        try (OpenJournal journal = new OpenJournal(data())) {
            someIsDeleted(journal);
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        new DataExport(data(), Set.of(), null).jsonLines(json);
        Files.write(lines, json.toString(StandardCharsets.UTF_8).lines().skip(1).toList());
        Path there = parent.resolve("there");
        try (OpenJournal journal = new OpenJournal(there)) {
            var unused = journal.say("of there 1", "of there 2", "of there 3");
        }
        importInto(there, lines, ROOM);
        try (OpenJournal journal = new OpenJournal(there)) {
            assertThat(texts(journal).subList(0, 4))
                    .containsExactly("of there 1", "of there 2", "of there 3", "others");
            assertThat(journal.read(1, 100).events())
                    .extracting(ChatEvent::ref)
                    .containsExactly(0L, 0L, 0L, 0L, 0L, 4L, 0L, 0L);
        }
    }
}
