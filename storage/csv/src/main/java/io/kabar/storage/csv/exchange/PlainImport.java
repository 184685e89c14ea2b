package io.kabar.storage.csv.exchange;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.storage.csv.room.StoredRoom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the CSV files of simple chat programs: messages become events of one room, names become accounts. What cannot
 * be one of ours is left out and told.
 */
final class PlainImport {

    /**
     * Rounds of PBKDF2 for a password that is made. Slowness protects what people think of; nobody tries all that a
     * program makes, and lists of names are long.
     */
    private static final int ROUNDS_FOR_RANDOM = 10_000;

    private final RoomName room;
    private final Optional<Function<UserName, String>> passwords;
    private final ImportedAccounts accounts;
    private final ImportReport report;
    private final StoredRoom.Sink events;

    /**
     * An import of such files.
     *
     * @param room where messages go
     * @param passwords makes a password for a name that comes without one, with 64 random bits or more; empty if such a
     *     name is not taken
     * @param events takes the messages
     */
    PlainImport(
            RoomName room,
            Optional<Function<UserName, String>> passwords,
            ImportedAccounts accounts,
            ImportReport report,
            StoredRoom.Sink events) {
        this.room = room;
        this.passwords = passwords;
        this.accounts = accounts;
        this.report = report;
        this.events = events;
    }

    /** Reads a file of names or of messages. */
    void read(Path file) throws IOException {
        PlainCsv csv = PlainCsv.read(file);
        csv.unknown()
                .forEach(
                        column -> report.leftOut("columns that are neither names, texts, times nor passwords", column));
        if (csv.isNames(String.valueOf(file.getFileName()))) {
            names(file, csv);
            return;
        }
        Instant otherwise = Limits.nearestTime(
                Instant.ofEpochMilli(Files.getLastModifiedTime(file).toMillis()));
        csv.rows(row -> {
            String place = file.getFileName() + ":" + row.line();
            if (csv.isTooLong(row)) {
                report.leftOut("rows with more cells than there are columns", place);
            } else {
                message(csv.message(row), place, otherwise);
            }
        });
    }

    private void message(Map<PlainCsv.Column, String> message, String place, Instant otherwise) throws IOException {
        String text = message.getOrDefault(PlainCsv.Column.TEXT, "");
        UserName name = name(message.getOrDefault(PlainCsv.Column.NAME, ""), place);
        if (name == null) {
            return;
        }
        if (text.isBlank()) {
            report.leftOut("messages without a text", place);
            return;
        }
        Instant said = PlainCsv.time(message.getOrDefault(PlainCsv.Column.TIME, ""));
        if (said == null) {
            report.changed("messages without a time have the file's: " + otherwise, place);
        }
        if (said != null && !Limits.isTime(said)) {
            report.leftOut("messages of a time before 1970 or after 9999", place);
            return;
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > Limits.TEXT_BYTES) {
            report.leftOut("texts longer than 16 KiB", place);
            return;
        }
        events.take(new Entry(
                ChatEvent.of(room, 0, said == null ? otherwise : said, Author.of(name), new Content.Said(text, false)),
                MessageId.NONE));
    }

    private void names(Path file, PlainCsv csv) throws IOException {
        csv.rows(row -> name(csv, row, file.getFileName() + ":" + row.line()));
    }

    private void name(PlainCsv csv, PlainCsv.Row row, String place) {
        if (csv.isTooLong(row)) {
            report.leftOut("rows with more cells than there are columns", place);
            return;
        }
        boolean named = csv.header().containsKey(PlainCsv.Column.NAME);
        UserName name =
                name(named ? csv.cell(row, PlainCsv.Column.NAME) : row.cells().get(0), place);
        if (name == null) {
            return;
        }
        String password = csv.cell(row, PlainCsv.Column.PASSWORD);
        if (accounts.isTaken(name)) {
            accounts.leaveOut(name);
        } else if (!password.isEmpty()) {
            accounts.add(Account.withPassword(name, password));
        } else if (passwords.isPresent()) {
            accounts.add(withMadePassword(name, passwords.get().apply(name)));
        } else {
            report.leftOut(
                    "names without a password, which belong to whoever uses them first (see --make-passwords)",
                    name.text());
        }
    }

    private static Account withMadePassword(UserName name, String password) {
        return new Account(
                0,
                name,
                Optional.of(PasswordVerifier.derive(password, ROUNDS_FOR_RANDOM)),
                Optional.empty(),
                Account.MEMBER,
                Instant.now());
    }

    private @Nullable UserName name(String cell, String place) {
        String text = cell.strip();
        try {
            return UserName.parse(text);
        } catch (IllegalArgumentException e) {
            try {
                UserName changed = UserName.parse(joined(text));
                report.changed("names have no spaces here", text + " is " + changed);
                return changed;
            } catch (IllegalArgumentException again) {
                report.leftOut("rows whose name is not allowed here", place + ": " + again.getMessage());
                return null;
            }
        }
    }

    private static String joined(String text) {
        List<String> words = new ArrayList<>(Parts.of(text, ' '));
        words.removeIf(String::isEmpty);
        return String.join("_", words);
    }
}
