package io.kabar.chat;

import java.util.List;

/**
 * A piece of a room's log, as it was asked for. These events are replayed: they have happened, and are no news.
 *
 * @param room whose log
 * @param events by number, without holes except for what was let go of meanwhile; empty if nothing of it is kept
 * @param firstKept number of the oldest event that is kept; 1 more than {@code lastSequence} if none is
 * @param lastSequence number of the newest event when the server answered
 */
public record HistoryPage(RoomName room, List<ChatEvent> events, long firstKept, long lastSequence) {

    /** Keeps the list unmodifiable. */
    public HistoryPage {
        events = List.copyOf(events);
    }

    /** Whether there are older events than these. */
    public boolean hasOlder() {
        return !events.isEmpty() && events.get(0).sequence() > firstKept;
    }
}
