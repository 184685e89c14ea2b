package io.kabar.chat.internal.server.room;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.internal.server.core.Records.Stored;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.session.User;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.RoomMode;

/**
 * Gives rooms passwords. What is kept of one is stored first, then the room's log says that it asks for one; so a room
 * never asks for what nobody can show.
 */
final class PasswordSetter {

    private PasswordSetter() {}

    /** A member wants a room to have a password, or none any more. */
    static void set(SessionRooms asking, long request, Query.SetRoomPassword query) {
        Occupant occupant = asking.present(query.room());
        if (occupant == null) {
            asking.refuseRequest(request, Refusal.NOT_IN_ROOM, 0);
            return;
        }
        long wait = asking.takeRequest();
        if (wait > 0) {
            asking.refuseRequest(request, Refusal.RATE_LIMITED, ServerLoop.ceilMillis(wait));
            return;
        }
        LiveRoom liveRoom = occupant.liveRoom();
        User user = asking.session().user();
        Objection objection = liveRoom.order().toSaying(user, mode(0));
        if (objection != null) {
            refuse(asking, request, objection);
            return;
        }
        liveRoom.order()
                .setPassword(
                        query.proof(),
                        Stored.then(isStored -> asking.session().serve(() -> {
                            if (isStored) {
                                stored(asking, request, occupant, query.proof().length > 0);
                            } else {
                                asking.refuseRequest(request, Refusal.STORAGE, 0);
                            }
                        })));
    }

    /** Who has asked may have gone meanwhile, or may not do so any more. */
    private static void stored(SessionRooms asking, long request, Occupant occupant, boolean isOne) {
        RoomOrder order = occupant.liveRoom().order();
        User user = asking.session().user();
        Objection objection =
                occupant.isGone() ? new Objection(Refusal.NOT_IN_ROOM) : order.toSaying(user, mode(isOne ? 1 : 0));
        if (objection == null) {
            occupant.liveRoom().propose(user.author(), mode(isOne ? 1 : 0));
            asking.session().say(new ServerMessage.Reply(request, false, new Answer.Done()));
        } else {
            refuse(asking, request, objection);
        }
    }

    private static RoomChange mode(long value) {
        return RoomChange.mode(RoomMode.PASSWORD, value);
    }

    private static void refuse(SessionRooms asking, long request, Objection objection) {
        asking.session()
                .say(new ServerMessage.Refused(
                        new ServerMessage.Subject.Request(request),
                        0,
                        objection.refusal().code(),
                        0,
                        objection.sentence(),
                        objection.obstacle()));
    }
}
