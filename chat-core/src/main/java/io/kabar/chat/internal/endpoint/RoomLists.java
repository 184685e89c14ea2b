package io.kabar.chat.internal.endpoint;

import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.internal.room.Room;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.util.List;

/** The lists a session may ask for: rooms, and the members of one. */
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
