package io.kabar.chat.internal.server;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.MessageId;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.room.ReadMarks;
import io.kabar.chat.internal.server.room.Room;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.util.ArrayList;
import java.util.List;

/** How sessions leave rooms: by their own word, because they end, or for the newer session of the same client. */
final class RoomExit {

    private final ServerCore core;
    private final JournalDesk journal;
    private final RoomDesks desks;

    RoomExit(ServerCore core, JournalDesk journal, RoomDesks desks) {
        this.core = core;
        this.journal = journal;
        this.desks = desks;
    }

    /** Whatever may have left a room empty: if it is, and nothing was ever said there, it goes. */
    void releaseIfEmpty(RoomDesk desk) {
        if (desks.releaseIfEmpty(desk)) {
            core.tell(new ServerEvent.Drop(desk.room.name()));
        }
    }

    void part(ServerSession session, ClientMessage.Part message) {
        Room room = desks.find(message.room());
        Attendance attendance = room == null ? null : session.byRoom.get(room.number());
        if (attendance != null) {
            session.user()
                    .rates
                    .request(
                            session.countedAddress,
                            core.now); // never refused, but it counts: entering again has to wait
            leave(attendance, message.reason());
        }
        for (Arrival arrival : List.copyOf(session.arriving.values())) {
            if (arrival.asked.equals(message.room())) {
                giveUp(arrival);
            }
        }
        session.say(new ServerMessage.RoomLeft(message.room(), message.reason()), core.now);
    }

    /** A session does not wait for a room any more, or is not let in. */
    void giveUp(Arrival arrival) {
        if (arrival.session.arriving.remove(arrival.message.lane(), arrival)) {
            arrival.words.refuseEarly(core.now);
        }
    }

    /** Takes a session out of every room it is in. */
    void leaveAll(ServerSession session, String reason) {
        List.copyOf(session.arriving.values()).forEach(this::giveUp);
        for (Attendance attendance : List.copyOf(session.byRoom.values())) {
            leave(attendance, reason);
        }
    }

    private void leave(Attendance attendance, String reason) {
        Room room = attendance.desk.room;
        UserName name = attendance.session.name();
        if (!detach(attendance)) {
            releaseIfEmpty(attendance.desk);
            return;
        }
        if (!room.announces()) {
            room.roster().leaveSilently(name);
            releaseIfEmpty(attendance.desk);
        } else if (room.roster().leave(name)) {
            proposeLeft(attendance.desk, name, reason);
        }
    }

    /**
     * The log says that a user has left. If this server has not asked for it, the user is here still, and neither reads nor
     * speaks any more.
     */
    void putOut(RoomDesk desk, ChatEvent.Left left) {
        if (!desk.room.announces() || desk.room.roster().member(left.from()) != null) {
            return;
        }
        for (Attendance present : List.copyOf(desk.present)) {
            if (present.session.name().equals(left.from())) {
                core.defects.apart(present.session, () -> {
                    if (detach(present)) {
                        desk.room.roster().detach(left.from());
                    }
                    present.session.say(new ServerMessage.RoomLeft(desk.room.name(), left.reason()), core.now);
                });
            }
        }
    }

    /** Ends an attendance; tells whether the roster had counted it. */
    boolean detach(Attendance attendance) {
        attendance.gone = true;
        attendance.reads.forEach(read -> journal.endRead(read.cursor()));
        attendance.reads.clear();
        attendance.session.byLane.remove(attendance.lane);
        attendance.words.refuseEarly(core.now);
        attendance.session.byRoom.remove(attendance.desk.room.number());
        attendance.desk.present.remove(attendance);
        if (attendance.cursor != null) {
            ReadMarks marks = attendance.desk.marks;
            if (marks != null) {
                marks.read(desks.person(attendance.session.name()), attendance.cursor.delivered());
            }
            core.counters.delivered += attendance.cursor.delivered();
            journal.forgetCursor(attendance.cursor);
            attendance.desk.room.remove(attendance.cursor);
        }
        stopWaiting(attendance);
        attendance.desk.giveUpEntering(attendance);
        boolean counted = attendance.counted;
        attendance.counted = false;
        return counted;
    }

    /** Whoever waited for a room to be loaded takes the wish along: the last one's ends the load. */
    private void stopWaiting(Attendance attendance) {
        Room room = attendance.desk.room;
        if (room.awaited() > 0) {
            room.stopWaiting(attendance);
            if (room.awaited() == 0) {
                journal.dropLoad(attendance.desk);
            }
        }
    }

    /**
     * A session was replaced by a newer one of the same client: nobody sees its user leave, unless the newer one does not
     * come back to the room in time.
     *
     * @return the desks at which the user is expected
     */
    List<RoomDesk> detachAll(ServerSession session) {
        List.copyOf(session.arriving.values()).forEach(this::giveUp);
        List<RoomDesk> expected = new ArrayList<>();
        for (Attendance attendance : List.copyOf(session.byRoom.values())) {
            Room room = attendance.desk.room;
            if (!detach(attendance)) {
                releaseIfEmpty(attendance.desk);
                continue;
            }
            if (!room.announces()) {
                room.roster().leaveSilently(session.name());
                releaseIfEmpty(attendance.desk);
            } else {
                room.roster().detach(session.name());
                expected.add(attendance.desk);
            }
        }
        return expected;
    }

    /** The user did not come back to a room in time. */
    void giveUp(RoomDesk desk, UserName name, String reason) {
        if (desk.room.roster().giveUp(name)) {
            proposeLeft(desk, name, reason);
        }
    }

    private void proposeLeft(RoomDesk desk, UserName name, String reason) {
        journal.propose(desk, new ChatEvent.Left(desk.room.name(), 0, core.time(), name, reason), MessageId.NONE, null);
    }
}
