package io.kabar.chat.internal.server;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event on its way to the journal, and who waits for the answer. */
final class Proposal {
    final RoomDesk desk;
    final ChatEvent draft;
    final MessageId id;
    /** Who is told: all sessions that sent it. None for joins and leaves. */
    final Set<Attendance> senders = new LinkedHashSet<>(2);

    Proposal(RoomDesk desk, ChatEvent draft, MessageId id, @Nullable Attendance sender) {
        this.desk = desk;
        this.draft = draft;
        this.id = id;
        if (sender != null) {
            senders.add(sender);
        }
    }
}
