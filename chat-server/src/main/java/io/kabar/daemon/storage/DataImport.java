package io.kabar.daemon.storage;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.Account;
import io.kabar.chat.server.Journal.Entry;
import io.kabar.chat.server.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings archives, JSON lines and the CSV files of simple chat programs into a data folder that this program holds. All is
 * read and checked first, beside the logs; {@link #publish} moves it in. For one thread.
 */
public final class DataImport implements AutoCloseable {

    private final DataFolder data;
    private final RoomName room;
    private final boolean append;
    private final Optional<Function<UserName, String>> passwords;
    private final Path staging;
    private final Storage storage = Storage.offline();
    private final ImportReport report = new ImportReport();
    private final Map<RoomName, RoomImport> rooms = new LinkedHashMap<>();
    private final Map<String, Account> accounts;
    private final Map<String, Path> secrets = new LinkedHashMap<>();
    private int newAccounts;
    private int archives;
    private @Nullable RoomImport current;

    /**
     * An import into a folder.
     *
     * @param room where messages go that do not say it themselves
     * @param append whether a room that has events already gets more behind them
     * @param passwords makes a password for a name that comes without one; empty if such a name is not taken
     */
    public DataImport(DataFolder data, RoomName room, boolean append, Optional<Function<UserName, String>> passwords)
            throws IOException {
        this.data = data;
        this.room = room;
        this.append = append;
        this.passwords = passwords;
        staging = data.path().resolve(".import");
        accounts = CsvAccounts.read(data.users());
        clear(staging);
    }

    /** What was taken and what was not. */
    public ImportReport report() {
        return report;
    }

    /**
     * Reads and checks a file.
     *
     * @throws IOException in a sentence; nothing is to be published then
     */
    public void read(Path file) throws IOException {
        try {
            byte[] begin;
            try (InputStream in = Files.newInputStream(file)) {
                begin = in.readNBytes(4);
            }
            if (begin.length == 4 && begin[0] == 'P' && begin[1] == 'K') {
                archive(file);
            } else if (begin.length > 0 && begin[0] == '{') {
                jsonLines(file);
            } else {
                plain(file, PlainCsv.read(file));
            }
        } catch (ImportRefusal e) {
            throw new IOException(e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be imported: " + FileTrouble.reason(e) + ".", e);
        }
    }

    private void archive(Path file) throws IOException {
        Path unpacked = staging.resolve("archive" + ++archives);
        Unzipped content = Unzipped.into(unpacked, file, report);
        if (!content.isData()) {
            throw new IOException("there is no room and no account in it");
        }
        if (Files.isDirectory(unpacked.resolve(DataFolder.ROOMS))) {
            for (RoomFolder folder : RoomFolder.list(unpacked.resolve(DataFolder.ROOMS))) {
                room(folder, unpacked);
            }
        }
        for (Account account :
                CsvAccounts.read(unpacked.resolve(DataFolder.USERS)).values()) {
            account(account);
        }
        for (String secret : DataExport.SECRETS) {
            if (Files.exists(unpacked.resolve(secret))) {
                secrets.put(secret, unpacked.resolve(secret));
            }
        }
    }

    private void room(RoomFolder folder, Path unpacked) throws IOException {
        List<String> damage = new ArrayList<>();
        RoomImport into = into(folder.room());
        new StoredRoom(folder, damage::add).read(entry -> add(entry.event(), entry.id()));
        RoomTopic topic = RoomTopic.read(folder);
        if (topic != null) {
            into.olderTopic(topic);
        }
        into.countOn(RoomNumbers.read(folder));
        if (!damage.isEmpty()) {
            throw new IOException(damage.get(0).replace(unpacked + "/", ""));
        }
    }

    private void jsonLines(Path file) throws IOException {
        long number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    add(JsonEvents.parse(line), MessageId.NONE);
                } catch (DamagedException e) {
                    report.leftOut(
                            "lines that are no events", file.getFileName() + ":" + number + ": " + e.getMessage());
                }
            }
        }
    }

    private void plain(Path file, PlainCsv csv) throws IOException {
        if (csv.isNames(String.valueOf(file.getFileName()))) {
            names(file, csv);
            return;
        }
        Instant otherwise = Instant.ofEpochMilli(Files.getLastModifiedTime(file).toMillis());
        for (PlainCsv.Row row : csv.rows()) {
            Map<PlainCsv.Column, String> message = csv.message(row);
            String place = file.getFileName() + ":" + row.line();
            String text = message.getOrDefault(PlainCsv.Column.TEXT, "");
            UserName name = name(message.getOrDefault(PlainCsv.Column.NAME, ""), place);
            if (name == null) {
                continue;
            }
            if (text.isBlank()) {
                report.leftOut("messages without a text", place);
                continue;
            }
            Instant said = PlainCsv.time(message.getOrDefault(PlainCsv.Column.TIME, ""));
            if (said == null) {
                report.changed("messages without a time have the file's: " + otherwise, place);
            }
            add(new ChatEvent.Said(room, 0, said == null ? otherwise : said, name, text, false), MessageId.NONE);
        }
    }

    private void names(Path file, PlainCsv csv) {
        for (PlainCsv.Row row : csv.rows()) {
            String place = file.getFileName() + ":" + row.line();
            boolean named = csv.header().containsKey(PlainCsv.Column.NAME);
            UserName name = name(
                    named ? csv.cell(row, PlainCsv.Column.NAME) : row.cells().get(0), place);
            if (name == null) {
                continue;
            }
            String password = csv.cell(row, PlainCsv.Column.PASSWORD);
            if (accounts.containsKey(name.key())) {
                report.leftOut("names that are taken here already", name.text());
            } else if (!password.isEmpty()) {
                account(Account.withPassword(name, password));
            } else if (passwords.isPresent()) {
                account(Account.withPassword(name, passwords.get().apply(name)));
            } else {
                report.leftOut(
                        "names without a password, which belong to whoever uses them first (see --make-passwords)",
                        name.text());
            }
        }
    }

    private @Nullable UserName name(String cell, String place) {
        String text = cell.strip();
        try {
            return UserName.of(text);
        } catch (IllegalArgumentException e) {
            try {
                UserName changed = UserName.of(text.replaceAll("\\s+", "_"));
                report.changed("names have no spaces here", text + " is " + changed);
                return changed;
            } catch (IllegalArgumentException again) {
                report.leftOut("rows whose name is not allowed here", place + ": " + again.getMessage());
                return null;
            }
        }
    }

    private void account(Account account) {
        if (accounts.putIfAbsent(account.name().key(), account) != null) {
            report.leftOut("names that are taken here already", account.name().text());
        } else {
            newAccounts++;
        }
    }

    private void add(ChatEvent event, MessageId id) throws IOException {
        if (CsvEvents.text(event).getBytes(StandardCharsets.UTF_8).length > ServerOptions.MESSAGE_CEILING) {
            report.leftOut("texts longer than 16 KiB", event.room() + " of " + event.time());
            return;
        }
        into(event.room()).add(new Entry(event, id));
        report.tookEvent(event.time());
    }

    private RoomImport into(RoomName name) throws IOException {
        RoomImport into = rooms.get(name);
        if (into == null) {
            RoomFolder target = RoomFolder.of(data.rooms(), name);
            // As a server's start does it: what a crash has cut off is not to stand in the middle.
            RoomJournal there = RoomRecovery.open(target, storage);
            if (there.segments().view().last() > 0 && !append) {
                throw new ImportRefusal("The room " + name + " has events already, so nothing was imported. "
                        + "With --append what comes gets new numbers behind them.");
            }
            into = new RoomImport(there, RoomFolder.of(staging.resolve(DataFolder.ROOMS), name));
            rooms.put(name, into);
        }
        if (current != null && current != into) {
            current.close(); // files held open are few
        }
        current = into;
        return into;
    }

    /** Moves everything into the data folder. */
    public void publish() throws IOException {
        try {
            for (RoomImport each : rooms.values()) {
                each.close();
            }
            for (RoomImport each : rooms.values()) {
                each.publish();
            }
            if (newAccounts > 0) {
                AtomicFile.write(
                        data.users(), CsvAccounts.text(accounts.values()).toString());
            }
            for (Map.Entry<String, Path> secret : secrets.entrySet()) {
                publish(secret.getKey(), secret.getValue());
            }
            report.done(rooms.size(), newAccounts);
        } catch (IOException e) {
            throw new IOException(
                    "The import stopped in the middle, and " + data.path() + " has a part of it: "
                            + FileTrouble.reason(e) + ".",
                    e);
        }
    }

    private void publish(String name, Path file) throws IOException {
        Path target = data.path().resolve(name);
        String content = Files.readString(file);
        if (!Files.exists(target)) {
            AtomicFile.write(target, content);
        } else if (!Files.readString(target).equals(content)) {
            report.leftOut("files that are here already with other content", name);
        }
    }

    @Override
    public void close() throws IOException {
        for (RoomImport each : rooms.values()) {
            each.close();
        }
        clear(staging);
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(java.util.Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }

    /** Not the file's fault. */
    private static final class ImportRefusal extends IOException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        ImportRefusal(String sentence) {
            super(sentence);
        }
    }
}
