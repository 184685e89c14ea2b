package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.RoomRole;
import io.kabar.chat.server.ServerSecret;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.chat.spi.Journal.Kept;
import io.kabar.storage.csv.CsvJournal.Durability;
import io.kabar.storage.csv.accounts.AccountRow;
import io.kabar.storage.csv.accounts.CsvAccounts;
import io.kabar.storage.csv.exchange.DataExport;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.exchange.ImportReport;
import io.kabar.storage.csv.exchange.PersonEraser;
import io.kabar.storage.csv.exchange.Unzipped;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.files.WholeFile;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.segment.CsvEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From one data folder to another, and from and to the files of simple chat programs. */
class MovingTest {

    private static final RoomName GARDEN = RoomName.of("garden");
    private static final UserName BOB = UserName.of("bob");

    private static final String KEY = ServerSecret.generate().encode();

    @TempDir
    Path parent;

    private Path old = Path.of("");
    private Path other = Path.of("");
    private final List<Entry> said = new ArrayList<>();

    @BeforeEach
    void two_rooms_and_two_accounts() throws IOException {
        old = parent.resolve("old");
        other = parent.resolve("other");
        try (OpenJournal journal = new OpenJournal(old)) {
            journal.say("one", "=two, \"quoted\"\nlines", "é😀").forEach(answer -> said.addAll(answer.entries()));
            journal.propose(
                    ChatEvent.of(RoomName.LOBBY, 0, OpenJournal.NOON, Author.of(BOB), new Content.Topic("roses")));
            journal.propose(ChatEvent.of(GARDEN, 0, OpenJournal.NOON, Author.of(BOB), new Content.Said("rose", true)));
            journal.answers.next(2).forEach(answer -> said.addAll(answer.entries()));
        }
        try (DataFolder data = DataFolder.open(old);
                CsvAccountStore accounts = CsvAccountStore.open(data)) {
            accounts.register(account("ada"));
            accounts.register(account("bob"));
            AtomicFile.write(data.path().resolve("server.key"), KEY);
        }
    }

    private static Account account(String name) {
        return new Account(
                0, UserName.of(name), Optional.empty(), Optional.of("ab".repeat(32)), Account.MEMBER, OpenJournal.NOON);
    }

    private Path export(@Nullable UserName user) throws IOException {
        Path file = parent.resolve("copy.zip");
        DataExport export = new DataExport(old, Set.of(), user);
        WholeFile.write(file, export::archive);
        assertThat(export.troubles()).isEmpty();
        return file;
    }

    private ImportReport imported(Path into, boolean append, Path... files) throws IOException {
        try (DataFolder data = DataFolder.open(into);
                DataImport reading = new DataImport(data, GARDEN, append, Optional.empty())) {
            for (Path file : files) {
                reading.read(file);
            }
            reading.publish();
            return reading.report();
        }
    }

    @Test
    void an_archive_brings_everything_to_another_folder() throws IOException {
        ImportReport report = imported(other, false, export(null));

        assertThat(report.lines().get(0)).isEqualTo("Taken: 5 events in 2 rooms, 2 accounts.");
        assertThat(report.isPartial()).isFalse();
        try (OpenJournal journal = new OpenJournal(other)) {
            assertThat(journal.lobby()).isEqualTo(new Kept(1, 4, "roses"));
            List<Entry> read = new ArrayList<>(journal.read(1, 10).entries());
            read.addAll(journal.read(GARDEN, 1, 10, 1_000).entries());
            assertThat(read).isEqualTo(said);
            assertThat(journal.say("five").get(0).numbers()).containsExactly(5L);
        }
        try (DataFolder data = DataFolder.open(other);
                CsvAccountStore accounts = CsvAccountStore.open(data)) {
            assertThat(accounts.find(UserName.of("ada")).map(found -> found.withId(0)))
                    .contains(account("ada"));
            assertThat(data.path().resolve("server.key")).hasContent(KEY);
            assertThat(data.path().resolve(".import")).doesNotExist();
        }
    }

    @Test
    void a_name_that_was_taken_out_of_the_file_while_nobody_ran_is_held_against_an_import_too() throws IOException {
        try (DataFolder data = DataFolder.open(other);
                CsvAccountStore accounts = CsvAccountStore.open(data)) {
            accounts.register(account("zoe"));
            accounts.register(account("bob"));
        }
        Path users = other.resolve("users.csv");
        String text = Files.readString(users);
        Files.writeString(
                users,
                text.lines().filter(line -> !line.contains(",bob,")).collect(Collectors.joining("\r\n", "", "\r\n")));
        Path names = Files.writeString(parent.resolve("username.csv"), "name,password\nBob,secret\n");

        ImportReport report = imported(other, false, names);

        assertThat(report.lines()).anySatisfy(line -> assertThat(line).contains("taken here already", "Bob"));
        try (DataFolder data = DataFolder.open(other);
                CsvAccountStore accounts = CsvAccountStore.open(data)) {
            assertThat(accounts.find(UserName.of("bob"))).isEmpty();
            assertThat(accounts.find(UserName.of("zoe"))).isPresent();
            assertThat(accounts.register(account("bob"))).isEmpty();
        }
        Files.delete(users);
        assertThatThrownBy(() -> imported(other, false, names)).hasMessageContaining("accounts are gone");
        assertThat(users).doesNotExist();
    }

    @Test
    void an_archive_unpacked_by_hand_is_a_data_folder() throws IOException {
        Unzipped.into(other, export(null), new ImportReport());

        try (OpenJournal journal = new OpenJournal(other)) {
            assertThat(journal.lobby()).isEqualTo(new Kept(1, 4, "roses"));
        }
    }

    @Test
    void a_room_that_has_events_gets_more_only_when_told_and_with_new_numbers() throws IOException {
        Path archive = export(null);
        try (OpenJournal journal = new OpenJournal(other)) {
            journal.say("mine");
        }

        assertThatThrownBy(() -> imported(other, false, archive))
                .hasMessage(
                        "The room #lobby has events already, so nothing was imported. With --append what comes gets "
                                + "new numbers behind them.");
        try (OpenJournal journal = new OpenJournal(other)) {
            assertThat(journal.kept).as("nothing was changed").containsOnlyKeys(RoomName.LOBBY);
            assertThat(journal.lobby().last()).isEqualTo(1);
        }
        imported(other, true, archive);
        imported(other, true, archive);

        try (OpenJournal journal = new OpenJournal(other)) {
            assertThat(journal.read(1, 20).numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
            assertThat(journal.read(1, 20).texts()).startsWith("mine", "one").endsWith("é😀", "");
            assertThat(journal.lobby().topic()).isEqualTo("roses");
        }
    }

    /** Or whoever has the number of a foreign owner here would own the room. */
    @Test
    void accounts_are_known_by_the_numbers_they_have_here() throws IOException {
        try (OpenJournal journal = new OpenJournal(old)) {
            journal.propose(ChatEvent.of(
                    GARDEN,
                    0,
                    OpenJournal.NOON,
                    new Author(2, BOB),
                    new RoomChange.RoleGiven(new RoomChange.Whom(1, "ada"), RoomRole.OWNER, "")));
            journal.propose(ChatEvent.of(
                    GARDEN,
                    0,
                    OpenJournal.NOON,
                    new Author(77, UserName.of("gone")),
                    new RoomChange.Banned(new RoomChange.Whom(78, "eve"), RoomChange.FOREVER, "")));
            journal.answers.next(2);
        }
        try (DataFolder data = DataFolder.open(other);
                CsvAccountStore accounts = CsvAccountStore.open(data)) {
            accounts.register(account("zoe")); // has the number that ada has there
        }

        imported(other, false, export(null));

        try (OpenJournal journal = new OpenJournal(other)) {
            List<ChatEvent> events = journal.read(GARDEN, 1, 10, 10_000).entries().stream()
                    .map(Entry::event)
                    .toList();
            ChatEvent given = events.get(events.size() - 2);
            assertThat(given.author()).isEqualTo(new Author(3, BOB));
            assertThat(((RoomChange.OfSomebody) given.content()).whom()).isEqualTo(new RoomChange.Whom(2, "ada"));
            ChatEvent banned = events.get(events.size() - 1);
            assertThat(banned.author().account()).as("nobody here").isZero();
            assertThat(((RoomChange.OfSomebody) banned.content()).whom()).isEqualTo(new RoomChange.Whom(0, "eve"));
        }
    }

    @Test
    void what_is_written_of_somebody_goes_with_their_name() throws IOException {
        try (OpenJournal journal = new OpenJournal(old)) {
            journal.propose(ChatEvent.of(
                    GARDEN,
                    0,
                    OpenJournal.NOON,
                    new Author(1, UserName.of("ada")),
                    new RoomChange.Banned(new RoomChange.Whom(2, "bob"), RoomChange.FOREVER, "bob is rude")));
            journal.answers.next(1);
        }
        try (DataFolder data = DataFolder.open(old)) {
            new PersonEraser(data, BOB).run(false);
        }
        try (OpenJournal journal = new OpenJournal(old)) {
            List<Entry> entries = journal.read(GARDEN, 1, 10, 10_000).entries();
            assertThat(entries.get(entries.size() - 1).event().content())
                    .isEqualTo(new RoomChange.Banned(new RoomChange.Whom(2, ""), RoomChange.FOREVER, ""));
        }
    }

    @Test
    void numbers_and_holes_come_along() throws IOException {
        Map<RoomName, Retention> few = Map.of(RoomName.LOBBY, Retention.parse("16 events"), GARDEN, Retention.NONE);
        RetentionRules rules = new RetentionRules(Retention.FOREVER, few);
        try (OpenJournal journal =
                new OpenJournal(old, Durability.OS, rules, ChannelFile::open, InstantSource.system())) {
            for (int day = 1; day <= 40; day++) {
                Instant time = OpenJournal.NOON.plus(Duration.ofDays(day));
                journal.propose(ChatEvent.of(
                        RoomName.LOBBY, 0, time, Author.of(OpenJournal.ADA), new Content.Said("more", false)));
                journal.answers.next();
            }
        }
        imported(other, false, export(null));

        try (OpenJournal journal =
                new OpenJournal(other, Durability.OS, rules, ChannelFile::open, InstantSource.system())) {
            assertThat(journal.lobby().first()).isEqualTo(29);
            assertThat(journal.lobby().last()).isEqualTo(44);
            assertThat(journal.lobby().topic()).as("older than what is kept").isEqualTo("roses");
            assertThat(journal.kept.get(GARDEN))
                    .usingRecursiveComparison()
                    .ignoringFields("snapshots", "log")
                    .isEqualTo(new Kept(2, 1, ""));
        }
    }

    @Test
    void json_lines_go_both_ways() throws IOException {
        Path file = parent.resolve("copy.jsonl");
        DataExport export = new DataExport(old, Set.of(), null);
        WholeFile.write(file, export::jsonLines);
        Files.writeString(file, Files.readString(file) + "no event\n\n{\"type\":\"said\"}\n");

        ImportReport report = imported(other, false, file);

        assertThat(report.lines())
                .contains(
                        "Left out: lines that are no events: copy.jsonl:6: it is no JSON object; copy.jsonl:8: it has "
                                + "no room.");
        assertThat(report.isPartial()).isTrue();
        try (OpenJournal journal = new OpenJournal(other)) {
            assertThat(journal.read(1, 10).entries().stream().map(Entry::event).toList())
                    .isEqualTo(said.subList(0, 4).stream().map(Entry::event).toList());
        }
    }

    @Test
    void a_copy_of_what_is_being_written_has_whole_records_only() throws IOException {
        Path segment = OpenJournal.segment(old, 1);
        Files.writeString(segment, Files.readString(segment) + "0,5,2026-01-31T12:00:00Z,said,ada,,\"torn");

        imported(other, false, export(null));

        try (OpenJournal journal = new OpenJournal(other)) {
            assertThat(journal.lobby().last()).isEqualTo(4);
        }
    }

    @Test
    void damage_is_told_and_the_rest_is_copied() throws IOException {
        Path segment = OpenJournal.segment(old, 1);
        Files.writeString(segment, Files.readString(segment).replaceFirst("\n0,3,", "\n0,x,"));
        Files.writeString(segment.resolveSibling("messages-000000000000.csv.damaged"), "");
        DataExport export = new DataExport(old, Set.of(), null);

        export.jsonLines(new ByteArrayOutputStream());

        assertThat(export.events()).isEqualTo(3);
        assertThat(export.troubles())
                .anySatisfy(trouble -> assertThat(trouble).startsWith("Damaged: " + segment + ", line 5: "))
                .anySatisfy(trouble -> assertThat(trouble).contains(".damaged was set aside"));
    }

    @Test
    void a_damaged_archive_changes_nothing() throws IOException {
        Path archive = export(null);
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, java.util.Arrays.copyOf(bytes, bytes.length - 30));
        assertThatThrownBy(() -> imported(other, false, archive)).hasMessageContaining("it is no whole zip archive");

        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("rooms/lobby/messages-000000000001.csv"));
            zip.write((CsvEvents.header() + "2,x\r\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> imported(other, false, archive))
                .hasMessageContaining("Damaged: rooms/lobby/messages-000000000001.csv, line 2: ");
        assertThat(other.resolve("rooms")).doesNotExist();
    }

    @Test
    void no_name_in_an_archive_leads_out_of_the_folder() throws IOException {
        Path archive = parent.resolve("evil.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String name : List.of("../out.csv", "/tmp/out.csv", "rooms/../../room.csv", "rooms/a/../room.csv")) {
                zip.putNextEntry(new ZipEntry(name));
            }
            zip.putNextEntry(new ZipEntry("users.csv"));
            zip.write(CsvAccounts.text(List.of(new AccountRow(1, AccountRow.Standing.OWNED, account("eve"))))
                    .getBytes(StandardCharsets.UTF_8));
        }
        ImportReport report = imported(other, false, archive);

        assertThat(report.lines()).anySatisfy(line -> assertThat(line).contains("../out.csv", "rooms/a/../room.csv"));
        assertThat(parent.resolve("out.csv")).doesNotExist();
        assertThat(other.resolve("room.csv")).doesNotExist();
    }

    @Test
    void one_person_gets_what_they_said_and_no_verifier() throws IOException {
        Path archive = export(BOB);

        try (ZipFile zip = new ZipFile(archive.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactlyInAnyOrder("rooms/garden/messages.csv", "rooms/lobby/messages.csv", "account.csv");
            assertThat(text(zip, "rooms/lobby/messages.csv")).contains("roses").doesNotContain("one", "ada");
            assertThat(text(zip, "account.csv")).contains("bob,member").doesNotContain("abab");
        }
        assertThatThrownBy(() -> imported(other, false, archive)).hasMessageContaining("what one person said");
    }

    private static String text(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void the_files_of_simple_programs_go_both_ways() throws IOException {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        DataExport export = new DataExport(old, Set.of(RoomName.LOBBY), null);
        export.plainMessages(messages);
        export.plainNames(names);
        assertThat(names).hasToString("ada\r\nbob\r\n");
        assertThat(messages).hasToString("ada,one\r\nada,\"'=two, \"\"quoted\"\"\nlines\"\r\nada,é😀\r\n");

        Path file = Files.writeString(parent.resolve("messages.csv"), messages.toString(StandardCharsets.UTF_8));
        imported(other, false, file);

        try (OpenJournal journal = new OpenJournal(other)) {
            assertThat(journal.read(GARDEN, 1, 10, 1_000).texts())
                    .containsExactly("one", "=two, \"quoted\"\nlines", "é😀");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Ada,Have you learned?|Ada|Have you learned?|",
                "Ada,Yes, at 7, say|Ada|Yes, at 7, say|",
                "2024-11-05 13:45:10,Ada,hi|Ada|hi|2024-11-05T13:45:10",
                "Ada,hi,2024-11-05T13:45:10|Ada|hi|2024-11-05T13:45:10",
                "Message,Username,Timestamp\\nhi,Ada,05/11/2024 13:45|Ada|hi|2024-11-05T13:45:00",
                "username;message\\nAda;hi, you|Ada|hi, you|",
                "\uFEFFname,message\\nAda Byron,hi|Ada_Byron|hi|",
                "Ada,\"say \"\"hi\"\"\\nbye\"|Ada|say \"hi\"\\nbye|",
            })
    void messages_are_read_with_and_without_header_and_time(String text, String name, String said, String time)
            throws IOException {
        Path file = Files.writeString(parent.resolve("messages.csv"), text.replace("\\n", "\n"));

        imported(other, false, file);

        try (OpenJournal journal = new OpenJournal(other)) {
            List<Entry> entries = journal.read(GARDEN, 1, 10, 1_000).entries();
            assertThat(entries).hasSize(1);
            ChatEvent event = entries.get(0).event();
            assertThat(event.from().text()).isEqualTo(name);
            assertThat(event.text()).isEqualTo(said.replace("\\n", "\n"));
            if (time != null) {
                assertThat(event.time().atZone(java.time.ZoneId.systemDefault()).toLocalDateTime())
                        .isEqualTo(java.time.LocalDateTime.parse(time));
            }
        }
    }

    @Test
    void names_are_taken_with_a_password_only_and_it_is_said_which_were_not() throws IOException {
        Path file = Files.writeString(parent.resolve("username.csv"), "Fav\nEvan\n\nna/me\n");
        assertThat(imported(other, false, file).lines())
                .contains("Taken: 0 events in 0 rooms, 0 accounts.")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("Left out: names without a password")
                        .contains("Fav; Evan"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("Left out: rows whose name").contains("username.csv:4"));

        Files.writeString(file, "username,password\nFav,secret\nada,\n");
        try (DataFolder data = DataFolder.open(other);
                DataImport reading = new DataImport(data, GARDEN, false, Optional.of(name -> "made for " + name))) {
            reading.read(file);
            reading.publish();
            assertThat(reading.report().lines()).containsExactly("Taken: 0 events in 0 rooms, 2 accounts.");
            assertThat(Files.readString(data.users()))
                    .contains("Fav,member", "SCRAM-SHA-256")
                    .doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing.zip", "binary"})
    void what_cannot_be_read_is_told_in_a_sentence(String name) throws IOException {
        Path file = parent.resolve(name);
        if (name.equals("binary")) {
            Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        }
        assertThatThrownBy(() -> imported(other, false, file))
                .hasMessageMatching(
                        ".* cannot be imported: (it does not exist|it looks like UTF-16; save it as UTF-8)\\.");
    }

    @Test
    void what_a_person_said_is_erased_and_the_numbers_stay() throws IOException {
        try (DataFolder data = DataFolder.open(old)) {
            PersonEraser count = new PersonEraser(data, BOB);
            count.run(true);
            assertThat(count.texts()).isEqualTo(2);
            assertThat(Files.readString(OpenJournal.segment(old, 1))).contains("roses");

            PersonEraser eraser = new PersonEraser(data, BOB);
            eraser.run(false);
            assertThat(eraser.texts()).isEqualTo(2);
            assertThat(eraser.rooms()).isEqualTo(2);
            assertThat(eraser.troubles()).isEmpty();
        }
        try (OpenJournal journal = new OpenJournal(old)) {
            assertThat(journal.lobby()).isEqualTo(new Kept(1, 4, ""));
            assertThat(journal.read(1, 10).texts()).containsExactly("one", "=two, \"quoted\"\nlines", "é😀", "");
            assertThat(journal.read(GARDEN, 1, 10, 1_000).texts()).containsExactly("");
            assertThat(journal.read(1, 10).entries().subList(0, 3)).isEqualTo(said.subList(0, 3));
        }
        try (var files = Files.walk(old)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as("%s", file).doesNotContain("rose");
            }
        }
    }

    @Test
    void what_may_hold_more_of_a_person_is_told() throws IOException {
        Path segment = OpenJournal.segment(old, 1);
        String text = Files.readString(segment);
        Files.writeString(segment, text.replaceFirst("\n0,1,", "\n0,x,"));
        Files.writeString(segment.resolveSibling("messages-000000000000.csv.damaged"), "");
        try (DataFolder data = DataFolder.open(old)) {
            PersonEraser eraser = new PersonEraser(data, BOB);
            eraser.run(false);

            assertThat(eraser.troubles()).hasSize(2);
            assertThat(eraser.texts()).as("of the other room").isEqualTo(1);
        }
    }
}
