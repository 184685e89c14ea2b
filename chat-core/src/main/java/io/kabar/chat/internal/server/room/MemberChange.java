package io.kabar.chat.internal.server.room;

import io.kabar.chat.Member;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.ServerControlQueue;
import io.kabar.chat.internal.wire.message.ServerMessage;
import org.jspecify.annotations.Nullable;

/** A member of a room is not as a session knows it: it is told how the member is when there is room to say so. */
record MemberChange(SessionRooms rooms, Room room, UserName name) implements ServerControlQueue.Change {

    @Override
    public @Nullable ServerMessage news() {
        Occupant occupant = rooms.occupant(room.roomId());
        Member member = room.roster().member(name);
        return occupant == null || !occupant.isPresent() || member == null
                ? null
                : new ServerMessage.MemberChanged(room.roomId(), room.log().last(), member);
    }
}
