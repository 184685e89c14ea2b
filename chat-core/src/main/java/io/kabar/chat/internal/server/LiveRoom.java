package io.kabar.chat.internal.server;

import io.kabar.chat.Limits;
import io.kabar.chat.MessageId;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.log.SenderRun;
import io.kabar.chat.internal.server.room.ReadMarks;
import io.kabar.chat.internal.server.room.Room;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A room with the sessions that are in it, on their way in, or waiting for an answer of the journal. */
final class LiveRoom {
    /** More than can be under way to a journal at a time, joins and leaves included. */
    private static final int MOST_UNDER_WAY = 1 << 20;

    /** Why nothing more can happen in a room. */
    static final String FULL = "This room has no numbers left for what is said in it; go on in another one.";

    final Room room;
    /** How far the two have read, in a conversation of two; null in other rooms. */
    final @Nullable ReadMarks marks;

    final Set<Occupant> present = new LinkedHashSet<>();
    /** Sessions that wait for their user's join to be committed, by the user's key. */
    final Map<String, List<Occupant>> entering = new HashMap<>();
    /** Messages on their way to the journal, by their numbers. */
    private final Map<SenderRun, NavigableMap<Long, Proposal>> proposed = new HashMap<>();

    LiveRoom(Room room, @Nullable ReadMarks marks) {
        this.room = room;
        this.marks = marks;
    }

    /** Whether what is on its way to the journal may take the last number that an event can have. */
    boolean isFull() {
        return room.log().last() >= Limits.LAST_NUMBER - MOST_UNDER_WAY;
    }

    /** Tells whether it was waiting to be let in; now it is not. */
    boolean giveUpEntering(Occupant occupant) {
        String key = occupant.session.name().text();
        List<Occupant> waiting = entering.get(key);
        if (waiting == null || !waiting.remove(occupant)) {
            return false;
        }
        if (waiting.isEmpty()) {
            entering.remove(key);
        }
        return true;
    }

    /** Whether no session is here or on its way in, and nothing that was said on its way to the journal. */
    boolean isDeserted() {
        return present.isEmpty() && entering.isEmpty() && proposed.isEmpty();
    }

    void proposed(Proposal proposal) {
        if (!proposal.id().equals(MessageId.NONE)) {
            proposed.computeIfAbsent(runOf(proposal), run -> new TreeMap<>(Long::compareUnsigned))
                    .put(proposal.id().number(), proposal);
        }
    }

    private static SenderRun runOf(Proposal proposal) {
        return SenderRun.of(proposal.draft().from(), proposal.id());
    }

    /** What {@code from} sent under this id, if it is on its way to the journal. */
    @Nullable
    Proposal proposed(UserName from, MessageId id) {
        NavigableMap<Long, Proposal> numbers = proposed.get(SenderRun.of(from, id));
        return numbers == null ? null : numbers.get(id.number());
    }

    /**
     * Whether a message would come behind a later one of its run: one that is in the log, or one on its way there,
     * which may be stored.
     */
    boolean isOutOfOrder(UserName from, MessageId id) {
        NavigableMap<Long, Proposal> numbers = proposed.get(SenderRun.of(from, id));
        return room.log().isPast(from, id)
                || (numbers != null && Long.compareUnsigned(id.number(), numbers.lastKey()) <= 0);
    }

    /** How many messages are on their way to the journal. */
    int proposed() {
        return proposed.values().stream().mapToInt(Map::size).sum();
    }

    void answered(Proposal proposal) {
        proposed.computeIfPresent(runOf(proposal), (run, numbers) -> {
            numbers.remove(proposal.id().number());
            return numbers.isEmpty() ? null : numbers;
        });
    }

    List<Occupant> takeEntering(UserName name) {
        List<Occupant> waiting = entering.remove(name.text());
        return waiting == null ? List.of() : waiting;
    }
}
