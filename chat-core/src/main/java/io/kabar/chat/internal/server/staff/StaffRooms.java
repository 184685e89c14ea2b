package io.kabar.chat.internal.server.staff;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.rules.Obstacle;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of rooms has to do with the order of the whole server. */
public interface StaffRooms extends StaffLog {

    /** The rooms that a session is in, as far as another may know. */
    List<RoomName> shownTo(ServerSession asking, ServerSession other);

    /** The room that a session means by a name and is in; null if it is in none of that name. */
    @Nullable
    RoomName present(ServerSession session, RoomName room);

    /** What speaks against somebody's banning people from a room they are in; null if nothing does. */
    @Nullable
    Obstacle toBanning(ServerSession session, RoomName room);

    /** Until when an account is banned from a room; null if it is not. */
    @Nullable
    Instant bannedUntil(RoomName room, long account);

    /** The number of the newest event of a room; 0 if there is none. */
    long last(RoomName room);
}
