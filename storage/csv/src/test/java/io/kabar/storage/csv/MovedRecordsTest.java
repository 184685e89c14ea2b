package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.ServerRecords;
import io.kabar.chat.spi.ServerRecords.Entry;
import io.kabar.storage.csv.exchange.DataCheck;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.exchange.PersonEraser;
import io.kabar.storage.csv.files.WholeFile;
import io.kabar.storage.csv.folder.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server remembers, on its way from one folder to another. */
class MovedRecordsTest {

    private static final Entry BAN = new Entry("ban", "2", "0 0 1 ada bob spam");
    private static final Entry BLOCK = new Entry("block", "1 2", "ada bob");
    private static final Entry SWITCHES = new Entry("switches", "all", "off on 0");
    private static final Entry ADDRESS = new Entry("address-ban", "1", "0 0 1 ada 192.0.2.7 spam");
    private static final Entry ROOM = new Entry("address-room-ban", "2 garden", "0 192.0.2.7");

    @TempDir
    Path parent;

    private Path old = Path.of("");

    @BeforeEach
    void two_accounts_and_what_is_known_of_them() throws IOException {
        old = parent.resolve("old");
        accounts(old, "ada", "bob");
        try (DataFolder data = DataFolder.open(old)) {
            ServerRecords records = CsvServerRecords.open(data);
            Set.of(BAN, BLOCK, SWITCHES, ADDRESS, ROOM).forEach(records::put);
        }
    }

    private static void accounts(Path folder, String... names) throws IOException {
        try (DataFolder data = DataFolder.open(folder);
                CsvAccountStore accounts = CsvAccountStore.open(data)) {
            for (String name : names) {
                assertThat(accounts.register(new Account(
                                0,
                                UserName.of(name),
                                Optional.empty(),
                                Optional.of("ab".repeat(32)),
                                Account.MEMBER,
                                Instant.EPOCH)))
                        .isPresent();
            }
        }
    }

    private Path exported() throws IOException {
        Path file = parent.resolve("copy.zip");
        WholeFile.write(file, new DataExport(old, Set.of(), null)::archive);
        return file;
    }

    private static String imported(Path into, Path file) throws IOException {
        try (DataFolder data = DataFolder.open(into);
                DataImport reading = new DataImport(data, RoomName.LOBBY, false, Optional.empty())) {
            reading.read(file);
            reading.publish();
            return String.join("\n", reading.report().lines());
        }
    }

    private static Collection<Entry> records(Path folder) throws IOException {
        try (DataFolder data = DataFolder.open(folder)) {
            return CsvServerRecords.open(data).load();
        }
    }

    @Test
    void no_file_of_an_export_holds_an_address() throws IOException {
        try (ZipFile zip = new ZipFile(exported().toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).contains("records.csv");
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .as(entry.getName())
                            .doesNotContain("192.0.2.7");
                }
            }
        }
        assertThat(records(old)).as("and nothing is lost here").hasSize(5);
    }

    @Test
    void bans_and_blocks_come_along_to_an_empty_folder() throws IOException {
        Path other = parent.resolve("other");
        imported(other, exported());
        assertThat(records(other)).containsExactlyInAnyOrder(BAN, BLOCK, SWITCHES);
    }

    @Test
    void accounts_that_have_other_numbers_there_are_still_the_ones_that_are_meant() throws IOException {
        Path other = parent.resolve("other");
        accounts(other, "eve", "dan", "kim");
        imported(other, exported());
        assertThat(records(other))
                .containsExactlyInAnyOrder(
                        new Entry("ban", "5", BAN.value()), new Entry("block", "4 5", BLOCK.value()), SWITCHES);
    }

    @Test
    void what_was_read_and_conversations_follow_the_accounts() throws IOException {
        RoomName talk = RoomName.direct(1, 2);
        RoomName withNobody = RoomName.direct(2, 99);
        try (DataFolder data = DataFolder.open(old)) {
            CsvServerRecords.open(data).put(new Entry("read", "1", "garden 7 12 @1+2 7 3 @2+99 7 1"));
        }
        say(old, talk, 1, "ada", "between us");
        say(old, withNobody, 2, "bob", "to a guest");
        Path other = parent.resolve("other");
        accounts(other, "eve", "dan", "kim");
        imported(other, exported());

        assertThat(records(other))
                .filteredOn(entry -> entry.kind().equals("read"))
                .containsExactly(new Entry("read", "4", "garden 7 12 @4+5 7 3"));
        try (OpenJournal journal = new OpenJournal(other)) {
            RoomName alone = RoomName.direct(5, Limits.LAST_NUMBER);
            assertThat(journal.kept).containsKeys(RoomName.direct(4, 5), alone).doesNotContainKeys(talk, withNobody);
            assertThat(journal.read(RoomName.direct(4, 5), 1, 10, 10_000).entries())
                    .extracting(entry -> entry.event().author().account() + " "
                            + entry.event().text())
                    .containsExactly("4 between us");
            assertThat(journal.read(alone, 1, 10, 10_000).entries()).hasSize(1);
        }
    }

    private static void say(Path folder, RoomName room, long account, String name, String text) throws IOException {
        try (OpenJournal journal = new OpenJournal(folder)) {
            Author by = new Author(account, UserName.of(name));
            journal.propose(new ChatEvent(room, 7, 0, Instant.now(), by, 0, new Content.Said(text, false)));
            assertThat(journal.answers.next().entries()).hasSize(1);
        }
    }

    @Test
    void invitations_are_still_of_who_made_them_and_used_by_who_used_them() throws IOException {
        String terms = "ab12 4102444800000 1 member room garden ";
        try (DataFolder data = DataFolder.open(old)) {
            ServerRecords records = CsvServerRecords.open(data);
            records.put(new Entry("invitation", "71", terms + "1 ada"));
            records.put(new Entry("invitation", "72", terms + "0 server"));
            records.put(new Entry("invitation", "73", terms + "9 gone"));
            records.put(new Entry("invitation-use", "71.2", ""));
            records.put(new Entry("invitation-use", "71.9", ""));
        }
        Path other = parent.resolve("other");
        accounts(other, "eve", "dan", "kim");
        String told = imported(other, exported());
        assertThat(records(other))
                .filteredOn(entry -> entry.kind().startsWith("invitation"))
                .containsExactlyInAnyOrder(
                        new Entry("invitation", "71", terms + "4 ada"),
                        new Entry("invitation", "72", terms + "0 server"),
                        new Entry("invitation-use", "71.5", ""));
        assertThat(told).contains("invitations of accounts that were not taken over");
    }

    @Test
    void what_is_known_of_accounts_that_are_not_taken_over_stays_behind() throws IOException {
        Path other = parent.resolve("other");
        accounts(other, "bob");
        String told = imported(other, exported());
        assertThat(records(other)).containsExactly(SWITCHES);
        assertThat(told).contains("bans, mutes and blocks of accounts that were not taken over");
    }

    @Test
    void whoever_is_erased_has_blocked_nobody() throws IOException {
        try (DataFolder data = DataFolder.open(old)) {
            CsvServerRecords.open(data).put(new Entry("read", "1", "garden 7 12"));
            new PersonEraser(data, UserName.of("ada")).run(true);
        }
        assertThat(records(old)).contains(BLOCK);
        try (DataFolder data = DataFolder.open(old)) {
            new PersonEraser(data, UserName.of("ada")).run(false);
        }
        assertThat(records(old)).doesNotContain(BLOCK).contains(BAN);
        assertThat(records(old)).noneMatch(entry -> entry.kind().equals("read"));
    }

    @Test
    void why_whoever_is_erased_was_banned_is_nowhere_and_the_ban_holds() throws IOException {
        try (DataFolder data = DataFolder.open(old)) {
            CsvServerRecords.open(data).put(new Entry("mute", "2", "0 0 1 ada bob shouts all day"));
            new PersonEraser(data, UserName.of("bob")).run(false);
        }
        assertThat(Files.readString(old.resolve("records.csv"))).doesNotContain("bob spam", "shouts");
        assertThat(records(old))
                .contains(new Entry("ban", "2", "0 0 1 ada bob "), new Entry("mute", "2", "0 0 1 ada bob "))
                .contains(BLOCK);
    }

    @Test
    void a_check_tells_of_damaged_lines() throws IOException {
        Files.writeString(old.resolve("records.csv"), "nonsense\r\n", StandardOpenOption.APPEND);
        assertThat(DataCheck.of(old))
                .singleElement()
                .asString()
                .contains("records.csv is damaged")
                .endsWith("nonsense.");
    }
}
