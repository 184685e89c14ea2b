package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.files.WholeFile;
import io.kabar.storage.csv.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is in a room is a fact of its log: known after a restart, whatever became of the file that remembers it. */
class RoomMembersTest {

    private static final UserName BOB = UserName.of("bob");

    @TempDir
    Path data;

    @TempDir
    Path elsewhere;

    private static void joined(OpenJournal journal, UserName name) {
        journal.propose(ChatEvent.of(RoomName.LOBBY, 0, OpenJournal.NOON, Author.of(name), new Content.Joined()));
        journal.answers.next();
    }

    private static void left(OpenJournal journal, UserName name) {
        journal.propose(ChatEvent.of(RoomName.LOBBY, 0, OpenJournal.NOON, Author.of(name), new Content.Left("bye")));
        journal.answers.next();
    }

    private void adaStaysAndBobGoes() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            joined(journal, OpenJournal.ADA);
            joined(journal, BOB);
            journal.say("text");
            left(journal, BOB);
        }
    }

    private Path file() {
        return OpenJournal.folder(data, RoomName.LOBBY).resolve("members.csv");
    }

    @Test
    void who_has_joined_and_not_left_is_inside_after_a_restart() throws IOException {
        adaStaysAndBobGoes();
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().members()).containsExactly(OpenJournal.ADA);
            joined(journal, BOB);
        }
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().members()).containsExactlyInAnyOrder(OpenJournal.ADA, BOB);
        }
    }

    @Test
    void a_start_reads_only_what_came_after_the_file() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            joined(journal, OpenJournal.ADA);
            joined(journal, BOB);
            fill(journal, 1_100);
            assertThat(Files.readString(file())).endsWith(",2\r\nada\r\nbob\r\n");
            left(journal, OpenJournal.ADA);
        }
        // Told apart from the log, so that it shows who is asked.
        Files.writeString(file(), Files.readString(file()).replace("bob", "eve"));
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().members()).containsExactly(UserName.of("eve"));
        }
    }

    @Test
    void a_file_that_is_missing_cut_off_or_from_the_future_is_not_believed() throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            joined(journal, OpenJournal.ADA);
            fill(journal, 10_500); // into a second segment
            joined(journal, BOB);
        }
        String whole = Files.readString(file());
        for (String damaged : new String[] {
            "",
            "after_event,count\r\n",
            "after_event,count\r\n4,2\r\nada\r\n",
            "after_event,count\r\n4,1\r\nno name at all\r\n",
            "after_event,count\r\nfour,0\r\n",
            "after_event,count\r\n99999,1\r\nmallory\r\n",
            "something else\r\n",
            whole.substring(0, whole.length() - 3)
        }) {
            Files.writeString(file(), damaged);
            assertInside(damaged);
        }
        Files.delete(file());
        assertInside("no file");
    }

    @Test
    void the_first_start_after_an_import_reads_only_what_came_after_the_file() throws IOException {
        imported(twoStayAndTalk(), false);
        assertThat(Files.readString(file())).endsWith(",2\r\nada\r\nbob\r\n");

        // What is not read cannot be found to be damaged.
        Path older = OpenJournal.segment(data, 1);
        Files.writeString(older, Files.readString(older).replaceFirst("\n1,", "\nx,"));
        assertInside("the import's file");
    }

    @Test
    void after_an_import_a_file_that_is_missing_or_damaged_is_made_anew() throws IOException {
        imported(twoStayAndTalk(), false);
        String whole = Files.readString(file());
        for (String damaged : new String[] {"", "after_event,count\r\n4,2\r\nada\r\n", "something else\r\n"}) {
            Files.writeString(file(), damaged);
            assertInside(damaged);
            assertThat(Files.readString(file())).isEqualTo(whole);
        }
        Files.delete(file());
        assertInside("no file");
        assertThat(Files.readString(file())).isEqualTo(whole);
    }

    @Test
    void an_import_behind_a_log_adds_to_who_was_inside() throws IOException {
        UserName eve = UserName.of("eve");
        try (OpenJournal journal = new OpenJournal(data)) {
            joined(journal, eve);
        }
        imported(twoStayAndTalk(), true);

        assertThat(Files.readString(file())).isEqualTo("after_event,count\r\n10504,3\r\neve\r\nada\r\nbob\r\n");
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().members()).containsExactlyInAnyOrder(eve, OpenJournal.ADA, BOB);
        }
    }

    /** Events 1 to 10,503 in another folder; returns an archive of it. */
    private Path twoStayAndTalk() throws IOException {
        try (OpenJournal journal = new OpenJournal(elsewhere)) {
            joined(journal, OpenJournal.ADA);
            joined(journal, BOB);
            joined(journal, UserName.of("tam"));
            left(journal, UserName.of("tam"));
            fill(journal, 10_499); // into a second segment
        }
        Path archive = elsewhere.resolve("copy.zip");
        WholeFile.write(archive, new DataExport(elsewhere, Set.of(), null)::archive);
        return archive;
    }

    private void imported(Path archive, boolean append) throws IOException {
        try (DataFolder folder = DataFolder.open(data);
                DataImport reading = new DataImport(folder, RoomName.LOBBY, append, Optional.empty())) {
            reading.read(archive);
            reading.publish();
        }
    }

    private void assertInside(String file) throws IOException {
        try (OpenJournal journal = new OpenJournal(data)) {
            assertThat(journal.lobby().members()).as(file).containsExactlyInAnyOrder(OpenJournal.ADA, BOB);
        }
    }

    private static void fill(OpenJournal journal, int events) {
        for (int i = 0; i < events; i++) {
            journal.propose(OpenJournal.said(RoomName.LOBBY, "text"));
        }
        journal.answers.next(events);
    }
}
