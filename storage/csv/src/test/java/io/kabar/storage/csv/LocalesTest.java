package io.kabar.storage.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.accounts.AccountRow;
import io.kabar.storage.csv.accounts.CsvAccounts;
import io.kabar.storage.csv.exchange.JsonEvents;
import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.layout.DataFormat;
import io.kabar.storage.csv.room.RoomNumbers;
import io.kabar.storage.csv.segment.CsvEvents;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to be read back is the same under every default locale and time zone. */
class LocalesTest {

    private final Locale before = Locale.getDefault();
    private final TimeZone zoneBefore = TimeZone.getDefault();

    @TempDir
    Path data;

    @AfterEach
    void put_back() {
        Locale.setDefault(before);
        TimeZone.setDefault(zoneBefore);
    }

    private static List<Locale> locales() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(Locale.getAvailableLocales()),
                        java.util.stream.Stream.of(
                                Locale.forLanguageTag("th-TH-u-ca-buddhist-nu-thai"),
                                Locale.forLanguageTag("ar-EG-u-nu-arab"),
                                new Locale("th", "TH", "TH"),
                                new Locale("tr", "TR")))
                .toList();
    }

    private List<String> written() throws IOException {
        RoomFolder folder = RoomFolder.of(data, RoomName.of("#İstanbul é II".replace(" ", "-")));
        StringBuilder csv = new StringBuilder();
        ChatEvent said = ChatEvent.of(
                RoomName.LOBBY,
                1_234_567,
                OpenJournal.NOON,
                Author.of(OpenJournal.ADA),
                new Content.Said("text", true));
        CsvEvents.append(csv, new Entry(said, new MessageId(0x0123456789abcdefL, 42)));
        Account ada = new Account(
                0, UserName.of("ada"), Optional.empty(), Optional.empty(), Account.MEMBER, OpenJournal.NOON);
        csv.append(CsvAccounts.rows(List.of(new AccountRow(1_234_567, AccountRow.Standing.OWNED, ada))));
        return List.of(
                folder.segment(1_234_567).toString(),
                folder.index(1).file().toString(),
                folder.aside(1).toString(),
                RoomNumbers.text(1_234_567),
                DataFormat.text(),
                new MessageId(-1, 7).toString(),
                ServerKey.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]))
                        .fullFingerprint(),
                csv.toString(),
                JsonEvents.line(new Entry(said, MessageId.NONE)));
    }

    @Test
    void names_of_files_numbers_and_times_are_the_same_under_every_locale() throws IOException {
        Locale.setDefault(Locale.ROOT);
        List<String> usual = written();
        assertThat(usual.get(0)).endsWith("messages-000001234567.csv");
        int digits = 0;
        for (Locale locale : locales()) {
            Locale.setDefault(locale);
            digits += String.format("%d", 1).equals("1") ? 0 : 1;
            assertThat(written()).as("under %s", locale.toLanguageTag()).isEqualTo(usual);
        }
        assertThat(digits).as("locales with digits of their own").isGreaterThan(10);
    }

    @Test
    void what_was_written_under_one_locale_is_read_under_the_next() throws IOException {
        long numbers = 0;
        for (String tag : List.of("fa-IR", "th-TH-u-ca-buddhist-nu-thai", "tr-TR", "ar-EG", "en-US", "mr-IN")) {
            Locale.setDefault(Locale.forLanguageTag(tag));
            TimeZone.setDefault(TimeZone.getTimeZone(numbers % 4 == 0 ? "Asia/Kathmandu" : "America/St_Johns"));
            Map<RoomName, Retention> none = Map.of(RoomName.of("#none"), Retention.NONE);
            try (OpenJournal journal = new OpenJournal(
                    data,
                    CsvJournal.Durability.OS,
                    new RetentionRules(Retention.FOREVER, none),
                    ChannelFile::open,
                    () -> OpenJournal.NOON)) {
                assertThat(numbers == 0 ? numbers : journal.lobby().last())
                        .as(tag)
                        .isEqualTo(numbers);
                assertThat(journal.say("one", "two").get(1).numbers()).containsExactly(numbers + 2);
                journal.propose(OpenJournal.said(RoomName.of("#none"), "gone"));
                assertThat(journal.answers.next().numbers()).containsExactly(numbers / 2 + 1);
                numbers += 2;
                assertThat(journal.read(1, 100).numbers()).hasSize((int) numbers);
            }
        }
    }
}
