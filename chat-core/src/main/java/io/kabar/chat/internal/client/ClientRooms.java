package io.kabar.chat.internal.client;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.internal.client.calls.CalledRooms;
import io.kabar.chat.internal.client.calls.PendingCalls;
import io.kabar.chat.internal.client.calls.Retries;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.EventCodec;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.internal.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a client: they live longer than a connection, and go on where they were on the next one. What is said in
 * them waits in the {@link ClientOutbox}.
 */
final class ClientRooms implements CalledRooms {

    /** Events a room's log may run ahead of what the program has taken. */
    static final int CREDIT = 1024;
    /** Members a server may tell of a room; an honest one stops much earlier. */
    private static final int MAX_MEMBERS = 100_000;

    /** Direct conversations that wait to be entered and are remembered here. */
    private static final int MAX_WAITING = 1024;

    /** When a room is asked for again that the server could not let a member back into for now. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final ArrayDeque<ClientEvent> events;
    private final ClientOutbox outbox;
    private final ClientControlQueue control;
    private final Map<RoomName, ClientRoom> rooms = new LinkedHashMap<>();
    private final Map<Long, ClientRoom> byId = new HashMap<>();
    /** Names by which rooms were asked for that the server calls otherwise. */
    private final Map<RoomName, RoomName> aliases = new HashMap<>();

    private final RoomLanes lanes = new RoomLanes();
    /** Rooms that are left as soon as everything said in them is answered. */
    private final Set<ClientRoom> departing = new LinkedHashSet<>();
    /** Rooms the server has refused for a time. */
    private final Retries<RoomName> refused = new Retries<>();

    /**
     * Direct conversations in which something was said that this client has not read, and the number of the first of
     * it: whoever enters one reads from there on. The newest of them, so that strangers cannot fill the memory.
     */
    private final Map<RoomName, Long> waiting = new LinkedHashMap<>();

    private final EarlyEvents early = new EarlyEvents();
    private @Nullable Connection connection;

    ClientRooms(ArrayDeque<ClientEvent> events, ClientOutbox outbox, ClientControlQueue control) {
        this.events = events;
        this.outbox = outbox;
        this.control = control;
    }

    void addHeld(Map<String, Integer> held) {
        held.put("rooms", rooms.size());
        held.put("lanes", lanes.waiting());
        held.put("waiting", waiting.size());
        held.put("unnamed", early.size());
        held.put("early", rooms.values().stream().mapToInt(ClientRoom::early).sum());
        held.put(
                "early in a room",
                rooms.values().stream().mapToInt(ClientRoom::early).max().orElse(0));
    }

    /** Signed in: every room is entered, or entered again where its log was left. */
    void connected(Connection newConnection) {
        connection = newConnection;
        lanes.connected(newConnection);
        rooms.values().forEach(this::askToEnter);
    }

    /** The connection is gone. */
    void disconnected() {
        connection = null;
        byId.clear();
        lanes.disconnected();
        early.clear();
        refused.clear();
        rooms.values().forEach(ClientRoom::disconnected);
    }

    // Commands
    // ----------------------------------------------------------------------------------------------------------

    void join(long callId, RoomName name, JoinHistory history) {
        ClientRoom present = find(name);
        if (present == null) {
            enter(new ClientRoom(name, 0, history, callId));
        } else if (present.departure != null && present.successor == null) {
            present.successor = new ClientRoom(name, 0, history, callId);
        } else {
            fail(callId, Refusal.BAD_REQUEST, "You are in " + name + " already.", null);
        }
    }

    private void enter(ClientRoom room) {
        int lane = lanes.free(room.name, taken -> onLane(taken) != null);
        if (lane == 0) {
            outbox.remove(room, Refusal.TOO_MANY_ROOMS, "");
            fail(room.joinCall, Refusal.TOO_MANY_ROOMS, "", null);
            return;
        }
        if (!anyExpected()) {
            forgetEarly();
        }
        room.lane = lane;
        rooms.put(room.name, room);
        askToEnter(room);
    }

    /** Whether the server has more to say about a room, as far as is known: more of its log, or that it is entered. */
    boolean isExpecting() {
        return rooms.values().stream().anyMatch(ClientRoom::isExpecting);
    }

    private void askToEnter(ClientRoom room) {
        room.refused = false;
        EventOrder order = room.order;
        JoinHistory history =
                order == null ? room.history : JoinHistory.from(order.next()).having(room.read());
        say(room, history);
    }

    /**
     * What is gone may have been joins, leaves and topics: asks how the room is now, and waits with what came after.
     */
    private void lookAgain(ClientRoom room) {
        room.inside = false;
        room.outdated = true;
        say(room, JoinHistory.NONE);
    }

    private void say(ClientRoom room, JoinHistory history) {
        lanes.say(room.lane, new ClientMessage.Join(ClientMessage.Target.room(room.name.text()), history, CREDIT));
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
        ClientRoom room = find(asked);
        if (!Limits.isWhole(reason)) {
            fail(callId, Refusal.BAD_REQUEST, ClientOutbox.HALF, null);
        } else if (room == null || (room.departure != null && room.successor == null)) {
            fail(callId, Refusal.NOT_IN_ROOM, "", null);
        } else if (room.departure != null) {
            forgetSuccessor(room, Refusal.NOT_IN_ROOM, "");
            room.departure.calls().add(callId);
        } else if (room.outbox.isEmpty()) {
            leave(room, new ClientRoom.Departure(callId, reason));
        } else {
            room.departure = new ClientRoom.Departure(callId, reason);
            departing.add(room);
        }
    }

    private void forgetSuccessor(ClientRoom room, Refusal refusal, String sentence) {
        ClientRoom successor = room.successor;
        room.successor = null;
        if (successor != null) {
            outbox.remove(successor, refusal, sentence);
            fail(successor.joinCall, refusal, sentence, null);
        }
    }

    /**
     * Leaves those rooms that are to be left and in which everything that was said is answered: before, it could be
     * lost.
     */
    void leaveWhereAllIsSaid() {
        if (departing.isEmpty()) {
            return;
        }
        for (ClientRoom room : List.copyOf(departing)) {
            if (room.departure != null && room.outbox.isEmpty() && rooms.get(room.name) == room) {
                leave(room, room.departure);
                isLeft(room);
            }
        }
    }

    /** A room that was to be left is not there any more: it may be entered again. */
    private void isLeft(ClientRoom room) {
        departing.remove(room);
        ClientRoom successor = room.successor;
        room.departure = null;
        room.successor = null;
        if (successor != null) {
            enter(successor);
        }
    }

    private void leave(ClientRoom room, ClientRoom.Departure departure) {
        RoomName name = room.name;
        rooms.remove(name);
        fail(room.joinCall, Refusal.NOT_IN_ROOM, "", null); // if it is left before it was entered
        forgetAliases(name);
        forget(room);
        refused.remove(name);
        if (connection != null) {
            if (room.entered != null) {
                long roomId = room.entered.roomId();
                forgetEvents(other -> other == roomId);
            }
            lanes.leave(room.lane, name, departure.reason());
        }
        tellLeft(departure, name, departure.reason());
    }

    /** The room that was asked for, or is called, so. */
    @Nullable
    ClientRoom find(RoomName name) {
        return rooms.get(named(name));
    }

    /** The room in which something can be said by this name: not one that is being left. */
    @Nullable
    ClientRoom toSpeakIn(RoomName name) {
        ClientRoom room = find(name);
        return room == null || room.departure == null ? room : room.successor;
    }

    /** What the server calls the room that was asked for by this name. */
    RoomName named(RoomName asked) {
        return rooms.containsKey(asked) ? asked : aliases.getOrDefault(asked, asked);
    }

    @Override
    public boolean has(RoomName name) {
        return find(name) != null;
    }

    @Override
    public boolean isInside(RoomName name) {
        ClientRoom room = find(name);
        return room != null && room.inside;
    }

    /** The program has taken the events up to {@code seq}: the server may send more. */
    void consumed(RoomName name, long seq) {
        ClientRoom room = find(name);
        if (room == null || room.entered == null || seq + CREDIT - room.credit < CREDIT / 2) {
            return;
        }
        room.credit = seq + CREDIT;
        control.say(new ClientMessage.Credit(room.entered.roomId(), room.credit));
    }

    @Nullable
    Long idOf(RoomName name) {
        ClientRoom room = find(name);
        return room == null || room.entered == null ? null : Long.valueOf(room.entered.roomId());
    }

    @Nullable
    RoomName nameOf(long roomId) {
        ClientRoom room = byId.get(roomId);
        return room == null ? null : room.name;
    }

    // What the server says
    // ----------------------------------------------------------------------------------------------

    void entered(ServerMessage.RoomEntered message, long now) throws MalformedPacketException {
        ClientRoom room = onLane(message.lane());
        if (room == null || (room.entered != null && !room.outdated) || lanes.isLeaving(message.lane())) {
            return; // left again meanwhile
        }
        if (message.firstRestored() < 1
                || message.firstRestored() > message.last() + 1
                || message.last() > JoinHistory.MAX_SEQUENCE
                || message.epoch() > LogPosition.MAX_EPOCH
                || message.nextEpoch() > LogPosition.MAX_EPOCH
                || message.differsFrom() > JoinHistory.MAX_SEQUENCE
                || message.occupants() > MAX_MEMBERS) {
            throw new MalformedPacketException("a room that cannot be");
        }
        if (room.entered != null) {
            lookedAgain(room, room.entered, message, now);
            return;
        }
        rename(room, message.room());
        Long firstWaiting = room.order == null ? waiting.get(room.name) : null;
        if (firstWaiting != null
                && room.history.kind() == JoinHistory.Kind.LAST
                && firstWaiting < message.firstRestored()
                && message.firstRestored() > message.firstKept()) {
            enterFrom(room, firstWaiting);
            return;
        }
        byId.put(message.roomId(), room);
        EventOrder order = room.order;
        long differsFrom = differsFrom(order, message);
        if (differsFrom > 0) {
            events.add(new ClientEvent.HistoryChanged(room.name, differsFrom));
        }
        if (order == null || differsFrom > 0) {
            room.beginAnew(differsFrom, message);
        }
        if (firstWaiting != null) { // what was announced happened while this client was signed in: that is no history
            room.live = Math.min(room.live, firstWaiting);
        }
        room.told(message);
        outbox.enteredAnew(room, message.firstKnown());
        room.credit = message.firstRestored() - 1 + CREDIT;
        rosterArrived(room, now);
        for (EarlyEvents.Early event : early.take(message.roomId())) {
            if (event.body() == null) {
                gap(message.roomId(), event.seq(), event.gapTo());
            } else {
                event(message.roomId(), event.seq(), event.body());
            }
        }
    }

    /** Comes in again, to read from event {@code sequence} on: how much to restore was decided before that was said. */
    private void enterFrom(ClientRoom room, long sequence) {
        room.history = JoinHistory.from(sequence).having(room.history.read());
        lanes.leave(room.lane, room.name, "");
        askToEnter(room);
    }

    /** From where on the server's log is not the one that was read here or, says the program, before; 0 if it is. */
    private static long differsFrom(@Nullable EventOrder order, ServerMessage.RoomEntered message) {
        if (order == null || message.differsFrom() > 0) {
            return message.differsFrom();
        }
        // Nobody can tell whose writing it was, but this log is too short to be the same.
        return Math.min(message.firstRestored(), message.last() + 1) < order.next() ? message.firstRestored() : 0;
    }

    /** The server calls a room as it always does, however it was asked for. */
    private void rename(ClientRoom room, RoomName name) {
        if (room.name.equals(name)) {
            return;
        }
        rooms.remove(room.name);
        aliases.put(room.name, name);
        room.name = name;
        ClientRoom other = rooms.put(name, room);
        if (other != null) { // asked for twice, by two names, and not entered: the server refuses the second
            forget(other);
            room.outbox.addAll(other.outbox);
            other.outbox.clear();
            fail(other.joinCall, Refusal.BAD_REQUEST, "You are in " + name + " already.", null);
        }
    }

    private void lookedAgain(
            ClientRoom room, ServerMessage.RoomEntered before, ServerMessage.RoomEntered message, long now)
            throws MalformedPacketException {
        if (message.roomId() != before.roomId()) {
            throw new MalformedPacketException("a room that has another id");
        }
        room.outdated = false;
        room.told(message);
        rosterArrived(room, now);
    }

    void roster(ServerMessage.Roster message, long now) throws MalformedPacketException {
        ClientRoom room = byId.get(message.roomId());
        if (room != null && !room.inside && !room.outdated) {
            room.roster.addAll(message.members());
            rosterArrived(room, now);
        }
    }

    private void rosterArrived(ClientRoom room, long now) throws MalformedPacketException {
        ServerMessage.RoomEntered entered = room.entered;
        if (entered == null || room.roster.size() < entered.occupants()) {
            return;
        }
        room.letIn();
        waiting.remove(room.name);
        events.add(new ClientEvent.Entered(
                room.joinCall,
                new RoomState(
                        room.name,
                        entered.topic(),
                        room.roster,
                        entered.firstKept(),
                        entered.last(),
                        entered.firstRestored(),
                        entered.retention(),
                        entered.epoch(),
                        entered.nextEpoch())));
        room.joinCall = 0;
        room.roster.clear();
        if (!anyExpected()) {
            forgetEarly();
        }
        deliver(room);
        outbox.fill(room, now);
    }

    void refused(ServerMessage.Refused message, ServerMessage.Subject.Room subject, long now) {
        ClientRoom room = lanes.isLeaving(subject.lane()) ? null : onLane(subject.lane());
        if (room == null) {
            return;
        }
        Refusal refusal = message.refusal();
        // It was in this room before: a server that is only just back, or short of something, puts nobody out.
        boolean passing = room.order != null && (refusal == Refusal.STORAGE || refusal == Refusal.BUSY);
        // Or it has overtaken the leave of the same room, which was called otherwise.
        passing |= refusal == Refusal.BAD_REQUEST && lanes.leaving(subject.room()) > 0;
        if (room.isAsked() && (passing || message.retryAfterMillis() > 0)) {
            long wait = message.retryAfterMillis() > 0 ? message.retryAfterMillis() : ASK_AGAIN.toMillis();
            refused.add(room.name, refusal, wait, now);
            room.refused = true;
            if (room.joinCall != 0) {
                ClientOutbox.tellLongWait(events, "Entering " + room.name + " waits", wait, message.sentence());
            }
            return;
        }
        rooms.remove(room.name);
        forgetAliases(room.name);
        forget(room);
        outbox.remove(room, refusal, message.sentence());
        for (ClientRoom inside : rooms.values()) {
            if (inside.name.text().equals(subject.room())) {
                aliases.put(room.name, inside.name); // the same room by another name, and this client is in it
            }
        }
        tellLeft(room, message.sentence());
        if (room.joinCall != 0) {
            fail(room.joinCall, refusal, message.sentence(), ClientOutbox.millis(message.retryAfterMillis()));
        }
        isLeft(room);
    }

    /** Asks again for what was refused for a time. */
    void handleTimeout(long now) {
        for (RoomName name : refused.takeDue(now)) {
            ClientRoom room = rooms.get(name);
            if (room != null && room.outdated) {
                lookAgain(room);
            } else if (room != null && room.entered == null) {
                askToEnter(room);
            }
        }
    }

    long nextTimeout() {
        return refused.next();
    }

    /**
     * The server put this client out of a room, or answers {@link #leave}: the room may be on its way in again by then.
     */
    void left(ServerMessage.RoomLeft message) {
        if (message.asked()) {
            lanes.confirmed(message.lane());
            return;
        }
        ClientRoom room = lanes.isLeaving(message.lane()) ? null : onLane(message.lane());
        if (room != null && room.entered != null) {
            rooms.remove(room.name);
            forgetAliases(room.name);
            forget(room);
            outbox.remove(room, Refusal.NOT_IN_ROOM, message.reason());
            tellLeft(room, message.reason());
            isLeft(room);
        }
    }

    /** The server has put this client out of a room, which it may have been about to leave. */
    private void tellLeft(ClientRoom room, String reason) {
        if (room.departure != null) {
            tellLeft(room.departure, room.name, reason);
        } else if (room.order != null) {
            events.add(new ClientEvent.LeftRoom(0, room.name, reason));
        }
    }

    private void tellLeft(ClientRoom.Departure departure, RoomName name, String reason) {
        departure.calls().forEach(callId -> events.add(new ClientEvent.LeftRoom(callId, name, reason)));
    }

    private void forgetAliases(RoomName name) {
        aliases.values().removeIf(name::equals);
    }

    private void forget(ClientRoom room) {
        if (room.entered != null) {
            byId.remove(room.entered.roomId(), room);
        }
    }

    @Nullable
    ClientRoom onLane(int lane) {
        for (ClientRoom room : rooms.values()) {
            if (room.lane == lane) {
                return room;
            }
        }
        return null;
    }

    void event(long roomId, long seq, byte[] body) throws MalformedPacketException {
        ClientRoom room = byId.get(roomId);
        if (room == null || room.order == null) {
            keepEarly(roomId, new EarlyEvents.Early(seq, body, 0));
            return;
        }
        if (seq > room.credit) {
            return; // still from an earlier stay in this room; it is sent again if it belongs to this one
        }
        room.order.add(seq, body);
        deliver(room);
    }

    void gap(long roomId, long from, long to) throws MalformedPacketException {
        ClientRoom room = byId.get(roomId);
        if (room == null || room.order == null) {
            keepEarly(roomId, new EarlyEvents.Early(from, null, to));
            return;
        }
        room.order.gone(to);
        deliver(room);
    }

    private void keepEarly(long roomId, EarlyEvents.Early event) throws MalformedPacketException {
        if (anyExpected()) { // or it is of a room that was left
            early.add(roomId, event);
        }
    }

    /** No room is on its way: what came without a room's name was of rooms left since, and may come again. */
    private void forgetEarly() {
        early.clear();
        forgetEvents(number -> !PendingCalls.isHistory(number) && !byId.containsKey(number));
    }

    /**
     * Parts of events under these numbers that have come are not needed: if they are after all, all of them come again.
     */
    void forgetEvents(LongPredicate numbers) {
        if (connection != null) {
            connection.forgetLogs(numbers);
        }
    }

    private boolean anyExpected() {
        return rooms.values().stream().anyMatch(room -> room.entered == null);
    }

    private void deliver(ClientRoom room) throws MalformedPacketException {
        EventOrder order = room.order;
        if (!room.inside || order == null) {
            return;
        }
        while (true) {
            long first = order.next();
            if (order.skip()) {
                events.add(new ClientEvent.HistoryGone(room.name, first, order.next() - 1));
                // What is gone has used up the credit, but the program will never say that it took it.
                consumed(room.name, order.next() - 1);
                if (room.entered != null && order.next() - 1 > room.entered.last()) {
                    lookAgain(room);
                    return;
                }
            }
            tellChanges(room);
            long seq = order.next();
            byte[] body = order.poll();
            if (body == null) {
                return;
            }
            ChatEvent event = EventCodec.decode(room.name, room.epochOf(seq), seq, body);
            events.add(new ClientEvent.Event(event, seq < room.live));
        }
    }

    /** How a member is once an event has happened, which may still be on its way. */
    void memberChanged(ServerMessage.MemberChanged message) {
        ClientRoom room = byId.get(message.roomId());
        if (room != null && room.inside) {
            room.changes.remove(message.member().name()); // the newest goes to the end
            room.changes.put(message.member().name(), message);
            if (room.changes.size() > WireLimits.MEMBER_CHANGES) {
                room.changes.remove(room.changes.keySet().iterator().next());
            }
            tellChanges(room);
        }
    }

    private void tellChanges(ClientRoom room) {
        EventOrder order = room.order;
        if (room.changes.isEmpty() || order == null) {
            return;
        }
        room.changes.values().removeIf(change -> {
            boolean told = change.sequence() < order.next();
            if (told) {
                events.add(new ClientEvent.MemberChanged(room.name, change.member()));
            }
            return told;
        });
    }

    /** Something was said in a conversation with this user; whether to enter it is theirs to say. */
    void directWaiting(ServerMessage.DirectWaiting message) throws MalformedPacketException {
        if (!message.room().isDirect() || message.sequence() < 1 || message.sequence() > JoinHistory.MAX_SEQUENCE) {
            throw new MalformedPacketException("a conversation that cannot be");
        }
        ClientRoom room = rooms.get(message.room());
        if (room != null && room.order != null) {
            return; // it is read where it was left
        }
        waiting.merge(message.room(), message.sequence(), Math::min);
        if (waiting.size() > MAX_WAITING) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        if (room == null) {
            events.add(new ClientEvent.DirectWaiting(message.room(), message.sequence()));
        }
    }

    /** The end: everything that waits fails. */
    void failEverything(Refusal refusal, String sentence) {
        for (ClientRoom room : rooms.values()) {
            outbox.remove(room, refusal, sentence);
            forgetSuccessor(room, refusal, sentence);
            if (room.departure != null) {
                room.departure.calls().forEach(callId -> fail(callId, refusal, sentence, null));
            }
            if (room.joinCall != 0) {
                fail(room.joinCall, refusal, sentence, null);
            }
        }
        rooms.clear();
        departing.clear();
        aliases.clear();
        early.clear();
        waiting.clear();
    }

    private void fail(long callId, Refusal refusal, String sentence, @Nullable Duration retryAfter) {
        if (callId != 0) {
            events.add(ClientEvent.Failed.of(callId, refusal, sentence, retryAfter));
        }
    }
}
