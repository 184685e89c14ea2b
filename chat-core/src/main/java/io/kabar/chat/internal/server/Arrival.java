package io.kabar.chat.internal.server;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.ClientMessage;

/** A Join of which it is not known yet whether there is such a room: a conversation with somebody who is looked up. */
final class Arrival {
    final ServerSession session;
    final ClientMessage.Join message;
    /** The room as it was asked for. */
    final RoomName asked;

    final LaneWords words;

    Arrival(ServerSession session, int lane, ClientMessage.Join message, RoomName asked) {
        this.session = session;
        this.message = message;
        this.asked = asked;
        words = new LaneWords(session, lane);
    }

    /** Whether it still waits: the session may have left again, or be over. */
    boolean isWaiting() {
        return session.isActive() && session.arriving.get(words.lane) == this;
    }
}
