package io.kabar.chat.internal.server.journal;

import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * What is proposed in a room behind a change of who may do what there. It was allowed with the change counted as done,
 * so it goes to the journal only when the change is in the log, and nowhere if it is not; a journal may refuse one
 * proposal and take the next.
 */
final class BehindChanges {

    /** By the rooms in which a change is on its way. */
    private final Map<RoomName, Queue<PendingProposal>> waiting = new HashMap<>();

    private static boolean isChange(PendingProposal pending) {
        return pending.proposal().draft().content() instanceof RoomChange;
    }

    private static RoomName room(PendingProposal pending) {
        return pending.proposal().draft().room();
    }

    /** Whether a proposal has to wait; if not, it goes on its way now. */
    boolean holds(PendingProposal pending) {
        Queue<PendingProposal> behind = waiting.get(room(pending));
        if (behind != null) {
            behind.add(pending);
        } else if (isChange(pending)) {
            waiting.put(room(pending), new ArrayDeque<>(0));
        }
        return behind != null;
    }

    /** What has waited for a proposal that is answered now, in its order. */
    List<PendingProposal> behind(PendingProposal answered) {
        Queue<PendingProposal> behind = isChange(answered) ? waiting.remove(room(answered)) : null;
        return behind == null ? List.of() : List.copyOf(behind);
    }
}
