package io.kabar.storage.csv;

import io.kabar.chat.RoomName;
import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.files.JournalThreads;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.folder.RetentionRules;
import io.kabar.storage.csv.layout.FolderClock;
import io.kabar.storage.csv.layout.StorageLog;
import io.kabar.storage.csv.room.RoomJournal;
import io.kabar.storage.csv.room.RoomSegments;
import io.kabar.storage.csv.segment.RoomFolder;
import io.kabar.storage.csv.segment.SegmentDamage;
import io.kabar.storage.csv.segment.SegmentEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks every hour, on a thread of its own, for events that have become too old, and asks the writer to let go of them;
 * by their number they go when others come, which the writer sees by itself. Sees to it as well that texts of deleted
 * messages leave the files. Reads no more than the end of each room's
 * oldest segment, and that only when it may be due.
 */
final class RetentionSweep implements AutoCloseable {

    private static final long PERIOD_MINUTES = 60;

    /** Sweeps after which the newest segment is closed for texts that are to be taken out of it. */
    private static final int SEALED_AFTER = 12;

    /** Asks that everything before {@code first} is let go of. */
    interface Forget {
        void before(RoomName room, long first);
    }

    /** Asks that the texts of deleted messages are taken out, of the newest segment as well if that is to be. */
    interface TakeOut {
        void of(RoomName room, boolean newestToo);
    }

    /** The oldest segment of a room, and when its newest event becomes too old. */
    private record Due(long segment, long last, Instant time) {}

    private final Map<RoomName, RoomJournal> rooms;
    private final RetentionRules rules;
    private final FolderClock clock;
    private final Forget forget;
    private final StorageLog log;
    private final TakeOut takeOut;
    /** How often a room was found with texts to be taken out. */
    private final Map<RoomName, Integer> waiting = new HashMap<>();

    private final Map<RoomName, Due> due = new HashMap<>();
    /** Whether all rooms were looked through once. */
    private boolean started;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> JournalThreads.thread("kabar-journal-retention", task));

    RetentionSweep(
            Map<RoomName, RoomJournal> rooms,
            RetentionRules rules,
            FolderClock clock,
            Forget forget,
            StorageLog log,
            TakeOut takeOut) {
        this.rooms = rooms;
        this.rules = rules;
        this.clock = clock;
        this.forget = forget;
        this.log = log;
        this.takeOut = takeOut;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    void start() {
        thread.scheduleWithFixedDelay(this::sweep, 0, PERIOD_MINUTES, TimeUnit.MINUTES);
    }

    /** Looks through all rooms once. */
    synchronized void sweep() {
        clock.look();
        rooms.forEach((name, room) -> {
            try {
                sweep(name, room.segments(), rules.of(name));
                takeOut(name, room);
            } catch (IOException | RuntimeException e) {
                log.cannotForget(name, e);
            }
        });
        due.keySet().retainAll(rooms.keySet());
        waiting.keySet().retainAll(rooms.keySet());
        started = true;
    }

    private void takeOut(RoomName name, RoomJournal room) {
        if (room.hints().deletions().pending().isEmpty()) {
            waiting.remove(name);
            return;
        }
        // As many times as that no text is left after a day; a log whose server is just started may have waited.
        int times = waiting.getOrDefault(name, started ? 0 : SEALED_AFTER) + 1;
        waiting.put(name, times > SEALED_AFTER ? 0 : times);
        takeOut.of(name, times > SEALED_AFTER);
    }

    private void sweep(RoomName name, RoomSegments segments, Retention retention) throws IOException {
        RoomSegments.View view = segments.view();
        long first = view.first();
        if (retention.keepsNothing()) {
            first = view.isEmpty() ? first : view.last() + 1;
        } else if (retention.isByAge()) {
            first = Math.max(first, youngEnough(name, segments, view, retention));
        }
        if (first > view.first()) {
            forget.before(name, first);
        }
    }

    private long youngEnough(RoomName name, RoomSegments segments, RoomSegments.View view, Retention retention)
            throws IOException {
        Instant now = clock.certain();
        for (int i = 0; i < view.firsts().length; i++) {
            long segment = view.firsts()[i];
            boolean active = i == view.firsts().length - 1;
            long last = active ? view.last() : view.firsts()[i + 1] - 1;
            if (last < segment) {
                return segment; // nothing in it yet
            }
            Due known = due.get(name);
            if (known == null || known.segment() != segment || known.last() != last) {
                long limit = active ? view.activeBytes() : Long.MAX_VALUE;
                Instant newest = newest(segments.folder(), segment, last, limit);
                known = new Due(segment, last, newest.plus(retention.age()));
                due.put(name, known);
            }
            if (known.time().isAfter(now)) {
                return segment;
            }
        }
        return view.last() + 1;
    }

    /** When the newest event of a segment happened; not before the file's date if that cannot be read. */
    private static Instant newest(RoomFolder folder, long segment, long last, long limit) throws IOException {
        Instant newest = Instant.MIN;
        boolean whole = false;
        try (SegmentEvents events = SegmentEvents.from(folder, segment, last, limit, false)) {
            for (Entry entry = events.next(); entry != null; entry = events.next()) {
                newest = entry.event().time().isAfter(newest) ? entry.event().time() : newest;
                whole = entry.event().sequence() == last;
            }
        } catch (SegmentDamage e) {
            whole = false; // told, and moved aside, when somebody reads there
        }
        Instant written = Files.getLastModifiedTime(folder.segment(segment)).toInstant();
        return whole || newest.isAfter(written) ? newest : written;
    }

    @Override
    public void close() {
        // Not shutdownNow: there may be a read in hand, and it is short.
        thread.shutdown();
        JournalThreads.await(thread);
    }
}
