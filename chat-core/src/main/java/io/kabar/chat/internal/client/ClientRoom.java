package io.kabar.chat.internal.client;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.ProgramContent;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomValue;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.EventCodec;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A room this client is in, or on its way into. It outlives connections.
 *
 * <pre>
 *            ┌──────────────── connection lost ◄────────────────┐
 *            ▼                                                   │
 *          ASKED ──RoomEntered──► TOLD ──all members──► INSIDE ──┤
 *          ▲   │                   ▲                      │      │
 *   asked  │   │ refused           └──────RoomEntered─────┤ gap  │
 *   again  │   │ for a time                  │            ▼      │
 *          └───┘                             └──────── OUTDATED ─┘
 * </pre>
 */
final class ClientRoom {

    private enum State {
        /** The server is asked, or will be on the next connection. */
        ASKED,
        /** The server has said how the room is; members and values are still to be listed. */
        TOLD,
        /** Events are given to the program. */
        INSIDE,
        /** What is known of the room is older than what is gone of its log: the server is asked how it is. */
        OUTDATED
    }

    /** Calls by which a room is left, and the reason of the first. */
    record Departure(List<Long> calls, String reason) {
        Departure(long callId, String reason) {
            this(new ArrayList<>(List.of(callId)), reason);
        }
    }

    private final RoomOutbox outbox = new RoomOutbox();
    private final RoomReader reader;
    private final List<Member> roster = new ArrayList<>();
    /** How many are in it, told or not. */
    private int inside;

    private final Map<String, RoomValue> values = new LinkedHashMap<>(0);
    private int valuesTold;
    /** As this client asked for it, until the server has said what the room is called. */
    private RoomName name;

    private int lane;
    /** What to restore when it is entered for the first time. */
    private JoinHistory history;
    /** The call that waits for the room to be entered; 0 for none. */
    private long joinCall;

    /** How it is to be left once all that was said in it is answered; null if it is not. */
    private @Nullable Departure departure;
    /** As what it is to be entered again, after it was left. */
    private @Nullable ClientRoom successor;

    private State state = State.ASKED;
    /** Whether the server let nobody in for now; it is asked again later. */
    private boolean refusedForNow;
    /** Whether the program was ever told that it is inside: only then has it read anything, and knows what is new. */
    private boolean wasInside;
    /** The newest event that the user has read; 0 if that is not known. */
    private long readUpTo;
    /** How the room is, on this connection; null while the server has not said it. */
    private ServerMessage.@Nullable RoomEntered entered;

    ClientRoom(RoomName name, JoinHistory history, long joinCall, ArrayDeque<ClientEvent> events) {
        this.name = name;
        this.history = history;
        this.joinCall = joinCall;
        reader = new RoomReader(events);
    }

    RoomName name() {
        return name;
    }

    /** The server calls it as it always does, however it was asked for. */
    void isCalled(RoomName newName) {
        name = newName;
    }

    int lane() {
        return lane;
    }

    void takeLane(int newLane) {
        lane = newLane;
    }

    /** What is said in it and not accepted yet. */
    RoomOutbox outbox() {
        return outbox;
    }

    /** How EVENT frames call it; null while it is not entered on this connection. */
    @Nullable
    Long roomId() {
        return entered == null ? null : Long.valueOf(entered.roomId());
    }

    // Entering
    // ----------------------------------------------------------------------------------------------------------------

    /** The call that waits for it to be entered; 0 for none. */
    long joinCall() {
        return joinCall;
    }

    /** Asks to be let in, or in again, where its log was left: tells what to ask for. */
    JoinHistory ask() {
        refusedForNow = false;
        return reader.goOn(history);
    }

    /** Reads from event {@code sequence} on, in place of what was asked for. */
    void readFrom(long sequence) {
        history = JoinHistory.from(sequence).having(history.read());
    }

    /** Whether what is restored begins behind the first event that was announced as unread, though that is kept. */
    boolean isCutShort(long firstUnread, ServerMessage.RoomEntered message) {
        return history.kind() == JoinHistory.Kind.LAST
                && firstUnread < message.firstRestored()
                && message.firstRestored() > message.firstKept();
    }

    /** Asks how it is now: joins, leaves and topics may be among what is gone. */
    void lookAgain() {
        state = State.OUTDATED;
        refusedForNow = false;
    }

    /** Whether RoomEntered is news: else it is about a stay that is over. */
    boolean awaitsWord() {
        return state == State.ASKED || state == State.OUTDATED;
    }

    /** Whether the program knows it already, and only asks how it is now. */
    boolean isOutdated() {
        return state == State.OUTDATED;
    }

    /** The server lets nobody in for now: it is asked again later. */
    void refuseForNow() {
        refusedForNow = true;
    }

    /** Whether anything was ever read of it. */
    boolean hasBegun() {
        return reader.hasBegun();
    }

    /**
     * The server has let this client in.
     *
     * @param firstUnread the first event that was announced as unread; null if none was
     * @return from where on the log is not the one that was read; 0 if it is
     */
    long enter(ServerMessage.RoomEntered message, @Nullable Long firstUnread) {
        long differsFrom = reader.differsFrom(message);
        reader.enter(message, differsFrom);
        if (differsFrom > 0) {
            outbox.logEndsAt(differsFrom - 1);
        }
        if (firstUnread != null) {
            reader.isNewsFrom(firstUnread);
        }
        told(message);
        return differsFrom;
    }

    /** The server has said how the room is. */
    void told(ServerMessage.RoomEntered message) {
        state = State.TOLD;
        entered = message;
        inside = message.inside();
        reader.told(message);
        outbox.logEndsAt(message.last()); // a log that is shorter by now was put back
        forgetLists();
    }

    private void forgetLists() {
        roster.clear();
        values.clear();
        valuesTold = 0;
    }

    /** Some values, as the server tells them. */
    void hasValues(List<ServerMessage.Numbered> some) throws MalformedPacketException {
        if (state != State.TOLD) {
            return;
        }
        for (ServerMessage.Numbered each : some) {
            ChatEvent event = EventCodec.decode(name, 0, each.sequence(), each.body());
            if (!(event.content() instanceof ProgramContent.ValueSet set) || set.isRemoved()) {
                throw new MalformedPacketException("a value that is none");
            }
            values.put(set.key(), RoomValue.of(event));
            valuesTold++;
        }
    }

    /** Some members, as the server lists them. */
    void listed(List<Member> members) {
        if (state == State.TOLD) {
            roster.addAll(members);
        }
    }

    /** If all is known that the program has to know first, lets it in: tells how the room is, else null. */
    @Nullable
    RoomState letIn() {
        ServerMessage.RoomEntered known = entered;
        if (state != State.TOLD || known == null || roster.size() < known.occupants() || valuesTold < known.values()) {
            return null;
        }
        state = State.INSIDE;
        wasInside = true;
        RoomState room = new RoomState(
                name,
                known.topic(),
                roster,
                known.firstKept(),
                known.last(),
                known.firstRestored(),
                known.retention(),
                known.epoch(),
                known.nextEpoch(),
                known.settings(),
                Optional.ofNullable(known.partner()),
                readUpTo,
                values,
                Math.max(roster.size(), inside));
        forgetLists();
        return room;
    }

    /** The call that waited for it to be entered has its answer. */
    long takeJoinCall() {
        long call = joinCall;
        joinCall = 0;
        return call;
    }

    /** Whether events are given to the program, and something may be said. */
    boolean isInside() {
        return state == State.INSIDE;
    }

    /** Whether it is still to be entered on this connection. */
    boolean isExpected() {
        return entered == null;
    }

    /** Whether the server owes something: its word about the room, or events that it may send by now. */
    boolean isExpecting() {
        ServerMessage.RoomEntered known = entered;
        if (known == null || !reader.hasBegun()) {
            return !refusedForNow;
        }
        return state != State.INSIDE || reader.isMissing(known.last());
    }

    // Reading
    // ----------------------------------------------------------------------------------------------------------------

    void event(long sequence, byte[] body) {
        reader.add(sequence, body);
    }

    void gone(long to) {
        reader.gone(to);
    }

    void changed(ServerMessage.MemberChanged message) {
        if (state == State.INSIDE) {
            reader.changed(name, message);
        }
    }

    /** So many are in it, which is quiet. */
    void counted(int count) {
        inside = count;
        if (state == State.INSIDE) {
            reader.counted(name, count);
        }
    }

    /** Gives the program what is next; see {@link RoomReader#deliver}. */
    boolean deliver(LongConsumer gone) throws MalformedPacketException {
        ServerMessage.RoomEntered known = entered;
        return state == State.INSIDE && known != null && reader.deliver(name, known.last(), gone);
    }

    /** See {@link RoomReader#consumed}. */
    long consumed(long sequence) {
        return entered == null ? 0 : reader.consumed(sequence);
    }

    /** The newest event that the server is known to have. */
    long newestKnown() {
        return Math.max(reader.newest(), entered == null ? 0 : entered.last());
    }

    /** Events that wait for an earlier one. */
    int early() {
        return reader.early();
    }

    /** The newest event that the user has read, on whichever device; 0 if that is not known. */
    long readUpTo() {
        return readUpTo;
    }

    /** The user has read up to here; tells whether that is further than before. */
    boolean hasRead(long upTo) {
        boolean further = upTo > readUpTo;
        readUpTo = Math.max(readUpTo, upTo);
        return further;
    }

    /** What is behind this event is another log than the one that was read. */
    void hasReadAtMost(long sequence) {
        readUpTo = Math.min(readUpTo, sequence);
    }

    // Leaving
    // ----------------------------------------------------------------------------------------------------------------

    /** Whether it is to be left. */
    boolean isDeparting() {
        return departure != null;
    }

    @Nullable
    Departure departure() {
        return departure;
    }

    /** It is to be left as soon as all that was said in it is answered. */
    void depart(Departure how) {
        departure = how;
    }

    /** As what it is to be entered again; null if it is not. */
    @Nullable
    ClientRoom successor() {
        return successor;
    }

    /** It is to be entered again, or not any more, after it was left. */
    void followedBy(@Nullable ClientRoom next) {
        successor = next;
    }

    /** The other one has turned out to be this room: if it was to be left, this is. */
    void takeOver(ClientRoom other) {
        if (departure != null && other.departure != null) {
            departure.calls().addAll(other.departure.calls());
        }
        departure = departure == null ? other.departure : departure;
        successor = successor == null ? other.successor : successor;
    }

    /** The connection is gone: what was on the lane has to be sent on another one. */
    void disconnected() {
        reader.disconnected(wasInside);
        outbox.disconnected();
        state = State.ASKED;
        refusedForNow = false;
        entered = null;
        forgetLists();
    }
}
