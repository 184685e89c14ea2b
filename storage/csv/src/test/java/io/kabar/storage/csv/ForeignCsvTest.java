package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.accounts.StoredAccounts;
import io.kabar.storage.csv.exchange.DataImport;
import io.kabar.storage.csv.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files as programs, spreadsheets and people write them: understood, or refused with file and line. */
class ForeignCsvTest {

    private static final RoomName GARDEN = RoomName.of("garden");

    @TempDir
    Path parent;

    /** Accounts with made passwords, and what was said, as {@code name: text}. */
    private List<String> imported(String fileName, String text, List<String> report) throws IOException {
        Path into = Files.createTempDirectory(parent, "data");
        Path file = Files.writeString(parent.resolve(fileName), text);
        List<String> found = new ArrayList<>();
        try (DataFolder data = DataFolder.open(into);
                DataImport reading = new DataImport(data, GARDEN, false, Optional.empty())) {
            reading.read(file);
            reading.publish();
            report.addAll(reading.report().lines());
            for (var account : StoredAccounts.read(data.users(), data.names(), OpenJournal.NOON)
                    .book()
                    .accounts()) {
                found.add(account.name().text());
            }
        }
        try (OpenJournal journal = new OpenJournal(into)) {
            for (Entry entry : journal.read(GARDEN, 1, 1_000, 10_000_000).entries()) {
                found.add(entry.event().from() + ": " + entry.event().text());
            }
        }
        return found;
    }

    private List<String> imported(String fileName, String text) throws IOException {
        return imported(fileName, text, new ArrayList<>());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "username,email\nAda,ada@example.org\n",
                "Nama;E-mail\nAda;ada@example.org\n",
                "user\tmail\tphone\nAda\tx\ty\n",
                "name,username\nAda,bob\n",
                "Ada,secret\nBob,geheim\n",
                "sep=|\nname|password\n",
                "sep=\nname,password\n",
                "password,pwd\na,b\n",
                "time,text\n2024-01-01 10:00,hi\n",
            })
    void a_first_line_that_is_not_understood_makes_no_account(String text) {
        assertThatThrownBy(() -> imported("username.csv", text))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(parent.resolve("username.csv") + " cannot be imported: ")
                .hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "Client", "user", " Sender", "from", "nama", "nickname", "\uFEFFclient"})
    void a_lone_first_word_that_may_be_a_column_or_a_person_is_refused(String word) {
        for (String rest : List.of("", "\nAda\n")) {
            assertThatThrownBy(() -> imported("username.csv", word + rest))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("line 1 may name the column or a person")
                    .hasMessageContaining("name in its place");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "Username", "\uFEFFname", "\"name\"", "sep=;\nname"})
    void a_lone_first_word_that_says_name_is_no_account_and_what_follows_is(String header) throws IOException {
        try (DataFolder data = DataFolder.open(parent.resolve("named"));
                DataImport reading = new DataImport(data, GARDEN, false, Optional.of(name -> "sesame"))) {
            reading.read(Files.writeString(parent.resolve("username.csv"), header + "\nclient\nAda\n"));
            reading.publish();
            assertThat(StoredAccounts.read(data.users(), data.names(), OpenJournal.NOON)
                            .book()
                            .accounts())
                    .extracting(account -> account.name().text())
                    .containsExactly("client", "Ada");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada,\"hello\nBob,hi\nEve,ho\n",
                "Ada,hello\nBob,\"hi\nEve,ho\n",
                "Ada,hello\nBob,\"hi\" he said\nEve,ho\n",
                "Ada,hello\nBob,\"hi\nEve,it is \"so\" here\n",
                "name,message\nAda,\"",
            })
    void quotes_that_do_not_fit_are_refused_with_their_line_and_swallow_nothing(String text) {
        assertThatThrownBy(() -> imported("messages.csv", text))
                .hasMessageStartingWith(parent.resolve("messages.csv") + " cannot be imported: the quotes in line ")
                .hasMessageContaining("do not fit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Ada\\thello, you; there|Ada: hello, you; there",
                "Ada;hello, you|Ada: hello, you",
                "Ada,hello; you|Ada: hello; you",
                "sep=;\\nAda;hello|Ada: hello",
                "\"sep=,\"\\nname,message\\nAda,hello|Ada: hello",
                "\uFEFFsep=\\t\\nname\\tmessage\\nAda\\thello|Ada: hello",
                "name,message\\nAda,hello, you|Ada: hello, you",
                "id,name,time,message\\n7,Ada,2024-01-01 10:00,hello|Ada: hello",
                "\"Ada\";\"a, b\"|Ada: a, b",
            })
    void separators_are_what_comes_first(String text, String said) throws IOException {
        assertThat(imported("messages.csv", text.replace("\\n", "\n").replace("\\t", "\t")))
                .containsExactly(said);
    }

    /** Whoever took a name that is still free would be taken for who has it. */
    @Test
    void an_import_that_stops_in_the_middle_has_the_accounts_before_the_conversations() throws IOException {
        Path names = Files.writeString(parent.resolve("username.csv"), "name\nAda\n");
        Path said = Files.writeString(
                parent.resolve("said.jsonl"),
                "{\"room\":\"garden\",\"seq\":1,\"time\":\"2026-01-31T12:00:00Z\",\"from\":\"Ada\",\"type\":\"topic\","
                        + "\"topic\":\"tea\"}\n");
        try (DataFolder data = DataFolder.open(parent.resolve("data"));
                DataImport reading = new DataImport(data, GARDEN, false, Optional.of(name -> "sesame"))) {
            reading.read(names);
            reading.read(said);
            Files.createDirectories(data.rooms().resolve("garden/room.csv/in the way"));

            assertThatThrownBy(reading::publish).hasMessageContaining("stopped in the middle");
            assertThat(StoredAccounts.read(data.users(), data.names(), OpenJournal.NOON)
                            .book()
                            .accounts())
                    .hasSize(1);
        }
    }

    @Test
    void what_was_said_by_nobody_makes_no_account() {
        assertThatThrownBy(() -> imported("messages.csv", "hello\ngood_night\n"))
                .hasMessageStartingWith(parent.resolve("messages.csv") + " cannot be imported: ")
                .hasMessageContaining("one cell in each row");
    }

    @Test
    void what_belongs_to_no_column_is_told() throws IOException {
        List<String> report = new ArrayList<>();
        assertThat(imported("messages.csv", "message,name,mood\nhello, you,Ada,glad\nhi,Ada,\n", report))
                .containsExactly("Ada: hi");
        assertThat(report)
                .anySatisfy(line -> assertThat(line).contains("mood"))
                .anySatisfy(line -> assertThat(line).contains("more cells", "messages.csv:2"));
    }

    @Test
    void a_tab_within_a_name_is_no_part_of_it() throws IOException {
        List<String> report = new ArrayList<>();
        assertThat(imported("messages.csv", "name,message\n\"Ada\tByron\",hello\n", report))
                .isEmpty();
        assertThat(report).anySatisfy(line -> assertThat(line).contains("name is not allowed", "messages.csv:2"));
    }

    /**
     * Whatever is said, whatever a program writes by the book is read as it was; and half of it as half, or not at all.
     */
    @Test
    void what_was_written_by_the_book_is_read_as_it_was_and_half_of_it_makes_up_nothing() throws IOException {
        Random random = new Random(7);
        String letters = "ab ,;\t\"'\n\r=-é😀";
        for (int round = 0; round < 15; round++) {
            char separator = ",;\t".charAt(round % 3);
            StringBuilder text = new StringBuilder(round % 2 == 0 ? "" : "\uFEFF");
            CSVFormat format =
                    CSVFormat.DEFAULT.builder().setDelimiter(separator).get();
            format.printRecord(text, "name", "message");
            List<String> said = new ArrayList<>();
            for (int row = 0; row < 4; row++) {
                StringBuilder words = new StringBuilder("x");
                for (int i = random.nextInt(12); i > 0; i--) {
                    words.appendCodePoint(letters.codePoints()
                            .skip(random.nextInt(letters.codePointCount(0, letters.length())))
                            .findFirst()
                            .orElseThrow());
                }
                format.printRecord(text, "Ada", words);
                said.add("Ada: " + words);
            }
            assertThat(imported("messages.csv", text.toString())).isEqualTo(said);
            int cut = text.length() / 2 + random.nextInt(text.length() / 2);
            String half = text.substring(0, Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut);
            List<String> read;
            try {
                read = imported("messages.csv", half);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("the quotes in line ");
                continue;
            }
            assertThat(read.size()).isLessThanOrEqualTo(said.size());
            for (int i = 0; i < read.size(); i++) {
                assertThat(said.get(i)).startsWith(read.get(i));
            }
        }
    }
}
