package io.kabar.storage.csv.exchange;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ServerSecret;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.accounts.AccountRow;
import io.kabar.storage.csv.accounts.CsvAccounts;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.BoundedLines;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.files.SmallFile;
import io.kabar.storage.csv.files.WholeFolder;
import io.kabar.storage.csv.folder.DataFolder;
import io.kabar.storage.csv.layout.DataFormat;
import io.kabar.storage.csv.layout.FolderParts;
import io.kabar.storage.csv.room.FormerConversations;
import io.kabar.storage.csv.room.Placement;
import io.kabar.storage.csv.room.RoomEpochs;
import io.kabar.storage.csv.room.RoomJournal;
import io.kabar.storage.csv.room.RoomNumbers;
import io.kabar.storage.csv.room.RoomRecovery;
import io.kabar.storage.csv.room.RoomTopic;
import io.kabar.storage.csv.room.Storage;
import io.kabar.storage.csv.room.StoredRoom;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings archives, JSON lines and the CSV files of simple chat programs into a data folder that this program holds. All
 * is read and checked first, beside the logs; {@link #publish} moves it in. For one thread.
 */
public final class DataImport implements AutoCloseable {

    /** Longer than any key, verifier or configuration. */
    private static final int LONGEST_SECRET = 1024 * 1024;

    private final DataFolder data;
    private final boolean append;
    private final Path staging;
    private final Storage storage = Storage.offline();
    private final ImportReport report = new ImportReport();
    private final Map<RoomName, RoomImport> rooms = new LinkedHashMap<>();
    private final ImportedAccounts accounts;
    private final PlainImport plain;
    private final ExchangedRecords records = new ExchangedRecords();
    private final ExchangedDevices devices = new ExchangedDevices();

    private final Map<String, Path> secrets = new LinkedHashMap<>();
    private int archives;
    private @Nullable RoomImport current;

    /**
     * An import into a folder.
     *
     * @param room where messages go that do not say it themselves
     * @param append whether a room that has events already gets more behind them
     * @param passwords makes a password for a name that comes without one, with 64 random bits or more; empty if such a
     *     name is not taken
     */
    public DataImport(DataFolder data, RoomName room, boolean append, Optional<Function<UserName, String>> passwords)
            throws IOException {
        this.data = data;
        this.append = append;
        staging = data.path().resolve(FolderParts.IMPORT);
        accounts = new ImportedAccounts(data, report);
        plain = new PlainImport(room, passwords, accounts, report, this::add);
        Placement.complete(data.rooms());
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
            String begin;
            try (InputStream in = Files.newInputStream(file)) {
                begin = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
            }
            if (begin.startsWith("PK") && begin.length() == 4) {
                archive(file);
            } else if (begin.startsWith("{") || begin.startsWith("\u00EF\u00BB\u00BF{")) {
                jsonLines(file);
            } else {
                plain.read(file);
            }
        } catch (ImportRefusal e) {
            throw new IOException(e.getMessage(), e);
        } catch (Placement.Unplaced | FolderParts.Unusable e) {
            String sentences = String.valueOf(e.getMessage()).replace(staging + "/", "");
            throw new IOException(file + " cannot be imported. " + sentences, e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be imported: " + FileTrouble.reason(e) + ".", e);
        }
    }

    private void archive(Path file) throws IOException {
        Path unpacked = staging.resolve("archive" + ++archives);
        Unzipped content = Unzipped.into(unpacked, file, report);
        DataFormat.check(unpacked);
        if (!content.isData()) {
            throw new IOException("there is no room and no account in it");
        }
        // First, for events know accounts by their numbers.
        for (AccountRow row :
                CsvAccounts.read(unpacked.resolve(FolderParts.USERS)).rows()) {
            accounts.addFormer(row);
        }
        if (Files.isDirectory(unpacked.resolve(FolderParts.ROOMS))) {
            for (RoomFolder folder :
                    Placement.complete(unpacked.resolve(FolderParts.ROOMS)).rooms()) {
                room(folder, unpacked);
            }
        }
        devices.read(unpacked.resolve(FolderParts.DEVICES));
        if (Files.exists(unpacked.resolve(FolderParts.RECORDS))) {
            records.read(unpacked.resolve(FolderParts.RECORDS));
        }
        for (String secret : DataExport.SECRETS) {
            if (Files.exists(unpacked.resolve(secret))) {
                checkSecret(secret, unpacked.resolve(secret));
                secrets.put(secret, unpacked.resolve(secret));
            }
        }
    }

    /** With a damaged key a server would not start. */
    private static void checkSecret(String name, Path file) throws IOException {
        String text = text(file);
        try {
            if (name.equals(FolderParts.KEY)) {
                ServerSecret.parse(text);
            } else if (name.equals(FolderParts.VERIFIER)) {
                CsvAccounts.checkVerifier(text.strip());
            }
        } catch (IllegalArgumentException | DamagedException e) {
            throw new IOException("its file " + name + " is damaged", e);
        }
    }

    private static String text(Path file) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(SmallFile.read(file, LONGEST_SECRET)))
                .toString();
    }

    private void room(RoomFolder folder, Path unpacked) throws IOException {
        List<String> damage = new ArrayList<>();
        RoomImport into = into(here(folder.room()));
        for (Path beyond : folder.beyond()) {
            report.leftOut("files numbered beyond what events can have", String.valueOf(beyond.getFileName()));
        }
        long[] segments = folder.segments();
        into.olderEpochs(RoomEpochs.read(folder), segments.length > 0 ? segments[0] : RoomNumbers.read(folder) + 1);
        new StoredRoom(folder, damage::add).read(this::add);
        RoomTopic topic = RoomTopic.read(folder);
        if (topic != null) {
            into.olderTopic(topic);
        }
        into.countOn(RoomNumbers.read(folder));
        List<Path> snapshots = new ArrayList<>(folder.snapshots().files());
        Collections.reverse(snapshots);
        if (!accounts.numbers().isRenumbered()) {
            into.snapshots(snapshots);
        } else if (!snapshots.isEmpty() && segments.length > 0 && segments[0] > 1) {
            report.leftOut(
                    "roles, bans and values from before what is kept, as accounts have other numbers here",
                    folder.room().toString());
        }
        if (!damage.isEmpty()) {
            throw new IOException(damage.get(0).replace(unpacked + "/", ""));
        }
    }

    private void jsonLines(Path file) throws IOException {
        FormerConversations conversations = accounts.conversations();
        Set<Long> speakers = new HashSet<>();
        each(file, conversations, false, entry -> {
            if (accounts.numbers().isHere(entry.event().author())) {
                speakers.add(entry.event().author().account());
            }
        });
        each(file, conversations, true, entry -> {
            RoomName room = entry.event().room();
            if (room.isDirect() && !conversations.hasNamed(room) && !speakers.containsAll(room.accounts())) {
                report.leftOut(
                        "events of conversations of whose people not both have spoken by their accounts here",
                        room.toString());
            } else {
                add(entry, room); // by the numbers of here
            }
        });
    }

    private void each(Path file, FormerConversations conversations, boolean told, StoredRoom.Sink sink)
            throws IOException {
        try (BoundedLines lines = new BoundedLines(file)) {
            boolean more = true;
            while (more) {
                try {
                    String line = lines.next();
                    more = line != null;
                    if (line != null && !line.isBlank()) {
                        sink.take(JsonEvents.parse(line, people -> conversations.called(people, this::isThere)));
                    }
                } catch (DamagedException e) {
                    if (told) {
                        report.leftOut(
                                "lines that are no events",
                                file.getFileName() + ":" + lines.number() + ": " + e.getMessage());
                    }
                }
            }
        }
    }

    private void add(Entry entry) throws IOException {
        add(entry, here(entry.event().room()));
    }

    private void add(Entry entry, RoomName room) throws IOException {
        ChatEvent event = entry.event();
        if (event.sequence() > Limits.LAST_FOREIGN_NUMBER) {
            report.leftOut(
                    "events with a number above " + Limits.LAST_FOREIGN_NUMBER,
                    event.room() + " event " + event.sequence());
            return;
        }
        into(room).add(accounts.numbers().here(entry, room));
        report.tookEvent(event.time());
    }

    private RoomName here(RoomName there) {
        return accounts.numbers().here(there, this::isThere);
    }

    private boolean isThere(RoomName room) {
        return Files.exists(RoomFolder.of(data.rooms(), room).path());
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
            into = new RoomImport(there, RoomFolder.of(staging.resolve(FolderParts.ROOMS), name));
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
                each.complete();
            }
        } catch (IOException e) {
            throw new IOException("Nothing was imported: " + FileTrouble.reason(e) + ".", e);
        }
        try {
            // First, because events and conversations know accounts by the numbers that these get.
            accounts.publish();
            devices.publish(data.devices(), accounts.numbers().taken());
            records.publish(data.records(), accounts.numbers().taken(), report);
            for (RoomImport each : rooms.values()) {
                each.publish();
            }
            for (Map.Entry<String, Path> secret : secrets.entrySet()) {
                publish(secret.getKey(), secret.getValue());
            }
            report.done(rooms.size(), accounts.added());
        } catch (IOException e) {
            throw new IOException(
                    "The import stopped in the middle, and " + data.path() + " has a part of it: "
                            + FileTrouble.reason(e) + ".",
                    e);
        }
    }

    private void publish(String name, Path file) throws IOException {
        Path target = data.path().resolve(name);
        byte[] content = SmallFile.read(file, LONGEST_SECRET);
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            AtomicFile.write(target, text(file));
        } else if (!Arrays.equals(SmallFile.read(target, LONGEST_SECRET), content)) {
            report.leftOut("files that are here already with other content", name);
        }
    }

    @Override
    public void close() throws IOException {
        for (RoomImport each : rooms.values()) {
            each.close();
        }
        WholeFolder.delete(staging);
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
