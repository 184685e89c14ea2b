package io.kabar.chat.internal.server;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.ChatException;
import io.kabar.chat.Content;
import io.kabar.chat.History;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.AccountRecord;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.log.Cursor;
import io.kabar.chat.internal.server.log.RoomLog;
import io.kabar.chat.internal.server.room.Room;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ServerMessage;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How sessions enter rooms: asked for, loaded, announced, let in; and how far each then reads. */
final class RoomEntry {

    /** Rooms of a session that conversations of two cannot take up. */
    static final int KEPT_FOR_ROOMS = 16;

    private final ServerCore core;
    private final JournalRequests journal;
    private final LiveRooms liveRooms;
    private final Targets targets;
    private final RoomExit exit;
    private final PresenceFlow presences;
    /** Joins that wait for the account store. */
    private final Map<Long, Arrival> lookedUp = new HashMap<>();
    /** What is to be done if an account turns out to be gone. */
    private final Map<Long, Runnable> lostAccounts = new HashMap<>();

    RoomEntry(
            ServerCore core,
            JournalRequests journal,
            LiveRooms liveRooms,
            Targets targets,
            RoomExit exit,
            PresenceFlow presences) {
        this.targets = targets;
        this.presences = presences;
        this.core = core;
        this.journal = journal;
        this.liveRooms = liveRooms;
        this.exit = exit;
    }

    void join(ServerSession session, int lane, ClientMessage.Join message) {
        LaneWords words = session.words(lane);
        Occupant present = session.byLane.get(lane);
        if (words != null && (present == null || present.cursor == null)) {
            if (!words.keep(message, WireLimits.EARLY_LANES_HELD)) {
                refuse(
                        session,
                        lane,
                        message.target().name(),
                        Refusal.BUSY,
                        RoomLists.FULL_WAIT,
                        Refusal.BUSY.sentence());
            }
            return; // its turn comes when it is known what becomes of the one before it
        }
        String asked;
        RoomName name;
        try {
            asked = asked(message, session);
            name = targets.find(asked, session.name());
        } catch (ChatException e) {
            refuse(session, lane, message.target().name(), e.refusal(), 0, String.valueOf(e.getMessage()));
            return;
        }
        if (present != null
                && present.cursor != null
                && present.liveRoom.room.name().equals(name)) {
            tellAgain(present);
            return;
        }
        Refusal refusal = objection(session, lane, name);
        if (refusal != null || history(message) == null) {
            refuse(session, lane, name, refusal == null ? Refusal.BAD_REQUEST : refusal, 0);
            return;
        }
        long wait = session.user().rates.request(session.countedAddress, core.now);
        if (wait > 0) {
            refuse(session, lane, name, Refusal.RATE_LIMITED, wait);
            return;
        }
        session.connection().nameLane(lane);
        if (name.isDirect() && !targets.isHere(name, session.name())) {
            lookUp(new Arrival(session, lane, message, RoomName.of(asked)), name);
        } else {
            enter(session, message, name, new LaneWords(session, lane), false);
        }
    }

    /** What is to be entered, as typed for a room. */
    private static String asked(ClientMessage.Join message, ServerSession session) throws ChatException {
        String name = message.target().name();
        if (message.target().kind() == ClientMessage.TargetKind.ROOM) {
            return name;
        }
        try {
            return RoomName.direct(session.name(), UserName.of(name)).text();
        } catch (IllegalArgumentException e) {
            throw ChatException.of(Refusal.BAD_NAME, String.valueOf(e.getMessage()), null);
        }
    }

    private void enter(
            ServerSession session, ClientMessage.Join message, RoomName name, LaneWords words, boolean partnerGone) {
        History history = history(message);
        LiveRoom liveRoom = liveRooms.findOrMake(name);
        if (liveRoom == null || history == null) {
            words.refuseEarly(core.now);
            refuse(session, words.lane, name, Refusal.BUSY, 0);
            return;
        }
        Room room = liveRoom.room;
        Occupant occupant = new Occupant(session, liveRoom, words.lane, history, message.credit(), words);
        occupant.partnerGone = partnerGone;
        session.byLane.put(words.lane, occupant);
        session.byRoom.put(room.number(), occupant);
        session.directTold.remove(room.number());
        if (!room.isLoaded() && room.awaited() == 0) {
            journal.load(liveRoom);
        }
        room.whenLoaded(
                occupant,
                () -> core.defects.apart(session, () -> enter(occupant)),
                () -> core.defects.apart(session, () -> turnAway(occupant)));
    }

    // Conversations with somebody who may not be

    private void lookUp(Arrival arrival, RoomName name) {
        arrival.session.arriving.put(arrival.words.lane, arrival);
        long callId = core.callId();
        lookedUp.put(callId, arrival);
        core.tell(new ServerEvent.FindAccount(callId, targets.partner(name, arrival.session.name())));
    }

    /** The account store has looked somebody up; tells whether it was for a conversation. */
    boolean accountKnown(long callId, @Nullable AccountRecord account) {
        Arrival arrival = lookedUp.remove(callId);
        if (arrival != null && arrival.isWaiting()) {
            core.defects.apart(arrival.session, () -> known(arrival, account));
        }
        Runnable lost = lostAccounts.remove(callId);
        if (lost != null && account == null) {
            lost.run();
        }
        return arrival != null || lost != null;
    }

    private void known(Arrival arrival, @Nullable AccountRecord account) {
        ServerSession session = arrival.session;
        int lane = arrival.words.lane;
        RoomName name;
        try {
            name = targets.conversation(arrival.asked, session.name(), account == null ? null : account.name());
        } catch (ChatException e) {
            exit.giveUp(arrival);
            refuse(session, lane, arrival.message.target().name(), e.refusal(), 0, String.valueOf(e.getMessage()));
            return;
        }
        Room room = liveRooms.find(name);
        Refusal refusal = null;
        if (account == null && (room == null || room.log().last() == 0)) {
            refusal = Refusal.NO_SUCH_USER;
        } else if (room != null && session.byRoom.containsKey(room.number())) {
            refusal = Refusal.BAD_REQUEST; // it was entered meanwhile, by another name
        }
        if (refusal != null) {
            exit.giveUp(arrival);
            refuse(session, lane, name, refusal, 0);
            return;
        }
        session.arriving.remove(lane);
        enter(session, arrival.message, name, arrival.words, account == null);
    }

    /** The account store could not answer; tells whether it was asked for a conversation. */
    boolean accountUnknown(long callId) {
        Arrival arrival = lookedUp.remove(callId);
        if (arrival != null && arrival.isWaiting()) {
            core.defects.apart(arrival.session, () -> {
                exit.giveUp(arrival);
                refuse(arrival.session, arrival.words.lane, arrival.asked, Refusal.STORAGE, 0);
            });
        }
        return lostAccounts.remove(callId) != null || arrival != null;
    }

    /**
     * An account is another one, or gone: then nothing more is said in conversations with it, which the next owner
     * could read.
     */
    void accountChanged(UserName name) {
        for (LiveRoom liveRoom : liveRooms.conversationsOf(liveRooms.person(name))) {
            List<Occupant> others = liveRoom.present.stream()
                    .filter(present -> !present.session.name().equals(name))
                    .toList();
            if (!others.isEmpty()) {
                long callId = core.callId();
                lostAccounts.put(callId, () -> others.forEach(present -> present.partnerGone = true));
                core.tell(new ServerEvent.FindAccount(callId, name));
            }
        }
    }

    /** Who is looked up and was not found yet. */
    int lookedUp() {
        return lookedUp.size() + lostAccounts.size();
    }

    /** A session that is in a room asks how it is now: some of its log was gone before the session had read it. */
    private void tellAgain(Occupant present) {
        ServerSession session = present.session;
        if (!session.outbox().takesList()) {
            refuse(session, present.lane, present.liveRoom.room.name(), Refusal.BUSY, RoomLists.FULL_WAIT);
            return;
        }
        long wait = session.user().rates.request(session.countedAddress, core.now);
        if (wait > 0) {
            refuse(session, present.lane, present.liveRoom.room.name(), Refusal.RATE_LIMITED, wait);
        } else {
            admit(present, present.live);
        }
    }

    private @Nullable Refusal objection(ServerSession session, int lane, RoomName name) {
        if (session.words(lane) != null) {
            return Refusal.BAD_REQUEST;
        }
        if (session.byLane.size() + session.arriving.size() >= core.settings.roomsPerSession()
                || (name.isDirect() && session.talks() >= mostTalks())) {
            return Refusal.TOO_MANY_ROOMS;
        }
        Room room = liveRooms.find(name);
        return room != null && session.byRoom.containsKey(room.number()) ? Refusal.BAD_REQUEST : null;
    }

    /** Where the client wants to begin; null if there is no such place. */
    private static @Nullable History history(ClientMessage.Join message) {
        try {
            return new History(message.kind(), message.amount(), new LogPosition(message.epoch(), message.number()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Conversations of two a session may be in: others bring them about, so some rooms are left for what is no such.
     */
    private int mostTalks() {
        int rooms = core.settings.roomsPerSession();
        return Math.max(1, rooms - Math.min(KEPT_FOR_ROOMS, rooms / 2));
    }

    private void putOut(Occupant occupant) {
        Room room = occupant.liveRoom.room;
        if (exit.detach(occupant)) {
            room.roster().detach(occupant.session.name());
        }
        refuse(occupant.session, occupant.lane, room.name(), Refusal.BUSY, RoomLists.FULL_WAIT);
        exit.releaseIfEmpty(occupant.liveRoom);
    }

    private void turnAway(Occupant occupant) {
        if (!occupant.gone) {
            exit.detach(occupant);
            refuse(occupant.session, occupant.lane, occupant.liveRoom.room.name(), Refusal.STORAGE, 0);
            exit.releaseIfEmpty(occupant.liveRoom);
        }
    }

    private void enter(Occupant occupant) {
        if (occupant.gone) {
            return;
        }
        Room room = occupant.liveRoom.room;
        if (room.announces() && occupant.liveRoom.isFull()) {
            exit.detach(occupant);
            refuse(occupant.session, occupant.lane, room.name().text(), Refusal.NOT_ALLOWED, 0, LiveRoom.FULL);
            return;
        }
        UserName name = occupant.session.name();
        Role role = occupant.session.user().role;
        occupant.counted = true;
        if (!room.announces()) {
            room.roster().enterSilently(name, role);
            admit(occupant, room.log().last() + 1);
            return;
        }
        Member before = room.roster().member(name);
        boolean news = room.roster().enter(name, role);
        if (before != null && before.role() != role) {
            presences.tellRole(occupant.liveRoom, name);
        }
        if (!news && room.roster().isPresent(name)) {
            admit(occupant, room.log().last() + 1);
            return;
        }
        occupant.liveRoom
                .entering
                .computeIfAbsent(name.text(), key -> new ArrayList<>())
                .add(occupant);
        if (news) {
            occupant.session.user().rates.moved(occupant.session.countedAddress, core.now);
            journal.propose(
                    occupant.liveRoom,
                    core.draft(room.name(), Author.of(name), new Content.Joined()),
                    MessageId.NONE,
                    null);
        }
    }

    /**
     * Lets a session in, as soon as it has heard what it was told before: from event {@code live} on, everything
     * happens after it entered.
     */
    private void admit(Occupant occupant, long live) {
        occupant.session.outbox().list(new Entrance(occupant, live), core.now);
    }

    /** The room as it is, then its members piece by piece. */
    private final class Entrance implements ServerControlQueue.Listing {
        private final Occupant occupant;
        private final long live;
        private @Nullable List<Member> members;
        private int told;

        Entrance(Occupant occupant, long live) {
            this.occupant = occupant;
            this.live = live;
        }

        @Override
        public int taken() {
            return members == null ? 0 : members.size();
        }

        @Override
        public boolean sayNext(ServerSession session) {
            if (occupant.gone) {
                return false;
            }
            Room room = occupant.liveRoom.room;
            List<Member> all = members;
            if (all == null && room.announces() && room.roster().member(occupant.session.name()) == null) {
                putOut(occupant); // somebody else's leave was faster
                return false;
            }
            if (all == null) {
                presences.show(occupant.liveRoom, session.user());
                all = RoomLists.told(room);
                members = all;
                open(room, all.size());
            } else {
                int to = Math.min(all.size(), told + RoomLists.MEMBERS_PER_MESSAGE);
                session.say(new ServerMessage.Roster(room.number(), all.subList(told, to)), core.now);
                told = to;
            }
            return told < all.size();
        }

        private void open(Room room, int memberCount) {
            boolean again = occupant.cursor != null;
            long differs = again ? 0 : differsFrom(occupant.history.read(), room.log());
            if (!again) {
                occupant.from = start(occupant.history, room.log(), live, differs);
                occupant.live = live;
            }
            long from = occupant.from;
            occupant.session.say(
                    new ServerMessage.RoomEntered(
                            occupant.lane,
                            room.number(),
                            room.name(),
                            room.log().epochs().newest(),
                            core.epoch,
                            differs,
                            room.log().firstKept(),
                            room.log().last(),
                            from,
                            occupant.live,
                            room.log().firstInMemory(),
                            memberCount,
                            room.topic(),
                            core.settings.retention().apply(room.name())),
                    core.now);
            if (!again) {
                beginReading(room, from, differs > 0);
            }
        }

        private void beginReading(Room room, long from, boolean anew) {
            Cursor cursor = new Cursor(
                    room.log(),
                    room.number(),
                    from,
                    from - 1 + occupant.credit,
                    journal.readerFor(occupant.session),
                    occupant.session.connection());
            occupant.cursor = cursor;
            occupant.has = anew || occupant.history.kind() == History.Kind.LAST ? from : 1;
            occupant.liveRoom.present.add(occupant);
            journal.nameCursor(cursor, room);
            room.add(cursor);
            occupant.words.takeAll();
        }
    }

    /** From where on the log is not the one that somebody has read; 0 if it is the same. */
    private static long differsFrom(LogPosition read, RoomLog log) {
        long agreed = read.isKnown() ? log.epochs().agreed(read, log.firstKept(), log.last()) : read.sequence();
        return agreed < read.sequence() ? agreed + 1 : 0;
    }

    private static long start(History history, RoomLog log, long live, long differsFrom) {
        if (history.kind() == History.Kind.LAST) {
            return log.startOf(history.amount(), live);
        } else if (differsFrom > 0) { // to this reader it is another log: what it has of it is what both have in common
            return Math.max(
                    Math.min(differsFrom, history.amount()), Math.max(log.firstKept(), live - History.MAX_LAST));
        }
        return Math.min(history.amount(), log.last() + 1);
    }

    private void refuse(ServerSession session, int lane, RoomName room, Refusal refusal, long waitNanos) {
        refuse(session, lane, room.text(), refusal, waitNanos, refusal.sentence());
    }

    private void refuse(
            ServerSession session, int lane, String target, Refusal refusal, long waitNanos, String sentence) {
        session.say(
                new ServerMessage.Refused(
                        new ServerMessage.Subject.Room(lane, target),
                        0,
                        refusal.code(),
                        LoginFlow.ceilMillis(waitNanos),
                        sentence),
                core.now);
    }

    void credit(ServerSession session, ClientMessage.Credit message) {
        Occupant occupant = session.byRoom.get(message.roomId());
        if (occupant != null && occupant.cursor != null) {
            occupant.cursor.allow(message.upTo());
        }
    }

    /** A join is committed: those who waited for it are let in, unless another join of theirs is on its way. */
    void joined(LiveRoom liveRoom, ChatEvent joined) {
        if (!liveRoom.room.announces() || !liveRoom.room.roster().isPresent(joined.from())) {
            return;
        }
        Member member = liveRoom.room.roster().member(joined.from());
        if (member != null && member.role() != Role.MEMBER) {
            presences.tellRole(liveRoom, joined.from());
        }
        for (Occupant occupant : liveRoom.takeEntering(joined.from())) {
            if (!occupant.gone) {
                core.defects.apart(occupant.session, () -> admit(occupant, joined.sequence()));
            }
        }
    }

    /** A join could not be stored: those who waited for it are told. */
    void joinRefused(Proposal proposal, Refusal refusal) {
        Room room = proposal.liveRoom.room;
        if (!room.roster().joinRefused(proposal.draft().from())) {
            return;
        }
        for (Occupant occupant : proposal.liveRoom.takeEntering(proposal.draft().from())) {
            occupant.counted = false;
            if (!occupant.gone) {
                core.defects.apart(occupant.session, () -> {
                    exit.detach(occupant);
                    refuse(occupant.session, occupant.lane, room.name(), refusal, 0);
                });
            }
        }
    }
}
