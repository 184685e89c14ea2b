package io.kabar.storage.csv.room;

import io.kabar.chat.spi.Deletions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Takes the texts of deleted messages, and of their edits, out of a log's segments. Confined to the thread that reads
 * the log, so that nobody reads a segment while it is replaced.
 */
public final class DeletedTexts {

    private final RoomSegments segments;
    private final RoomDeletions deletions;

    /** Of a room's log. */
    public DeletedTexts(RoomJournal room) {
        segments = room.segments();
        deletions = room.hints().deletions();
    }

    /**
     * Takes out what stands in segments that nobody writes to any more.
     *
     * @return whether there is nothing left in those; what the newest segment has waits until it is not that any more
     */
    public boolean takeOut() throws IOException {
        RoomSegments.View view = segments.view(); // what it has is noted: see RoomJournal
        Deletions pending = deletions.pending();
        Map<Long, Long> byTarget = pending.byTarget();
        if (byTarget.isEmpty() || view.isEmpty()) {
            return true;
        }
        long from = byTarget.keySet().stream().min(Long::compare).orElseThrow();
        long to = byTarget.values().stream().max(Long::compare).orElseThrow();
        List<Long> unread = new ArrayList<>();
        for (int i = view.indexOf(from); i + 1 < view.firsts().length && view.firsts()[i] <= to; i++) {
            if (!takeOut(view.firsts()[i], pending)) {
                unread.add(view.firsts()[i]);
            }
        }
        List<Long> done = new ArrayList<>();
        byTarget.forEach((target, by) -> {
            boolean damaged = unread.stream().anyMatch(segment -> isWithin(view, segment, target, by));
            if (by < view.active() && !damaged) {
                done.add(target); // and so are its edits, which stand between the two
            }
        });
        if (!done.isEmpty()) {
            deletions.erased(done, view.last());
        }
        return done.size() == byTarget.size();
    }

    private static boolean isWithin(RoomSegments.View view, long segment, long from, long to) {
        int next = Arrays.binarySearch(view.firsts(), segment) + 1;
        return segment <= to && view.firsts()[next] > from;
    }

    /** Tells whether the segment has no such text any more. */
    private boolean takeOut(long segment, Deletions pending) throws IOException {
        List<String> damage = new ArrayList<>(0);
        StoredRoom room = StoredRoom.asItIs(segments.folder(), damage::add);
        boolean[] found = new boolean[1];
        long length = room.read(segment, false, entry -> found[0] |= pending.hides(entry.event()));
        if (!damage.isEmpty()) {
            return false; // moved aside, when somebody reads there
        }
        if (found[0]) {
            Path fresh = SegmentRewrite.write(room, segment, false, length, pending::shown);
            segments.replace(segment, fresh);
        }
        return true;
    }
}
