package io.kabar.chat.internal.endpoint;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import org.jspecify.annotations.Nullable;

/** An event on its way to the journal, and who waits for the answer. */
final class Proposal {
    final RoomDesk desk;
    final ChatEvent draft;
    final MessageId id;
    /** Who is told; the newest session that sent it. Null for joins and leaves. */
    @Nullable
    Attendance sender;

    Proposal(RoomDesk desk, ChatEvent draft, MessageId id, @Nullable Attendance sender) {
        this.desk = desk;
        this.draft = draft;
        this.id = id;
        this.sender = sender;
    }
}
