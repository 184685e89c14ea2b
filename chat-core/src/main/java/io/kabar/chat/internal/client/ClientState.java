package io.kabar.chat.internal.client;

import io.kabar.chat.Content;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.calls.Outcome;
import io.kabar.chat.internal.client.calls.PendingCalls;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.endpoint.TokenBucket;
import io.kabar.chat.internal.endpoint.TypingSignal;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ProgramSignal;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.rules.Obstacle;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a user does and sees: the rooms they are in, what they say and what they ask. It lives on whatever happens to
 * connections: on each new one everything goes on where it was.
 */
final class ClientState {

    /** Calls that may wait for an answer: a program that asks faster than a server answers hears of it. */
    private static final int MAX_CALLS = 4096;

    private final ArrayDeque<ClientEvent> events;
    private final ClientControlQueue control = new ClientControlQueue();
    private final ClientOutbox outbox;
    private final ClientRooms rooms;
    private final PendingCalls calls;

    private final ClientSignals signals = new ClientSignals();
    private boolean away;
    /** Who is signed in, as the newest welcome has told; null before the first. */
    private @Nullable UserName self;

    ClientState(ArrayDeque<ClientEvent> events, int outboxMessages) {
        this.events = events;
        outbox = new ClientOutbox(events, outboxMessages);
        rooms = new ClientRooms(events, outbox, control);
        calls = new PendingCalls(rooms.table(), control::say, rooms.events()::forget);
    }

    /** The server has let this client in. */
    void welcomed(ServerMessage.Welcome welcome, ServerKey key, boolean isFirstContact) {
        UserName name = new UserName(welcome.name());
        events.add(new ClientEvent.MessageLimit(welcome.maxMessageBytes()));
        if (self == null) {
            events.add(new ClientEvent.SignedIn(name, key, isFirstContact));
        } else if (!self.equals(name)) {
            events.add(new ClientEvent.Renamed(name));
        }
        self = name;
    }

    /** Signed in on a connection: everything goes on there. */
    void connected(Connection current, ServerMessage.Welcome welcome, long now) {
        signals.connected(current);
        // A little slower than the server allows: its clock sees messages bunched that left evenly.
        TokenBucket rate = welcome.rateBurst() == 0
                ? new TokenBucket(0, 1, now)
                : new TokenBucket(
                        Math.max(1, welcome.rateBurst() - 2), Math.max(1, welcome.ratePerSecond() * 19 / 20), now);
        control.connected(current);
        outbox.connected(current, rate, now);
        if (away) { // before the rooms, or others would see this user here for a moment
            control.say(new ClientMessage.Away(true));
        }
        rooms.connected(current);
        calls.connected(now);
    }

    /** The connection is gone. */
    void disconnected() {
        signals.disconnected();
        control.disconnected();
        rooms.disconnected();
        outbox.disconnected();
        calls.disconnected();
    }

    /** The end: everything that waits fails. */
    void failEverything(Refusal refusal) {
        signals.disconnected();
        control.disconnected();
        rooms.failEverything(refusal);
        calls.failEverything(Refusal.CLOSED);
    }

    // What the user does
    // ----------------------------------------------------------------------------------------------------------------

    void joinBy(long callId, RoomName room, JoinHistory from, byte[] proof) {
        rooms.shows(room, proof);
        join(callId, room, from);
    }

    void join(long callId, RoomName room, JoinHistory from) {
        if (accepts(callId)) {
            rooms.join(callId, room, from);
        }
    }

    void leave(long callId, RoomName room, String reason, long now) {
        rooms.leave(callId, room, reason);
        calls.pump(now);
    }

    void say(long callId, RoomName room, long ref, Content content, MessageId id, long now) {
        outbox.say(callId, rooms.table().toSpeakIn(room), ref, content, id, now);
    }

    void say(long callId, RoomName room, long ref, Saying kind, String text, MessageId id, long now) {
        outbox.say(callId, rooms.table().toSpeakIn(room), ref, kind, text, id, now);
    }

    void listRooms(long callId, long now) {
        if (accepts(callId)) {
            calls.listRooms(outcome(callId, ClientEvent.RoomList::new), now);
        }
    }

    void listMembers(long callId, RoomName room, Member.Query query, long now) {
        if (accepts(callId)) {
            calls.listMembers(room, query, outcome(callId, ClientEvent.MemberList::new), now);
        }
    }

    void whoSaw(long callId, RoomName room, long sequence, long now) {
        if (accepts(callId)) {
            calls.whoSaw(rooms.table().named(room), sequence, outcome(callId, ClientEvent.Delivered::new), now);
        }
    }

    void readHistory(long callId, RoomName room, HistoryRange span, long now) {
        if (accepts(callId)) {
            calls.readHistory(rooms.table().named(room), span, outcome(callId, ClientEvent.HistoryResult::new), now);
        }
    }

    void search(long callId, RoomName room, String words, long before, long now) {
        if (accepts(callId)) {
            calls.search(rooms.table().named(room), words, before, outcome(callId, ClientEvent.SearchResult::new), now);
        }
    }

    /** Asks something that concerns no room. */
    <T> void ask(long callId, Supplier<Query> question, Function<Answer, @Nullable T> reading, long now) {
        if (accepts(callId)) {
            calls.ask(question, reading, outcome(callId, (id, value) -> new ClientEvent.Answered(id, value)), now);
        }
    }

    /** Asks something whose answer may come in pieces. */
    void askAll(long callId, Query query, @Nullable RoomName room, Class<? extends Answer> expected, long now) {
        if (accepts(callId)) {
            RoomName named = room == null ? null : rooms.table().named(room);
            calls.askAll(
                    query, named, expected, outcome(callId, (id, pieces) -> new ClientEvent.Answered(id, pieces)), now);
        }
    }

    /** How a call ends, as something to tell. */
    private interface Told<T> {
        ClientEvent of(long callId, T value);
    }

    private <T> Outcome<T> outcome(long callId, Told<T> told) {
        return new Outcome<>() {
            @Override
            public void done(T value) {
                events.add(told.of(callId, value));
            }

            @Override
            public void failed(Refusal refusal, String sentence, @Nullable Obstacle obstacle) {
                events.add(ClientEvent.Failed.forGood(callId, refusal, sentence, obstacle));
            }
        };
    }

    /** Whether more may be asked; if the server takes nothing of what was asked before, the call is told so. */
    private boolean accepts(long callId) {
        if (control.isFull() || rooms.isFull() || calls.size() >= MAX_CALLS) {
            events.add(ClientEvent.Failed.of(callId, Refusal.BACK_PRESSURED, "", null));
            return false;
        }
        return true;
    }

    void typing(RoomName room, long now) {
        Long roomId = rooms.table().idOf(room);
        if (roomId != null) {
            signals.typing(roomId, now);
        }
    }

    void signal(RoomName room, String key, byte[] bytes, long now) {
        Long roomId = rooms.table().idOf(room);
        if (roomId != null) {
            signals.signal(roomId, key, bytes, now);
        }
    }

    void away(boolean isAway) {
        away = isAway;
        control.say(new ClientMessage.Away(isAway));
    }

    void read(RoomName room, long upTo) {
        rooms.places().read(room, upTo);
    }

    void consumed(RoomName room, long seq) {
        rooms.events().consumed(room, seq);
    }

    // What the server says
    // ----------------------------------------------------------------------------------------------------------------

    /** Tells a room this client is in something; it may have been left meanwhile. */
    private void inRoom(long roomId, Consumer<ClientRoom> word) {
        ClientRoom room = rooms.table().byId(roomId);
        if (room != null) {
            word.accept(room);
        }
    }

    void handle(ServerMessage message, long now) throws MalformedPacketException {
        if (message instanceof ServerMessage.Accepted m) {
            outbox.accepted(rooms.table().onLane(m.lane()), m, now);
        } else if (message instanceof ServerMessage.Refused m) {
            refused(m, now);
        } else if (message instanceof ServerMessage.RoomEntered m) {
            rooms.entered(m, now);
        } else if (message instanceof ServerMessage.Roster m) {
            rooms.roster(m, now);
        } else if (message instanceof ServerMessage.Values m) {
            rooms.values(m, now);
        } else if (message instanceof ServerMessage.RoomLeft m) {
            rooms.left(m);
        } else if (message instanceof ServerMessage.MemberChanged m) {
            inRoom(m.roomId(), room -> room.changed(m));
        } else if (message instanceof ServerMessage.Inside m) {
            inRoom(m.roomId(), room -> room.counted(m.count()));
        } else if (message instanceof ServerMessage.ReadUpTo m) {
            rooms.places().readElsewhere(m);
        } else if (message instanceof ServerMessage.DirectWaiting m) {
            rooms.directWaiting(m);
        } else if (message instanceof ServerMessage.Notice m) {
            events.add(new ClientEvent.Notice(m.sentence()));
        } else if (message instanceof ServerMessage.Reply m) {
            calls.replied(m, now);
        }
        rooms.leaveWhereAllIsSaid();
        calls.pump(now);
    }

    private void refused(ServerMessage.Refused message, long now) {
        if (message.subject() instanceof ServerMessage.Subject.Message subject) {
            outbox.refused(rooms.table().onLane(subject.lane()), message, subject, now);
        } else if (message.subject() instanceof ServerMessage.Subject.Room subject) {
            rooms.refused(message, subject, now);
        } else if (message.subject() instanceof ServerMessage.Subject.Request subject) {
            calls.refused(message, subject.id(), now);
        }
    }

    void event(long room, long seq, byte[] body, long now) throws MalformedPacketException {
        if (PendingCalls.isHistory(room)) {
            calls.event(room, seq, body, now);
        } else {
            rooms.events().event(room, seq, body);
        }
    }

    void gap(long room, long from, long to, long now) throws MalformedPacketException {
        if (to > Limits.LAST_NUMBER) {
            throw new MalformedPacketException("a gap in what cannot be");
        }
        if (PendingCalls.isHistory(room)) {
            calls.gap(room, to, now);
        } else {
            rooms.events().gap(room, from, to);
        }
    }

    /** Whether it was news, which it is not if one of a later packet has undone it. */
    boolean signal(long room, long packet, byte[] body) {
        ClientRoom known = rooms.table().byId(room);
        ProgramSignal signal = ProgramSignal.decode(body);
        UserName typing = signal == null ? TypingSignal.decode(body) : null;
        if (known == null) {
            return true;
        } else if (typing != null && signals.hears(TypingSignal.slot(room, typing), packet)) {
            events.add(new ClientEvent.Typing(known.name(), typing));
        } else if (signal != null && signal.from() != null) {
            UserName from = signal.from();
            if (!signals.hears(new ProgramSignal.Slot(room, from, signal.key()), packet)) {
                return false;
            }
            if (known.isInside()) { // the program is told of the room first
                events.add(new ClientEvent.Signalled(known.name(), from, signal.key(), signal.bytes()));
            }
        } else {
            return typing == null;
        }
        return true;
    }

    /** A lane has room again. */
    void laneWritable(long now) {
        control.fill();
        rooms.fillLanes();
        outbox.fillAll(now);
    }

    // Time, and what is there
    // ----------------------------------------------------------------------------------------------------------------

    void handleTimeout(long now) {
        outbox.fillAll(now);
        rooms.handleTimeout(now);
        calls.pump(now);
        signals.handleTimeout(now);
    }

    long nextTimeout() {
        long next = Math.min(signals.nextTimeout(), outbox.nextTimeout());
        return Math.min(next, Math.min(rooms.nextTimeout(), calls.nextTimeout()));
    }

    /** Messages that are not accepted yet. */
    int waiting() {
        return outbox.waiting();
    }

    /** Whether the server owes this client something: an answer, or more of a room's log. */
    boolean isExpecting() {
        return outbox.waiting() > 0 || rooms.isExpecting();
    }

    void addHeld(Map<String, Integer> held) {
        control.addHeld(held);
        outbox.addHeld(held);
        held.put("calls", calls.size());
        rooms.addHeld(held);
    }
}
