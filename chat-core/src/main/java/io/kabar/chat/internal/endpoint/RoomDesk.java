package io.kabar.chat.internal.endpoint;

import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.room.Room;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A room with the sessions that are in it, on their way in, or waiting for an answer of the journal. */
final class RoomDesk {
    /** As many as the ids that a log remembers by default. */
    private static final int REFUSED_REMEMBERED = 2048;

    /** As long as a client may go on without knowing that its connection is gone. */
    private static final long REFUSED_FOR = Duration.ofMinutes(3).toNanos();

    /** An id is its sender's own. */
    private record Sent(String name, MessageId id) {}

    /** What one run of a client has said; when it is started again it may try again. */
    private record Said(long instance, MessageId id) {}

    private record Refused(Refusal refusal, long at) {}

    final Room room;
    final Set<Attendance> present = new LinkedHashSet<>();
    /** Sessions that wait for their user's join to be committed, by the user's key. */
    final Map<String, List<Attendance>> entering = new HashMap<>();
    /** Messages on their way to the journal. */
    private final Map<Sent, Proposal> proposed = new HashMap<>();
    /**
     * Messages that the journal refused lately. One that comes again, because the answer met it under way or was lost, is
     * refused again: what was said behind it may be in the log by now.
     */
    private final Map<Said, Refused> refused = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Said, Refused> eldest) {
            return size() > REFUSED_REMEMBERED;
        }
    };

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

    /** The journal has refused what this client has said. */
    void refused(long instance, MessageId id, Refusal refusal, long now) {
        refused.put(new Said(instance, id), new Refused(refusal, now));
    }

    /** Why the journal has refused it lately; null if it has not. */
    @Nullable
    Refusal refusalOf(long instance, MessageId id, long now) {
        Refused known = refused.get(new Said(instance, id));
        return known == null || now - known.at() > REFUSED_FOR ? null : known.refusal();
    }

    List<Attendance> takeEntering(UserName name) {
        List<Attendance> waiting = entering.remove(name.key());
        return waiting == null ? List.of() : waiting;
    }
}
