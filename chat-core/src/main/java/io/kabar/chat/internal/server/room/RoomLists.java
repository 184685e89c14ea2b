package io.kabar.chat.internal.server.room;

import io.kabar.chat.Limits;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.ServerControlQueue;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lists a session may ask for: rooms, and the members of one. Each is taken when its turn
 * has come, so that one that waits costs next to nothing, and told piece by piece.
 */
final class RoomLists {

    /** Rooms told in answer to one request: a client that wants more goes on behind the last of them. */
    private static final int MAX_LISTED = 500;

    private static final int ROOMS_PER_MESSAGE = 16;
    static final int MEMBERS_PER_MESSAGE = 256;
    /** Members told to somebody who enters: more than a list on a screen can show. */
    static final int MAX_TOLD = Limits.MEMBERS_TOLD;

    /** When to ask again if as many lists wait as may: time to send some. */
    static final long FULL_WAIT = Duration.ofSeconds(1).toNanos();

    private final ServerLoop loop;
    private final LiveRooms liveRooms;

    RoomLists(ServerLoop loop, LiveRooms liveRooms) {
        this.loop = loop;
        this.liveRooms = liveRooms;
    }

    void listRooms(SessionRooms rooms, long request, Query.Rooms query) {
        list(rooms, request, new RoomList(request, query));
    }

    void listMembers(SessionRooms rooms, long request, Query.Members query) {
        RoomName room = query.room();
        boolean isOthers = room.isDirect()
                && !room.isDirectOf(rooms.session().user().author().account());
        if (isOthers) {
            rooms.refuseRequest(request, Refusal.NOT_ALLOWED, 0);
        } else if (isStaffOnly(query.room(), rooms.session())) {
            rooms.refuseRequest(request, new Objection(liveRooms.order().toStaffRoom()));
        } else {
            list(rooms, request, new MemberList(request, query.room()));
        }
    }

    private static boolean isStaffOnly(RoomName room, ServerSession session) {
        return room.equals(RoomName.STAFF) && !session.user().may(Capability.READ_STAFF_LOG);
    }

    private void list(SessionRooms rooms, long request, ServerControlQueue.Listing list) {
        ServerSession session = rooms.session();
        long wait = session.controlQueue().takesList() ? rooms.takeRequest() : FULL_WAIT;
        if (wait == 0) {
            session.controlQueue().list(list, loop.now());
        } else {
            Refusal refusal = wait == FULL_WAIT ? Refusal.BUSY : Refusal.RATE_LIMITED;
            rooms.refuseRequest(request, refusal, ServerLoop.ceilMillis(wait));
        }
    }

    /** Members of a quiet room that somebody is told who enters: of very many, nobody wants to see all. */
    static final int QUIET_TOLD = 64;

    /** The first members of a room, as many as are told. */
    static List<Member> told(Room room) {
        return room.roster().members(MAX_TOLD);
    }

    /** The same for somebody who enters, who is among them. */
    static List<Member> told(Room room, UserName self) {
        if (room.announces() || room.name().isDirect()) {
            return told(room);
        }
        List<Member> some = room.roster().members(QUIET_TOLD);
        Member own = room.roster().member(self);
        if (own != null && !some.contains(own)) {
            some.set(some.size() - 1, own);
        }
        return some;
    }

    /** A list that is cut into messages. */
    abstract static class Pieces<E> implements ServerControlQueue.Listing {
        private final int perMessage;
        private @Nullable List<E> list;
        private int told;

        Pieces(int perMessage) {
            this.perMessage = perMessage;
        }

        abstract List<E> take(ServerSession session);

        abstract void say(ServerSession session, List<E> some, boolean more);

        @Override
        public int taken() {
            return list == null ? 0 : list.size();
        }

        @Override
        public boolean sayNext(ServerSession session) {
            List<E> all = list;
            if (all == null) {
                all = take(session);
                list = all;
            }
            int to = Math.min(all.size(), told + perMessage);
            say(session, all.subList(told, to), to < all.size());
            told = to;
            return to < all.size();
        }
    }

    private final class RoomList extends Pieces<RoomSummary> {
        private final long request;
        private final Query.Rooms query;
        private boolean rest;

        RoomList(long request, Query.Rooms query) {
            super(ROOMS_PER_MESSAGE);
            this.request = request;
            this.query = query;
        }

        @Override
        List<RoomSummary> take(ServerSession session) {
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

        @Override
        void say(ServerSession session, List<RoomSummary> some, boolean more) {
            session.say(new ServerMessage.Reply(request, more, new Answer.Rooms(some, rest)));
        }
    }

    private final class MemberList extends Pieces<Member> {
        private final long request;
        private final RoomName name;

        MemberList(long request, RoomName name) {
            super(MEMBERS_PER_MESSAGE);
            this.request = request;
            this.name = name;
        }

        @Override
        List<Member> take(ServerSession session) {
            Room room = liveRooms.find(name);
            boolean shown = room != null && liveRooms.of(room).order().isShownTo(session.user());
            return room == null || !shown ? List.of() : told(room);
        }

        @Override
        void say(ServerSession session, List<Member> some, boolean more) {
            session.say(new ServerMessage.Reply(request, more, new Answer.Members(some)));
        }
    }
}
