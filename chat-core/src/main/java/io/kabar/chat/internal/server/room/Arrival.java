package io.kabar.chat.internal.server.room;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.server.lane.LaneWords;
import io.kabar.chat.internal.wire.message.ClientMessage;

/**
 * A Join on its way into a room. It may not be known yet whether its room may be entered, since the host program is
 * asked, or whether there is such a room: a conversation with somebody who is looked up.
 *
 * @param history where the client wants to begin
 * @param asked the room as it was asked for
 */
record Arrival(SessionRooms rooms, ClientMessage.Join message, JoinHistory history, RoomName asked, LaneWords words) {

    int lane() {
        return words.lane();
    }

    /** Whether it still waits: the session may have left again, or be over. */
    boolean isWaiting() {
        return rooms.session().isActive() && rooms.isArriving(this);
    }
}
