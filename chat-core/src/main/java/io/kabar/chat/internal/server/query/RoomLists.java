package io.kabar.chat.internal.server.query;

import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.Roster;
import io.kabar.chat.internal.server.room.LiveRooms;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.internal.wire.message.ServerMessageCodec;
import io.kabar.chat.rules.Capability;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The lists a session may ask for: rooms, and the members of one. */
final class RoomLists {

    /** Rooms told in answer to one request: a client that wants more goes on behind the last of them. */
    private static final int MAX_LISTED = 500;

    private static final int ROOMS_PER_MESSAGE = 16;
    static final int MEMBERS_PER_MESSAGE = ServerMessageCodec.LIST;

    private final LiveRooms liveRooms;

    RoomLists(LiveRooms liveRooms) {
        this.liveRooms = liveRooms;
    }

    void listRooms(Request request, Query.Rooms query) {
        if (request.admitList()) {
            RoomPage page = new RoomPage(request.session(), query);
            request.reply(ROOMS_PER_MESSAGE, page::take, some -> new Answer.Rooms(some, page.rest));
        }
    }

    void listMembers(Request request, Query.Members query) {
        RoomName room = query.room();
        boolean isOthers = room.isDirect()
                && !room.isDirectOf(request.session().user().author().account());
        if (isOthers) {
            request.refuse(Refusal.NOT_ALLOWED);
        } else if (isStaffOnly(room, request.session())) {
            new Objection(liveRooms.order().toStaffRoom()).answer(request);
        } else if (request.admitList()) {
            MemberPage page = new MemberPage(request.session(), query);
            request.reply(MEMBERS_PER_MESSAGE, page::take, some -> new Answer.Members(page.inside, page.rest, some));
        }
    }

    private static boolean isStaffOnly(RoomName room, ServerSession session) {
        return room.equals(RoomName.STAFF) && !session.user().may(Capability.READ_STAFF_LOG);
    }

    /** The members of a room that a session is told of in answer to one request. */
    private final class MemberPage {
        private final ServerSession session;
        private final Query.Members query;
        private int inside;
        private boolean rest;

        MemberPage(ServerSession session, Query.Members query) {
            this.session = session;
            this.query = query;
        }

        List<Member> take() {
            Room room = liveRooms.find(query.room());
            if (room == null || !liveRooms.of(room).order().isShownTo(session.user())) {
                return List.of();
            }
            Roster.Page page = room.roster().page(query.beginning(), query.behind(), query.count());
            inside = room.roster().size();
            rest = page.rest();
            return page.members();
        }
    }

    /** The rooms that a session is told of in answer to one request. */
    private final class RoomPage {
        private final ServerSession session;
        private final Query.Rooms query;
        private boolean rest;

        RoomPage(ServerSession session, Query.Rooms query) {
            this.session = session;
            this.query = query;
        }

        List<RoomSummary> take() {
            List<RoomSummary> page = new ArrayList<>();
            Iterator<Room> next = liveRooms.listedBehind(query.behind()).iterator();
            while (next.hasNext() && page.size() < MAX_LISTED) {
                Room room = next.next();
                if (liveRooms.of(room).order().isShownTo(session.user()) && !isStaffOnly(room.name(), session)) {
                    page.add(room.summary());
                }
            }
            rest = next.hasNext();
            return page;
        }
    }
}
