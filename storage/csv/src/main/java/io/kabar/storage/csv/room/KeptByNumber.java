package io.kabar.storage.csv.room;

import io.kabar.chat.spi.Journal.Entry;
import io.kabar.storage.csv.segment.RoomFolder;
import io.kabar.storage.csv.segment.SegmentEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of a room's segments stay where so many events are kept. Names are free, and a number alone would let one
 * person push everything else out of a room in an hour. So no day counts for more than a tenth of the number, however
 * much is said on it: what was said today is there in a week, and a flood has to go on for ten days to push out what
 * was before it.
 *
 * <p>The day of a segment is that of its first event; the journal lets none that holds more than a tenth go on over
 * midnight. Those that do, written for another number or imported, count for as many days as they have. What stays
 * beyond the number is bounded by the bytes of the log: where it has more, the number counts by itself.
 */
final class KeptByNumber {

    /** The number is that of so many days at least. */
    private static final int DAYS = 10;

    private static final long DAY_SECONDS = 86_400;
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final RoomFolder folder;
    /** Of segments by their first numbers: what is known of one does not change. */
    private final Map<Long, Long> begins = new HashMap<>();

    private final Map<Long, Long> ends = new HashMap<>();
    private final Map<Long, Long> bytes = new HashMap<>();
    private long oldest;

    KeptByNumber(RoomFolder folder) {
        this.folder = folder;
    }

    /** The day since 1970. */
    static long dayOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), DAY_SECONDS);
    }

    /** First number of the oldest segment that stays, if {@code number} events do in at most {@code mostBytes}. */
    long first(RoomSegments.View view, long number, long mostBytes) {
        long byNumberAlone = view.firstWithin(number);
        if (byNumberAlone <= view.first()) {
            return view.first();
        }
        forgetBefore(view.first());
        long[] firsts = view.firsts();
        long tenths = 0; // of an event, in the days behind
        long day = UNKNOWN;
        long ofDay = 0;
        long size = 0;
        for (int i = firsts.length - 1; i > 0; i--) {
            boolean active = i == firsts.length - 1;
            long next = active ? view.last() + 1 : firsts[i + 1];
            long events = next - firsts[i];
            long began = Math.min(day, began(firsts[i], active ? view.activeBytes() : Long.MAX_VALUE));
            long span = active || DAYS * events <= number ? 1 : ended(firsts[i], next - 1, began) - began + 1;
            if (began < day || span > 1) {
                tenths += Math.min(DAYS * ofDay, number);
                ofDay = 0;
                day = began;
            }
            if (span > 1) {
                tenths += Math.min(DAYS * events, number * Math.min(span, DAYS));
            } else {
                ofDay += events;
            }
            size += active ? view.activeBytes() : size(firsts[i]);
            boolean enough = tenths + Math.min(DAYS * ofDay, number) >= DAYS * number;
            if (enough || (size >= mostBytes && firsts[i] <= byNumberAlone)) {
                return firsts[i];
            }
        }
        return view.first();
    }

    private void forgetBefore(long first) {
        if (first > oldest) {
            oldest = first;
            for (Map<Long, Long> known : List.of(begins, ends, bytes)) {
                known.keySet().removeIf(segment -> segment < first);
            }
        }
    }

    /** The day on which a segment begins; if that cannot be read, none that counts by itself. */
    private long began(long segment, long limit) {
        Long known = begins.get(segment);
        if (known == null) {
            Instant time;
            try {
                time = SegmentEvents.firstTime(folder, segment, limit);
            } catch (IOException e) {
                time = null; // told when somebody reads there
            }
            if (time == null) {
                return UNKNOWN;
            }
            known = dayOf(time);
            begins.put(segment, known);
        }
        return known;
    }

    private long ended(long segment, long last, long began) {
        return ends.computeIfAbsent(segment, first -> {
            Instant time = lastTime(segment, last);
            return time == null ? began : Math.max(began, dayOf(time));
        });
    }

    private @Nullable Instant lastTime(long segment, long last) {
        Instant time = null;
        try (SegmentEvents events = SegmentEvents.from(folder, segment, last, Long.MAX_VALUE, false)) {
            for (Entry entry = events.next(); entry != null; entry = events.next()) {
                time = entry.event().time();
            }
        } catch (IOException e) {
            return time; // as above
        }
        return time;
    }

    private long size(long segment) {
        return bytes.computeIfAbsent(segment, first -> {
            try {
                return Files.size(folder.segment(first));
            } catch (IOException e) {
                return 0L; // as above
            }
        });
    }
}
