package io.kabar.chat.internal.server.room;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.ServerControlQueue;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.wire.message.ServerMessage;
import org.jspecify.annotations.Nullable;

/** What the members of a room are told of each other that is no event of its log. */
final class MemberNews {
    /** Largest room in which changes of presence are told to everybody: beyond it each change would cost too much. */
    static final int MAX_PRESENCE = 256;

    private final LiveRoom liveRoom;

    MemberNews(LiveRoom liveRoom) {
        this.liveRoom = liveRoom;
    }

    /** A member's presence is this now: the others see it, unless there are too many. */
    void show(User user, Presence presence) {
        Member changed = liveRoom.room().roster().presence(user.name(), presence);
        if (changed != null && liveRoom.present().size() <= MAX_PRESENCE) {
            tellAll(user.name());
        }
    }

    /** A member is not as the others know: they are told how. */
    void tellAll(UserName name) {
        for (Occupant other : liveRoom.present()) {
            other.session().serve(() -> other.rooms().changed(liveRoom.room(), name));
        }
    }

    /** A member of a room is not as a session knows it: it is told how the member is when there is room to say so. */
    record Change(SessionRooms rooms, Room room, UserName name) implements ServerControlQueue.Change {

        @Override
        public @Nullable ServerMessage news() {
            Occupant occupant = rooms.occupant(room.roomId());
            Member member = room.roster().member(name);
            return occupant == null || !occupant.isPresent() || member == null
                    ? null
                    : new ServerMessage.MemberChanged(room.roomId(), room.log().last(), member);
        }
    }
}
