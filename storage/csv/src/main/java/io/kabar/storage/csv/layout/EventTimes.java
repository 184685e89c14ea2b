package io.kabar.storage.csv.layout;

import io.kabar.chat.spi.Journal.Proposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time never decreases within a room, whatever the clock does. */
public final class EventTimes {

    private EventTimes() {}

    /** The same proposals, none dated before {@code least} or before the one in front of it. */
    public static List<Proposal> inOrder(List<Proposal> drafts, Instant least) {
        List<Proposal> proposals = new ArrayList<>(drafts.size());
        Instant earliest = least;
        for (Proposal draft : drafts) {
            Instant time = draft.draft().time();
            if (time.isBefore(earliest)) {
                proposals.add(new Proposal(draft.proposalId(), draft.draft().withTime(earliest), draft.id()));
            } else {
                proposals.add(draft);
                earliest = time;
            }
        }
        return proposals;
    }
}
