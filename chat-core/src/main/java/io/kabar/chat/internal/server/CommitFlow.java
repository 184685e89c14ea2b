package io.kabar.chat.internal.server;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.log.SaidAs;
import io.kabar.chat.internal.server.room.ReadMarks;
import io.kabar.chat.spi.Journal;
import java.time.Duration;

/** Applies what the journal has committed, tells those who waited for it, and those who wait in vain. */
final class CommitFlow {

    /** How long a leave that could not be stored waits for the next try. */
    private static final long LEAVE_RETRY = Duration.ofSeconds(5).toNanos();

    private final ServerCore core;
    private final JournalRequests journal;
    private final LiveRooms liveRooms;
    private final Conversations conversations;
    private final RoomEntry entry;
    private final RoomExit exit;
    private final SayFlow says;

    CommitFlow(
            ServerCore core,
            JournalRequests journal,
            LiveRooms liveRooms,
            Conversations conversations,
            RoomEntry entry,
            RoomExit exit,
            SayFlow says) {
        this.core = core;
        this.journal = journal;
        this.liveRooms = liveRooms;
        this.conversations = conversations;
        this.entry = entry;
        this.exit = exit;
        this.says = says;
    }

    /** The journal has committed an event. {@code proposalId} is 0 if it was not proposed here. */
    void committed(long proposalId, Journal.Entry committed) {
        Proposal proposal = journal.take(proposalId);
        boolean applied = apply(committed);
        if (proposal != null) {
            ChatEvent event = committed.event();
            SaidAs said = new SaidAs(event.sequence(), event.time().toEpochMilli());
            proposal.senders.forEach(sender -> core.defects.apart(sender.session, () -> {
                if (applied) {
                    says.accepted(sender, proposal.id(), said);
                } else {
                    says.refused(sender, proposal.id(), Refusal.STORAGE); // nobody will ever see it
                }
            }));
        }
    }

    private boolean apply(Journal.Entry committed) {
        ChatEvent event = committed.event();
        LiveRoom liveRoom = liveRooms.findOrMake(event.room());
        if (liveRoom == null || !liveRooms.commit(liveRoom, committed)) {
            core.tell(new ServerEvent.Warning("The journal committed " + event.room() + " event " + event.sequence()
                    + " out of order; it is not shown."));
            return false;
        }
        core.counters.committed++;
        core.tell(new ServerEvent.Committed(event));
        if (event.isJoined()) {
            entry.joined(liveRoom, event);
        }
        ReadMarks marks = liveRoom.marks;
        if (marks != null) {
            conversations.committed(liveRoom, marks, event);
        }
        if (event.isLeft()) {
            exit.putOut(liveRoom, event);
            exit.releaseIfEmpty(liveRoom);
        }
        return true;
    }

    /** The journal could not store a proposal. */
    void refused(long proposalId, Refusal refusal) {
        Proposal proposal = journal.take(proposalId);
        if (proposal == null) {
            return;
        }
        proposal.senders.forEach(
                sender -> core.defects.apart(sender.session, () -> says.refused(sender, proposal.id(), refusal)));
        if (proposal.draft().isJoined()) {
            entry.joinRefused(proposal, refusal);
            exit.releaseIfEmpty(proposal.liveRoom);
            // If a leave before it was refused as well, the log still has the user in the room.
            giveUpLater(proposal.liveRoom, proposal.draft().from(), "");
        } else if (proposal.draft().isLeft()
                && proposal.liveRoom.room.roster().leaveRefused(proposal.draft().from())) {
            giveUpLater(
                    proposal.liveRoom, proposal.draft().from(), proposal.draft().text());
        }
    }

    private void giveUpLater(LiveRoom liveRoom, UserName name, String reason) {
        core.delayedTasks.at(core.now + LEAVE_RETRY, () -> exit.giveUp(liveRoom, name, reason));
    }
}
