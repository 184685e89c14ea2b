package io.kabar.storage.csv.layout;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.spi.EventFields;
import io.kabar.chat.spi.Journal.Snapshot;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.files.SmallCsv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of a room's state beside its log: small files, each named by the number of the newest event in it. Two
 * are kept, as the newest may be damaged; what is in them is the server's own. Behind the state stand the events whose
 * contents belong to it, each as a record of a log: the log may have let go of them.
 */
public final class KeptSnapshots {

    private static final String NAME = "snapshot-";
    private static final String CSV = ".csv";
    private static final int DIGITS = 12;

    /** Many times what 65,536 runs of clients take. */
    private static final int LONGEST = 64 << 20;

    private static final int KEPT = 2;

    private static final List<String> HEADER = List.of("after_event", "crc32c", "state");

    private final Path folder;
    private final RoomName room;
    /** Up to which event the log is covered: no more of it may go. */
    private long covered;
    /** Before which event the log is to go as soon as that is covered. */
    private long wanted;

    /** Those in a room's folder, which may not be there yet. */
    public KeptSnapshots(Path folder, RoomName room) {
        this.folder = folder;
        this.room = room;
    }

    /** Whether this is the name of a snapshot. */
    public static boolean isOne(String name) {
        String digits = Parts.between(NAME, name, CSV);
        return digits != null && Parts.isDigits(digits, DIGITS, 18);
    }

    /** The files, the newest first. */
    public List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isOne(String.valueOf(file.getFileName())))
                    .sorted(Comparator.comparingLong(KeptSnapshots::position).reversed())
                    .toList();
        }
    }

    private static long position(Path file) {
        String name = String.valueOf(file.getFileName());
        return Digits.parseLong(name.substring(NAME.length(), name.length() - CSV.length()));
    }

    /**
     * Those that are good, the newest first. One that is damaged is moved out of the way.
     *
     * @param last the newest event of the log; a snapshot behind it is of an end that the log has lost
     */
    public List<Snapshot> read(StorageLog log, long last) throws IOException {
        List<Snapshot> good = new ArrayList<>();
        for (Path file : files()) {
            Snapshot snapshot = read(file, room);
            if (snapshot == null) {
                Aside.move(file, "the snapshot before it counts, and the log behind that", log);
            } else {
                good.add(snapshot);
            }
        }
        covered = good.stream()
                .mapToLong(Snapshot::position)
                .filter(position -> position <= last)
                .max()
                .orElse(0);
        return good;
    }

    /** Null if it is damaged. */
    public static @Nullable Snapshot read(Path file, RoomName room) throws IOException {
        try {
            List<List<String>> rows = SmallCsv.rows(file, HEADER, LONGEST);
            if (rows.isEmpty() || rows.stream().anyMatch(cells -> cells.size() != HEADER.size())) {
                return null;
            }
            List<String> cells = rows.get(0);
            byte[] state = Base64.getDecoder().decode(cells.get(2));
            boolean isWhole = Digits.parseLong(cells.get(0)) == position(file)
                    && checksum(state).equals(cells.get(1));
            List<ChatEvent> events = new ArrayList<>();
            for (List<String> event : rows.subList(1, rows.size())) {
                isWhole &= checksum(utf8(event.get(2))).equals(event.get(1));
                events.add(event(room, event.get(2)));
            }
            return isWhole ? new Snapshot(position(file), state, events) : null;
        } catch (DamagedException | IllegalArgumentException e) {
            return null;
        }
    }

    private static ChatEvent event(RoomName room, String line) throws DamagedException {
        List<String> cells = CsvLine.parse(line);
        if (cells.size() != EventFields.COLUMNS.size()) {
            throw new DamagedException("there are " + cells.size() + " cells");
        }
        return EventFields.parse(room, name -> {
            int at = EventFields.COLUMNS.indexOf(name);
            return at < 0 ? null : cells.get(at);
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Digits.padded(crc.getValue(), 10);
    }

    /**
     * Writes one; it is on the disk when this returns. Those behind its position are of an end that the log has lost,
     * and go; so does what is older than the one before it.
     */
    public void write(Snapshot snapshot) throws IOException {
        replace(snapshot);
        covered = snapshot.position();
        int kept = 0;
        for (Path other : files()) {
            boolean behind = position(other) > snapshot.position();
            if (behind || ++kept > KEPT) {
                Files.deleteIfExists(other);
            }
        }
    }

    /** Writes one in place of what there is of its position; it is on the disk when this returns. */
    public void replace(Snapshot snapshot) throws IOException {
        Files.createDirectories(folder);
        StringBuilder text = new StringBuilder();
        CsvLine.append(text, HEADER.toArray(String[]::new));
        CsvLine.append(
                text,
                Long.toString(snapshot.position()),
                checksum(snapshot.bytes()),
                Base64.getEncoder().encodeToString(snapshot.bytes()));
        for (ChatEvent event : snapshot.events()) {
            StringBuilder line = new StringBuilder();
            CsvLine.append(line, EventFields.cells(event, MessageId.NONE));
            String record = line.toString();
            CsvLine.append(text, Long.toString(event.sequence()), checksum(utf8(record)), record);
        }
        AtomicFile.write(folder.resolve(NAME + Digits.padded(snapshot.position(), DIGITS) + CSV), text.toString());
    }

    /** Whether everything before an event may go; if not, it is remembered. */
    public boolean cover(long first) {
        boolean may = first - 1 <= covered;
        wanted = may ? wanted : Math.max(wanted, first);
        return may;
    }

    /** Before which event the log is to go, and may; 0 if there is none. Asked once. */
    public long takeWanted() {
        long first = wanted - 1 <= covered ? wanted : 0;
        wanted = first > 0 ? 0 : wanted;
        return first;
    }
}
