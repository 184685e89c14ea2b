package io.kabar.chat.internal.endpoint;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.History;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.room.Cursor;
import io.kabar.chat.internal.room.Room;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How sessions enter rooms: asked for, loaded, announced, let in; and how far each then reads. */
final class RoomEntry {

    private final ServerCore core;
    private final JournalDesk journal;
    private final RoomDesks desks;
    private final RoomExit exit;

    RoomEntry(ServerCore core, JournalDesk journal, RoomDesks desks, RoomExit exit) {
        this.core = core;
        this.journal = journal;
        this.desks = desks;
        this.exit = exit;
    }

    void join(ServerSession session, ClientMessage.Join message) {
        RoomName name = message.room();
        Refusal refusal = objection(session, message);
        RoomDesk desk = refusal == null ? desks.findOrMake(name) : null;
        if (desk == null) {
            refuse(session, name, refusal == null ? Refusal.BUSY : refusal);
            return;
        }
        Room room = desk.room;
        if (session.byRoom.containsKey(room.number())) {
            refuse(session, name, Refusal.BAD_REQUEST);
            return;
        }
        Attendance attendance = new Attendance(session, desk, message.lane(), message.history(), message.credit());
        session.byLane.put(message.lane(), attendance);
        session.byRoom.put(room.number(), attendance);
        if (!room.isLoaded() && !room.isAwaited()) {
            journal.load(desk);
        }
        room.whenLoaded(() -> enter(attendance), () -> turnAway(attendance));
    }

    private @Nullable Refusal objection(ServerSession session, ClientMessage.Join message) {
        if (message.lane() < 1 || session.byLane.containsKey(message.lane())) {
            return Refusal.BAD_REQUEST;
        }
        if (session.byLane.size() >= core.settings.roomsPerSession()) {
            return Refusal.TOO_MANY_ROOMS;
        }
        return message.room().isDirect() && !message.room().isDirectWith(session.name()) ? Refusal.NOT_ALLOWED : null;
    }

    private void turnAway(Attendance attendance) {
        if (!attendance.gone) {
            exit.detach(attendance);
            refuse(attendance.session, attendance.desk.room.name(), Refusal.STORAGE);
        }
    }

    private void enter(Attendance attendance) {
        if (attendance.gone) {
            return;
        }
        Room room = attendance.desk.room;
        UserName name = attendance.session.name();
        Role role = attendance.session.user().role;
        if (!room.announces()) {
            room.roster().enterSilently(name, role);
            admit(attendance, room.log().last() + 1);
            return;
        }
        boolean news = room.roster().enter(name, role);
        if (!news && room.roster().isPresent(name)) {
            admit(attendance, room.log().last() + 1);
            return;
        }
        attendance
                .desk
                .entering
                .computeIfAbsent(name.key(), key -> new ArrayList<>())
                .add(attendance);
        if (news) {
            journal.propose(
                    attendance.desk, new ChatEvent.Joined(room.name(), 0, core.time(), name), MessageId.NONE, null);
        }
    }

    /** Lets a session in: from event {@code live} on, everything happens after it entered. */
    private void admit(Attendance attendance, long live) {
        Room room = attendance.desk.room;
        ServerSession session = attendance.session;
        long from = start(attendance.history, room, live);
        List<Member> members = room.roster().members();
        if (members.size() > RoomLists.MAX_TOLD) {
            members = members.subList(0, RoomLists.MAX_TOLD);
        }
        session.say(
                new ServerMessage.RoomEntered(
                        room.name(),
                        room.number(),
                        attendance.lane,
                        room.topic(),
                        room.log().firstKept(),
                        room.log().last(),
                        from,
                        live,
                        core.settings.retention().apply(room.name()),
                        members.size()),
                core.now);
        for (int i = 0; i < members.size(); i += RoomLists.MEMBERS_PER_MESSAGE) {
            List<Member> some = members.subList(i, Math.min(members.size(), i + RoomLists.MEMBERS_PER_MESSAGE));
            session.say(new ServerMessage.Roster(room.number(), List.copyOf(some)), core.now);
        }
        Cursor cursor = new Cursor(
                room.log(), room.number(), from, from - 1 + attendance.credit, journal::readPage, session.connection());
        attendance.cursor = cursor;
        attendance.has = attendance.history.kind() == History.Kind.LAST ? from : 1;
        attendance.desk.present.add(attendance);
        journal.nameCursor(cursor, room);
        room.add(cursor);
    }

    private static long start(History history, Room room, long live) {
        long last = room.log().last();
        return history.kind() == History.Kind.LAST
                ? Math.max(room.log().firstKept(), live - history.amount())
                : Math.min(history.amount(), last + 1);
    }

    private void refuse(ServerSession session, RoomName room, Refusal refusal) {
        session.say(new ServerMessage.RoomRefused(room, refusal.code(), 0, refusal.sentence()), core.now);
    }

    void credit(ServerSession session, ClientMessage.Credit message) {
        Attendance attendance = session.byRoom.get(message.room());
        if (attendance != null && attendance.cursor != null) {
            attendance.cursor.allow(message.upTo());
        }
    }

    /** A join is committed: those who waited for it are let in, unless another join of theirs is on its way. */
    void joined(RoomDesk desk, ChatEvent.Joined joined) {
        if (!desk.room.announces() || !desk.room.roster().isPresent(joined.from())) {
            return;
        }
        for (Attendance attendance : desk.takeEntering(joined.from())) {
            if (!attendance.gone) {
                admit(attendance, joined.sequence());
            }
        }
    }

    /** A join could not be stored: those who waited for it are told. */
    void joinRefused(Proposal proposal, Refusal refusal) {
        Room room = proposal.desk.room;
        if (!room.roster().joinRefused(proposal.draft.from())) {
            return;
        }
        for (Attendance attendance : proposal.desk.takeEntering(proposal.draft.from())) {
            if (!attendance.gone) {
                exit.detach(attendance);
                refuse(attendance.session, room.name(), refusal);
            }
        }
    }
}
