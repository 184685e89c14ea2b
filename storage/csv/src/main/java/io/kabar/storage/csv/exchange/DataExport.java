package io.kabar.storage.csv.exchange;

import io.kabar.chat.Author;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.accounts.AccountBook;
import io.kabar.storage.csv.accounts.CsvAccounts;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.layout.DataFormat;
import io.kabar.storage.csv.layout.FolderParts;
import io.kabar.storage.csv.room.FormerConversations;
import io.kabar.storage.csv.room.Placement;
import io.kabar.storage.csv.room.StoredRoom;
import io.kabar.storage.csv.segment.CsvEvents;
import io.kabar.storage.csv.segment.RoomFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies what a data folder holds, also while a server is using it: only whole records are taken, each room up to its
 * newest event at that moment, and the accounts last, so that nobody has said something without being there.
 *
 * <p>For one thread. Nothing in the folder is changed.
 */
public final class DataExport {

    /** What makes a server the one its clients know; beside the rooms. */
    static final List<String> SECRETS = List.of(FolderParts.KEY, FolderParts.VERIFIER, "kabar.toml");

    private final Path data;
    private final Set<RoomName> rooms;
    private final @Nullable UserName user;
    private final List<String> troubles = new ArrayList<>();
    private @Nullable Whose whose;
    private boolean withDirect = true;
    private long events;
    private int roomsSeen;
    private int directLeftOut;

    /**
     * An export of a folder.
     *
     * @param rooms to be copied; all if empty
     * @param user whose events are to be copied; everybody's if null
     */
    public DataExport(Path data, Set<RoomName> rooms, @Nullable UserName user) {
        this.data = data;
        this.rooms = Set.copyOf(rooms);
        this.user = user;
    }

    /**
     * The room of this name, in any spelling; a conversation may be called by the names of its people:
     * {@code @ada@bob}.
     *
     * @throws IllegalArgumentException with one sentence, if that can be no room
     * @throws IOException in a sentence, if the accounts cannot be read
     */
    public static RoomName room(Path data, String typed) throws IOException {
        List<UserName> people = FormerConversations.people(typed.strip()).orElse(List.of());
        if (people.isEmpty()) {
            return RoomName.of(typed);
        }
        FormerConversations conversations =
                FormerConversations.of(CsvAccounts.readBeside(data.resolve(FolderParts.USERS)));
        return conversations
                .called(people, room -> false)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is nobody called " + people.get(0) + " or " + people.get(1) + "."));
    }

    /** Leaves direct conversations out, but for those that were named: what is written is to be read by others. */
    public void leaveDirectOut() {
        withDirect = false;
    }

    /** Direct conversations that were left out. */
    public int directLeftOut() {
        return directLeftOut;
    }

    /**
     * Called when all is copied.
     *
     * @throws NobodyException if the export is of one person, and there is no such
     */
    public void requireSomebody() throws IOException {
        if (user != null && events == 0 && troubles.isEmpty()) {
            List<Account> all = accounts().accounts();
            if (!new Whose(user, all).hasAccount()) {
                throw new NobodyException(user, all);
            }
        }
    }

    /** What could not be copied, in sentences; if there is anything, the copy is not whole. */
    public List<String> troubles() {
        return List.copyOf(troubles);
    }

    /** Events copied. */
    public long events() {
        return events;
    }

    /** Rooms copied. */
    public int rooms() {
        return roomsSeen;
    }

    /**
     * An archive with the folder's own layout: unpacked, it is a data folder. It holds the server's key.
     *
     * @throws IOException in a sentence
     */
    public void archive(OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out), StandardCharsets.UTF_8)) {
            List<RoomFolder> all = folders();
            if (user == null) {
                zip.putNextEntry(new ZipEntry(DataFormat.FILE));
                write(zip, DataFormat.text());
                zip.closeEntry();
            }
            for (RoomFolder folder : all) {
                if (user == null) {
                    copyRoom(folder, zip);
                } else {
                    copyPerson(folder, zip);
                }
            }
            if (user != null) {
                account(zip);
            } else if (rooms.isEmpty()) {
                for (String secret : SECRETS) {
                    copyWhole(data.resolve(secret), secret, zip);
                }
                if (Files.exists(data.resolve(FolderParts.USERS))) {
                    zip.putNextEntry(new ZipEntry(FolderParts.USERS));
                    write(zip, CsvAccounts.text(accounts().rows()));
                    zip.closeEntry();
                }
                String devices = ExchangedDevices.leaving(data.resolve(FolderParts.DEVICES));
                if (devices != null) {
                    zip.putNextEntry(new ZipEntry(FolderParts.DEVICES));
                    write(zip, devices);
                    zip.closeEntry();
                }
                String records = ExchangedRecords.leaving(data.resolve(FolderParts.RECORDS));
                if (records != null) {
                    zip.putNextEntry(new ZipEntry(FolderParts.RECORDS));
                    write(zip, records);
                    zip.closeEntry();
                }
            }
        }
    }

    private void copyRoom(RoomFolder folder, ZipOutputStream zip) throws IOException {
        StoredRoom room = new StoredRoom(folder, troubles::add);
        String place = data.relativize(folder.path()).toString().replace('\\', '/') + "/";
        long[] segments = folder.segments();
        for (int i = 0; i < segments.length; i++) {
            boolean newest = i == segments.length - 1;
            Path segment = folder.segment(segments[i]);
            long hidden = room.hidden();
            long length = room.read(segments[i], newest, entry -> events++);
            if (length > 0 && room.hidden() > hidden) {
                copyShown(room, segments[i], newest, place, zip);
            } else if (length > 0) {
                copy(segment, length, place, zip);
            }
        }
        for (Path beyond : folder.beyond()) {
            troubles.add(beyond + " is numbered beyond what events can have; it is not in the copy.");
        }
        copyWhole(folder.topicFile(), place + folder.topicFile().getFileName(), zip);
        copyWhole(folder.numbers(), place + folder.numbers().getFileName(), zip);
        copyWhole(folder.epochsFile(), place + folder.epochsFile().getFileName(), zip);
        for (Path snapshot : folder.snapshots().files()) {
            copyWhole(snapshot, place + snapshot.getFileName(), zip);
        }
        room.aside().forEach(file -> troubles.add(file + " was set aside as damaged; it is not in the copy."));
    }

    /** Copies a segment in which stand texts that nobody is given any more. */
    private void copyShown(StoredRoom room, long segment, boolean newest, String place, ZipOutputStream zip)
            throws IOException {
        zip.putNextEntry(new ZipEntry(place + room.folder().segment(segment).getFileName()));
        write(zip, CsvEvents.header());
        StringBuilder line = new StringBuilder();
        long unused = room.read(segment, newest, entry -> {
            line.setLength(0);
            CsvEvents.append(line, entry);
            write(zip, line.toString());
        });
        zip.closeEntry();
    }

    private void copy(Path segment, long length, String place, ZipOutputStream out) throws IOException {
        try (InputStream in = Files.newInputStream(segment)) {
            out.putNextEntry(new ZipEntry(place + segment.getFileName()));
            byte[] buffer = new byte[64 * 1024];
            long left = length;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                out.write(buffer, 0, read);
                left -= read;
            }
            out.closeEntry();
            if (left > 0 || Files.size(segment) < length) {
                // Only where a write failed in this very moment.
                troubles.add("The server has taken back the end of " + segment + " meanwhile; export once more.");
            }
        } catch (NoSuchFileException e) {
            // Retention has taken it away: what is left out is old.
        }
    }

    private void copyPerson(RoomFolder folder, ZipOutputStream zip) throws IOException {
        boolean[] begun = {false};
        StringBuilder line = new StringBuilder();
        read(folder, entry -> {
            if (!begun[0]) {
                begun[0] = true;
                String place = data.relativize(folder.path()).toString().replace('\\', '/');
                zip.putNextEntry(new ZipEntry(place + "/messages.csv"));
                write(zip, CsvEvents.header());
            }
            line.setLength(0);
            CsvEvents.append(line, entry);
            write(zip, line.toString());
        });
        if (begun[0]) {
            zip.closeEntry();
        }
    }

    /** What is known of a person beside what they said; no verifier, which only proves. */
    private void account(ZipOutputStream zip) throws IOException {
        for (Account account : accounts().accounts()) {
            if (isWanted(account.name())) {
                StringBuilder text = new StringBuilder();
                CsvLine.append(text, "name", "role", "created");
                CsvLine.append(
                        text,
                        account.name().text(),
                        account.role(),
                        account.created().toString());
                zip.putNextEntry(new ZipEntry("account.csv"));
                write(zip, text.toString());
                zip.closeEntry();
                if (Files.exists(data.resolve(FolderParts.DEVICES))) {
                    zip.putNextEntry(new ZipEntry("account-devices.csv"));
                    write(zip, ExchangedDevices.of(data.resolve(FolderParts.DEVICES), account));
                    zip.closeEntry();
                }
            }
        }
    }

    /**
     * JSON, one event a line, in the form of {@code kabar tail --json}.
     *
     * @throws IOException in a sentence
     */
    public void jsonLines(OutputStream out) throws IOException {
        BufferedOutputStream lines = new BufferedOutputStream(out);
        for (RoomFolder folder : folders()) {
            read(folder, entry -> write(lines, JsonEvents.line(entry) + "\n"));
        }
        lines.flush();
    }

    /** What was said, as {@code name,text} lines without a header, and nothing of joins, leaves and topics. */
    public void plainMessages(OutputStream out) throws IOException {
        BufferedOutputStream lines = new BufferedOutputStream(out);
        StringBuilder line = new StringBuilder();
        for (RoomFolder folder : folders()) {
            read(folder, entry -> {
                if (entry.event().isSaid() && !entry.event().text().isEmpty()) { // or it is deleted
                    line.setLength(0);
                    CsvLine.append(
                            line, entry.event().from().text(), entry.event().text());
                    write(lines, line.toString());
                } else {
                    events--;
                }
            });
        }
        lines.flush();
    }

    /**
     * The names of the accounts, one a line.
     *
     * @return how many
     */
    public int plainNames(OutputStream out) throws IOException {
        int names = 0;
        StringBuilder lines = new StringBuilder();
        for (Account account : accounts().accounts()) {
            CsvLine.append(lines, account.name().text());
            names++;
        }
        write(out, lines.toString());
        return names;
    }

    private void read(RoomFolder folder, StoredRoom.Sink sink) throws IOException {
        StoredRoom room = new StoredRoom(folder, troubles::add);
        room.read((Entry entry) -> {
            if (isWanted(entry.event().author())) {
                events++;
                sink.take(entry);
            }
        });
        room.aside().forEach(file -> troubles.add(file + " was set aside as damaged; it is not in the copy."));
    }

    private boolean isWanted(Author author) throws IOException {
        return user == null || whose(user).test(author);
    }

    private boolean isWanted(UserName name) throws IOException {
        return user == null || whose(user).test(name);
    }

    private Whose whose(UserName person) throws IOException {
        if (whose == null) {
            whose = new Whose(person, accounts().accounts());
        }
        return whose;
    }

    private List<RoomFolder> folders() throws IOException {
        DataFormat.requireDataFolder(data);
        DataFormat.check(data);
        FolderParts.check(data);
        Placement placement = Placement.of(data.resolve(FolderParts.ROOMS));
        if (troubles.isEmpty()) {
            troubles.addAll(placement.unplaced());
        }
        List<RoomFolder> found = placement.rooms();
        List<RoomFolder> wanted = found.stream()
                .filter(folder -> rooms.isEmpty() || rooms.contains(folder.room()))
                .toList();
        for (RoomName room : rooms) {
            if (wanted.stream().noneMatch(folder -> folder.room().equals(room))) {
                throw new IOException("There is no room " + room + " in " + data + ".");
            }
        }
        List<RoomFolder> taken = wanted.stream()
                .filter(folder -> withDirect || !folder.room().isDirect() || rooms.contains(folder.room()))
                .toList();
        directLeftOut = wanted.size() - taken.size();
        roomsSeen = taken.size();
        return taken;
    }

    private AccountBook accounts() throws IOException {
        return CsvAccounts.readBeside(data.resolve(FolderParts.USERS));
    }

    private static void copyWhole(Path file, String name, ZipOutputStream zip) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            zip.putNextEntry(new ZipEntry(name));
            in.transferTo(zip);
            zip.closeEntry();
        } catch (NoSuchFileException e) {
            // Then there is none in the copy either.
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
