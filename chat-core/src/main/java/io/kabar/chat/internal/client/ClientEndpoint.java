package io.kabar.chat.internal.client;

import io.kabar.chat.CloseReason;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.calls.Retries;
import io.kabar.chat.internal.client.login.ClientHandshake;
import io.kabar.chat.internal.client.login.ClientLogin;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.client.login.ClientSignIn;
import io.kabar.chat.internal.client.login.SaltedPassword;
import io.kabar.chat.internal.connection.Agreement;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionOptions;
import io.kabar.chat.internal.connection.ConnectionSink;
import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.internal.wire.message.ServerMessageCodec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client as a pure state machine. It keeps signing in ({@link ClientSignIn}) and coming back
 * ({@link ReconnectPolicy}) for as long as it is wanted. What its user does and sees ({@link ClientState}) lives on
 * whatever happens to connections.
 *
 * <pre>
 *   SHAKING_HANDS ──► SIGNING_IN ──► LIVE ◄──► (searching: nothing heard)
 *        ▲                 │           │
 *        │                 └────┬──────┘ connection lost, server forgot it
 *        └──── WAITING ◄────────┘
 *                          refused, signed out, first contact failed ──► OVER
 * </pre>
 */
public final class ClientEndpoint implements Endpoint, ConnectionSink, ClientSignIn.Host {

    private enum Phase {
        SHAKING_HANDS,
        SIGNING_IN,
        LIVE,
        WAITING,
        OVER
    }

    private static final long SECOND = 1_000_000_000L;
    /** Time to tell the server that the client is leaving and to hear that it knows. */
    private static final long SIGN_OUT_TIME = 3 * SECOND;
    /** Time from the key agreement to the welcome: a server that keeps it (10 s) has given up long before. */
    private static final long SIGN_IN_TIME = 15 * SECOND;
    /** One part of so many of the keep-alive's silence is left out at random. */
    private static final int KEEP_ALIVE_SPREAD = 4;
    /** ICMP says nobody is there: believed at first contact when it was said this often, as it may be forged. */
    private static final int UNREACHABLE_HINTS = 3;
    /** Told before the search begins, so that nobody looks for the fault on their own side. */
    private static final String STOPPING = "The server is stopping; you will be back by yourself when it is.";

    private final ClientSettings settings;
    private final RandomGenerator random;
    /** What this client says has rising numbers within this run of it, so the server keeps it in order. */
    private final long run;

    private long said;
    private final ArrayDeque<ClientEvent> events = new ArrayDeque<>();
    private final ClientState session;
    private final ClientSignIn signIn;
    private final StallProbe stallProbe = new StallProbe();
    private final ReconnectPolicy reconnectPolicy;

    private Phase phase = Phase.SHAKING_HANDS;
    private boolean wasLive;
    private int unreachableHints;
    private boolean proven;
    private long now;
    private final long connectDeadline;
    private long signInDeadline = Long.MAX_VALUE;
    private long signOutDeadline = Long.MAX_VALUE;

    private @Nullable Connection connection;
    private DatagramLimits limits = DatagramLimits.BASE;

    /** A client that begins to connect at once. */
    public ClientEndpoint(ClientSettings settings, RandomGenerator random, long now) {
        this.settings = settings;
        this.random = random;
        run = random.nextLong();
        this.now = now;
        signIn = new ClientSignIn(settings, random, this);
        reconnectPolicy = new ReconnectPolicy(events, random, settings);
        session = new ClientState(events, settings.outboxMessages());
        connectDeadline = now + settings.connectTimeoutNanos();
        signIn.begin(now);
    }

    // Commands
    // ----------------------------------------------------------------------------------------------------------

    public void join(long callId, RoomName room, JoinHistory history, long time) {
        if (accepts(callId, time)) {
            session.join(callId, room, history);
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
            session.say(callId, room, kind, text, id, time);
        }
    }

    public void listRooms(long callId, long time) {
        if (accepts(callId, time)) {
            session.listRooms(callId, time);
        }
    }

    public void listMembers(long callId, RoomName room, long time) {
        if (accepts(callId, time)) {
            session.listMembers(callId, room, time);
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

    public void typing(RoomName room, long time) {
        now = time;
        session.typing(room, time);
    }

    public void away(boolean isAway, long time) {
        now = time;
        session.away(isAway);
    }

    /** The program has taken the events of a room up to {@code seq}. */
    public void consumed(RoomName room, long seq, long time) {
        now = time;
        session.consumed(room, seq);
    }

    /** Leaves: what is on its way is given a moment to arrive, then the server is told. */
    public void signOut(long time) {
        now = time;
        if (phase == Phase.OVER || signOutDeadline != Long.MAX_VALUE) {
            return;
        }
        if (phase != Phase.LIVE || reconnectPolicy.searching()) {
            over(CloseReason.SIGNED_OUT, null, "");
            return;
        }
        signOutDeadline = time + SIGN_OUT_TIME;
        finishSignOut();
    }

    private void finishSignOut() {
        if (connection != null
                && signOutDeadline != Long.MAX_VALUE
                && (now >= signOutDeadline || (session.waiting() == 0 && connection.lanesIdle()))) {
            over(CloseReason.SIGNED_OUT, null, "");
        }
    }

    /** The socket was replaced: the session goes on from a new address. */
    public void socketReplaced(long time) {
        now = time;
        if (connection != null) {
            reconnectPolicy.moved();
            connection.pathChanged(limits, time);
        }
    }

    /** The network says that nobody listens there. Anybody can say that, so it is a hint only. */
    public void unreachable(long time) {
        now = time;
        if (!wasLive && !signIn.heard() && ++unreachableHints >= UNREACHABLE_HINTS) {
            over(CloseReason.UNREACHABLE, Refusal.UNREACHABLE, "");
        }
    }

    private boolean accepts(long callId, long time) {
        now = time;
        if (phase == Phase.OVER || signOutDeadline != Long.MAX_VALUE) {
            events.add(ClientEvent.Failed.of(callId, Refusal.CLOSED, "", null));
            return false;
        }
        return true;
    }

    // Inputs
    // ------------------------------------------------------------------------------------------------------------

    @Override
    public void handleDatagram(InetSocketAddress from, byte[] data, int length, long time) {
        now = time;
        proven = false;
        if (length == 0) {
            return;
        }
        if (PacketCodec.isProtected(data[0])) {
            Connection current = connection; // which this may be the end of
            if (current != null) {
                current.handleDatagram(from, data, 0, length, time);
                proven = current.lastReceivedAt() == time;
                settle();
            }
            return;
        }
        if (!from.equals(settings.server())) {
            return;
        }
        try {
            signIn.handle(PacketCodec.decode(data, 0, length), time);
        } catch (MalformedPacketException | CryptoException e) {
            return; // not for us, or damaged: the handshake repeats itself
        }
        settle();
    }

    @Override
    public boolean isProven() {
        return proven;
    }

    @Override
    public void handleLimits(DatagramLimits newLimits) {
        limits = newLimits;
    }

    @Override
    public void agreed(ClientHandshake.Result result) {
        proven = true;
        Connection opened = new Connection(
                Side.CLIENT,
                ConnectionOptions.CLIENT
                        .withIdleTimeout(Duration.ofNanos(settings.idleNanos()))
                        .withKeepAlive(Duration.ofNanos(keepAlive()))
                        .withDatagrams(limits)
                        .withPeer(result.parameters().peer().limits()),
                new Agreement(
                        result.keys().initiatorToResponder(),
                        result.keys().responderToInitiator(),
                        result.clientCid(),
                        result.parameters().serverCid(),
                        result.parameters().resetToken()),
                settings.server(),
                this,
                random,
                now);
        opened.acceptLanes(1); // servers use no other
        if (result.roundTrip() > 0) {
            opened.roundTripSeen(result.roundTrip());
        }
        connection = opened;
        reconnectPolicy.connected();
        phase = Phase.SIGNING_IN;
        signInDeadline = now + SIGN_IN_TIME;
        signIn.login(result.handshakeHash());
    }

    /**
     * The silence after which this client asks whether it is heard. What is said in a room ends the silence of all its
     * members at the same moment; each chooses another one to ask at, or thousands would, every time.
     */
    private long keepAlive() {
        return settings.keepAliveNanos() - random.nextLong(settings.keepAliveNanos() / KEEP_ALIVE_SPREAD + 1);
    }

    @Override
    public void handleTimeout(long time) {
        now = time;
        if (!wasLive && phase != Phase.OVER && time >= connectDeadline) {
            if (signIn.endInVain()) {
                return;
            }
            over(CloseReason.UNREACHABLE, signIn.heard() ? Refusal.TIMED_OUT : Refusal.UNREACHABLE, "");
            return;
        }
        if (phase == Phase.SIGNING_IN && time >= signInDeadline) {
            drop();
            waitAndRetry(CloseReason.LOGIN_TIMEOUT, 0);
        }
        if (phase == Phase.WAITING && time >= reconnectPolicy.resumeAt()) {
            phase = Phase.SHAKING_HANDS;
            signIn.begin(time);
        }
        if (!signIn.handleTimeout(time)) {
            events.add(new ClientEvent.Rebind()); // whatever swallowed a handshake may be this very socket
        }
        if (connection != null) {
            connection.handleTimeout(time);
        }
        if (phase == Phase.LIVE) {
            session.handleTimeout(time);
        }
        settle();
    }

    @Override
    public void handleWork(SlowWork work, long time) {
        now = time;
        if (!(work instanceof SaltedPassword password)) {
            return;
        }
        if (phase == Phase.OVER) {
            return; // it is wiped
        }
        try {
            signIn.salted(password, phase == Phase.SIGNING_IN);
        } catch (ClientLogin.Distrust e) {
            signIn.distrust(e);
        }
        settle();
    }

    // What the server says
    // ----------------------------------------------------------------------------------------------

    @Override
    public void onMessage(int lane, byte[] message) {
        try {
            ServerMessage decoded = ServerMessageCodec.decode(message);
            if (phase == Phase.SIGNING_IN) {
                signIn.handle(decoded);
            } else if (phase == Phase.LIVE) {
                live(decoded);
            }
        } catch (MalformedPacketException e) {
            violation();
        } catch (ClientLogin.Distrust e) {
            signIn.distrust(e);
        }
    }

    private void live(ServerMessage message) throws MalformedPacketException {
        if (message instanceof ServerMessage.Ticket ticket) {
            signIn.keep(ticket);
        } else if (message instanceof ServerMessage.Challenge
                || message instanceof ServerMessage.Welcome
                || (message instanceof ServerMessage.Refused refused
                        && refused.subject() instanceof ServerMessage.Subject.Login)) {
            violation(); // a connection has one login, and this one's is over
        } else {
            session.handle(message, now);
        }
    }

    @Override
    public void sendControl(ClientMessage message) {
        if (connection != null && phase != Phase.OVER) {
            connection.lane(0).offer(ClientMessageCodec.encode(message));
        }
    }

    @Override
    public void work(SlowWork work) {
        events.add(new ClientEvent.Work(work));
    }

    @Override
    public void welcomed(ServerMessage.Welcome welcome, ServerKey key) {
        Connection current = connection;
        if (current == null) {
            return;
        }
        phase = Phase.LIVE;
        events.add(new ClientEvent.MessageLimit(welcome.maxMessageBytes()));
        if (!wasLive) {
            wasLive = true;
            events.add(new ClientEvent.SignedIn(new UserName(welcome.name()), key, signIn.firstContact()));
        }
        reconnectPolicy.signedIn();
        session.connected(current, welcome, now);
    }

    @Override
    public void refused(ServerMessage.Refused message) {
        Refusal refusal = message.refusal();
        boolean passing = refusal == Refusal.LOGIN_THROTTLED
                || refusal == Refusal.SERVER_FULL
                || refusal == Refusal.STORAGE
                || refusal == Refusal.BUSY
                || refusal == Refusal.TOO_MANY_SESSIONS;
        if (wasLive && settings.reconnect() && passing) {
            drop();
            phase = Phase.WAITING;
            reconnectPolicy.turnedAway(
                    Math.min(message.retryAfterMillis(), Retries.MAX_RETRY_MILLIS) * 1_000_000L, now);
            return;
        }
        over(
                CloseReason.LOGIN_REFUSED,
                refusal,
                message.sentence(),
                message.retryAfterMillis() == 0 ? null : Duration.ofMillis(message.retryAfterMillis()));
    }

    @Override
    public void onEvent(long room, long seq, byte[] body) {
        if (!believed()) {
            return;
        }
        try {
            session.event(room, seq, body, now);
        } catch (MalformedPacketException e) {
            violation();
        }
    }

    @Override
    public void onGap(long room, long from, long to) {
        if (!believed()) {
            return;
        }
        try {
            session.gap(room, from, to, now);
        } catch (MalformedPacketException e) {
            violation();
        }
    }

    @Override
    public void onSignal(long room, byte[] body) {
        if (believed()) {
            session.signal(room, body);
        }
    }

    /** Whether the server has proven itself; one that tells of rooms before is given up. */
    private boolean believed() {
        if (phase == Phase.SIGNING_IN) {
            signIn.unexpected();
        }
        return phase == Phase.LIVE;
    }

    @Override
    public void onReady() {
        // pollTransmit asks the connection every time: a client has only one.
    }

    @Override
    public void onPathChanged(InetSocketAddress from, InetSocketAddress to) {
        // Servers do not move.
    }

    @Override
    public void onLaneWritable(int lane) {
        session.laneWritable(now);
    }

    @Override
    public void onClosed(boolean byPeer, long code, String reason) {
        if (phase == Phase.OVER) {
            return;
        }
        CloseReason why = CloseReason.of(code).orElse(CloseReason.PROTOCOL_VIOLATION);
        boolean putOut = byPeer && why == CloseReason.PUT_OUT;
        boolean comesBack = why != CloseReason.REPLACED && why != CloseReason.LOGIN_REFUSED && !putOut;
        if (settings.reconnect() && comesBack && signOutDeadline == Long.MAX_VALUE) {
            long silence = connection == null ? 0 : now - connection.lastReceivedAt();
            forgetConnection();
            if (wasLive && why == CloseReason.SERVER_STOPPED) {
                events.add(new ClientEvent.Notice(STOPPING));
            }
            if (byPeer && phase == Phase.SIGNING_IN && why == CloseReason.PROTOCOL_VIOLATION) {
                signIn.forgetTicket(); // a server that knows no tickets says so every time
            }
            lost();
            waitAndRetry(why, silence);
        } else {
            String sentence = putOut && !reason.isBlank() ? reason : "The connection ended: " + why.words() + ".";
            over(why, wasLive ? null : Refusal.CLOSED, sentence);
        }
    }

    private void violation() {
        if (connection != null) {
            connection.close(CloseCode.PROTOCOL_VIOLATION, "", now);
            // What it said is not to be trusted to be whole; a new sign-in continues where the log was left.
            onClosed(false, CloseCode.PROTOCOL_VIOLATION, "");
        }
    }

    // The end of connections
    // -----------------------------------------------------------------------------------------------

    private void lost() {
        session.disconnected();
        signIn.abandon();
        if (wasLive) {
            reconnectPolicy.search(now);
        }
    }

    private void drop() {
        forgetConnection();
        lost();
    }

    private void forgetConnection() {
        if (connection != null) {
            connection.abandon(); // or its keys would outlive it
            connection = null;
        }
    }

    private void waitAndRetry(CloseReason why, long silence) {
        phase = Phase.WAITING;
        reconnectPolicy.lost(why, silence, now);
    }

    @Override
    public void over(CloseReason reason, @Nullable Refusal refusal, String sentence) {
        over(reason, refusal, sentence, null);
    }

    private void over(CloseReason reason, @Nullable Refusal refusal, String sentence, @Nullable Duration retryAfter) {
        if (phase == Phase.OVER) {
            return;
        }
        phase = Phase.OVER;
        signIn.end();
        if (connection != null) {
            connection.close(CloseReason.SIGNED_OUT.code(), "", now);
        }
        String words = sentence.isEmpty() && refusal != null ? refusal.sentence() : sentence;
        session.failEverything(refusal == null ? Refusal.CLOSED : refusal);
        events.add(new ClientEvent.Closed(reason, refusal, words, retryAfter));
    }

    /** After anything that may have changed the connection: is the server heard, is there nothing left to wait for? */
    private void settle() {
        Connection current = connection;
        if (phase != Phase.LIVE || current == null) {
            return;
        }
        reconnectPolicy.check(current, now);
        stallProbe.check(current, session.isExpecting(), now);
        finishSignOut();
    }

    // Outputs
    // -----------------------------------------------------------------------------------------------------------

    /** The next thing to be done or told; null if there is none. */
    public @Nullable ClientEvent pollEvent() {
        return events.poll();
    }

    @Override
    public long nextTimeout() {
        long next = wasLive || phase == Phase.OVER ? Long.MAX_VALUE : connectDeadline;
        if (phase == Phase.WAITING) {
            next = Math.min(next, reconnectPolicy.resumeAt());
        }
        if (phase == Phase.SIGNING_IN) {
            next = Math.min(next, signInDeadline);
        }
        next = Math.min(next, signIn.nextTimeout());
        Connection current = connection;
        if (current != null) {
            next = Math.min(next, current.nextTimeout());
        }
        if (phase == Phase.LIVE && current != null) {
            next = Math.min(next, session.nextTimeout());
            next = Math.min(next, reconnectPolicy.nextCheck(current));
            next = Math.min(next, stallProbe.nextCheck(current, session.isExpecting()));
            next = Math.min(next, signOutDeadline);
        }
        return next;
    }

    @Override
    public int pollTransmit(byte[] out, long time) {
        now = time;
        int length = signIn.pollTransmit(out);
        return length > 0 || connection == null ? length : connection.pollTransmit(out, time);
    }

    @Override
    public void handleTooLong(int length, long time) {
        now = time;
        if (connection != null) {
            connection.notSent(length, time);
        }
    }

    @Override
    public InetSocketAddress transmitTo() {
        return settings.server();
    }

    @Override
    public void abandon() {
        phase = Phase.OVER;
        signIn.end();
        if (connection != null) {
            connection.abandon();
        }
    }

    /** Whether nothing more will be sent or told: the endpoint can be forgotten. */
    public boolean isOver() {
        return phase == Phase.OVER && (connection == null || connection.state() == Connection.State.CLOSED);
    }

    /** Messages that are not accepted yet. */
    public int waiting() {
        return session.waiting();
    }

    /** How much of everything is held, by kind; all 0 when it is over. */
    public Map<String, Integer> held() {
        Map<String, Integer> held = new TreeMap<>();
        session.addHeld(held);
        held.put("tickets", signIn.hasTicket() ? 1 : 0);
        return held;
    }

    ClientSignIn signIn() {
        return signIn;
    }

    /** The connection in force; null if there is none. */
    public @Nullable Connection connection() {
        return connection;
    }
}
