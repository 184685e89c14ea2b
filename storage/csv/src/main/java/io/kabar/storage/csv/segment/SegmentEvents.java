package io.kabar.storage.csv.segment;

import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.files.CsvLine;
import io.kabar.storage.csv.files.CsvLineParser;
import io.kabar.storage.csv.files.DamagedException;
import io.kabar.storage.csv.files.SegmentReader;
import io.kabar.storage.csv.layout.StorageLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of one segment in order, with their numbers checked. */
public final class SegmentEvents implements Closeable {

    /** Digits of an epoch. */
    private static final int LONGEST_EPOCH = 10;

    private final RoomFolder folder;
    private final long segment;
    private final SegmentReader reader;
    private final CsvLineParser parser = new CsvLineParser();
    private final boolean indexing;
    private long expected;
    private @Nullable Entry ahead;

    private SegmentEvents(RoomFolder folder, long segment, SegmentReader reader, long expected, boolean indexing)
            throws IOException {
        this.folder = folder;
        this.segment = segment;
        this.reader = reader;
        this.expected = expected;
        this.indexing = indexing;
    }

    /**
     * The events from number {@code from} on, or from a few earlier.
     *
     * @param segment first number of the segment, not above {@code from}
     * @param limit bytes to be read at most
     * @param indexing whether to put into the index what is missing there
     */
    public static SegmentEvents from(RoomFolder folder, long segment, long from, long limit, boolean indexing)
            throws IOException {
        SegmentIndex index = folder.index(segment);
        for (int k = (int) Math.min((from - segment) / SegmentIndex.STRIDE, index.entries()); k > 0; k--) {
            long offset = index.offset(k);
            if (offset > 0 && offset < limit) {
                SegmentEvents events =
                        at(folder, segment, offset, segment + (long) k * SegmentIndex.STRIDE, limit, indexing);
                if (events.confirmed()) {
                    return events;
                }
                events.close();
            }
        }
        SegmentEvents events = at(folder, segment, 0, segment, limit, indexing);
        try {
            events.readHeader();
            return events;
        } catch (IOException e) {
            events.close();
            throw e;
        }
    }

    /**
     * Hands over the events of a segment from number {@code from} on, up to the first that cannot be read: of that the
     * operator is told, and the segment is moved aside, when somebody asks for a page there.
     *
     * @param segment first number of the segment
     */
    public static void each(RoomFolder folder, long segment, long from, Consumer<Entry> taker) throws IOException {
        try (SegmentEvents events = from(folder, segment, Math.max(segment, from), Long.MAX_VALUE, true)) {
            for (Entry entry = events.next(); entry != null; entry = events.next()) {
                if (entry.event().sequence() >= from) {
                    taker.accept(entry);
                }
            }
        } catch (SegmentDamage e) {
            // What stands behind it is a hole in the log, which whoever takes the events sees by their numbers.
        }
    }

    /** When the first event of a segment happened; null if there is none that can be read. */
    public static @Nullable Instant firstTime(RoomFolder folder, long segment, long limit) throws IOException {
        try (SegmentEvents events = from(folder, segment, segment, limit, false)) {
            Entry entry = events.next();
            return entry == null ? null : entry.event().time();
        } catch (SegmentDamage e) {
            return null; // told, and moved aside, when somebody reads there
        }
    }

    /** Whether a segment has epochs; not if it cannot be read, or has no header yet. */
    public static boolean hasEpochs(RoomFolder folder, long segment) throws IOException {
        try (SegmentReader reader = new SegmentReader(folder.segment(segment), 0, Long.MAX_VALUE)) {
            String header = reader.next();
            return header != null && CsvEvents.checkHeader(CsvLine.parse(header));
        } catch (DamagedException | NoSuchFileException e) {
            return false;
        }
    }

    /** Whether a segment may have events that delete others, which older versions did not know. */
    public static boolean hasDeletions(RoomFolder folder, long segment) throws IOException {
        return hasEpochs(folder, segment);
    }

    /** Whether a segment has columns that only a newer program can have written. */
    public static boolean isNewer(RoomFolder folder, long segment) throws IOException {
        try (SegmentReader reader = new SegmentReader(folder.segment(segment), 0, Long.MAX_VALUE)) {
            String header = reader.next();
            return header != null && CsvEvents.isNewer(CsvLine.parse(header));
        } catch (DamagedException e) {
            return false;
        }
    }

    private static SegmentEvents at(
            RoomFolder folder, long segment, long offset, long expected, long limit, boolean indexing)
            throws IOException {
        SegmentReader reader = new SegmentReader(folder.segment(segment), offset, limit);
        return new SegmentEvents(folder, segment, reader, expected, indexing);
    }

    /** Whether the index spoke the truth. */
    private boolean confirmed() {
        try {
            ahead = next();
            return ahead != null;
        } catch (IOException e) {
            return false;
        }
    }

    private void readHeader() throws IOException {
        try {
            String header = reader.next();
            if (header != null) {
                CsvEvents.checkHeader(parser.parse(header));
            }
        } catch (DamagedException e) {
            throw SegmentDamage.at(folder, segment, 0, segment - 1, e.getMessage() + "");
        }
    }

    /**
     * The next event; null behind the last whole record.
     *
     * @throws SegmentDamage if what follows is not the next event
     */
    @Nullable
    public Entry next() throws IOException {
        if (ahead != null) {
            Entry entry = ahead;
            ahead = null;
            return entry;
        }
        try {
            String line = reader.next();
            if (line == null) {
                return null;
            }
            Entry entry = CsvEvents.parse(folder.room(), parser.parse(line), StorageLog::outOfBounds);
            if (entry.event().sequence() != expected) {
                throw new DamagedException("number " + expected + " should stand here, not "
                        + entry.event().sequence());
            }
            long place = expected - segment;
            if (indexing && place > 0 && place % SegmentIndex.STRIDE == 0) {
                remember((int) (place / SegmentIndex.STRIDE));
            }
            expected++;
            return entry;
        } catch (DamagedException e) {
            throw damage(e.getMessage() + "");
        }
    }

    private void remember(int k) {
        SegmentIndex index = folder.index(segment);
        if (index.offset(k) != reader.start()) {
            index.put(k, reader.start());
        }
    }

    /** The number of the last event read; one less than the first if none was. */
    public long last() {
        return expected - 1;
    }

    /** File offset behind the last whole record. */
    public long end() {
        return reader.end();
    }

    /**
     * Whether a write was cut off behind the last whole record, which {@link #next} has met.
     *
     * @throws SegmentDamage if this is no such thing: when the next record follows, it is a quote that is out of place
     */
    public boolean torn() throws IOException {
        byte[] rest = reader.rest();
        if (!mayBeCutOff()) {
            throw damage("what follows is no event that a write was cut off in");
        }
        if (hasRecord(new String(rest, StandardCharsets.ISO_8859_1), expected + 1)) {
            throw damage("a quote is out of place");
        }
        return unfinished();
    }

    /** Whether a record of this number begins somewhere, with or without an epoch in front of it. */
    static boolean hasRecord(String text, long number) {
        String cell = Long.toString(number) + ",";
        for (int at = text.indexOf(cell); at >= 0; at = text.indexOf(cell, at + 1)) {
            String before = text.substring(Math.max(0, at - LONGEST_EPOCH - 2), at);
            int line = before.lastIndexOf('\n');
            String epoch = before.substring(line + 1);
            String digits = Parts.between("", epoch, ",");
            if (line >= 0 && (epoch.isEmpty() || (digits != null && Parts.isDigits(digits, 1, LONGEST_EPOCH)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether what follows the last whole record is short enough for the beginning of one. */
    public boolean mayBeCutOff() {
        return reader.restLength() <= SegmentReader.LONGEST;
    }

    /** Whether something follows the last whole record; in a segment nobody writes to, that is damage. */
    public boolean unfinished() {
        return reader.restLength() > 0;
    }

    /** The damage that an unfinished record is. */
    public SegmentDamage damageHere() throws IOException {
        return damage("the record does not end");
    }

    /** Bytes of the unfinished record. */
    public long tornBytes() {
        return reader.restLength();
    }

    private SegmentDamage damage(String what) throws IOException {
        return SegmentDamage.at(folder, segment, reader.start(), expected - 1, what);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
