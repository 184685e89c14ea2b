package io.kabar.chat.internal.server;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.MessageId;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.room.ReadMarks;
import io.kabar.chat.internal.server.room.Room;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;

/** How sessions leave rooms: by their own word, because they end, or for the newer session of the same client. */
final class RoomExit {

    private final ServerCore core;
    private final JournalRequests journal;
    private final LiveRooms liveRooms;

    RoomExit(ServerCore core, JournalRequests journal, LiveRooms liveRooms) {
        this.core = core;
        this.journal = journal;
        this.liveRooms = liveRooms;
    }

    /** Whatever may have left a room empty: if it is, and nothing was ever said there, it goes. */
    void releaseIfEmpty(LiveRoom liveRoom) {
        if (liveRooms.releaseIfEmpty(liveRoom)) {
            core.tell(new ServerEvent.Drop(liveRoom.room.name()));
        }
    }

    /**
     * Leaves the room of a lane. While that is still being entered and something was said there, the leave waits behind
     * it, so that nothing said before a leave is lost.
     */
    void leave(ServerSession session, int lane, ClientMessage.Leave message) {
        Occupant occupant = session.byLane.get(lane);
        LaneWords words = session.words(lane);
        boolean entering = occupant == null || occupant.cursor == null;
        if (entering && words != null && words.hasEarly() && words.keep(message, WireLimits.EARLY_LANES_HELD)) {
            return;
        }
        if (occupant != null) {
            session.user()
                    .rates
                    .request(
                            session.countedAddress,
                            core.now); // never refused, but it counts: entering again has to wait
            leave(occupant, message.reason());
        }
        Arrival arrival = session.arriving.get(lane);
        if (arrival != null) {
            giveUp(arrival);
        }
        session.say(new ServerMessage.RoomLeft(lane, true, message.reason()), core.now);
    }

    /** A session does not wait for a room any more, or is not let in. */
    void giveUp(Arrival arrival) {
        if (arrival.session.arriving.remove(arrival.words.lane, arrival)) {
            arrival.words.refuseEarly(core.now);
        }
    }

    /** Takes a session out of every room it is in. */
    void leaveAll(ServerSession session, String reason) {
        List.copyOf(session.arriving.values()).forEach(this::giveUp);
        for (Occupant occupant : List.copyOf(session.byRoom.values())) {
            leave(occupant, reason);
        }
    }

    private void leave(Occupant occupant, String reason) {
        Room room = occupant.liveRoom.room;
        UserName name = occupant.session.name();
        if (!detach(occupant)) {
            releaseIfEmpty(occupant.liveRoom);
            return;
        }
        if (!room.announces()) {
            room.roster().leaveSilently(name);
            releaseIfEmpty(occupant.liveRoom);
        } else if (room.roster().leave(name)) {
            proposeLeft(occupant.liveRoom, name, reason);
        }
    }

    /**
     * The log says that a user has left. If this server has not asked for it, the user is here still, and neither reads
     * nor speaks any more.
     */
    void putOut(LiveRoom liveRoom, ChatEvent left) {
        if (!liveRoom.room.announces() || liveRoom.room.roster().member(left.from()) != null) {
            return;
        }
        for (Occupant present : List.copyOf(liveRoom.present)) {
            if (present.session.name().equals(left.from())) {
                core.defects.apart(present.session, () -> {
                    if (detach(present)) {
                        liveRoom.room.roster().detach(left.from());
                    }
                    present.session.say(new ServerMessage.RoomLeft(present.lane, false, left.text()), core.now);
                });
            }
        }
    }

    /** Ends a stay; tells whether the roster had counted it. */
    boolean detach(Occupant occupant) {
        occupant.gone = true;
        occupant.reads.forEach(read -> journal.endRead(read.cursor()));
        occupant.reads.clear();
        occupant.session.byLane.remove(occupant.lane);
        occupant.words.refuseEarly(core.now);
        occupant.session.byRoom.remove(occupant.liveRoom.room.number());
        occupant.liveRoom.present.remove(occupant);
        if (occupant.cursor != null) {
            ReadMarks marks = occupant.liveRoom.marks;
            if (marks != null) {
                marks.read(liveRooms.person(occupant.session.name()), occupant.cursor.delivered());
            }
            core.counters.delivered += occupant.cursor.delivered();
            journal.forgetCursor(occupant.cursor);
            occupant.liveRoom.room.remove(occupant.cursor);
        }
        stopWaiting(occupant);
        occupant.liveRoom.giveUpEntering(occupant);
        boolean counted = occupant.counted;
        occupant.counted = false;
        return counted;
    }

    /** Whoever waited for a room to be loaded takes the wish along: the last one's ends the load. */
    private void stopWaiting(Occupant occupant) {
        Room room = occupant.liveRoom.room;
        if (room.awaited() > 0) {
            room.stopWaiting(occupant);
            if (room.awaited() == 0) {
                journal.dropLoad(occupant.liveRoom);
            }
        }
    }

    /**
     * A session was replaced by a newer one of the same client: nobody sees its user leave, unless the newer one does
     * not come back to the room in time.
     *
     * @return the rooms in which the user is expected
     */
    List<LiveRoom> detachAll(ServerSession session) {
        List.copyOf(session.arriving.values()).forEach(this::giveUp);
        List<LiveRoom> expected = new ArrayList<>();
        for (Occupant occupant : List.copyOf(session.byRoom.values())) {
            Room room = occupant.liveRoom.room;
            if (!detach(occupant)) {
                releaseIfEmpty(occupant.liveRoom);
                continue;
            }
            if (!room.announces()) {
                room.roster().leaveSilently(session.name());
                releaseIfEmpty(occupant.liveRoom);
            } else {
                room.roster().detach(session.name());
                expected.add(occupant.liveRoom);
            }
        }
        return expected;
    }

    /** The user did not come back to a room in time. */
    void giveUp(LiveRoom liveRoom, UserName name, String reason) {
        if (liveRoom.room.roster().giveUp(name)) {
            proposeLeft(liveRoom, name, reason);
        }
    }

    private void proposeLeft(LiveRoom liveRoom, UserName name, String reason) {
        journal.propose(
                liveRoom,
                core.draft(liveRoom.room.name(), Author.of(name), new Content.Left(reason)),
                MessageId.NONE,
                null);
    }
}
