package io.kabar.chat.internal.endpoint;

import io.kabar.chat.MessageId;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.room.LogEntry;
import io.kabar.chat.internal.room.Room;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A room with the sessions that are in it, on their way in, or waiting for an answer of the journal. */
final class RoomDesk {

    /** An id is its sender's own. */
    private record Sent(String name, MessageId id) {}

    final Room room;
    final Set<Attendance> present = new LinkedHashSet<>();
    /** Sessions that wait for their user's join to be committed, by the user's key. */
    final Map<String, List<Attendance>> entering = new HashMap<>();
    /** Messages on their way to the journal. */
    private final Map<Sent, Proposal> proposed = new HashMap<>();
    /** The newest events, while they are read from the journal piece by piece. */
    final List<LogEntry> loading = new ArrayList<>();

    RoomDesk(Room room) {
        this.room = room;
    }

    /** Tells whether it was waiting to be let in; now it is not. */
    boolean giveUpEntering(Attendance attendance) {
        String key = attendance.session.name().key();
        List<Attendance> waiting = entering.get(key);
        if (waiting == null || !waiting.remove(attendance)) {
            return false;
        }
        if (waiting.isEmpty()) {
            entering.remove(key);
        }
        return true;
    }

    void proposed(Proposal proposal) {
        if (!proposal.id.equals(MessageId.NONE)) {
            proposed.put(new Sent(proposal.draft.from().text(), proposal.id), proposal);
        }
    }

    /** What {@code from} sent under this id, if it is on its way to the journal. */
    @Nullable
    Proposal proposed(UserName from, MessageId id) {
        return proposed.get(new Sent(from.text(), id));
    }

    /** How many messages are on their way to the journal. */
    int proposed() {
        return proposed.size();
    }

    void answered(Proposal proposal) {
        proposed.remove(new Sent(proposal.draft.from().text(), proposal.id));
    }

    List<Attendance> takeEntering(UserName name) {
        List<Attendance> waiting = entering.remove(name.key());
        return waiting == null ? List.of() : waiting;
    }
}
