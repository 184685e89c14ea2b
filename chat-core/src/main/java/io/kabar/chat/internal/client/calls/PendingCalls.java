package io.kabar.chat.internal.client.calls;

import io.kabar.chat.Delivery;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.SearchPage;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a client that wait for an answer. Each outlives its connection and is asked again on the next one; it
 * waits for its room to be entered, for its turn among those of its kind, and for as long as the server asks it to
 * wait.
 *
 * <pre>
 *   add ──► WAITING ──room entered, turn come──► UNDER WAY ──answered──► done
 *              ▲  │                                  │ │
 *              │  └─────────room left────────────────│─┴─refused────────► failed
 *              └─────connection lost, refused for a time
 * </pre>
 */
public final class PendingCalls {

    private final CalledRooms rooms;
    private final Consumer<ClientMessage> control;
    /** Told that parts of events under these numbers are not needed, and come again if they are after all. */
    private final Consumer<LongPredicate> forgetEvents;

    private final Set<PendingCall<?>> waiting = new LinkedHashSet<>();
    private final Map<Long, PendingCall<?>> underWay = new LinkedHashMap<>();
    /** Those of the waiting that the server has refused for a time. */
    private final Retries<PendingCall<?>> refused = new Retries<>();

    private boolean connected;
    private long requests;

    /**
     * No calls.
     *
     * @param control takes what is to be said to the server
     */
    public PendingCalls(CalledRooms rooms, Consumer<ClientMessage> control, Consumer<LongPredicate> forgetEvents) {
        this.rooms = rooms;
        this.control = control;
        this.forgetEvents = forgetEvents;
    }

    /** Asks for the list of rooms. */
    public void listRooms(Outcome<List<RoomSummary>> outcome, long now) {
        add(new RoomListCall(outcome), now);
    }

    /** Asks who is in a room. */
    public void listMembers(RoomName room, Member.Query query, Outcome<Member.Page> outcome, long now) {
        add(new MemberListCall(room, query, outcome), now);
    }

    /** Asks who has an event. */
    public void whoSaw(RoomName room, long sequence, Outcome<Delivery> outcome, long now) {
        add(new WhoSawCall(room, sequence, outcome), now);
    }

    /** Reads a piece of a room's log. */
    public void readHistory(RoomName room, HistoryRange span, Outcome<HistoryPage> outcome, long now) {
        add(new HistoryCall(room, span, outcome, this), now);
    }

    /** Searches what was said in a room before event {@code before}; 0 for all of it. */
    public void search(RoomName room, String words, long before, Outcome<SearchPage> outcome, long now) {
        add(new SearchCall(room, words, before, outcome, this), now);
    }

    /**
     * Asks something that concerns no room, and has one answer.
     *
     * @param question what is asked, at each asking
     * @param reading what an answer comes to; null if it is the answer to another question
     */
    public <T> void ask(Supplier<Query> question, Function<Answer, @Nullable T> reading, Outcome<T> outcome, long now) {
        add(new QuestionCall<>(question, reading, outcome), now);
    }

    /**
     * Asks something whose answer may come in pieces.
     *
     * @param room that has to be entered first; null if it needs none
     * @param expected what each piece of the answer is
     */
    public void askAll(
            Query query,
            @Nullable RoomName room,
            Class<? extends Answer> expected,
            Outcome<List<Answer>> outcome,
            long now) {
        add(new PlainCall(query, room, expected, outcome), now);
    }

    private void add(PendingCall<?> call, long now) {
        waiting.add(call);
        pump(now);
    }

    /** Adds what another call brings about; it is asked for when that is settled. */
    void addBehind(PendingCall<?> call) {
        waiting.add(call);
    }

    /** How many calls are not answered. */
    public int size() {
        return waiting.size() + underWay.size();
    }

    /** Signed in: everything is asked, or asked again. */
    public void connected(long now) {
        connected = true;
        pump(now);
    }

    /** The connection is gone, and with it what was on its way. */
    public void disconnected() {
        connected = false;
        refused.clear();
        Set<PendingCall<?>> again = new LinkedHashSet<>(underWay.values());
        again.addAll(waiting);
        underWay.clear();
        waiting.clear();
        again.forEach(PendingCall::beginAgain);
        waiting.addAll(again);
    }

    /** Asks for what may be asked for now, and gives up what is of rooms that were left. */
    public void pump(long now) {
        if (waiting.isEmpty() && underWay.isEmpty()) {
            return;
        }
        giveUpOfRoomsLeft();
        if (!connected) {
            return;
        }
        refused.takeDue(now);
        for (PendingCall<?> call : List.copyOf(waiting)) {
            if (!refused.contains(call) && mayAsk(call)) {
                waiting.remove(call);
                ask(call);
            }
        }
    }

    private void giveUpOfRoomsLeft() {
        List<PendingCall<?>> inVain = new ArrayList<>(0);
        waiting.removeIf(call -> call.room != null && rooms.stay(call.room) == null && inVain.add(call));
        boolean reading = underWay.values().removeIf(call -> isOfFormerStay(call) && inVain.add(call));
        if (reading) {
            forgetParts();
        }
        for (PendingCall<?> call : inVain) {
            refused.remove(call);
            call.failed(Refusal.NOT_IN_ROOM, "", null);
        }
    }

    /** Whether its room was left since it was asked, and perhaps entered again: then no answer comes. */
    private boolean isOfFormerStay(PendingCall<?> call) {
        return call.room != null && !call.wasAskedIn(rooms.stay(call.room));
    }

    private boolean mayAsk(PendingCall<?> call) {
        if (call.room != null && !rooms.isInside(call.room)) {
            return false;
        }
        return call.kind.most == Integer.MAX_VALUE
                || underWay.values().stream()
                                .filter(other -> other.kind == call.kind)
                                .count()
                        < call.kind.most;
    }

    private void ask(PendingCall<?> call) {
        if (call.takesEvents()) {
            forgetParts();
        }
        do {
            requests = (requests + 1) % WireLimits.REQUESTS;
        } while (underWay.containsKey(requests));
        underWay.put(requests, call);
        call.isAskedIn(call.room == null ? null : rooms.stay(call.room));
        control.accept(new ClientMessage.Request(requests, call.query()));
    }

    /** Parts that come late, of pieces that nobody waits for any more, would be held for ever. */
    private void forgetParts() {
        forgetEvents.accept(number -> isHistory(number) && find(number) == null);
    }

    /** When {@link #pump} is worth calling next, if time is what it waits for. */
    public long nextTimeout() {
        return refused.next();
    }

    // What the server says
    // ----------------------------------------------------------------------------------------------------------------

    /** A piece of an answer. */
    public void replied(ServerMessage.Reply message, long now) throws MalformedPacketException {
        PendingCall<?> call = underWay.get(message.id());
        if (call != null) {
            settle(message.id(), call, call.answered(message.answer(), message.more()), now);
        }
    }

    /** A request is refused, perhaps only for a time. */
    public void refused(ServerMessage.Refused message, long request, long now) {
        PendingCall<?> call = underWay.remove(request);
        if (call == null) {
            return;
        }
        if (message.retryAfterMillis() > 0) {
            waiting.add(call);
            refused.add(call, message.refusal(), message.retryAfterMillis(), now);
        } else {
            call.failed(message.refusal(), message.sentence(), message.obstacle());
        }
        pump(now);
    }

    /** Whether events under this number are answers to a request. */
    public static boolean isHistory(long number) {
        return number >= WireLimits.HISTORY_NUMBERS;
    }

    /** An event that came in answer to a request. */
    public void event(long number, long sequence, byte[] body, long now) throws MalformedPacketException {
        PendingCall<?> call = find(number);
        if (call != null) {
            settle(number - WireLimits.HISTORY_NUMBERS, call, call.event(sequence, body), now);
        }
    }

    /** Nothing up to event {@code to} is still to come in answer to a request. */
    public void gap(long number, long to, long now) throws MalformedPacketException {
        PendingCall<?> call = find(number);
        if (call != null) {
            settle(number - WireLimits.HISTORY_NUMBERS, call, call.gone(to), now);
        }
    }

    private @Nullable PendingCall<?> find(long number) {
        PendingCall<?> call = underWay.get(number - WireLimits.HISTORY_NUMBERS);
        return call != null && call.takesEvents() ? call : null;
    }

    private void settle(long request, PendingCall<?> call, PendingCall.Step step, long now)
            throws MalformedPacketException {
        switch (step) {
            case MORE -> {}
            case ASK -> {
                underWay.remove(request);
                ask(call);
            }
            case DONE -> {
                call.complete(); // which may throw, and then it is asked again on another connection
                underWay.remove(request);
                pump(now); // another one's turn has come
            }
        }
    }

    /** The end: nothing will be answered. */
    public void failEverything(Refusal refusal) {
        List<PendingCall<?>> all = new ArrayList<>(underWay.values());
        all.addAll(waiting);
        underWay.clear();
        waiting.clear();
        refused.clear();
        all.forEach(call -> call.failed(refusal, "", null));
    }
}
