package io.kabar.chat.internal.server;

import io.kabar.chat.HistorySpan;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.log.Cursor;
import io.kabar.chat.internal.server.log.RoomLog;
import io.kabar.chat.internal.server.room.Room;
import io.kabar.chat.internal.wire.Answer;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.Query;
import io.kabar.chat.internal.wire.ServerMessage;
import io.kabar.chat.internal.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of history that members ask for. Each is a cursor of its own over the room's log, with an end: so what is read
 * goes the way of all events, in rotation with the rooms, a page of the journal at a time, as fast as the reader takes
 * it.
 */
final class HistoryReader {

    /** A cursor that ends at event {@code to}. */
    record Read(long request, Cursor cursor, long to) {

        boolean isOver() {
            return cursor.delivered() >= to;
        }
    }

    /** When to ask again for a piece while as many as may be are under way. */
    private static final long BUSY_MILLIS = 200;

    private final ServerCore core;
    private final JournalRequests journal;
    private final LiveRooms liveRooms;

    HistoryReader(ServerCore core, JournalRequests journal, LiveRooms liveRooms) {
        this.core = core;
        this.journal = journal;
        this.liveRooms = liveRooms;
    }

    void read(ServerSession session, long request, Query.History query) {
        Occupant occupant = liveRooms.occupant(session, query.room());
        Refusal refusal = occupant == null ? Refusal.NOT_IN_ROOM : objection(session, request);
        if (occupant == null) {
            refuse(session, request, Refusal.NOT_IN_ROOM, 0);
        } else if (refusal != null) {
            refuse(session, request, refusal, refusal == Refusal.BUSY ? BUSY_MILLIS : 0);
        } else {
            begin(occupant, request, query.span());
        }
    }

    private void refuse(ServerSession session, long request, Refusal refusal, long retryAfterMillis) {
        session.say(
                new ServerMessage.Refused(new ServerMessage.Subject.Request(request), refusal, retryAfterMillis),
                core.now);
    }

    private @Nullable Refusal objection(ServerSession session, long request) {
        int underWay = 0;
        for (Occupant occupant : session.byRoom.values()) {
            occupant.reads.removeIf(read -> {
                if (read.isOver()) {
                    journal.endRead(read.cursor());
                }
                return read.isOver();
            });
            for (Read read : occupant.reads) {
                underWay++;
                if (read.request() == request) {
                    return Refusal.BAD_REQUEST;
                }
            }
        }
        return underWay >= WireLimits.HISTORY_READS ? Refusal.BUSY : null;
    }

    private void begin(Occupant occupant, long request, HistorySpan span) {
        Room room = occupant.liveRoom.room;
        RoomLog log = room.log();
        long wanted = span.from() == 0 ? log.last() - span.count() + 1 : span.from();
        long from = Math.max(log.firstKept(), wanted);
        long to = Math.max(from - 1, Math.min(log.last(), wanted + span.count() - 1));
        occupant.session.say(
                new ServerMessage.Reply(request, false, new Answer.History(from, to, log.firstKept(), log.last())),
                core.now);
        if (from > to) {
            return;
        }
        Cursor cursor = new Cursor(
                log,
                WireLimits.HISTORY_NUMBERS + request,
                from,
                to,
                journal.readerFor(occupant.session),
                occupant.session.connection());
        occupant.reads.add(new Read(request, cursor, to));
        journal.nameCursor(cursor, room);
        cursor.wake();
    }
}
