package io.kabar.storage.csv.room;

import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.spi.Deletions;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.SmallCsv;
import io.kabar.storage.csv.segment.RoomFolder;
import io.kabar.storage.csv.segment.SegmentEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The messages of a room that were deleted and whose texts are in its log still. The log says which: each was deleted
 * by an event. The file remembers up to an event which of them are left, so that a start has to read only what came
 * after; whoever finds it missing, cut off or from the future reads the log instead. A text that is gone from the log
 * and is looked for once more does no harm.
 */
public final class RoomDeletions {

    /** Events after which the file is written anew: a start reads about as many. */
    static final long EVERY = 1024;

    /** Some hundred thousand deletions. */
    private static final int LONGEST = 8 << 20;

    private static final List<String> HEADER = List.of("event", "deleted_by");

    private final RoomFolder folder;
    private final Deletions pending = new Deletions();
    private long saved;

    RoomDeletions(RoomFolder folder) {
        this.folder = folder;
    }

    /** What is read goes through this. */
    public Deletions pending() {
        return pending;
    }

    /** Those of a log as it lies on the disk, whoever writes to it. */
    static RoomDeletions stored(RoomFolder folder, long[] segments) throws IOException {
        RoomDeletions deletions = new RoomDeletions(folder);
        var unused = deletions.load(segments, Long.MAX_VALUE);
        return deletions;
    }

    /**
     * Reads what the file says, and what came after it; all of the log if there is no such file.
     *
     * @return whether the file is whole, or there is none
     */
    boolean load(long[] segments, long last) throws IOException {
        boolean whole = readFile(last);
        for (int i = 0; i < segments.length; i++) {
            boolean behind = i + 1 == segments.length || segments[i + 1] > saved + 1;
            if (behind && SegmentEvents.hasDeletions(folder, segments[i])) {
                try {
                    SegmentEvents.each(folder, segments[i], saved + 1, entry -> pending.note(entry.event()));
                } catch (NoSuchFileException e) {
                    // let go of meanwhile, or told when somebody reads there
                }
            }
        }
        return whole;
    }

    private boolean readFile(long last) {
        Map<Long, Long> found = new TreeMap<>();
        try {
            List<List<String>> rows = SmallCsv.rows(folder.deletionsFile(), HEADER, LONGEST);
            for (List<String> cells : rows) {
                found.put(Digits.parseLong(cells.get(0)), Digits.parseLong(cells.get(1)));
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return !Files.exists(folder.deletionsFile());
        }
        // The row of event 0 tells up to which event the file is complete, and comes with the last of its bytes.
        long upTo = found.getOrDefault(0L, 0L);
        if (upTo <= last) {
            found.remove(0L);
            found.forEach(pending::add);
            saved = upTo;
        }
        return upTo > 0;
    }

    /** Notes entries before they are reported; by the thread that writes the log. */
    void note(List<Entry> entries) {
        entries.forEach(entry -> pending.note(entry.event()));
    }

    /** Writes the file if many events, up to number {@code last}, have come since it was written. */
    synchronized void save(long last) throws IOException {
        if (last - saved >= EVERY) {
            saved = last; // a disk that takes nothing is asked again when as many have come once more
            AtomicFile.writeUnforced(folder.deletionsFile(), text(last));
        }
    }

    /** The texts of these are nowhere in the log any more, of which everything up to {@code last} is noted. */
    synchronized void erased(Collection<Long> targets, long last) throws IOException {
        pending.erased(targets);
        AtomicFile.write(folder.deletionsFile(), text(last));
    }

    private String text(long last) {
        StringBuilder text = new StringBuilder();
        CsvLine.append(text, HEADER.toArray(String[]::new));
        new TreeMap<>(pending.byTarget())
                .forEach((target, by) -> CsvLine.append(text, Long.toString(target), Long.toString(by)));
        CsvLine.append(text, "0", Long.toString(last));
        return text.toString();
    }
}
