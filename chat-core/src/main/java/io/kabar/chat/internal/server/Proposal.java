package io.kabar.chat.internal.server;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.spi.Journal;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event on its way to the journal, and who waits for the answer. */
final class Proposal {
    final LiveRoom liveRoom;
    final Journal.Proposal proposed;
    /** Who is told: all sessions that sent it. None for joins and leaves. */
    final Set<Occupant> senders = new LinkedHashSet<>(2);

    Proposal(LiveRoom liveRoom, Journal.Proposal proposed, @Nullable Occupant sender) {
        this.liveRoom = liveRoom;
        this.proposed = proposed;
        if (sender != null) {
            senders.add(sender);
        }
    }

    ChatEvent draft() {
        return proposed.draft();
    }

    MessageId id() {
        return proposed.id();
    }
}
