package io.kabar.chat.internal.server.room;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.message.ClientMessage;

/**
 * A Join of which it is not known yet whether its room may be entered, since the host program is asked, or whether
 * there is such a room: a conversation with somebody who is looked up.
 *
 * @param asked the room as it was asked for
 */
record Arrival(SessionRooms rooms, ClientMessage.Join message, RoomName asked, LaneWords words) {

    int lane() {
        return words.lane();
    }

    /** Whether it still waits: the session may have left again, or be over. */
    boolean isWaiting() {
        return rooms.session().isActive() && rooms.isArriving(this);
    }
}
