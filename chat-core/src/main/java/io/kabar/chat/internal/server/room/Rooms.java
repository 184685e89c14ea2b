package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.StaffAction;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.Lookups;
import io.kabar.chat.internal.server.core.Questions;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.journal.JournalRequests;
import io.kabar.chat.internal.server.journal.PendingProposal;
import io.kabar.chat.internal.server.journal.RoomSnapshots;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.log.RoomFold;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.RequestTaker;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.SessionService;
import io.kabar.chat.internal.server.session.Users;
import io.kabar.chat.internal.server.staff.StaffRooms;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomMode;
import io.kabar.chat.spi.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that has to do with rooms: what sessions do there, and what the journal's answers mean for them. */
public final class Rooms implements StaffRooms {

    private final ServerLoop loop;
    private final ServerSettings settings;
    private final JournalRequests journal;
    private final LiveRooms liveRooms;
    private final Joins joins;
    private final Conversations conversations;
    private final HostRooms host;
    private final RestoredMembers restoredMembers;
    private final RoomSnapshots snapshots;
    private final List<RequestTaker> others = new ArrayList<>(2);
    private final Map<RoomName, String> lookAlikes = new LinkedHashMap<>();

    /** No rooms yet. */
    public Rooms(
            ServerLoop loop,
            ServerSettings settings,
            JournalRequests journal,
            Users users,
            Questions questions,
            Lookups lookups) {
        this.loop = loop;
        this.settings = settings;
        this.journal = journal;
        liveRooms = new LiveRooms(loop, settings, journal, users, questions, lookups);
        Targets targets = new Targets(liveRooms.registry(), users);
        joins = new Joins(liveRooms, targets, lookups);
        conversations = new Conversations(loop, journal, liveRooms, users);
        host = new HostRooms(loop, liveRooms, targets);
        snapshots = new RoomSnapshots(loop);
        restoredMembers = new RestoredMembers(loop, journal, settings.goneAfterNanos());
    }

    /** What a session that is signed in does in rooms. */
    public SessionService begin(ServerSession session) {
        return new SessionRooms(this, session);
    }

    /** Who takes what sessions ask beside what changes a room. */
    public void alsoTakes(RequestTaker... more) {
        others.addAll(List.of(more));
    }

    /** A session asks something. */
    void ask(SessionRooms asking, Request request, Query query) {
        for (RequestTaker other : others) {
            if (other.take(request, query)) {
                return;
            }
        }
        if (query instanceof Query.SetRoomPassword password) {
            PasswordSetter.set(asking, request, password);
        } else {
            request.refuse(Refusal.UNSUPPORTED);
        }
    }

    /** What the host program does in rooms. */
    public HostRooms host() {
        return host;
    }

    // What the journal knows
    // -------------------------------------------------------------------------------------------------------

    /**
     * Adds a room the journal keeps. Of rooms whose names look alike, the one added first has the name. Who is in it
     * by its log is waited for.
     */
    public void add(RoomName name, Journal.Kept kept) {
        Room other = liveRooms.find(name);
        RoomFold fold = snapshots.restore(name, kept);
        String topic = Limits.cut(kept.topic(), Limits.LINE_BYTES);
        Room room = liveRooms.registry().add(name, kept.first(), fold, topic);
        snapshots.opened(room, kept);
        LiveRoom liveRoom = liveRooms.of(room);
        liveRoom.order().password().settle();
        restoredMembers.expect(liveRoom);
        if (other != null) {
            lookAlikes.put(
                    name,
                    "The names of the rooms " + other.name() + " and " + name
                            + " look alike: the first, which is"
                            + " longer, has the name; the other is entered by its exact spelling.");
        }
    }

    /** The state of the room of exactly this name; null if there is none. */
    public @Nullable RoomFold fold(RoomName name) {
        Room room = liveRooms.registry().exact(name);
        return room == null ? null : room.fold();
    }

    /** The journal wants to let go of entries of a room, and needs its state before. */
    public void snapshotWanted(RoomName name) {
        Room room = liveRooms.registry().exact(name);
        if (room != null) {
            snapshots.wanted(room);
        }
    }

    /** The server stops. */
    public void stop() {
        snapshots.stop();
    }

    /** Rooms whose names mean others that were added before them, each with a sentence for an operator. */
    public Map<RoomName, String> takeLookAlikes() {
        Map<RoomName, String> taken = new LinkedHashMap<>(lookAlikes);
        lookAlikes.clear();
        return taken;
    }

    /** The journal has let go of everything before event {@code first}. */
    public void forgotten(RoomName name, long first) {
        Room room = liveRooms.registry().exact(name);
        if (room != null) {
            room.log().forget(first);
            liveRooms.noteKept(room);
        }
    }

    /** The journal has committed an event. {@code proposalId} is 0 if it was not proposed here. */
    public void committed(long proposalId, Journal.Entry entry) {
        PendingProposal proposal = journal.take(proposalId);
        boolean applied = apply(entry);
        if (proposal != null && applied) {
            journal.committed(proposal, entry);
        } else if (proposal != null) {
            journal.refused(proposal, Refusal.STORAGE);
        }
    }

    private boolean apply(Journal.Entry entry) {
        ChatEvent event = entry.event();
        LiveRoom liveRoom = liveRooms.findOrMake(event.room());
        boolean wasQuiet = liveRoom != null && liveRoom.isQuiet();
        if (liveRoom == null || !liveRooms.commit(liveRoom, entry)) {
            loop.tell(new ServerEvent.Warning("The journal committed " + event.room() + " event " + event.sequence()
                    + " out of order; it is not shown."));
            return false;
        }
        loop.counters().countCommitted();
        loop.tell(new ServerEvent.Committed(event));
        if (event.content() instanceof Content.Joined joined && joined.founds()) {
            liveRooms.order().forgetRoom(event.room());
        } else if (event.content() instanceof RoomChange.Banned banned
                && banned.until().equals(RoomChange.LIFTED)) {
            liveRooms.order().doors().lift(banned.whom().account(), event.room());
        }
        snapshots.committed(liveRoom.room(), event);
        conversations.committed(liveRoom, event);
        liveRoom.committed(event, wasQuiet);
        return true;
    }

    /** The journal could not store a proposal. */
    public void refused(long proposalId, Refusal refusal) {
        PendingProposal proposal = journal.take(proposalId);
        if (proposal != null) {
            journal.refused(proposal, refusal);
        }
    }

    // For the staff
    // -------------------------------------------------------------------------------------------------------

    @Override
    public void write(Author by, StaffAction action) {
        LiveRoom liveRoom = liveRooms.findOrMake(RoomName.STAFF);
        if (liveRoom == null) {
            LiveRoom.staffLineLost(loop, by, action);
        } else {
            liveRoom.writeStaffLine(by, action);
        }
    }

    @Override
    public List<RoomName> shownTo(ServerSession asking, ServerSession other) {
        SessionRooms own = SessionRooms.of(asking);
        return HostRooms.of(other).stream()
                .filter(room -> (own != null && own.present(room) != null) || isOpenlyThere(room))
                .toList();
    }

    private boolean isOpenlyThere(RoomName name) {
        RoomFold fold = fold(name);
        return !name.isDirect()
                && !name.equals(RoomName.STAFF)
                && fold != null
                && !fold.rules().modes().is(RoomMode.HIDDEN);
    }

    @Override
    public @Nullable RoomName present(ServerSession session, RoomName room) {
        SessionRooms theirs = SessionRooms.of(session);
        Occupant occupant = theirs == null ? null : theirs.present(room);
        return occupant == null ? null : occupant.room().name();
    }

    @Override
    public @Nullable Obstacle toBanning(ServerSession session, RoomName name) {
        Room room = liveRooms.registry().exact(name);
        return room == null ? null : liveRooms.of(room).order().toBanning(session.user());
    }

    @Override
    public @Nullable Instant bannedUntil(RoomName name, long account) {
        RoomFold fold = fold(name);
        return fold == null
                ? null
                : fold.rules().bannedUntil(account, loop.time()).orElse(null);
    }

    @Override
    public long last(RoomName room) {
        Room found = liveRooms.registry().exact(room);
        return found == null ? 0 : found.log().last();
    }

    // What the account store knows
    // -------------------------------------------------------------------------------------------------------

    /** An account is another one, or gone. */
    public void accountChanged(UserName name) {
        joins.accountChanged(name);
    }

    // How much there is
    // -------------------------------------------------------------------------------------------------------

    /** Rooms known. */
    public int size() {
        return liveRooms.registry().all().size();
    }

    public void addHeld(Map<String, Integer> held) {
        conversations.addHeld(held);
        liveRooms.addHeld(held);
    }

    // For the rooms of a session
    // -------------------------------------------------------------------------------------------------------

    ServerLoop loop() {
        return loop;
    }

    ServerSettings settings() {
        return settings;
    }

    /** The rooms, each with who is in it. */
    public LiveRooms liveRooms() {
        return liveRooms;
    }

    Joins joins() {
        return joins;
    }

    /** What is told of conversations of two. */
    public Conversations conversations() {
        return conversations;
    }
}
