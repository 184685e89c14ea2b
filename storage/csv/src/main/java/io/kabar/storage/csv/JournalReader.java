package io.kabar.storage.csv;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.layout.StorageLog;
import io.kabar.storage.csv.room.RoomSegments;
import io.kabar.storage.csv.segment.SegmentDamage;
import io.kabar.storage.csv.segment.SegmentEvents;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of a room's log: the index leads near the first record, so that a page costs the same wherever it is, and
 * nothing is remembered. Moves segments aside that turn out to be damaged.
 */
final class JournalReader {

    /** Characters that an event counts beside its text. */
    private static final int OVERHEAD = 32;

    private final StorageLog log;
    private final Consumer<RoomName> seal;

    /** {@code seal} asks that nothing more is written to the newest segment of a room. */
    JournalReader(StorageLog log, Consumer<RoomName> seal) {
        this.log = log;
        this.seal = seal;
    }

    /**
     * A page of a log.
     *
     * @param first number of the oldest event that is kept
     * @param entries events without a hole between them; they begin behind the hole that damage has made, if the page
     *     was asked for within it
     */
    record Page(long first, List<Entry> entries) {}

    Page read(RoomSegments segments, long from, int maxEvents, int maxBytes) throws IOException {
        while (true) {
            RoomSegments.View view = segments.view();
            List<Entry> entries = new ArrayList<>();
            SegmentDamage damage = collect(segments, view, from, maxEvents, maxBytes, entries);
            if (damage == null || !entries.isEmpty()) {
                return new Page(segments.view().first(), entries);
            }
            if (damage.segment() == segments.view().active()) {
                log.damagedInUse(damage);
                seal.accept(segments.folder().room());
                throw damage;
            }
            log.setAside(damage, segments.setAside(damage));
        }
    }

    private @Nullable SegmentDamage collect(
            RoomSegments segments, RoomSegments.View view, long from, int maxEvents, int maxBytes, List<Entry> into)
            throws IOException {
        if (view.isEmpty() || from > view.last()) {
            return null;
        }
        int budget = maxBytes;
        for (int i = view.indexOf(from); i < view.firsts().length; i++) {
            long first = view.firsts()[i];
            if (!into.isEmpty() && into.get(into.size() - 1).event().sequence() + 1 != first) {
                return null;
            }
            boolean active = i == view.firsts().length - 1;
            long limit = active ? view.activeBytes() : Long.MAX_VALUE;
            try (SegmentEvents events =
                    SegmentEvents.from(segments.folder(), first, Math.max(from, first), limit, !active)) {
                for (Entry entry = events.next(); entry != null; entry = events.next()) {
                    if (entry.event().sequence() >= from) {
                        into.add(entry);
                        budget -= size(entry.event());
                        if (into.size() >= maxEvents || budget <= 0) {
                            return null;
                        }
                    }
                }
                if (events.unfinished()) {
                    return events.damageHere();
                }
            } catch (SegmentDamage e) {
                return e;
            } catch (NoSuchFileException e) {
                if (segments.has(first)) { // and not let go of meanwhile
                    log.gone(segments.folder().segment(first));
                    segments.forget(first);
                }
            }
        }
        return null;
    }

    private static int size(ChatEvent event) {
        return OVERHEAD + event.size();
    }
}
