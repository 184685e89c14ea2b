package io.kabar.storage.csv.room;

import io.kabar.chat.spi.Journal.Proposal;
import io.kabar.storage.csv.folder.Retention;
import io.kabar.storage.csv.segment.RoomFolder;
import io.kabar.storage.csv.segment.SegmentEvents;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a room's log goes on in a new segment: when the active one has enough events or bytes, or spans so much time
 * that what is too old could not go by whole segments. Used by the thread that appends.
 */
final class SegmentRolling {

    private final RoomFolder folder;
    private final RoomSegments segments;
    private final Retention retention;

    /** When the oldest event of the active segment happened, once that is known. */
    private @Nullable Instant began;
    /** Whether the active segment is known to have epochs. */
    private boolean hasEpochs;

    SegmentRolling(RoomSegments segments, Retention retention) {
        this.folder = segments.folder();
        this.segments = segments;
        this.retention = retention;
    }

    /** A segment without events has begun. */
    void begun() {
        began = null;
        hasEpochs = true;
    }

    /** Whether an event that happens at {@code time} belongs into a new segment. */
    boolean isFull(Instant time) throws IOException {
        RoomSegments.View view = segments.view();
        long events = view.isEmpty() ? 0 : view.last() - view.active() + 1;
        if (view.isEmpty()
                || view.activeBytes() == 0
                || events >= RoomJournal.SEGMENT_EVENTS
                || view.activeBytes() >= RoomJournal.SEGMENT_BYTES) {
            return true;
        }
        if (!hasEpochs && !SegmentEvents.hasEpochs(folder, view.active())) {
            return true;
        }
        hasEpochs = true;
        if (events == 0 || !(retention.isByNumber() || retention.isByAge())) {
            return false;
        }
        if (began == null) {
            began = SegmentEvents.firstTime(folder, view.active(), view.activeBytes());
        }
        return began != null && endsBefore(time, began, events);
    }

    /** Whether a segment that began then and holds so many events ends before one that happens at {@code time}. */
    private boolean endsBefore(Instant time, Instant first, long events) {
        boolean tooMany = retention.isByNumber()
                && events >= retention.segmentEvents(RoomJournal.SEGMENT_EVENTS)
                && KeptByNumber.dayOf(time) > KeptByNumber.dayOf(first);
        boolean tooLong = retention.isByAge() && time.isAfter(first.plus(retention.segmentSpan()));
        return events >= RoomJournal.SEGMENT_EVENTS || tooMany || tooLong;
    }

    /** The proposals from one on that fit into the active segment, as bytes. */
    RunBuffer run(List<Proposal> proposals, int from) {
        RoomSegments.View view = segments.view();
        RunBuffer run = new RunBuffer();
        long events = view.last() - view.active() + 1;
        Instant first = began == null ? proposals.get(from).draft().time() : began;
        for (int i = from;
                i < proposals.size() && !endsBefore(proposals.get(i).draft().time(), first, events);
                i++) {
            if (!run.add(proposals.get(i), view.last() + 1 + i - from)) {
                break;
            }
            events++;
        }
        return run;
    }
}
