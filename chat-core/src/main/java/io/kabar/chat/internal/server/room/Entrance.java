package io.kabar.chat.internal.server.room;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Member;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.RoomLog;
import io.kabar.chat.internal.server.session.ServerControlQueue;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.wire.message.EventCodec;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.internal.wire.message.ServerMessageCodec;
import io.kabar.chat.rules.RoomSettings;
import io.kabar.chat.rules.Standing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session is told that enters a room, or asks how it is now: the room, then piece by piece what is in it. */
final class Entrance implements ServerControlQueue.Listing {
    /** Bytes of values from which on a message has no more: with a long one more it is still a message. */
    private static final int VALUES_PER_MESSAGE = 8 * 1024;
    /** Members told to somebody who enters: more than a list on a screen can show. */
    private static final int MAX_TOLD = Limits.MEMBERS_TOLD;
    /** Members of a quiet room that somebody is told who enters: of very many, nobody wants to see all. */
    private static final int QUIET_TOLD = 64;

    private final LiveRooms rooms;
    private final Occupant occupant;
    private final long live;
    private @Nullable List<Member> members;
    /** The events that have set the values of the room when it was told, and are still to be told. */
    private final ArrayDeque<ChatEvent> values = new ArrayDeque<>(0);

    private int told;

    /** From event {@code live} on, everything happened after the session was let in. */
    Entrance(LiveRooms rooms, Occupant occupant, long live) {
        this.rooms = rooms;
        this.occupant = occupant;
        this.live = live;
    }

    @Override
    public int taken() {
        return (members == null ? 0 : members.size()) + values.size();
    }

    @Override
    public boolean sayNext(ServerSession session) {
        if (occupant.isGone()) {
            return false;
        }
        Room room = occupant.room();
        List<Member> all = members;
        if (all == null && !room.name().isDirect() && room.roster().member(session.name()) == null) {
            occupant.liveRoom().leaving().putOut(occupant);
            return false;
        }
        if (all == null) {
            occupant.liveRoom().news().show(session.user(), session.user().presence());
            all = told(room, session.name());
            members = all;
            open(room, all.size());
        } else if (!values.isEmpty()) {
            tellValues(session, room);
        } else {
            int to = Math.min(all.size(), told + ServerMessageCodec.LIST);
            session.say(new ServerMessage.Roster(room.roomId(), all.subList(told, to)));
            told = to;
        }
        return told < all.size() || !values.isEmpty();
    }

    /** Whom somebody is told of who enters a room, and is among them. */
    private static List<Member> told(Room room, UserName self) {
        if (room.announces() || room.name().isDirect()) {
            return room.roster().members(MAX_TOLD);
        }
        List<Member> some =
                new ArrayList<>(room.roster().page("", "", QUIET_TOLD).members());
        Member own = room.roster().member(self);
        if (own != null && !some.contains(own)) {
            some.set(some.size() - 1, own);
        }
        return some;
    }

    /** Tells as many of the values as go into a message of some size. */
    private void tellValues(ServerSession session, Room room) {
        List<ServerMessage.Numbered> some = new ArrayList<>();
        int bytes = 0;
        while (!values.isEmpty() && bytes < VALUES_PER_MESSAGE) {
            ChatEvent value = values.remove();
            byte[] body = EventCodec.encode(value);
            some.add(new ServerMessage.Numbered(value.sequence(), body));
            bytes += body.length;
        }
        session.say(new ServerMessage.Values(room.roomId(), some));
    }

    private void open(Room room, int memberCount) {
        RoomLog log = room.log();
        values.addAll(room.fold().values().events());
        JoinHistory history = occupant.history();
        boolean again = occupant.isPresent();
        long differs = again ? 0 : differsFrom(history.read(), log);
        long readable =
                occupant.liveRoom().order().readableFrom(occupant.session().user(), live);
        long from = again ? occupant.from() : start(history, log, live, differs);
        if (!again && (history.kind() == JoinHistory.Kind.LAST || differs > 0)) {
            from = Math.max(readable, from);
        }
        occupant.session()
                .say(new ServerMessage.RoomEntered(
                        occupant.lane(),
                        room.roomId(),
                        room.name(),
                        log.epochs().newest(),
                        rooms.journal().epoch(),
                        differs,
                        log.firstKept(),
                        log.last(),
                        from,
                        again ? occupant.live() : live,
                        log.firstInMemory(),
                        memberCount,
                        values.size(),
                        room.topic(),
                        rooms.settings().retention().apply(room.name()),
                        settings(room),
                        partner(room),
                        occupant.liveRoom().readUpTo(occupant.account()),
                        Math.max(memberCount, room.roster().size())));
        if (!again) {
            boolean hasAllBefore = differs == 0 && readable <= 1 && history.kind() != JoinHistory.Kind.LAST;
            occupant.liveRoom().begin(occupant, new LiveRoom.Start(from, live, readable, hasAllBefore));
        }
    }

    private @Nullable UserName partner(Room room) {
        UserName known = occupant.partner();
        return known != null || !room.name().isDirect()
                ? known
                : room.log().nameOf(room.name(), room.name().partnerOf(occupant.account()));
    }

    private RoomSettings settings(Room room) {
        Standing standing =
                occupant.liveRoom().order().standing(occupant.session().user());
        return new RoomSettings(room.fold().rules().modes(), room.description(), standing);
    }

    /** From where on the log is not the one that somebody has read; 0 if it is the same. */
    static long differsFrom(LogPosition read, RoomLog log) {
        long agreed = read.isKnown() ? log.epochs().agreed(read, log.firstKept(), log.last()) : read.sequence();
        return agreed < read.sequence() ? agreed + 1 : 0;
    }

    private static long start(JoinHistory history, RoomLog log, long live, long differsFrom) {
        if (history.kind() == JoinHistory.Kind.LAST) {
            return log.startOf(history.amount(), live);
        } else if (differsFrom > 0) { // to this reader it is another log: what it has of it is what both have in common
            return Math.max(
                    Math.min(differsFrom, history.amount()), Math.max(log.firstKept(), live - JoinHistory.MAX_LAST));
        }
        return Math.min(history.amount(), log.last() + 1);
    }
}
