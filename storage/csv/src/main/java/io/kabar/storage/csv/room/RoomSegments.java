package io.kabar.storage.csv.room;

import io.kabar.storage.csv.files.AtomicFile;
import io.kabar.storage.csv.segment.RoomFolder;
import io.kabar.storage.csv.segment.SegmentDamage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Which segments a room's log has, and how far the newest one is committed. Eight bytes for each segment is all that
 * grows with the history. Safe for any thread.
 */
public final class RoomSegments {

    /**
     * A log at one moment.
     *
     * @param firsts first numbers of the segments, in order; the last one is written to
     * @param activeBytes committed bytes of the last one
     * @param last number of the newest event
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record View(long[] firsts, long activeBytes, long last) {

        public boolean isEmpty() {
            return firsts.length == 0;
        }

        public long active() {
            return firsts[firsts.length - 1];
        }

        /** Number of the oldest event; {@code last + 1} if there is none. */
        public long first() {
            return isEmpty() ? last + 1 : firsts[0];
        }

        /** First number of the oldest segment that is needed to have the newest {@code count} events. */
        long firstWithin(long count) {
            return isEmpty() || last < count ? first() : firsts[indexOf(last - count + 1)];
        }

        /** Index of the segment that event {@code seq} is in, if it is anywhere. */
        public int indexOf(long seq) {
            int index = Arrays.binarySearch(firsts, seq);
            return index >= 0 ? index : Math.max(-index - 2, 0);
        }
    }

    private final RoomFolder folder;
    private volatile View view;

    RoomSegments(RoomFolder folder, View view) {
        this.folder = folder;
        this.view = view;
    }

    public RoomFolder folder() {
        return folder;
    }

    public View view() {
        return view;
    }

    /** A new segment is written to from now on; it may take the place of an empty one of the same number. */
    synchronized void add(long first, long bytes) {
        if (!view.isEmpty() && view.active() == first) {
            view = new View(view.firsts, bytes, view.last);
            return;
        }
        long[] firsts = Arrays.copyOf(view.firsts, view.firsts.length + 1);
        firsts[firsts.length - 1] = first;
        view = new View(firsts, bytes, view.last);
    }

    /** Events that are not kept took numbers all the same. */
    synchronized void count(int events) {
        view = new View(view.firsts, view.activeBytes, view.last + events);
    }

    /**
     * Lets go of the segments that hold nothing from number {@code first} on, but not of the one that is written to.
     *
     * @return the first numbers of the segments that may be deleted now
     */
    synchronized long[] dropBefore(long first) {
        int dropped = 0;
        while (dropped + 1 < view.firsts.length && view.firsts[dropped + 1] <= first) {
            dropped++;
        }
        long[] old = Arrays.copyOf(view.firsts, dropped);
        view = new View(Arrays.copyOfRange(view.firsts, dropped, view.firsts.length), view.activeBytes, view.last);
        return old;
    }

    /** Lets go of all of them. */
    synchronized long[] dropAll() {
        long[] old = view.firsts;
        view = new View(new long[0], 0, view.last);
        return old;
    }

    /** Whether a segment still belongs to the log. */
    public boolean has(long first) {
        return Arrays.binarySearch(view.firsts, first) >= 0;
    }

    synchronized void grow(long bytes, int events) {
        view = new View(view.firsts, view.activeBytes + bytes, view.last + events);
    }

    /**
     * Moves a damaged segment out of the way and puts its whole records back in its place; what follows the damage is
     * not guessed at.
     *
     * @return what became of it, for the log
     */
    public synchronized String setAside(SegmentDamage damage) throws IOException {
        long first = damage.segment();
        Path segment = folder.segment(first);
        Path aside = folder.aside(first);
        boolean keeps = damage.lastGood() >= first;
        Path whole = segment.resolveSibling("." + segment.getFileName() + ".tmp");
        if (keeps) {
            copy(segment, whole, damage.goodBytes());
        }
        folder.index(first).delete();
        Files.move(segment, aside, StandardCopyOption.ATOMIC_MOVE);
        if (keeps) {
            Files.move(whole, segment, StandardCopyOption.ATOMIC_MOVE);
        } else {
            forget(first);
        }
        AtomicFile.forceFolder(segment);
        return "moved to " + aside.getFileName()
                + (keeps ? ", events " + first + " to " + damage.lastGood() + " are kept" : ", nothing of it is kept");
    }

    /** Puts a file in the place of a segment, unless the log has let go of that meanwhile. */
    synchronized void replace(long first, Path fresh) throws IOException {
        if (!has(first)) {
            Files.deleteIfExists(fresh);
            return;
        }
        SegmentRewrite.place(folder, first, fresh);
    }

    /** A segment is not there any more; the one that is written to stays. */
    public synchronized void forget(long first) {
        if (has(first) && view.active() != first) {
            long[] others =
                    Arrays.stream(view.firsts).filter(other -> other != first).toArray();
            view = new View(others, view.activeBytes, view.last);
        }
    }

    private static void copy(Path from, Path to, long length) throws IOException {
        Files.deleteIfExists(to);
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        to,
                        java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        AtomicFile.mode(to, AtomicFile.OWNER_FILE))) {
            long copied = 0;
            while (copied < length) {
                long moved = in.transferTo(copied, length - copied, out);
                if (moved <= 0) {
                    throw new IOException("it has become shorter");
                }
                copied += moved;
            }
            out.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(to);
            throw e;
        }
    }
}
