package io.kabar.chat.internal.server.room;

import io.kabar.chat.Member;
import io.kabar.chat.Presence;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.session.User;

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
}
