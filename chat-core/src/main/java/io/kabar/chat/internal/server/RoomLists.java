package io.kabar.chat.internal.server;

import io.kabar.chat.Limits;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.room.Room;
import io.kabar.chat.internal.wire.Answer;
import io.kabar.chat.internal.wire.Query;
import io.kabar.chat.internal.wire.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lists a session may ask for: rooms, the members of one, and those who have an event. Each is taken when its turn
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

    private static final long BUSY_MILLIS = 1000;

    /**
     * Members looked at for who has an event, for all who ask, at once and a second after that: some hundredths of a
     * core.
     */
    static final int VISITS_PER_SECOND = 1_000_000;

    private final ServerCore core;
    private final LiveRooms liveRooms;
    private final Targets targets;
    private final Turns<Asked> turns;

    /** Who has an event, as a session asks. */
    private static final class Asked {
        private final ServerSession session;
        private final long request;
        private final Query.WhoSaw query;

        Asked(ServerSession session, long request, Query.WhoSaw query) {
            this.session = session;
            this.request = request;
            this.query = query;
        }
    }

    RoomLists(ServerCore core, LiveRooms liveRooms, Targets targets) {
        this.targets = targets;
        this.core = core;
        this.liveRooms = liveRooms;
        turns = new Turns<>(
                core,
                VISITS_PER_SECOND,
                asked -> asked.session.countedAddress,
                asked -> notTold(asked, Refusal.BUSY, BUSY_MILLIS),
                this::takeTurns);
    }

    void listRooms(ServerSession session, long request, Query.Rooms query) {
        list(session, request, new RoomList(request, query));
    }

    /** Who has an event: members of whom one session does. Told when the turn of the session's network has come. */
    void whoSaw(ServerSession session, long request, Query.WhoSaw query) {
        Asked asked = new Asked(session, request, query);
        Occupant asking = occupant(asked);
        if (asking == null) {
            notTold(asked, Refusal.NOT_IN_ROOM, 0);
            return;
        }
        if (query.sequence() < 1
                || query.sequence() > asking.liveRoom.room.log().last()) {
            session.say(
                    new ServerMessage.Refused(
                            new ServerMessage.Subject.Request(request),
                            Refusal.BAD_REQUEST,
                            "There is no event #" + query.sequence() + "."),
                    core.now);
            return;
        }
        if (!turns.hasRoom(session.countedAddress)) {
            notTold(asked, Refusal.BUSY, BUSY_MILLIS);
            return;
        }
        long wait = session.user().rates.search(session.countedAddress, core.now);
        if (wait > 0) {
            notTold(asked, Refusal.RATE_LIMITED, LoginFlow.ceilMillis(wait));
            return;
        }
        turns.add(asked);
        takeTurns();
    }

    private @Nullable Occupant occupant(Asked asked) {
        Room room = liveRooms.find(asked.query.room());
        return room == null ? null : asked.session.byRoom.get(room.number());
    }

    private void takeTurns() {
        for (Asked next = turns.next(); next != null; next = turns.next()) {
            Asked asked = next;
            Occupant asking = occupant(asked);
            turns.done(asked, asking == null ? 0 : asking.liveRoom.present.size(), false);
            if (asking == null) {
                notTold(asked, Refusal.NOT_IN_ROOM, 0);
            } else {
                core.defects.apart(asked.session, () -> tell(asked, asking));
            }
        }
    }

    private void tell(Asked asked, Occupant asking) {
        Set<User> users = new LinkedHashSet<>();
        for (Occupant occupant : asking.liveRoom.present) {
            if (occupant.hasSeen(asked.query.sequence())) {
                users.add(occupant.session.user());
            }
        }
        int members = Math.max(asking.liveRoom.room.roster().size(), users.size());
        List<UserName> told = users.stream()
                .limit(MEMBERS_PER_MESSAGE)
                .map(user -> user.name)
                .sorted(Comparator.comparing(UserName::text, String.CASE_INSENSITIVE_ORDER))
                .toList();
        asked.session.say(
                new ServerMessage.Reply(asked.request, false, new Answer.Seen(members, users.size(), told)), core.now);
    }

    private void notTold(Asked asked, Refusal refusal, long retryAfter) {
        asked.session.say(
                new ServerMessage.Refused(new ServerMessage.Subject.Request(asked.request), refusal, retryAfter),
                core.now);
    }

    /** Members looked at so far for who has an event. */
    long visits() {
        return turns.spent();
    }

    void addHeld(Map<String, Integer> held) {
        held.put("questions", turns.size());
    }

    void listMembers(ServerSession session, long request, Query.Members query) {
        if (query.room().isDirect() && !targets.isOneOf(query.room(), session.name())) {
            session.say(
                    new ServerMessage.Refused(new ServerMessage.Subject.Request(request), Refusal.NOT_ALLOWED, 0),
                    core.now);
        } else {
            list(session, request, new MemberList(request, query.room()));
        }
    }

    private void list(ServerSession session, long request, ServerControlQueue.Listing list) {
        long wait = session.outbox().takesList()
                ? session.user().rates.request(session.countedAddress, core.now)
                : FULL_WAIT;
        if (wait == 0) {
            session.outbox().list(list, core.now);
        } else {
            Refusal refusal = wait == FULL_WAIT ? Refusal.BUSY : Refusal.RATE_LIMITED;
            session.say(
                    new ServerMessage.Refused(
                            new ServerMessage.Subject.Request(request), refusal, LoginFlow.ceilMillis(wait)),
                    core.now);
        }
    }

    /** The first members of a room, as many as are told. */
    static List<Member> told(Room room) {
        return room.roster().members(MAX_TOLD);
    }

    /** A list that is cut into messages. */
    private abstract static class Pieces<E> implements ServerControlQueue.Listing {
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
                page.add(new RoomSummary(
                        room.name(), room.roster().size(), room.log().last(), room.topic()));
            }
            rest = next.hasNext();
            return page;
        }

        @Override
        void say(ServerSession session, List<RoomSummary> some, boolean more) {
            session.say(new ServerMessage.Reply(request, more, new Answer.Rooms(some, rest)), core.now);
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
            return room == null ? List.of() : told(room);
        }

        @Override
        void say(ServerSession session, List<Member> some, boolean more) {
            session.say(new ServerMessage.Reply(request, more, new Answer.Members(some)), core.now);
        }
    }
}
