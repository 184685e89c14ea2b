package io.kabar.chat.internal.endpoint;

import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.room.Room;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.util.List;
import java.util.TreeSet;

/** The lists a session may ask for: rooms, the members of one, and those who have an event. */
final class RoomLists {

    /** Longest list of rooms that is told: beyond it a client should search. */
    private static final int MAX_LISTED = 500;

    private static final int ROOMS_PER_MESSAGE = 16;
    static final int MEMBERS_PER_MESSAGE = 256;
    /** Members told to somebody who enters: more than a list on a screen can show. */
    static final int MAX_TOLD = 4096;

    private final ServerCore core;
    private final RoomDesks desks;

    RoomLists(ServerCore core, RoomDesks desks) {
        this.core = core;
        this.desks = desks;
    }

    void listRooms(ServerSession session, long request) {
        List<RoomSummary> list = desks.all().stream()
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

    /** Who has an event: members of whom one session does. */
    void whoSaw(ServerSession session, ClientMessage.WhoSaw message) {
        Room room = desks.find(message.room());
        Attendance asking = room == null ? null : session.byRoom.get(room.number());
        if (asking == null) {
            notTold(session, message, Refusal.NOT_IN_ROOM, 0);
            return;
        }
        if (message.seq() < 1 || message.seq() > asking.desk.room.log().last()) {
            notTold(session, message, Refusal.BAD_REQUEST, 0);
            return;
        }
        long wait = session.user().waitToAsk(core.settings, core.now);
        if (wait > 0) {
            notTold(session, message, Refusal.RATE_LIMITED, LoginFlow.ceilMillis(wait));
            return;
        }
        TreeSet<UserName> names = new TreeSet<>();
        for (Attendance attendance : asking.desk.present) {
            if (attendance.hasSeen(message.seq())) {
                names.add(attendance.session.name());
            }
        }
        int members = Math.max(asking.desk.room.roster().size(), names.size());
        List<UserName> told = names.stream().limit(MEMBERS_PER_MESSAGE).toList();
        session.say(new ServerMessage.Seen(message.request(), 0, 0, members, names.size(), told), core.now);
    }

    private void notTold(ServerSession session, ClientMessage.WhoSaw message, Refusal refusal, long retryAfter) {
        session.say(new ServerMessage.Seen(message.request(), refusal.code(), retryAfter, 0, 0, List.of()), core.now);
    }

    void listMembers(ServerSession session, ClientMessage.ListMembers message) {
        Room room = desks.find(message.room());
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
}
