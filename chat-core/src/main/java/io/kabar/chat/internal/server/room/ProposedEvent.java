package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.journal.PendingProposal;
import io.kabar.chat.internal.server.log.SaidAs;
import io.kabar.chat.spi.Journal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event of a room on its way to the journal, and who waits for the answer. */
class ProposedEvent implements PendingProposal {
    private final LiveRoom liveRoom;
    private final Journal.Proposal proposal;
    /** Whom it puts out, if it is such a change. */
    private final List<Author> putOut = new ArrayList<>(0);
    /** All sessions that sent it; none for joins and leaves. */
    private final Set<Occupant> senders = new LinkedHashSet<>(2);

    ProposedEvent(LiveRoom liveRoom, Journal.Proposal proposal, @Nullable Occupant sender) {
        this.liveRoom = liveRoom;
        this.proposal = proposal;
        if (sender != null) {
            senders.add(sender);
        }
    }

    /** Another device of the same user has sent it as well. */
    void sentBy(Occupant sender) {
        senders.add(sender);
    }

    @Override
    public Journal.Proposal proposal() {
        return proposal;
    }

    MessageId id() {
        return proposal.id();
    }

    /** These are not here any more once it is in the log. */
    void putsOut(List<Author> these) {
        putOut.addAll(these);
    }

    @Override
    public void answered() {
        liveRoom.answered(this);
    }

    @Override
    public void committed(Journal.Entry entry) {
        liveRoom.isNotAhead(proposal.draft());
        ChatEvent event = entry.event();
        SaidAs said = new SaidAs(event.sequence(), event.time().toEpochMilli());
        senders.forEach(sender -> sender.session().serve(() -> sender.words().accepted(id(), said)));
    }

    @Override
    public void refused(Refusal refusal) {
        liveRoom.isNotAhead(proposal.draft());
        putOut.forEach(liveRoom.leaving()::notPutOut);
        senders.forEach(sender -> sender.session().serve(() -> sender.words().notStored(id(), refusal)));
        liveRoom.notStored(proposal.draft(), refusal);
    }
}
