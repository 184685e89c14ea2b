package io.kabar.chat;

import java.util.List;

/**
 * A piece of a room's log, as it was asked for. These events are replayed: they have happened, and are no news.
 *
 * @param room whose log
 * @param events by number, without holes except for what was let go of meanwhile; empty if nothing of it is kept
 * @param firstKept number of the oldest event that is kept; 1 more than {@code lastSequence} if none is
 * @param lastSequence number of the newest event when the server answered
 * @param amended what later events have changed of them, by number: of each that was edited, deleted or reacted to
 */
public record HistoryPage(
        RoomName room, List<ChatEvent> events, long firstKept, long lastSequence, List<Amended> amended) {

    /** Keeps the lists unmodifiable. */
    public HistoryPage {
        events = List.copyOf(events);
        amended = List.copyOf(amended);
    }

    /** A piece of a log of which nothing was changed later. */
    public HistoryPage(RoomName room, List<ChatEvent> events, long firstKept, long lastSequence) {
        this(room, events, firstKept, lastSequence, List.of());
    }

    /** Whether there are older events than these. */
    public boolean hasOlder() {
        return !events.isEmpty() && events.get(0).sequence() > firstKept;
    }
}
