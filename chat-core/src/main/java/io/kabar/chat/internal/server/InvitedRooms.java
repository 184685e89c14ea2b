package io.kabar.chat.internal.server;

import io.kabar.chat.Author;
import io.kabar.chat.Limits;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.log.RoomFold;
import io.kabar.chat.internal.server.login.Invitations;
import io.kabar.chat.internal.server.room.Rooms;
import io.kabar.chat.rules.RoomRole;

/** Lets those into rooms who have come by an invitation: the server says so in the room's log. */
final class InvitedRooms implements Invitations.Rooms {

    /** Of nobody's interest: what cannot be done is warned of by the journal. */
    private static final long NO_CALL = 0;

    private final Rooms rooms;

    InvitedRooms(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public RoomRole role(RoomName room, long account) {
        RoomFold fold = rooms.fold(room);
        return fold == null || rooms.bannedUntil(room, account) != null
                ? RoomRole.GUEST
                : fold.rules().role(account);
    }

    @Override
    public void letIn(RoomName room, Author whom, RoomRole role, UserName by) {
        String reason = Limits.cutLine("invited by " + by);
        RoomChange.Whom who = RoomChange.Whom.of(whom);
        if (rooms.bannedUntil(room, whom.account()) != null) {
            return;
        }
        RoomFold fold = rooms.fold(room);
        boolean isInvited = fold != null && fold.rules().isInvited(whom.account());
        if (role == RoomRole.GUEST && !isInvited) {
            rooms.host().change(NO_CALL, room, new RoomChange.Invited(who, false, reason));
        } else if (!role(room, whom.account()).isAtLeast(role)) {
            rooms.host().change(NO_CALL, room, new RoomChange.RoleGiven(who, role, reason));
        }
    }
}
