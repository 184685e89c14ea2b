package io.kabar.chat.view;

import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a room's transcript begins when its user enters: at what they have not read if they were there before, at what
 * waits in a conversation, else with the newest messages.
 */
final class StartingPlaces {

    /** Messages restored of a room that its user has not been in. */
    static final int NEWEST = 50;

    private final WaitingConversations waiting;
    private Function<RoomName, Optional<ReadMarker>> leftAt = room -> Optional.empty();
    /** Rooms on the way in of which is known that their history is not the one that was read, and from where on. */
    private final Map<RoomName, Long> changed = new HashMap<>();

    /** Lines that a room keeps which is entered from now on. */
    private int lines = Transcript.MAX_LINES;

    StartingPlaces(WaitingConversations waiting) {
        this.waiting = waiting;
    }

    void keepLines(int most) {
        lines = most;
    }

    void remember(Function<RoomName, Optional<ReadMarker>> places) {
        leftAt = places;
    }

    Optional<ReadMarker> leftAt(RoomName room) {
        return leftAt.apply(room);
    }

    /** What to restore of a room when nobody says otherwise. */
    JoinHistory usual(RoomName room) {
        Optional<WaitingConversation> unread = waiting.find(room);
        if (unread.isPresent()) {
            return JoinHistory.from(firstUnread(unread.get()));
        }
        return JoinHistory.last(leftAt(room).isPresent() ? HistoryRange.PAGE : NEWEST);
    }

    /** The same start, with what the user has read from earlier. */
    JoinHistory having(RoomName room, JoinHistory history) {
        return leftAt(room).map(marker -> history.having(marker.position())).orElse(history);
    }

    /** What waited in a conversation until it was opened is news. */
    private long newsFrom(RoomState found) {
        return waiting.find(found.name()).map(this::firstUnread).orElse(found.lastSequence() + 1);
    }

    /** Where the user left the room; a log that ends before that is another log. */
    private Optional<ReadMarker> since(RoomState found) {
        long same = Math.min(found.lastSequence(), changed.getOrDefault(found.name(), Long.MAX_VALUE) - 1);
        return waiting.find(found.name()).isPresent()
                ? Optional.empty()
                : leftAt(found.name()).filter(marker -> marker.sequence() <= same);
    }

    /** The history of a room on the way in is not the one that was read, from event {@code from} on. */
    void changed(RoomName room, long from) {
        changed.put(room, from);
    }

    /** The room that is now entered, which is no longer on the way in nor waits to be opened. */
    RoomModel begin(RoomState found, UserName self, Observers observers, Instant now) {
        RoomModel room = new RoomModel(found, newsFrom(found), since(found), self, observers, lines);
        waiting.find(found.name()).ifPresent(waited -> room.isWith(waited.with()));
        waiting.remove(found.name());
        Long differsFrom = changed.remove(found.name());
        if (differsFrom != null) {
            room.historyChanged(now, differsFrom);
            room.entered(found);
        }
        return room;
    }

    private long firstUnread(WaitingConversation unread) {
        return leftAt(unread.room())
                .map(left -> Math.max(left.sequence() + 1, unread.sequence() - HistoryRange.PAGE))
                .filter(next -> next < unread.sequence())
                .orElse(unread.sequence());
    }
}
