package io.kabar.chat.internal.server.journal;

import io.kabar.chat.Refusal;
import io.kabar.chat.spi.Journal;

/**
 * A proposal on its way to the journal, as whoever has made it knows it. It is {@linkplain #answered answered} once,
 * and then either committed or refused.
 */
public interface PendingProposal {

    /** What the journal is asked to store. */
    Journal.Proposal proposal();

    /** It is not on its way any more. Called before the room hears what became of it. */
    void answered();

    /** It is an event of the room's log. */
    void committed(Journal.Entry entry);

    /** It is none, and never will be seen. */
    void refused(Refusal refusal);
}
