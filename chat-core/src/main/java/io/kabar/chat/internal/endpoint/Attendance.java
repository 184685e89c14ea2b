package io.kabar.chat.internal.endpoint;

import io.kabar.chat.History;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.room.Cursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session in one room: where it reads, and the lane on which it speaks. */
final class Attendance {
    final ServerSession session;
    final RoomDesk desk;
    final int lane;
    final History history;
    final int credit;
    /** Null until the session is let in. */
    @Nullable
    Cursor cursor;
    /**
     * The first event this session has. Who enters from a number on says that they have what is before it; of who asks for
     * the newest events that is not known.
     */
    long has = Long.MAX_VALUE;
    /** What was refused for good on this lane; null if nothing was. */
    private @Nullable LaneRefusals refused;

    /** How often the messages of this lane were refused for a time; older attempts are void. */
    long attempt;

    /** Pieces of history this session reads. */
    final List<HistoryReads.Read> reads = new ArrayList<>(0);
    /** Whether the room's roster counts this device. */
    boolean counted;

    boolean gone;
    long typingAllowedAt = Long.MIN_VALUE; // a clock may be below zero

    /** Whether this session has an event. */
    boolean hasSeen(long seq) {
        return cursor != null && seq >= has && cursor.delivered() >= seq;
    }

    /** The sender is told that a message will never be said. */
    void refused(MessageId id, Refusal refusal) {
        if (refused == null) {
            refused = new LaneRefusals();
        }
        refused.add(id, refusal);
    }

    /** Why a message will never be said, if its sender was told so on this lane; null otherwise. */
    @Nullable
    Refusal refusalOf(MessageId id) {
        return refused == null ? null : refused.find(id);
    }

    Attendance(ServerSession session, RoomDesk desk, int lane, History history, int credit) {
        this.session = session;
        this.desk = desk;
        this.lane = lane;
        this.history = history;
        this.credit = credit;
    }
}
