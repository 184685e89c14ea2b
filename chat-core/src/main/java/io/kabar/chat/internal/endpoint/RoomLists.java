package io.kabar.chat.internal.endpoint;

import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.room.Room;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lists a session may ask for: rooms, the members of one, and those who have an event. Each is taken when its turn has come, so that one that
 * waits costs next to nothing, and told piece by piece.
 */
final class RoomLists {

    /** Longest list of rooms that is told: beyond it a client should search. */
    private static final int MAX_LISTED = 500;

    private static final int ROOMS_PER_MESSAGE = 16;
    static final int MEMBERS_PER_MESSAGE = 256;
    /** Members told to somebody who enters: more than a list on a screen can show. */
    static final int MAX_TOLD = 4096;

    /** When to ask again if as many lists wait as may: time to send some. */
    static final long FULL_WAIT = Duration.ofSeconds(1).toNanos();

    /** Members looked at for who has an event, for all who ask, at once and a second after that: some hundredths of a core. */
    static final int VISITS_PER_SECOND = 1_000_000;

    private final ServerCore core;
    private final RoomDesks desks;
    private final Targets targets;
    private final WorkBudget visits = new WorkBudget(VISITS_PER_SECOND);

    RoomLists(ServerCore core, RoomDesks desks, Targets targets) {
        this.targets = targets;
        this.core = core;
        this.desks = desks;
    }

    void listRooms(ServerSession session, ClientMessage.ListRooms message) {
        list(session, message.request(), new RoomList(message.request()));
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
        long wait = session.user().rates.search(session.countedAddress, core.now);
        if (wait > 0) {
            notTold(session, message, Refusal.RATE_LIMITED, LoginFlow.ceilMillis(wait));
            return;
        }
        long busy = visits.take(asking.desk.present.size(), core.now);
        if (busy > 0) {
            notTold(session, message, Refusal.BUSY, LoginFlow.ceilMillis(busy));
            return;
        }
        Set<User> users = new LinkedHashSet<>();
        for (Attendance attendance : asking.desk.present) {
            if (attendance.hasSeen(message.seq())) {
                users.add(attendance.session.user());
            }
        }
        int members = Math.max(asking.desk.room.roster().size(), users.size());
        List<UserName> told = users.stream()
                .limit(MEMBERS_PER_MESSAGE)
                .map(user -> user.name)
                .sorted(Comparator.comparing(UserName::text, String.CASE_INSENSITIVE_ORDER))
                .toList();
        session.say(new ServerMessage.Seen(message.request(), 0, 0, members, users.size(), told), core.now);
    }

    private void notTold(ServerSession session, ClientMessage.WhoSaw message, Refusal refusal, long retryAfter) {
        session.say(new ServerMessage.Seen(message.request(), refusal.code(), retryAfter, 0, 0, List.of()), core.now);
    }

    void listMembers(ServerSession session, ClientMessage.ListMembers message) {
        list(session, message.request(), new MemberList(message.request(), message.room()));
    }

    private void list(ServerSession session, long request, SessionOutbox.Listing list) {
        long wait = session.outbox().takesList()
                ? session.user().rates.request(session.countedAddress, core.now)
                : FULL_WAIT;
        if (wait == 0) {
            session.outbox().list(list, core.now);
        } else {
            Refusal refusal = wait == FULL_WAIT ? Refusal.BUSY : Refusal.RATE_LIMITED;
            session.say(
                    new ServerMessage.RequestRefused(
                            request, refusal.code(), LoginFlow.ceilMillis(wait), refusal.sentence()),
                    core.now);
        }
    }

    /** The first members of a room, as many as are told. */
    static List<Member> told(Room room) {
        return room.roster().members(MAX_TOLD);
    }

    /** A list that is cut into messages. */
    private abstract static class Pieces<E> implements SessionOutbox.Listing {
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

        RoomList(long request) {
            super(ROOMS_PER_MESSAGE);
            this.request = request;
        }

        @Override
        List<RoomSummary> take(ServerSession session) {
            return desks.listed().stream()
                    .limit(MAX_LISTED)
                    .map(room -> new RoomSummary(
                            room.name(), room.roster().size(), room.log().last(), room.topic()))
                    .toList();
        }

        @Override
        void say(ServerSession session, List<RoomSummary> some, boolean more) {
            session.say(new ServerMessage.Rooms(request, more, some), core.now);
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

        private boolean hiddenFrom(ServerSession session) {
            return name.isDirect() && !targets.isOneOf(name, session.name());
        }

        @Override
        List<Member> take(ServerSession session) {
            Room room = desks.find(name);
            return room == null || hiddenFrom(session) ? List.of() : told(room);
        }

        @Override
        void say(ServerSession session, List<Member> some, boolean more) {
            int code = hiddenFrom(session) ? Refusal.NOT_ALLOWED.code() : 0;
            session.say(new ServerMessage.Members(request, more, code, some), core.now);
        }
    }
}
