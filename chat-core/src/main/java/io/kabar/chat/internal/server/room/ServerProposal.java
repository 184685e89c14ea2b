package io.kabar.chat.internal.server.room;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.journal.PendingProposal;
import io.kabar.chat.spi.Journal;

/**
 * Something that the server itself says in a room, on its way to the journal; its host program waits for the answer.
 */
final class ServerProposal implements PendingProposal {
    private final ServerLoop loop;
    private final long callId;
    private final Journal.Proposal proposal;
    private final Runnable whenAnswered;

    ServerProposal(ServerLoop loop, long callId, Journal.Proposal proposal, Runnable whenAnswered) {
        this.loop = loop;
        this.callId = callId;
        this.proposal = proposal;
        this.whenAnswered = whenAnswered;
    }

    @Override
    public Journal.Proposal proposal() {
        return proposal;
    }

    @Override
    public void answered() {
        whenAnswered.run();
    }

    @Override
    public void committed(Journal.Entry entry, boolean applied) {
        if (applied) {
            ChatEvent event = entry.event();
            Receipt receipt = new Receipt(event.room(), event.sequence(), event.time());
            loop.tell(new ServerEvent.HostAnswer(callId, receipt));
        } else {
            refused(Refusal.STORAGE); // nobody will ever see it
        }
    }

    @Override
    public void refused(Refusal refusal) {
        loop.tell(new ServerEvent.HostRefusal(callId, refusal, refusal.sentence()));
    }
}
