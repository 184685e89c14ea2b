package io.kabar.storage.csv.room;

import io.kabar.chat.spi.Deletions;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.segment.RoomFolder;
import io.kabar.storage.csv.segment.SegmentDamage;
import io.kabar.storage.csv.segment.SegmentEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A room's log as it lies on the disk, for whoever has no server at hand or must not disturb the one that writes it.
 * Reads whole records only and changes nothing. Texts of deleted messages are not given.
 */
public final class StoredRoom {

    /** Takes events in order. */
    public interface Sink {
        void take(Entry entry) throws IOException;
    }

    private final RoomFolder folder;
    private final Consumer<String> troubles;
    /** Which texts are not given to anybody; null until that is asked for. */
    private @Nullable Deletions deletions;

    private long hidden;

    /** {@code troubles} is told what cannot be read, in sentences. */
    public StoredRoom(RoomFolder folder, Consumer<String> troubles) {
        this.folder = folder;
        this.troubles = troubles;
    }

    /** The same, with the texts that are given to nobody: for whoever takes them out. */
    public static StoredRoom asItIs(RoomFolder folder, Consumer<String> troubles) {
        StoredRoom room = new StoredRoom(folder, troubles);
        room.deletions = new Deletions();
        return room;
    }

    private Deletions deletions() throws IOException {
        if (deletions == null) {
            deletions = RoomDeletions.stored(folder, folder.segments()).pending();
        }
        return deletions;
    }

    /** Events read so far whose texts stand in the log and were not given, because they are deleted. */
    public long hidden() {
        return hidden;
    }

    /** All events, oldest first; where the log is damaged, there is a hole. */
    public void read(Sink sink) throws IOException {
        long[] segments = folder.segments();
        for (int i = 0; i < segments.length; i++) {
            read(segments[i], i == segments.length - 1, sink);
        }
    }

    /**
     * The events of one segment.
     *
     * @param newest whether a server may be writing to it, so that what follows the last whole record is no damage
     * @return the bytes of its whole records; -1 if retention has taken it away meanwhile
     */
    public long read(long segment, boolean newest, Sink sink) throws IOException {
        Deletions deleted = deletions();
        try (SegmentEvents events = SegmentEvents.from(folder, segment, segment, Long.MAX_VALUE, false)) {
            for (Entry entry = events.next(); entry != null; entry = events.next()) {
                hidden += deleted.hides(entry.event()) ? 1 : 0;
                sink.take(deleted.shown(entry));
            }
            if (events.unfinished() && !(newest && events.mayBeCutOff())) {
                return lost(events.damageHere());
            }
            return events.end();
        } catch (SegmentDamage e) {
            return lost(e);
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    private long lost(SegmentDamage damage) {
        troubles.accept("Damaged: " + damage.getMessage() + "; what follows there was left out.");
        return damage.goodBytes();
    }

    /** Where it lies. */
    public RoomFolder folder() {
        return folder;
    }

    /** Files that were set aside as damaged: nobody can tell what is in them. */
    public List<Path> aside() throws IOException {
        List<Path> aside = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.path())) {
            files.filter(folder::isAside).forEach(aside::add);
        }
        return aside;
    }
}
