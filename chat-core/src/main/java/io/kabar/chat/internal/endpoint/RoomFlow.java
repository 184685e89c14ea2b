package io.kabar.chat.internal.endpoint;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.History;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Presence;
import io.kabar.chat.Refusal;
import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.room.Cursor;
import io.kabar.chat.internal.room.LogEntry;
import io.kabar.chat.internal.room.Room;
import io.kabar.chat.internal.room.RoomRegistry;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entering, leaving and listing rooms, and applying what the journal has committed. What is said there goes through
 * {@link SayFlow}.
 */
final class RoomFlow {

    /** Longest list of rooms that is told: beyond it a client should search. */
    private static final int MAX_LISTED = 500;

    private static final int ROOMS_PER_MESSAGE = 16;
    private static final int MEMBERS_PER_MESSAGE = 256;
    /** Members told to somebody who enters: more than a list on a screen can show. */
    private static final int MAX_TOLD = 4096;
    /** Largest room in which changes of presence are told to everybody: beyond it each change would cost too much. */
    private static final int MAX_PRESENCE = 256;

    private final ServerCore core;
    private final JournalDesk journal;
    private final RoomRegistry rooms;
    private final Map<Room, RoomDesk> desks = new HashMap<>();
    private final Map<UserName, User> users;

    RoomFlow(ServerCore core, JournalDesk journal, RoomRegistry rooms, Map<UserName, User> users) {
        this.core = core;
        this.journal = journal;
        this.rooms = rooms;
        this.users = users;
    }

    void join(ServerSession session, ClientMessage.Join message) {
        RoomName name = message.room();
        Refusal refusal = objection(session, message);
        Room room = refusal == null ? rooms.findOrMake(name) : null;
        if (room == null) {
            refuse(session, name, refusal == null ? Refusal.BUSY : refusal);
            return;
        }
        if (session.byRoom.containsKey(room.number())) {
            refuse(session, name, Refusal.BAD_REQUEST);
            return;
        }
        RoomDesk desk = desk(room);
        Attendance attendance = new Attendance(session, desk, message.lane(), message.history(), message.credit());
        session.byLane.put(message.lane(), attendance);
        session.byRoom.put(room.number(), attendance);
        if (!room.isLoaded() && !room.isAwaited()) {
            journal.load(desk);
        }
        room.whenLoaded(() -> enter(attendance));
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
        if (members.size() > MAX_TOLD) {
            members = members.subList(0, MAX_TOLD);
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
                        core.settings.retention(),
                        members.size()),
                core.now);
        for (int i = 0; i < members.size(); i += MEMBERS_PER_MESSAGE) {
            List<Member> some = members.subList(i, Math.min(members.size(), i + MEMBERS_PER_MESSAGE));
            session.say(new ServerMessage.Roster(room.number(), List.copyOf(some)), core.now);
        }
        Cursor cursor = new Cursor(
                room.log(), room.number(), from, from - 1 + attendance.credit, journal::readPage, session.connection());
        attendance.cursor = cursor;
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

    void part(ServerSession session, ClientMessage.Part message) {
        Room room = rooms.find(message.room());
        Attendance attendance = room == null ? null : session.byRoom.get(room.number());
        if (attendance != null) {
            leave(attendance, message.reason());
        }
        session.say(new ServerMessage.RoomLeft(message.room(), message.reason()), core.now);
    }

    /** Takes a session out of every room it is in. */
    void leaveAll(ServerSession session, String reason) {
        for (Attendance attendance : List.copyOf(session.byRoom.values())) {
            leave(attendance, reason);
        }
    }

    private void leave(Attendance attendance, String reason) {
        Room room = attendance.desk.room;
        UserName name = attendance.session.name();
        boolean counted = detach(attendance);
        if (!counted) {
            return;
        }
        if (!room.announces()) {
            room.roster().leaveSilently(name);
        } else if (room.roster().leave(name)) {
            proposeLeft(attendance.desk, name, reason);
        }
    }

    /** Ends an attendance; tells whether the roster had counted it. */
    private boolean detach(Attendance attendance) {
        attendance.gone = true;
        attendance.session.byLane.remove(attendance.lane);
        attendance.session.byRoom.remove(attendance.desk.room.number());
        boolean present = attendance.desk.present.remove(attendance);
        if (attendance.cursor != null) {
            core.counters.delivered += attendance.cursor.delivered();
            journal.forgetCursor(attendance.cursor);
            attendance.desk.room.remove(attendance.cursor);
        }
        List<Attendance> waiting =
                attendance.desk.entering.get(attendance.session.name().key());
        return present || (waiting != null && waiting.remove(attendance));
    }

    /**
     * A session was replaced by a newer one of the same client: nobody sees its user leave, unless the newer one does not
     * come back to the room in time.
     *
     * @return the desks at which the user is expected
     */
    List<RoomDesk> detachAll(ServerSession session) {
        List<RoomDesk> expected = new ArrayList<>();
        for (Attendance attendance : List.copyOf(session.byRoom.values())) {
            Room room = attendance.desk.room;
            if (!detach(attendance)) {
                continue;
            }
            if (!room.announces()) {
                room.roster().leaveSilently(session.name());
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

    void credit(ServerSession session, ClientMessage.Credit message) {
        Attendance attendance = session.byRoom.get(message.room());
        if (attendance != null && attendance.cursor != null) {
            attendance.cursor.allow(message.upTo());
        }
    }

    void listRooms(ServerSession session, long request) {
        List<RoomSummary> list = rooms.all().stream()
                .filter(room -> !room.name().isDirect() && room.log().last() > 0)
                .limit(MAX_LISTED)
                .map(room -> new RoomSummary(
                        room.name(), room.roster().size(), room.log().last(), room.topic()))
                .toList();
        int from = 0;
        do {
            int to = Math.min(list.size(), from + ROOMS_PER_MESSAGE);
            session.say(new ServerMessage.Rooms(request, to < list.size(), list.subList(from, to)), core.now);
            from = to;
        } while (from < list.size());
    }

    void listMembers(ServerSession session, ClientMessage.ListMembers message) {
        Room room = rooms.find(message.room());
        boolean hidden = message.room().isDirect() && !message.room().isDirectWith(session.name());
        List<Member> list = room == null || hidden ? List.of() : room.roster().members();
        int code = hidden ? Refusal.NOT_ALLOWED.code() : 0;
        int end = Math.min(list.size(), MAX_TOLD);
        int from = 0;
        do {
            int to = Math.min(end, from + MEMBERS_PER_MESSAGE);
            session.say(new ServerMessage.Members(message.request(), to < end, code, list.subList(from, to)), core.now);
            from = to;
        } while (from < end);
    }

    /** A user is away, back, silent or heard again: told in the rooms they are in. */
    void presence(ServerSession session, Presence presence) {
        for (Attendance attendance : session.byRoom.values()) {
            Room room = attendance.desk.room;
            Member changed = room.roster().presence(session.name(), presence);
            if (changed == null || attendance.desk.present.size() > MAX_PRESENCE) {
                continue;
            }
            for (Attendance other : attendance.desk.present) {
                other.session.say(new ServerMessage.MemberChanged(room.number(), changed), core.now);
            }
        }
    }

    /** The journal has committed an event: it is applied, and those who waited for it are told. */
    void committed(LogEntry entry, @Nullable Proposal proposal) {
        Room room = rooms.findOrMake(entry.event().room());
        if (room == null || !room.commit(entry)) {
            core.tell(new ServerEvent.Warning("The journal committed "
                    + entry.event().room() + " event " + entry.event().sequence() + " out of order; it is not shown."));
            return;
        }
        core.counters.committed++;
        core.tell(new ServerEvent.Committed(entry.event()));
        RoomDesk desk = desk(room);
        if (entry.event() instanceof ChatEvent.Joined joined
                && room.announces()
                && room.roster().isPresent(joined.from())) { // or another join of theirs is on its way
            for (Attendance attendance : desk.takeEntering(joined.from())) {
                if (!attendance.gone) {
                    admit(attendance, joined.sequence());
                }
            }
        }
        if (room.name().isDirect()) {
            tellAbsentPartners(room, entry.event());
        }
    }

    private void tellAbsentPartners(Room room, ChatEvent event) {
        for (UserName name : List.of(event.from(), room.name().partnerOf(event.from()))) {
            User user = users.get(name);
            if (user == null) {
                continue;
            }
            for (ServerSession session : user.sessions) {
                if (!session.byRoom.containsKey(room.number())) {
                    session.say(new ServerMessage.DirectWaiting(room.name(), event.sequence()), core.now);
                }
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
                detach(attendance);
                refuse(attendance.session, room.name(), refusal);
            }
        }
    }

    private RoomDesk desk(Room room) {
        return desks.computeIfAbsent(room, RoomDesk::new);
    }
}
