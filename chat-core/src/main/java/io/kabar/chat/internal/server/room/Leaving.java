package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.Content;
import io.kabar.chat.Refusal;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.log.Cursor;
import io.kabar.chat.internal.server.log.ReadMarks;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.ServerControlQueue;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.time.Duration;
import java.util.List;

/** How sessions leave a room, by their own word or not, and what of it is an event of its log. */
final class Leaving {
    /** How long a leave that could not be stored waits for the next try. */
    static final long LEAVE_RETRY = Duration.ofSeconds(5).toNanos();

    private final LiveRoom liveRoom;
    private final LiveRooms rooms;
    private final Room room;

    Leaving(LiveRoom liveRoom, LiveRooms rooms) {
        this.liveRoom = liveRoom;
        this.rooms = rooms;
        room = liveRoom.room();
    }

    /** Somebody else's leave was faster than what a session was to be told: it has to ask once more. */
    void putOut(Occupant occupant) {
        occupant.rooms()
                .refuse(occupant.lane(), room.name().text(), new Objection(Refusal.BUSY), ServerControlQueue.FULL_WAIT);
        if (detach(occupant)) {
            room.roster().detach(occupant.session().name());
        }
        rooms.releaseIfEmpty(liveRoom);
    }

    /** A session that is not in the room yet is not let in. */
    void refuse(Occupant occupant, Objection objection) {
        occupant.rooms().refuse(occupant.lane(), room.name().text(), objection, 0);
        boolean unused = detach(occupant);
    }

    /** A session leaves by its own word; who may not speak says nothing in leaving either. */
    void leaveSaying(Occupant occupant, String reason) {
        leave(occupant, liveRoom.isSilenced(occupant) ? "" : reason);
    }

    /** A session leaves for a reason that it has not given itself. */
    void leave(Occupant occupant, String reason) {
        ServerSession session = occupant.session();
        boolean silently = isSilent(session.name());
        if (detach(occupant) && room.roster().leave(session.name())) {
            isGone(session.user().author(), reason, silently);
        } else {
            rooms.releaseIfEmpty(liveRoom);
        }
    }

    /** By the roster somebody has gone: the log says so, where people are told. */
    private void isGone(Author author, String reason, boolean silently) {
        if (silently) {
            liveRoom.news().leftSilently(author.name());
            rooms.releaseIfEmpty(liveRoom);
        } else {
            liveRoom.propose(author, new Content.Left(reason));
        }
    }

    /** Whether it is no event if somebody leaves who is here now. */
    private boolean isSilent(UserName name) {
        return !liveRoom.announces() || liveRoom.quiet().isUntold(name);
    }

    /**
     * A session was replaced by a newer one of the same client: nobody sees its user leave, unless the newer one does
     * not come back in time.
     *
     * @return whether the user is expected
     */
    boolean leaveForNewer(Occupant occupant) {
        if (room.name().isDirect()) {
            leave(occupant, "");
            return false;
        }
        boolean counted = detach(occupant);
        if (counted) {
            room.roster().detach(occupant.session().name());
        } else {
            rooms.releaseIfEmpty(liveRoom);
        }
        return counted;
    }

    /** The user did not come back in time. */
    void giveUp(Author author, String reason) {
        boolean silently = isSilent(author.name());
        if (room.roster().giveUp(author.name())) {
            isGone(author, reason, silently);
        }
    }

    /** The same, later: it could not be stored. */
    void giveUpLater(Author author, String reason) {
        rooms.loop().at(rooms.loop().now() + LEAVE_RETRY, () -> giveUp(author, reason));
    }

    /**
     * A change that is on its way to the journal puts somebody out: none of their sessions reads or speaks any more.
     *
     * @return whether that change is their leave
     */
    boolean putOutBy(Author author, String words) {
        for (ServerSession session : rooms.users().sessionsOf(author.name())) {
            SessionRooms theirs = SessionRooms.of(session);
            Occupant occupant = theirs == null ? null : theirs.occupant(room.roomId());
            if (occupant != null) {
                session.serve(() -> putOut(occupant, words));
            }
        }
        boolean silently = isSilent(author.name());
        boolean leaves = !room.name().isDirect() && room.roster().giveUp(author.name());
        if (leaves && silently) {
            liveRoom.news().leftSilently(author.name());
            return false;
        }
        return leaves;
    }

    /** The change could not be stored: by the log they are here still, and leave later. */
    void notPutOut(Author author) {
        if (room.roster().leaveRefused(author.name())) {
            giveUpLater(author, "");
        }
    }

    private void putOut(Occupant occupant, String reason) {
        if (occupant.isPresent()) {
            occupant.session().say(new ServerMessage.RoomLeft(occupant.lane(), false, reason));
        } else {
            Objection objection = new Objection(Refusal.NOT_ALLOWED, reason);
            occupant.rooms().refuse(occupant.lane(), room.name().text(), objection, 0);
        }
        if (detach(occupant)) {
            room.roster().detach(occupant.session().name());
        }
    }

    /** Ends a stay; tells whether the roster had counted it. */
    private boolean detach(Occupant occupant) {
        boolean counted = occupant.gone();
        rooms.talks(occupant, false);
        occupant.reads().forEach(read -> rooms.journal().close(read.cursor()));
        occupant.forgetReads(read -> true);
        occupant.rooms().left(occupant);
        occupant.words().refuseEarly();
        Cursor cursor = occupant.cursor();
        if (cursor != null) {
            ReadMarks marks = liveRoom.marks();
            if (marks != null) {
                marks.read(occupant.account(), cursor.delivered());
            }
            rooms.loop().counters().countDelivered(cursor.delivered());
            room.remove(cursor);
            rooms.journal().close(cursor);
        }
        liveRoom.ended(occupant);
        return counted;
    }

    /**
     * The log says that a user has left. If this server has not asked for it, the user is here still, and neither reads
     * nor speaks any more.
     */
    void left(UserName name, String reason) {
        if (!liveRoom.announces() || room.roster().member(name) != null) {
            return;
        }
        for (Occupant occupant : List.copyOf(liveRoom.present())) {
            if (occupant.session().name().equals(name)) {
                occupant.session().serve(() -> putOut(occupant, reason));
            }
        }
    }
}
