package io.kabar.chat.internal.server.room;

import io.kabar.chat.internal.connection.ConnectionCheck;
import io.kabar.chat.internal.server.log.Cursor;
import io.kabar.chat.internal.server.session.ServerSession;

/** What must hold of the rooms of each session, and what breaks them. */
public final class RoomCheck {

    private RoomCheck() {}

    /** Nobody stands still with something to be sent and nothing that will bring it on its way. */
    public static void checkCursors(ServerSession session) {
        SessionRooms rooms = SessionRooms.of(session);
        if (rooms == null || !session.isActive() || !ConnectionCheck.isAtRest(session.connection())) {
            return;
        }
        for (Occupant occupant : rooms.occupants()) {
            Cursor cursor = occupant.cursor();
            if (cursor != null && cursor.restsOnConnection()) {
                throw new AssertionError(
                        session.name() + " stands still in " + occupant.room().name() + " at " + cursor.delivered()
                                + " of " + occupant.room().log().last());
            }
            for (Occupant.Piece read : occupant.reads()) {
                if (!read.isOver() && read.cursor().restsOnConnection()) {
                    throw new AssertionError("a piece of history for " + session.name() + " stands still at "
                            + read.cursor().delivered() + " of " + read.to());
                }
            }
        }
    }

    /** Makes each room of a session break when the session leaves it. */
    @SuppressWarnings("NullAway") // that is what breaks it
    public static void breakLeaving(ServerSession session) {
        SessionRooms rooms = SessionRooms.of(session);
        if (rooms != null) {
            rooms.occupants().forEach(occupant -> occupant.reads((Occupant.Piece) null));
        }
    }
}
