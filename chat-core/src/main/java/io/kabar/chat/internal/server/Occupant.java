package io.kabar.chat.internal.server;

import io.kabar.chat.History;
import io.kabar.chat.internal.server.log.Cursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session in one room: where it reads, and the lane on which it speaks. */
final class Occupant {
    final ServerSession session;
    final LiveRoom liveRoom;
    final int lane;
    final History history;
    final int credit;
    /** Null until the session is let in. */
    @Nullable
    Cursor cursor;
    /** The first event that is sent, and the first that happened after the session was let in. */
    long from;

    long live;
    /**
     * The first event this session has. Who enters from a number on says that they have what is before it; of who asks
     * for the newest events that is not known.
     */
    long has = Long.MAX_VALUE;
    /** What is said on its lane. */
    final LaneWords words;

    /** Whether there is nobody, any more, whom this conversation would be with: nothing more can be said in it. */
    boolean partnerGone;

    /** Pieces of history this session reads. */
    final List<HistoryReader.Read> reads = new ArrayList<>(0);
    /** Whether the room's roster counts this device. */
    boolean counted;

    boolean gone;
    long typingAllowedAt = Long.MIN_VALUE; // a clock may be below zero

    /** Whether this session has an event. */
    boolean hasSeen(long seq) {
        return cursor != null && seq >= has && cursor.delivered() >= seq;
    }

    Occupant(ServerSession session, LiveRoom liveRoom, int lane, History history, int credit, LaneWords words) {
        this.session = session;
        this.liveRoom = liveRoom;
        this.lane = lane;
        this.history = history;
        this.credit = credit;
        this.words = words;
    }
}
