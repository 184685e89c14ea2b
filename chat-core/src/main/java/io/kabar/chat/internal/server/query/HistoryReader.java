package io.kabar.chat.internal.server.query;

import io.kabar.chat.HistoryRange;
import io.kabar.chat.Refusal;
import io.kabar.chat.internal.server.journal.JournalRequests;
import io.kabar.chat.internal.server.log.Cursor;
import io.kabar.chat.internal.server.log.RoomLog;
import io.kabar.chat.internal.server.room.Occupant;
import io.kabar.chat.internal.server.room.SessionRooms;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of history that members ask for. Each is a cursor of its own over the room's log, with an end: so what is read
 * goes the way of all events, in rotation with the rooms, a page of the journal at a time, as fast as the reader takes
 * it. What later events have changed of them is said on the control lane.
 */
final class HistoryReader {

    /** When to ask again for a piece while as many as may be are under way. */
    private static final long BUSY_NANOS = Duration.ofMillis(200).toNanos();

    private final JournalRequests journal;

    HistoryReader(JournalRequests journal) {
        this.journal = journal;
    }

    void read(SessionRooms rooms, Request request, Query.History query) {
        Occupant occupant = rooms.present(query.room());
        if (occupant == null) {
            request.refuse(Refusal.NOT_IN_ROOM);
            return;
        }
        Refusal refusal = objection(rooms, request.number());
        if (refusal == null) {
            begin(occupant, request, query.span());
        } else {
            request.later(refusal, refusal == Refusal.BUSY ? BUSY_NANOS : 0);
        }
    }

    private @Nullable Refusal objection(SessionRooms rooms, long request) {
        int underWay = 0;
        for (Occupant occupant : rooms.occupants()) {
            occupant.forgetReads(read -> {
                if (read.isOver()) {
                    journal.close(read.cursor());
                }
                return read.isOver();
            });
            for (Occupant.Piece read : occupant.reads()) {
                underWay++;
                if (read.request() == request) {
                    return Refusal.BAD_REQUEST;
                }
            }
        }
        boolean busy = underWay >= WireLimits.HISTORY_READS
                || !rooms.session().controlQueue().takesList();
        return busy ? Refusal.BUSY : null;
    }

    private void begin(Occupant occupant, Request request, HistoryRange span) {
        RoomLog log = occupant.room().log();
        ServerSession session = occupant.session();
        long wanted = span.from() == 0 ? log.last() - span.count() + 1 : span.from();
        long readable = occupant.liveRoom().order().readableFrom(session.user(), occupant.live());
        long from = Math.max(Math.max(log.firstKept(), readable), wanted);
        long to = Math.max(from - 1, Math.min(log.last(), wanted + span.count() - 1));
        AmendedListing amended = new AmendedListing(occupant, request, from, to);
        boolean more = !amended.isEmpty();
        request.reply(new Answer.History(from, to, log.firstKept(), log.last()), more);
        if (from > to) {
            return;
        }
        if (more) {
            session.controlQueue().list(amended);
        }
        Cursor cursor = journal.open(
                occupant.room(),
                WireLimits.HISTORY_NUMBERS + request.number(),
                from,
                to,
                session.connection(),
                session::broke);
        occupant.reads(new Occupant.Piece(request.number(), cursor, to));
        cursor.wake();
    }
}
