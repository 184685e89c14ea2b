package io.kabar.chat.internal.client;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A room this client is in, or on its way into: what has arrived of its log, and what waits to be accepted there. */
final class ClientRoom {

    /** A message from the call that sends it to the server's word about it. */
    static final class Outgoing {
        final long callId;
        final MessageId id;
        final Content content;
        /** The newest event that was known when it was put on a lane: its own comes later. -1 if it never was. */
        long saidBehind = -1;
        /** Whether it was on a lane of an earlier connection: nobody knows yet what became of it there. */
        boolean saidAgain;

        Outgoing(long callId, MessageId id, Content content) {
            this.callId = callId;
            this.id = id;
            this.content = content;
        }
    }

    /** As this client asked for it, until the server has said what the room is called. */
    RoomName name;

    int lane;
    /** What to restore when it is entered for the first time. */
    JoinHistory history;
    /** The call that waits for the room to be entered; 0 for none. */
    long joinCall;

    /** How it is to be left once all that was said in it is answered; null if it is not. */
    @Nullable
    Departure departure;
    /** As what it is to be entered again, after it was left. */
    @Nullable
    ClientRoom successor;

    /** Calls by which a room is left, and the reason of the first. */
    record Departure(List<Long> calls, String reason) {
        Departure(long callId, String reason) {
            this(new ArrayList<>(List.of(callId)), reason);
        }
    }

    /** Messages that are not accepted yet, in the order they were sent. */
    final ArrayDeque<Outgoing> outbox = new ArrayDeque<>();
    /** How many of them, from the first on, are on the lane. */
    int onLane;

    long attempt;
    long retryAt = Long.MIN_VALUE; // a clock may be below zero
    /** When the next message may be put on the lane, if time is all it waits for. */
    long waitsUntil = Long.MAX_VALUE;

    ServerMessage.@Nullable RoomEntered entered;
    /** What the server said last of whose writing the log is, also on an earlier connection. */
    private ServerMessage.@Nullable RoomEntered epochs;

    final List<Member> roster = new ArrayList<>();
    /** How members are once events have happened that are still on their way. */
    final Map<UserName, ServerMessage.MemberChanged> changes = new LinkedHashMap<>(0);

    boolean inside;
    /** Whether the program was ever told that it is inside: only then has it read anything, and knows what is new. */
    private boolean wasInside;
    /** What is known of the room is older than what is gone of its log: it is asked for again. */
    boolean outdated;
    /** The server let nobody in for now; it is asked again later. */
    boolean refused;
    /** Null until the room is entered for the first time; goes on over later connections. */
    @Nullable
    EventOrder order;

    long live;
    /** Up to where the server may send. */
    long credit;

    ClientRoom(RoomName name, int lane, JoinHistory history, long joinCall) {
        this.name = name;
        this.lane = lane;
        this.history = history;
        this.joinCall = joinCall;
    }

    /** The server has told how the room is. */
    void told(ServerMessage.RoomEntered message) {
        entered = message;
        epochs = message;
        // A log that is shorter by now was put back: what is said again becomes an event behind its end.
        outbox.forEach(outgoing -> outgoing.saidBehind = Math.min(outgoing.saidBehind, message.last()));
    }

    /** The epoch of an event that is known; 0 if it is not known. */
    long epochOf(long seq) {
        ServerMessage.RoomEntered told = epochs;
        return told == null ? 0 : seq > told.last() ? told.nextEpoch() : told.epoch();
    }

    /** What is read of the room's log. */
    LogPosition read() {
        long read = order == null ? 0 : order.next() - 1;
        return read == 0 ? LogPosition.NONE : new LogPosition(epochOf(read), read);
    }

    /** The newest event that the server is known to have. */
    long newestKnown() {
        return Math.max(order == null ? 0 : order.next() - 1, entered == null ? 0 : entered.last());
    }

    /**
     * Reads the log from where the server begins.
     *
     * @param differsFrom from where on it is not the one that was read before: nothing said since is there; 0 if it is
     */
    void beginAnew(long differsFrom, ServerMessage.RoomEntered message) {
        order = new EventOrder(message.firstRestored());
        live = message.live();
        if (differsFrom > 0) {
            outbox.forEach(outgoing -> outgoing.saidBehind = Math.min(outgoing.saidBehind, differsFrom - 1));
        }
    }

    /** All is known of the room that the program has to know first. */
    void letIn() {
        inside = true;
        wasInside = true;
    }

    /** The connection is gone: what was on the lane has to be sent on another one. */
    void disconnected() {
        if (!wasInside) {
            order = null; // the room is entered as it was asked for
        } else if (order != null) {
            order = new EventOrder(order.next()); // what came early is sent again, and may be of another history then
        }
        entered = null;
        inside = false;
        outdated = false;
        refused = false;
        outbox.forEach(outgoing -> outgoing.saidAgain |= outgoing.saidBehind >= 0);
        roster.clear();
        changes.clear();
        onLane = 0;
        attempt = 0;
        retryAt = Long.MIN_VALUE;
        waitsUntil = Long.MAX_VALUE;
    }

    /** Whether it is still to be entered, or events are missing that the server may send by now. */
    boolean isExpecting() {
        ServerMessage.RoomEntered known = entered;
        if (known == null || order == null) {
            return !refused;
        }
        return !inside || order.early() > 0 || order.next() <= Math.min(known.last(), credit);
    }

    /** Whether the server is asked about this room, to let the client in or how it is now. */
    boolean isAsked() {
        return entered == null || outdated;
    }

    /** Events that wait for an earlier one. */
    int early() {
        return order == null ? 0 : order.early();
    }

    /** The message of this id, taken out of the outbox; null if it is not there. */
    @Nullable
    Outgoing take(MessageId id) {
        int index = 0;
        for (Outgoing outgoing : outbox) {
            if (outgoing.id.equals(id)) {
                outbox.remove(outgoing);
                if (index < onLane) {
                    onLane--;
                }
                return outgoing;
            }
            index++;
        }
        return null;
    }
}
