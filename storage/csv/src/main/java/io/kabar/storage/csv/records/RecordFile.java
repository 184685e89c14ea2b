package io.kabar.storage.csv.records;

import io.kabar.chat.spi.ServerRecords.Entry;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.BoundedLines;
import io.kabar.storage.csv.files.Counted;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.files.FileTrouble;
import io.kabar.storage.csv.layout.Aside;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of {@code what,kind,key,value}, of which the last of a kind and key holds: {@code put}, or {@code removed}. All
 * of them are in memory as well, so that the file can be written anew.
 */
public final class RecordFile {

    private static final Logger LOG = LoggerFactory.getLogger(RecordFile.class);

    private static final String HEADER = "what,kind,key,value";
    private static final String PUT = "put";
    private static final String REMOVED = "removed";

    /** So many rows may not hold any more, or as many as do: then the file is written anew. */
    private static final int SPARE_ROWS = 1000;

    private record Place(String kind, String key) {}

    private final Path path;
    private final Map<Place, Entry> entries = new LinkedHashMap<>();
    private int rows;
    /** Where the last whole row ends; beyond it is what is left of a write that failed. */
    private long size;

    private RecordFile(Path path) {
        this.path = path;
    }

    /**
     * Reads the file, if there is one, and leaves one row of each record in it.
     *
     * @throws IOException in a sentence, if it cannot be read
     */
    public static RecordFile open(Path path) throws IOException {
        RecordFile file = new RecordFile(path);
        if (Files.exists(path)) {
            try {
                file.read();
            } catch (IOException e) {
                throw new IOException(
                        "The server's records " + path + " cannot be read: " + FileTrouble.reason(e) + ".", e);
            }
        }
        return file;
    }

    /**
     * The records of a file that somebody else may be writing, and which of them cannot be read; nothing is changed.
     *
     * @throws IOException if there is no such file, or it cannot be read
     */
    public static Content look(Path path) throws IOException {
        RecordFile file = new RecordFile(path);
        List<String> damaged = file.lines();
        return new Content(file.entries(), damaged);
    }

    /** What stands in a file. */
    public record Content(Collection<Entry> entries, List<String> damaged) {}

    /** The text of a file with these records. */
    public static String text(Collection<Entry> entries) {
        StringBuilder text = new StringBuilder(HEADER).append("\r\n");
        entries.forEach(entry -> CsvLine.append(text, PUT, entry.kind(), entry.key(), entry.value()));
        return text.toString();
    }

    private void read() throws IOException {
        List<String> damaged = lines();
        if (!damaged.isEmpty()) {
            setAside(damaged);
        }
        try {
            writeAnew();
        } catch (IOException e) { // what was read holds all the same, and the next change tries again
            LOG.warn("The server's records {} cannot be written: {}.", path, FileTrouble.reason(e));
        }
    }

    /** Takes all lines; returns those that cannot be read. */
    private List<String> lines() throws IOException {
        List<String> damaged = new ArrayList<>();
        boolean isWhole = endsInLine();
        try (BoundedLines lines = new BoundedLines(path)) {
            String line = next(lines, damaged);
            while (line != null) {
                long number = lines.number();
                String following = next(lines, damaged);
                if (following == null && !isWhole) {
                    damaged.add("line " + number + ": " + line); // nobody was told that it is kept
                } else if (!line.isEmpty() && !line.equals(HEADER)) {
                    take(line, number, damaged);
                }
                line = following;
            }
        }
        return damaged;
    }

    private boolean endsInLine() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() == 0 || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
        }
    }

    /** The next line that is text; the numbers of others go to {@code damaged}. */
    private static @Nullable String next(BoundedLines lines, List<String> damaged) throws IOException {
        while (true) {
            try {
                return lines.next();
            } catch (DamagedException | CharacterCodingException e) {
                damaged.add("line " + lines.number() + ": it is no text that could be kept");
            }
        }
    }

    private void take(String line, long number, List<String> damaged) {
        try {
            List<String> cells = CsvLine.parse(line);
            if (cells.size() < 4) {
                throw new DamagedException("it has " + Counted.of(cells.size(), "cell"));
            }
            Entry entry = new Entry(cells.get(1), cells.get(2), cells.get(3));
            Place place = new Place(entry.kind(), entry.key());
            switch (cells.get(0)) {
                case PUT -> hold(place, entry);
                case REMOVED -> entries.remove(place);
                default -> throw new DamagedException("it begins with neither put nor removed");
            }
        } catch (DamagedException | IllegalArgumentException e) {
            damaged.add("line " + number + ": " + line);
        }
    }

    /** They are kept beside the file, before it is written without them. */
    private void setAside(List<String> damaged) throws IOException {
        Path aside = Aside.name(path);
        AtomicFile.write(aside, String.join("\n", damaged) + "\n");
        LOG.warn(
                "{} of the server's records {} cannot be read and {} moved to {}: what was written there, such as a "
                        + "ban, does not hold any more.",
                Counted.of(damaged.size(), "line"),
                path,
                damaged.size() == 1 ? "is" : "are",
                aside.getFileName());
    }

    private void hold(Place place, Entry entry) {
        entries.remove(place); // it comes last from now on
        entries.put(place, entry);
    }

    /** The records that hold, in the order in which they were put. */
    public synchronized Collection<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** Puts a record; it is on the disk when this returns. */
    public synchronized void put(Entry entry) throws IOException {
        hold(new Place(entry.kind(), entry.key()), entry);
        write(PUT, entry.kind(), entry.key(), entry.value());
    }

    /** Removes a record; that is on the disk when this returns. */
    public synchronized void remove(String kind, String key) throws IOException {
        if (entries.remove(new Place(kind, key)) != null) {
            write(REMOVED, kind, key, "");
        }
    }

    private void write(String... cells) throws IOException {
        if (rows >= 2 * entries.size() + SPARE_ROWS || !Files.exists(path)) {
            writeAnew();
            return;
        }
        StringBuilder row = new StringBuilder();
        CsvLine.append(row, cells);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            if (channel.size() != size) {
                channel.truncate(size); // half a row of a write that failed, or what nobody should have written there
            }
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(row.toString());
            long at = size;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(true);
            size = at;
            rows++;
        }
    }

    private void writeAnew() throws IOException {
        AtomicFile.write(path, text(entries.values()));
        rows = entries.size();
        size = Files.size(path);
    }
}
