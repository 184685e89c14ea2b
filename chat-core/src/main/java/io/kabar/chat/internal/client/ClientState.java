package io.kabar.chat.internal.client;

import io.kabar.chat.History;
import io.kabar.chat.HistorySpan;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.endpoint.Signals;
import io.kabar.chat.internal.endpoint.TokenBucket;
import io.kabar.chat.internal.endpoint.TypingSignal;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.ServerMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user does and sees: the rooms they are in, what they say and what they ask. It lives on whatever happens to
 * connections: on each new one everything goes on where it was.
 */
final class ClientState {

    private static final long TYPING_INTERVAL = Duration.ofSeconds(3).toNanos();

    private final ArrayDeque<ClientEvent> events;
    private final ClientControlQueue control = new ClientControlQueue();
    private final ClientOutbox outbox;
    private final ClientRooms rooms;
    private final ClientRequests requests;
    private final ClientHistory history;
    private final ClientSearches searches;

    private long typingAllowedAt = Long.MIN_VALUE; // a clock may be below zero
    private boolean away;

    private @Nullable Connection connection;
    private @Nullable Signals signals;

    ClientState(ArrayDeque<ClientEvent> events, int outboxMessages) {
        this.events = events;
        outbox = new ClientOutbox(events, outboxMessages);
        rooms = new ClientRooms(events, outbox, control);
        requests = new ClientRequests(events);
        history = new ClientHistory(events, rooms, control::say);
        searches = new ClientSearches(events, rooms, history, control::say);
    }

    /** Signed in on a connection: everything goes on there. */
    void connected(Connection current, ServerMessage.Welcome welcome, long now) {
        connection = current;
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
        requests.askAgain(control::say);
    }

    /** The connection is gone. */
    void disconnected() {
        connection = null;
        signals = null;
        control.disconnected();
        rooms.disconnected();
        outbox.disconnected();
        history.disconnected();
        searches.disconnected();
    }

    /** The end: everything that waits fails. */
    void failEverything(Refusal refusal) {
        connection = null;
        signals = null;
        control.disconnected();
        rooms.failEverything(refusal, "");
        requests.failEverything();
        history.failEverything(Refusal.CLOSED);
        searches.failEverything(Refusal.CLOSED);
    }

    // What the user does
    // ----------------------------------------------------------------------------------------------------------------

    void join(long ticket, RoomName room, History from) {
        if (accepts(ticket)) {
            rooms.join(ticket, room, from);
        }
    }

    void part(long ticket, RoomName room, String reason, long now) {
        rooms.part(ticket, room, reason);
        pump(now);
    }

    void say(long ticket, RoomName room, ClientMessage.Kind kind, String text, MessageId id, long now) {
        outbox.say(ticket, rooms.toSpeakIn(room), kind, text, id, now);
    }

    /** Asks for something that is answered under the ticket. */
    void request(long ticket, ClientMessage message) {
        if (accepts(ticket)) {
            requests.add(ticket, message);
            control.say(message);
        }
    }

    void readHistory(long ticket, RoomName room, HistorySpan span, long now) {
        if (accepts(ticket)) {
            history.read(ticket, rooms.named(room), span, now);
        }
    }

    void search(long ticket, RoomName room, String words, long before) {
        if (accepts(ticket)) {
            searches.search(ticket, rooms.named(room), words, before);
        }
    }

    /** Whether more may be asked; if the server takes nothing of what was asked before, the call is told so. */
    private boolean accepts(long ticket) {
        if (control.isFull()) {
            events.add(ClientEvent.Failed.of(ticket, Refusal.BACK_PRESSURED, "", null));
            return false;
        }
        return true;
    }

    void typing(RoomName room, long now) {
        Long number = rooms.numberOf(room);
        if (connection != null && number != null && now >= typingAllowedAt) {
            typingAllowedAt = now + TYPING_INTERVAL;
            if (signals == null) {
                signals = new Signals(connection);
            }
            signals.send(number, TypingSignal.own());
        }
    }

    void away(boolean isAway) {
        away = isAway;
        control.say(new ClientMessage.Away(isAway));
    }

    void consumed(RoomName room, long seq) {
        rooms.consumed(room, seq);
    }

    // What the server says
    // ----------------------------------------------------------------------------------------------------------------

    void handle(ServerMessage message, long now) throws MalformedPacketException {
        if (message instanceof ServerMessage.Accepted m) {
            outbox.accepted(rooms.onLane(m.lane()), m, now);
        } else if (message instanceof ServerMessage.Refused m) {
            outbox.refused(rooms.onLane(m.lane()), m, now);
        } else if (message instanceof ServerMessage.RoomEntered m) {
            rooms.entered(m, now);
        } else if (message instanceof ServerMessage.Roster m) {
            rooms.roster(m, now);
        } else if (message instanceof ServerMessage.RoomRefused m) {
            rooms.refused(m, now);
        } else if (message instanceof ServerMessage.RoomLeft m) {
            rooms.left(m);
        } else if (message instanceof ServerMessage.MemberChanged m) {
            rooms.memberChanged(m);
        } else if (message instanceof ServerMessage.DirectWaiting m) {
            rooms.directWaiting(m);
        } else if (message instanceof ServerMessage.Notice m) {
            events.add(new ClientEvent.Notice(m.sentence()));
        } else if (message instanceof ServerMessage.Rooms m) {
            requests.listed(m, control::say);
        } else if (message instanceof ServerMessage.Members m) {
            requests.listed(m);
        } else if (message instanceof ServerMessage.Seen m) {
            requests.seen(m);
        } else if (message instanceof ServerMessage.HistoryRange m) {
            history.announced(m, now);
        } else if (message instanceof ServerMessage.Found m) {
            searches.found(m, now);
        } else if (message instanceof ServerMessage.RequestRefused m) {
            requests.refused(m, now);
        }
        rooms.leaveWhereAllIsSaid();
        pump(now);
    }

    void event(long room, long seq, byte[] body, long now) throws MalformedPacketException {
        if (ClientHistory.isHistory(room)) {
            history.event(room, seq, body);
            history.pump(now);
        } else {
            rooms.event(room, seq, body);
        }
    }

    void gap(long room, long from, long to, long now) throws MalformedPacketException {
        if (ClientHistory.isHistory(room)) {
            history.gap(room, to);
            history.pump(now);
        } else {
            rooms.gap(room, from, to);
        }
    }

    void signal(long room, byte[] body) {
        RoomName name = rooms.nameOf(room);
        UserName from = TypingSignal.decode(body);
        if (name != null && from != null) {
            events.add(new ClientEvent.Typing(name, from));
        }
    }

    /** A lane has room again. */
    void laneWritable(long now) {
        control.fill();
        outbox.fillAll(now);
    }

    /** Asks for what waits to be read and searched. */
    private void pump(long now) {
        history.pump(now);
        searches.pump();
    }

    // Time, and what is there
    // ----------------------------------------------------------------------------------------------------------------

    void handleTimeout(long now) {
        outbox.fillAll(now);
        history.pump(now);
        rooms.handleTimeout(now);
        requests.handleTimeout(now, control::say);
    }

    long nextTimeout() {
        long speaking = Math.min(outbox.nextTimeout(), history.nextTimeout());
        return Math.min(speaking, Math.min(rooms.nextTimeout(), requests.nextTimeout()));
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
        requests.addHeld(held);
        outbox.addHeld(held);
        history.addHeld(held);
        searches.addHeld(held);
        rooms.addHeld(held);
    }
}
