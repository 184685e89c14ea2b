package io.kabar.chat.internal.server.room;

import io.kabar.chat.Author;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Presence;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.lane.EarlyWords;
import io.kabar.chat.internal.server.lane.LaneWords;
import io.kabar.chat.internal.server.lane.Objection;
import io.kabar.chat.internal.server.log.Room;
import io.kabar.chat.internal.server.session.Request;
import io.kabar.chat.internal.server.session.ServerControlQueue;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.SessionService;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one session that is signed in: those it is in by their lanes and their ids, and those it wants to enter.
 * What its client says is taken here, and goes to the room or the list that it is about.
 */
public final class SessionRooms implements SessionService {

    /** Rooms of a session that conversations of two cannot take up. */
    static final int KEPT_FOR_ROOMS = 16;
    /** How long a replaced session's rooms wait for the newer one. */
    private static final long GRACE = Duration.ofSeconds(30).toNanos();

    private final Rooms rooms;
    private final ServerSession session;
    private final Map<Integer, Occupant> byLane = new HashMap<>(4);
    private final Map<Long, Occupant> byRoom = new LinkedHashMap<>(4);
    /** Joins by their lanes of which it is not known yet whether there is such a room, or who may enter it. */
    private final Map<Integer, Arrival> arriving = new HashMap<>(0);

    private final Conversations.Told told = new Conversations.Told();
    private final EarlyWords early;

    SessionRooms(Rooms rooms, ServerSession session) {
        this.rooms = rooms;
        this.session = session;
        early = new EarlyWords(session);
    }

    /** The rooms of a session; null if it is not signed in. */
    public static @Nullable SessionRooms of(ServerSession session) {
        return session.service() instanceof SessionRooms theirs ? theirs : null;
    }

    public ServerSession session() {
        return session;
    }

    // What its client says
    // -------------------------------------------------------------------------------------------------------

    @Override
    public void onMessage(int lane, ClientMessage message) {
        if (message instanceof ClientMessage.Say say) {
            say(lane, say);
        } else if (message instanceof ClientMessage.Credit credit) {
            allow(credit);
        } else if (message instanceof ClientMessage.Read read) {
            read(read);
        } else if (message instanceof ClientMessage.Join join) {
            rooms.joins().join(this, lane, join);
        } else if (message instanceof ClientMessage.Leave leave) {
            leave(lane, leave);
        } else if (message instanceof ClientMessage.Request request) {
            rooms.ask(this, new Request(session, request.id()), request.query());
        } else if (message instanceof ClientMessage.Away away) {
            session.user().away(session.instance(), away.away());
        } else if (message instanceof ClientMessage.Unfit unfit
                && !(unfit.answer().subject() instanceof ServerMessage.Subject.Login)) {
            unfit(unfit.answer());
        } else if (!(message instanceof ClientMessage.Ignored)) {
            session.close(CloseReason.PROTOCOL_VIOLATION, "signed in already");
        }
    }

    @Override
    public boolean onSignal(long roomId, long packet, byte[] body) {
        Occupant occupant = byRoom.get(roomId);
        return occupant == null
                || !occupant.isPresent()
                || occupant.signal(body, packet, rooms.loop().now());
    }

    @Override
    public void onSignedIn() {
        rooms.conversations().signedIn(this);
    }

    @Override
    public void onPresence(Presence presence) {
        for (Occupant occupant : byRoom.values()) {
            occupant.liveRoom().news().show(session.user(), presence);
        }
    }

    @Override
    public int heldBytes() {
        return early.bytes();
    }

    @Override
    public long delivered() {
        long delivered = 0;
        for (Occupant occupant : byRoom.values()) {
            delivered += occupant.delivered();
        }
        return delivered;
    }

    private void say(int lane, ClientMessage.Say message) {
        LaneWords words = words(lane);
        if (words == null) {
            new LaneWords(early, lane).refuse(message, 0, new Objection(Refusal.NOT_IN_ROOM), 0, 0);
            return;
        }
        if (words.takes(message)) {
            Occupant occupant = present(lane);
            if (occupant != null && !words.isAsking()) {
                occupant.liveRoom().say(occupant, message);
            } else {
                words.keep(message);
            }
        }
    }

    /** Something has a field out of range: it is refused, and so is every other copy of a message. */
    private void unfit(ServerMessage.Refused answer) {
        if (answer.subject() instanceof ServerMessage.Subject.Message said) {
            LaneWords words = words(said.lane());
            if (words != null) {
                words.neverSaid(said.id(), answer.refusal());
            }
        }
        session.say(answer);
    }

    /** What is said on a lane that a Join has named; null if none has. */
    @Nullable
    LaneWords words(int lane) {
        Occupant occupant = byLane.get(lane);
        Arrival arrival = arriving.get(lane);
        return occupant != null ? occupant.words() : arrival != null ? arrival.words() : null;
    }

    private void allow(ClientMessage.Credit message) {
        Occupant occupant = byRoom.get(message.roomId());
        if (occupant != null) {
            occupant.allow(message.upTo());
        }
    }

    private void read(ClientMessage.Read message) {
        Occupant occupant = byRoom.get(message.roomId());
        if (occupant != null && occupant.isPresent()) {
            occupant.liveRoom().read(occupant, message.upTo());
        }
    }

    // Entering
    // -------------------------------------------------------------------------------------------------------

    /** Why a Join is refused that means this room; null if nothing speaks against it. */
    @Nullable
    Refusal objection(int lane, RoomName name) {
        if (words(lane) != null) {
            return Refusal.BAD_REQUEST;
        }
        if (byLane.size() + arriving.size() >= rooms.settings().roomsPerSession()
                || (name.isDirect() && conversations() >= mostConversations())) {
            return Refusal.TOO_MANY_ROOMS;
        }
        return occupant(name) != null ? Refusal.BAD_REQUEST : null;
    }

    /** Conversations of two it is in, or about to be. */
    private int conversations() {
        int count = 0;
        for (Arrival arrival : arriving.values()) {
            count += arrival.asked().isDirect() ? 1 : 0;
        }
        for (Occupant occupant : byRoom.values()) {
            count += occupant.room().name().isDirect() ? 1 : 0;
        }
        return count;
    }

    /**
     * Conversations of two a session may be in: others bring them about, so some rooms are left for what is no such.
     */
    private int mostConversations() {
        int most = rooms.settings().roomsPerSession();
        return Math.max(1, most - Math.min(KEPT_FOR_ROOMS, most / 2));
    }

    /** A Join waits until the host program has decided, or until it is known who its conversation is to be with. */
    void arrives(Arrival arrival) {
        arriving.put(arrival.lane(), arrival);
    }

    boolean isArriving(Arrival arrival) {
        return arrival.equals(arriving.get(arrival.lane()));
    }

    /** A Join waits no more: its room is entered. */
    void arrived(Arrival arrival) {
        arriving.remove(arrival.lane());
    }

    /** A Join waits no more: its room is not entered. */
    void giveUp(Arrival arrival) {
        if (arriving.remove(arrival.lane(), arrival)) {
            arrival.words().refuseEarly();
        }
    }

    /** Enters a room on the lane of these words. */
    void enter(Occupant occupant) {
        long roomId = occupant.room().roomId();
        byLane.put(occupant.lane(), occupant);
        byRoom.put(roomId, occupant);
        told.forget(roomId);
        occupant.liveRoom().enter(occupant);
    }

    /** Its stay in the room that it speaks to on this lane, if it was let in; null else. */
    @Nullable
    Occupant present(int lane) {
        Occupant occupant = byLane.get(lane);
        return occupant == null || !occupant.isPresent() ? null : occupant;
    }

    /** A Join is refused. */
    void refuse(int lane, String target, Objection objection, long waitNanos) {
        session.say(new ServerMessage.Refused(
                new ServerMessage.Subject.Room(lane, target),
                0,
                objection.refusal().code(),
                ServerLoop.ceilMillis(waitNanos),
                objection.sentence(),
                objection.obstacle()));
    }

    /** Takes one request of its user; 0 if it may be answered, else the nanoseconds until one may. */
    long takeRequest() {
        return session.takeRequest();
    }

    /** Takes one search of its user; 0 if it may be made, else the nanoseconds until one may. */
    public long takeSearch() {
        return session.user()
                .rates()
                .search(session.countedAddress(), rooms.loop().now());
    }

    // Leaving
    // -------------------------------------------------------------------------------------------------------

    /**
     * Leaves the room of a lane. While that is still being entered and something was said there, or the host program is
     * asked about something, the leave waits behind it, so that nothing said before a leave is lost.
     */
    private void leave(int lane, ClientMessage.Leave message) {
        Occupant occupant = byLane.get(lane);
        LaneWords words = words(lane);
        boolean entering = occupant == null || !occupant.isPresent();
        if (words != null && ((entering && words.hasEarly()) || words.isAsking()) && words.keepEarly(message)) {
            return;
        }
        if (occupant != null) {
            long unused = takeRequest(); // never refused, but it counts: entering once more has to wait
            occupant.liveRoom().leaving().leaveSaying(occupant, message.reason());
        }
        Arrival arrival = arriving.get(lane);
        if (arrival != null) {
            giveUp(arrival);
        }
        session.say(new ServerMessage.RoomLeft(lane, true, message.reason()));
    }

    @Override
    public void onEnded() {
        List.copyOf(arriving.values()).forEach(this::giveUp);
        for (Occupant occupant : List.copyOf(byRoom.values())) {
            occupant.liveRoom().leaving().leave(occupant, session.farewell());
        }
    }

    @Override
    public void onReplaced() {
        List.copyOf(arriving.values()).forEach(this::giveUp);
        List<LiveRoom> expected = new ArrayList<>();
        for (Occupant occupant : List.copyOf(byRoom.values())) {
            if (occupant.liveRoom().leaving().leaveForNewer(occupant)) {
                expected.add(occupant.liveRoom());
            }
        }
        Author author = session.user().author();
        rooms.loop()
                .at(
                        rooms.loop().now() + GRACE,
                        () -> expected.forEach(liveRoom -> liveRoom.leaving().giveUp(author, "")));
    }

    /** A stay has ended. */
    void left(Occupant occupant) {
        byLane.remove(occupant.lane());
        byRoom.remove(occupant.room().roomId());
    }

    // What it is in
    // -------------------------------------------------------------------------------------------------------

    /** Its stay in the room of this id, which may not have begun; null if there is none. */
    @Nullable
    Occupant occupant(long roomId) {
        return byRoom.get(roomId);
    }

    /** Its stay in the room that is meant by this name, which may not have begun; null if there is none. */
    @Nullable
    Occupant occupant(RoomName name) {
        Room room = rooms.liveRooms().find(name);
        return room == null ? null : byRoom.get(room.roomId());
    }

    /** Its stay in the room that is meant by this name; null if it was not let in there. */
    @Nullable
    public Occupant present(RoomName name) {
        Occupant occupant = occupant(name);
        return occupant == null || !occupant.isPresent() ? null : occupant;
    }

    /** All its stays, those that have not begun included. */
    public Collection<Occupant> occupants() {
        return Collections.unmodifiableCollection(byRoom.values());
    }

    /** A member of a room it is in is not as it knows it. */
    void changed(Room room, UserName name) {
        session.controlQueue().changed(new MemberNews.Change(this, room, name));
    }

    /** Its user has read a room further, on another device. */
    void readElsewhere(Occupant occupant) {
        session.controlQueue().changed(new ReadElsewhere(occupant));
    }

    /** Of several that wait one is told, as it is by then. */
    private record ReadElsewhere(Occupant occupant) implements ServerControlQueue.Change {

        @Override
        public @Nullable ServerMessage news() {
            long roomId = occupant.room().roomId();
            return occupant.isPresent()
                    ? new ServerMessage.ReadUpTo(roomId, occupant.liveRoom().readUpTo(occupant.account()))
                    : null;
        }
    }

    /** Direct conversations it was told of lately. */
    Conversations.Told told() {
        return told;
    }

    /** What is held of what its client says. */
    EarlyWords early() {
        return early;
    }
}
