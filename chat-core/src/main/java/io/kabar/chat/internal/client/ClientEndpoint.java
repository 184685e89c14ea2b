package io.kabar.chat.internal.client;

import io.kabar.chat.Content;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.client.login.ClientConnection;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client as a pure state machine. What its user does goes to {@link ClientState}, which lives on whatever happens to
 * connections; {@link ClientLink} signs in and comes back.
 */
public final class ClientEndpoint implements Endpoint {

    private final ArrayDeque<ClientEvent> events = new ArrayDeque<>();
    private final InetSocketAddress server;
    private final ClientState session;
    private final ClientConnection connection;
    private final ClientLink link;
    /** What this client says has rising numbers within this run of it, so the server keeps it in order. */
    private final long run;

    private long said;

    /** A client that begins to connect at once. */
    public ClientEndpoint(ClientSettings settings, RandomGenerator random, long now) {
        server = settings.server();
        run = random.nextLong();
        session = new ClientState(events, settings.outboxMessages());
        connection = new ClientConnection(settings, random);
        link = new ClientLink(settings, random, events, session, connection, now);
    }

    // Commands
    // ----------------------------------------------------------------------------------------------------------

    public void join(long callId, RoomName room, JoinHistory history, long time) {
        if (accepts(callId, time)) {
            session.join(callId, room, history);
        }
    }

    /** Enters a room that asks for a password. */
    public void joinBy(long callId, RoomName room, JoinHistory history, byte[] proof, long time) {
        if (accepts(callId, time)) {
            session.joinBy(callId, room, history, proof);
        }
    }

    public void leave(long callId, RoomName room, String reason, long time) {
        if (accepts(callId, time)) {
            session.leave(callId, room, reason, time);
        }
    }

    /** Says something under an id of its own. */
    public void say(long callId, RoomName room, Saying kind, String text, long time) {
        say(callId, room, kind, text, new MessageId(run, ++said), time);
    }

    /** Says something under an id that may have been used before, for the same. */
    public void say(long callId, RoomName room, Saying kind, String text, MessageId id, long time) {
        if (accepts(callId, time)) {
            session.say(callId, room, 0, kind, text, id, time);
        }
    }

    /** Says something that answers an event of the room, or edits it. */
    public void answer(long callId, RoomName room, long ref, Saying kind, String text, long time) {
        if (accepts(callId, time)) {
            session.say(callId, room, ref, kind, text, new MessageId(run, ++said), time);
        }
    }

    /** Changes something in a room, within all bounds. */
    public void change(long callId, RoomName room, Content content, long time) {
        amend(callId, room, 0, content, time);
    }

    /** Does something to an event of a room, within all bounds; to none if it is 0. */
    public void amend(long callId, RoomName room, long ref, Content content, long time) {
        if (accepts(callId, time)) {
            session.say(callId, room, ref, content, new MessageId(run, ++said), time);
        }
    }

    public void listRooms(long callId, long time) {
        if (accepts(callId, time)) {
            session.listRooms(callId, time);
        }
    }

    public void listMembers(long callId, RoomName room, Member.Query query, long time) {
        if (accepts(callId, time)) {
            session.listMembers(callId, room, query, time);
        }
    }

    /** Asks who has an event. */
    public void whoSaw(long callId, RoomName room, long seq, long time) {
        if (accepts(callId, time)) {
            session.whoSaw(callId, room, seq, time);
        }
    }

    /** Reads a piece of a room's log. */
    public void readHistory(long callId, RoomName room, HistoryRange span, long time) {
        if (accepts(callId, time)) {
            session.readHistory(callId, room, span, time);
        }
    }

    /** Searches what was said in a room before event {@code before}; 0 for all of it. */
    public void search(long callId, RoomName room, String words, long before, long time) {
        if (accepts(callId, time)) {
            session.search(callId, room, words, before, time);
        }
    }

    /**
     * Asks something that concerns no room, and has one answer, told as {@link ClientEvent.Answered}.
     *
     * @param question what is asked, at each asking
     * @param reading what an answer comes to; null if it is the answer to another question
     */
    public <T> void ask(long callId, Supplier<Query> question, Function<Answer, @Nullable T> reading, long time) {
        if (accepts(callId, time)) {
            session.ask(callId, question, reading, time);
        }
    }

    /**
     * Asks something whose answer may come in pieces, told as {@link ClientEvent.Answered} with a list of them.
     *
     * @param room that has to be entered first; null if it needs none
     * @param expected what each piece of the answer is
     */
    public void askAll(long callId, Query query, @Nullable RoomName room, Class<? extends Answer> expected, long time) {
        if (accepts(callId, time)) {
            session.askAll(callId, query, room, expected, time);
        }
    }

    /**
     * Sets what the server keeps of the account's password, and proves the present one.
     *
     * @param salted the present one, salted; empty if it is not proven
     */
    public void setPassword(long callId, String verifier, byte[] salted, byte[] salt, int iterations, long time) {
        ask(
                callId,
                () -> salted.length == 0
                        ? new Query.SetPassword(verifier, new byte[0], new byte[0])
                        : link.signIn().prove(salted, salt, iterations, verifier),
                answer -> answer instanceof Answer.Done ? answer : null,
                time);
    }

    public void typing(RoomName room, long time) {
        link.at(time);
        session.typing(room, time);
    }

    /** Signals something within all bounds in a room. */
    public void signal(RoomName room, String key, byte[] bytes, long time) {
        link.at(time);
        session.signal(room, key, bytes, time);
    }

    public void away(boolean isAway, long time) {
        link.at(time);
        session.away(isAway);
    }

    /** The user has read a room up to here. */
    public void read(RoomName room, long upTo, long time) {
        link.at(time);
        session.read(room, upTo);
    }

    /** The program has taken the events of a room up to {@code seq}. */
    public void consumed(RoomName room, long seq, long time) {
        link.at(time);
        session.consumed(room, seq);
    }

    /** Leaves: what is on its way is given a moment to arrive, then the server is told. */
    public void signOut(long time) {
        link.at(time);
        link.signOut();
    }

    /** The socket was replaced: the session goes on from a new address. */
    public void socketReplaced(long time) {
        link.at(time);
        link.socketReplaced();
    }

    /** The network says that nobody listens there. Anybody can say that, so it is a hint only. */
    public void unreachable(long time) {
        link.at(time);
        link.unreachable();
    }

    private boolean accepts(long callId, long time) {
        link.at(time);
        if (!link.takesCalls()) {
            events.add(ClientEvent.Failed.of(callId, Refusal.CLOSED, "", null));
        }
        return link.takesCalls();
    }

    // Inputs
    // ------------------------------------------------------------------------------------------------------------

    @Override
    public void handleDatagram(InetSocketAddress from, byte[] data, int length, long time) {
        link.handleDatagram(from, data, length, time);
    }

    @Override
    public boolean isProven() {
        return link.isProven();
    }

    @Override
    public void handleLimits(DatagramLimits limits) {
        connection.handleLimits(limits);
    }

    @Override
    public void handleTimeout(long time) {
        link.handleTimeout(time);
    }

    @Override
    public void handleWork(SlowWork work, long time) {
        link.handleWork(work, time);
    }

    @Override
    public void handleTooLong(int length, long time) {
        link.at(time);
        connection.notSent(length, time);
    }

    @Override
    public void abandon() {
        link.abandon();
    }

    // Outputs
    // -----------------------------------------------------------------------------------------------------------

    /** The next thing to be done or told; null if there is none. */
    public @Nullable ClientEvent pollEvent() {
        return events.poll();
    }

    @Override
    public long nextTimeout() {
        return link.nextTimeout();
    }

    @Override
    public int pollTransmit(byte[] out, long time) {
        return link.pollTransmit(out, time);
    }

    @Override
    public InetSocketAddress transmitTo() {
        return server;
    }

    /** Whether nothing more will be sent or told: the endpoint can be forgotten. */
    public boolean isOver() {
        Connection last = connection.current();
        return link.isOver() && (last == null || last.state() == Connection.State.CLOSED);
    }

    /**
     * Whether nothing is on its way that will be sent or that the server has yet to acknowledge. What a server whose
     * address is not heard makes of it does not count.
     */
    public boolean isSettled(Predicate<InetSocketAddress> heard) {
        Connection current = connection();
        if (link.isOver() || !heard.test(server)) {
            return true;
        }
        return link.isLive()
                && current != null
                && current.stats().isSettled()
                && session.nextTimeout() == Long.MAX_VALUE;
    }

    /** Messages that are not accepted yet. */
    public int waiting() {
        return session.waiting();
    }

    /** How much of everything is held, by kind; all 0 when it is over. */
    public Map<String, Integer> held() {
        Map<String, Integer> held = new TreeMap<>();
        session.addHeld(held);
        held.put("tickets", link.signIn().hasTicket() ? 1 : 0);
        return held;
    }

    ClientLink link() {
        return link;
    }

    /** The connection in force; null if there is none. */
    public @Nullable Connection connection() {
        return connection.current();
    }
}
