package io.kabar.chat.internal.client;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a client: they live longer than a connection, and go on where they were on the next one. What is said in
 * them waits in the {@link ClientOutbox}.
 */
final class ClientRooms {

    /** Events a room's log may run ahead of what the program has taken. */
    static final int CREDIT = 1024;

    private final ArrayDeque<ClientEvent> events;
    private final ClientOutbox outbox;
    private final RoomTable rooms = new RoomTable();
    private final RoomEvents roomEvents;
    private final RoomLanes lanes = new RoomLanes();
    private final RoomRequests requests;
    private final UnreadConversations unread;
    private final ReadPlaces places;

    ClientRooms(ArrayDeque<ClientEvent> events, ClientOutbox outbox, ClientControlQueue control) {
        this.events = events;
        this.outbox = outbox;
        requests = new RoomRequests(events, rooms, lanes);
        roomEvents = new RoomEvents(rooms, control, requests::lookAgain);
        unread = new UnreadConversations(rooms, events);
        places = new ReadPlaces(rooms, control, events);
    }

    void addHeld(Map<String, Integer> held) {
        held.put("rooms", rooms.all().size());
        held.put("lanes", lanes.waiting());
        held.put("waiting", unread.size());
        held.put("unnamed", roomEvents.unnamed());
        held.put("early", rooms.all().stream().mapToInt(ClientRoom::early).sum());
        held.put(
                "early in a room",
                rooms.all().stream().mapToInt(ClientRoom::early).max().orElse(0));
    }

    /** Signed in: every room is entered, or entered again where its log was left. */
    void connected(Connection newConnection) {
        roomEvents.connected(newConnection);
        lanes.connected(newConnection);
        requests.connected();
    }

    /** The connection is gone. */
    void disconnected() {
        rooms.disconnected();
        roomEvents.disconnected();
        lanes.disconnected();
        requests.disconnected();
        rooms.all().forEach(ClientRoom::disconnected);
    }

    // Commands
    // ----------------------------------------------------------------------------------------------------------

    /** What is shown of a room's password whenever it is entered; nothing, if it is empty. */
    void shows(RoomName name, byte[] proof) {
        requests.shows(name, proof);
    }

    void join(long callId, RoomName name, JoinHistory history) {
        ClientRoom present = rooms.find(name);
        if (present == null) {
            enter(new ClientRoom(name, history, callId, events));
        } else if (present.isDeparting() && present.successor() == null) {
            present.followedBy(new ClientRoom(name, history, callId, events));
        } else {
            fail(callId, Refusal.BAD_REQUEST, alreadyIn(name), null);
        }
    }

    private static String alreadyIn(RoomName name) {
        return "You are in " + (name.isDirect() ? "this conversation" : name) + " already.";
    }

    private void enter(ClientRoom room) {
        int lane = lanes.free(room.name(), taken -> rooms.onLane(taken) != null);
        if (lane == 0) {
            outbox.remove(room, Refusal.TOO_MANY_ROOMS, "");
            fail(room.joinCall(), Refusal.TOO_MANY_ROOMS, "", null);
            return;
        }
        roomEvents.forgetUnnamed();
        room.takeLane(lane);
        rooms.add(room);
        requests.enter(room);
    }

    /** Whether too much waits already to go on the lanes of rooms. */
    boolean isFull() {
        return lanes.isFull();
    }

    /** Lanes have room again. */
    void fillLanes() {
        lanes.fill();
    }

    void leave(long callId, RoomName asked, String reason) {
        ClientRoom room = rooms.find(asked);
        ClientRoom.Departure before = room == null ? null : room.departure();
        if (!Limits.isWhole(reason)) {
            fail(callId, Refusal.BAD_REQUEST, ClientOutbox.HALF, null);
        } else if (room == null || (before != null && room.successor() == null)) {
            fail(callId, Refusal.NOT_IN_ROOM, "", null);
        } else if (before != null) {
            forgetSuccessor(room, Refusal.NOT_IN_ROOM);
            before.calls().add(callId);
        } else if (room.outbox().isEmpty()) {
            leave(room, new ClientRoom.Departure(callId, reason));
        } else {
            room.depart(new ClientRoom.Departure(callId, reason));
        }
    }

    private void forgetSuccessor(ClientRoom room, Refusal refusal) {
        ClientRoom successor = room.successor();
        room.followedBy(null);
        if (successor != null) {
            outbox.remove(successor, refusal, "");
            fail(successor.joinCall(), refusal, "", null);
        }
    }

    /**
     * Leaves those rooms that are to be left and in which everything that was said is answered: before, it could be
     * lost.
     */
    void leaveWhereAllIsSaid() {
        if (rooms.all().stream().noneMatch(ClientRoom::isDeparting)) {
            return;
        }
        for (ClientRoom room : List.copyOf(rooms.all())) {
            ClientRoom.Departure departure = room.departure();
            if (departure != null && room.outbox().isEmpty() && rooms.exact(room.name()) == room) {
                leave(room, departure);
                isLeft(room);
            }
        }
    }

    /** A room that was to be left is not there any more: it may be entered again. */
    private void isLeft(ClientRoom room) {
        ClientRoom successor = room.successor();
        if (successor != null) {
            enter(successor);
        }
    }

    private void leave(ClientRoom room, ClientRoom.Departure departure) {
        fail(room.joinCall(), Refusal.NOT_IN_ROOM, "", null); // if it is left before it was entered
        rooms.remove(room);
        requests.forget(room.name());
        Long roomId = room.roomId();
        if (roomId != null) {
            roomEvents.forget(other -> other == roomId);
        }
        lanes.leave(room.lane(), room.name(), departure.reason());
        hasLeft(departure, room.name(), departure.reason());
    }

    // Which rooms there are
    // ----------------------------------------------------------------------------------------------------------

    /** The rooms by all that they are called by. */
    RoomTable table() {
        return rooms;
    }

    /** Up to where rooms are read. */
    ReadPlaces places() {
        return places;
    }

    /** The events of the rooms. */
    RoomEvents events() {
        return roomEvents;
    }

    /** Whether the server has more to say about a room, as far as is known: more of its log, or that it is entered. */
    boolean isExpecting() {
        return rooms.all().stream().anyMatch(ClientRoom::isExpecting);
    }

    // What the server says
    // ----------------------------------------------------------------------------------------------

    void entered(ServerMessage.RoomEntered message, long now) throws MalformedPacketException {
        ClientRoom room = rooms.onLane(message.lane());
        if (room == null || !room.awaitsWord() || lanes.isLeaving(message.lane())) {
            return; // left again meanwhile
        }
        RoomRequests.requirePossible(message);
        if (room.isOutdated()) {
            Long before = room.roomId();
            if (before == null || before != message.roomId()) {
                throw new MalformedPacketException("a room that has another id");
            }
            room.told(message);
            letIn(room, now);
            return;
        }
        rooms.forgetCalled(room.name(), message.partner());
        ClientRoom same = rooms.rename(room, message.room());
        if (same != null) { // asked for twice, by two names, and not entered: the server refuses the second
            outbox.merge(same, room);
            room.takeOver(same);
            fail(same.joinCall(), Refusal.BAD_REQUEST, alreadyIn(room.name()), null);
        }
        Long firstUnread = room.hasBegun() ? null : unread.first(room.name());
        if (firstUnread != null && room.isCutShort(firstUnread, message)) {
            // How much to restore was decided before that was said: comes in again, to read from there on.
            room.readFrom(firstUnread);
            lanes.leave(room.lane(), room.name(), "");
            requests.enter(room);
            return;
        }
        rooms.isCalled(room, message.roomId());
        long differsFrom = room.enter(message, firstUnread);
        places.entered(room, message, differsFrom);
        if (differsFrom > 0) {
            events.add(new ClientEvent.HistoryChanged(room.name(), differsFrom));
        }
        outbox.enteredAgain(room, message.firstKnown());
        roomEvents.named(message.roomId()); // before it is let in, which may be the last that is waited for
        letIn(room, now);
    }

    void roster(ServerMessage.Roster message, long now) throws MalformedPacketException {
        ClientRoom room = rooms.byId(message.roomId());
        if (room != null) {
            room.listed(message.members());
            letIn(room, now);
        }
    }

    void values(ServerMessage.Values message, long now) throws MalformedPacketException {
        ClientRoom room = rooms.byId(message.roomId());
        if (room != null) {
            room.hasValues(message.values());
            letIn(room, now);
        }
    }

    /** If all is known of a room that the program has to know first, it is let in. */
    private void letIn(ClientRoom room, long now) throws MalformedPacketException {
        RoomState state = room.letIn();
        if (state == null) {
            return;
        }
        unread.remove(room.name());
        events.add(new ClientEvent.Entered(room.takeJoinCall(), state));
        roomEvents.forgetUnnamed();
        roomEvents.deliver(room);
        outbox.fill(room, now);
    }

    void refused(ServerMessage.Refused message, ServerMessage.Subject.Room subject, long now) {
        ClientRoom room = lanes.isLeaving(subject.lane()) ? null : rooms.onLane(subject.lane());
        if (room == null) {
            return;
        }
        long retryAfter = message.retryAfterMillis();
        if (room.awaitsWord() && (retryAfter > 0 || isPassing(room, message.refusal(), subject))) {
            requests.refusedForNow(room, message.refusal(), message.sentence(), retryAfter, now);
            return;
        }
        rooms.remove(room);
        rooms.isAlso(room.name(), subject.room());
        ClientRoom same = message.refusal() == Refusal.BAD_REQUEST ? rooms.find(room.name()) : null;
        if (same == null) {
            outbox.remove(room, message.refusal(), message.sentence());
        } else { // asked for by another name, and spoken in, while this client was on its way in
            outbox.merge(room, same);
            outbox.fill(same, now);
        }
        isPutOut(room, message.sentence());
        if (room.joinCall() != 0) {
            events.add(ClientEvent.refused(room.joinCall(), message));
        }
        isLeft(room);
    }

    /** Whether a room that is not entered will be, for all that is known. */
    private boolean isPassing(ClientRoom room, Refusal refusal, ServerMessage.Subject.Room subject) {
        // It was in this room before: a server that is only just back, or short of something, puts nobody out.
        boolean isShort = room.hasBegun() && (refusal == Refusal.STORAGE || refusal == Refusal.BUSY);
        // Or the join has overtaken the leave of the same room, which was called otherwise.
        return isShort || (refusal == Refusal.BAD_REQUEST && lanes.leaving(subject.room()) > 0);
    }

    /** Asks again for what was refused for a time. */
    void handleTimeout(long now) {
        requests.handleTimeout(now);
    }

    long nextTimeout() {
        return requests.nextTimeout();
    }

    /**
     * The server put this client out of a room, or answers {@link #leave}: the room may be on its way in again by then.
     */
    void left(ServerMessage.RoomLeft message) {
        if (message.asked()) {
            lanes.confirmed(message.lane());
            return;
        }
        ClientRoom room = lanes.isLeaving(message.lane()) ? null : rooms.onLane(message.lane());
        if (room != null && !room.isExpected()) {
            if (room.isOutdated()) { // its Join may come behind that, and would let this client in again
                lanes.leave(room.lane(), room.name(), "");
            }
            rooms.remove(room);
            requests.forget(room.name());
            outbox.remove(room, Refusal.NOT_IN_ROOM, message.reason());
            isPutOut(room, message.reason());
            isLeft(room);
        }
    }

    /** The server has put this client out of a room, which it may have been about to leave. */
    private void isPutOut(ClientRoom room, String reason) {
        ClientRoom.Departure departure = room.departure();
        if (departure != null) {
            hasLeft(departure, room.name(), reason);
        } else if (room.hasBegun()) {
            events.add(new ClientEvent.LeftRoom(0, room.name(), reason));
        }
    }

    private void hasLeft(ClientRoom.Departure departure, RoomName name, String reason) {
        departure.calls().forEach(callId -> events.add(new ClientEvent.LeftRoom(callId, name, reason)));
    }

    /** Something was said in a conversation with this user; whether to enter it is theirs to say. */
    void directWaiting(ServerMessage.DirectWaiting message) throws MalformedPacketException {
        unread.announced(message);
    }

    /** The end: everything that waits fails. */
    void failEverything(Refusal refusal) {
        for (ClientRoom room : rooms.all()) {
            outbox.remove(room, refusal, "");
            forgetSuccessor(room, refusal);
            ClientRoom.Departure departure = room.departure();
            if (departure != null) {
                departure.calls().forEach(callId -> fail(callId, refusal, "", null));
            }
            fail(room.joinCall(), refusal, "", null);
        }
        rooms.clear();
        roomEvents.disconnected();
        unread.clear();
    }

    private void fail(long callId, Refusal refusal, String sentence, @Nullable Duration retryAfter) {
        if (callId != 0) {
            events.add(ClientEvent.Failed.of(callId, refusal, sentence, retryAfter));
        }
    }
}
