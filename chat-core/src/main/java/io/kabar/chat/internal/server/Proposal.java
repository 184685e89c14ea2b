package io.kabar.chat.internal.server;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event on its way to the journal, and who waits for the answer. */
final class Proposal {
    final LiveRoom liveRoom;
    final ChatEvent draft;
    final MessageId id;
    /** Who is told: all sessions that sent it. None for joins and leaves. */
    final Set<Occupant> senders = new LinkedHashSet<>(2);

    Proposal(LiveRoom liveRoom, ChatEvent draft, MessageId id, @Nullable Occupant sender) {
        this.liveRoom = liveRoom;
        this.draft = draft;
        this.id = id;
        if (sender != null) {
            senders.add(sender);
        }
    }
}
