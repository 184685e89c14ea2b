package io.kabar.chat.internal.endpoint;

import io.kabar.chat.CloseReason;
import io.kabar.chat.History;
import io.kabar.chat.Member;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionSink;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.session.TokenBucket;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ClientMessageCodec;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.ServerMessage;
import io.kabar.chat.internal.wire.ServerMessageCodec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client as a pure state machine. It keeps signing in for as long as it is wanted; the rooms live on in
 * {@link ClientRooms} whatever happens to connections.
 *
 * <pre>
 *   SHAKING_HANDS ──► SIGNING_IN ──► LIVE ◄──► (searching: nothing heard)
 *        ▲                 │           │
 *        │                 └────┬──────┘ connection lost, server forgot it
 *        └──── WAITING ◄────────┘
 *                          refused, signed out, first contact failed ──► OVER
 * </pre>
 */
public final class ClientEndpoint implements Endpoint, ConnectionSink {

    private enum Phase {
        SHAKING_HANDS,
        SIGNING_IN,
        LIVE,
        WAITING,
        OVER
    }

    private static final long SECOND = 1_000_000_000L;
    /** Longest wait before signing in anew; half of it at random, so that thousands do not come at once. */
    private static final long MAX_BACKOFF = 30 * SECOND;
    /** While nothing is heard, a new socket and a probe this often. */
    private static final long REBIND_INTERVAL = 5 * SECOND;
    /** Time to tell the server that the client is leaving and to hear that it knows. */
    private static final long SIGN_OUT_TIME = 3 * SECOND;
    /** ICMP says nobody is there: believed at first contact when it was said this often, as it may be forged. */
    private static final int UNREACHABLE_HINTS = 3;

    private final ClientSettings settings;
    private final RandomGenerator random;
    private final long instance;
    private final ArrayDeque<ClientEvent> events = new ArrayDeque<>();
    private final ClientRooms rooms;
    private final Map<Long, ClientMessage> requests = new LinkedHashMap<>();
    private final Map<Long, List<RoomSummary>> roomLists = new LinkedHashMap<>();
    private final Map<Long, List<Member>> memberLists = new LinkedHashMap<>();

    private Phase phase = Phase.SHAKING_HANDS;
    private @Nullable ServerKey key;
    private boolean firstContact;
    private boolean wasLive;
    private boolean heardAtAll;
    private boolean searching;
    private boolean moved;
    private int failures;
    private int unreachableHints;
    private long now;
    private final long connectDeadline;
    private long resumeAt;
    private long rebindAt;
    private long signOutDeadline = Long.MAX_VALUE;
    private long typingAllowedAt = Long.MIN_VALUE; // a clock may be below zero
    private boolean away;

    private @Nullable ClientHandshake handshake;
    private @Nullable Connection connection;
    private @Nullable ClientLogin login;
    private @Nullable SaltedPassword salted;
    private @Nullable Signals signals;

    /** A client that begins to connect at once. */
    public ClientEndpoint(ClientSettings settings, RandomGenerator random, long now) {
        this.settings = settings;
        this.random = random;
        this.now = now;
        key = settings.key();
        instance = random.nextLong();
        rooms = new ClientRooms(events, random, settings.outboxMessages());
        connectDeadline = now + settings.connectTimeoutNanos();
        handshake = new ClientHandshake(random, now);
    }

    // Commands
    // ----------------------------------------------------------------------------------------------------------

    public void join(long ticket, RoomName room, History history, long time) {
        if (accepts(ticket, time)) {
            rooms.join(ticket, room, history);
        }
    }

    public void part(long ticket, RoomName room, String reason, long time) {
        if (accepts(ticket, time)) {
            rooms.part(ticket, room, reason);
        }
    }

    public void say(long ticket, RoomName room, ClientMessage.Kind kind, String text, long time) {
        if (accepts(ticket, time)) {
            rooms.say(ticket, room, kind, text, time);
        }
    }

    public void listRooms(long ticket, long time) {
        if (accepts(ticket, time)) {
            request(ticket, new ClientMessage.ListRooms(ticket));
        }
    }

    public void listMembers(long ticket, RoomName room, long time) {
        if (accepts(ticket, time)) {
            request(ticket, new ClientMessage.ListMembers(ticket, room));
        }
    }

    private void request(long ticket, ClientMessage message) {
        requests.put(ticket, message);
        control(message);
    }

    public void typing(RoomName room, long time) {
        now = time;
        Long number = rooms.numberOf(room);
        if (phase == Phase.LIVE && number != null && connection != null && time >= typingAllowedAt) {
            typingAllowedAt = time + 3 * SECOND;
            if (signals == null) {
                signals = new Signals(connection);
            }
            signals.send(number, TypingSignal.own());
        }
    }

    public void away(boolean isAway, long time) {
        now = time;
        away = isAway;
        control(new ClientMessage.Away(isAway));
    }

    /** The program has taken the events of a room up to {@code seq}. */
    public void consumed(RoomName room, long seq, long time) {
        now = time;
        rooms.consumed(room, seq);
    }

    /** Leaves: what is on its way is given a moment to arrive, then the server is told. */
    public void signOut(long time) {
        now = time;
        if (phase == Phase.OVER || signOutDeadline != Long.MAX_VALUE) {
            return;
        }
        if (phase != Phase.LIVE || searching) {
            over(CloseReason.SIGNED_OUT, null, "");
            return;
        }
        signOutDeadline = time + SIGN_OUT_TIME;
        finishSignOut();
    }

    private void finishSignOut() {
        if (connection != null
                && signOutDeadline != Long.MAX_VALUE
                && (now >= signOutDeadline || (rooms.waiting() == 0 && connection.lanesIdle()))) {
            over(CloseReason.SIGNED_OUT, null, "");
        }
    }

    /** The socket was replaced: the session goes on from a new address. */
    public void socketReplaced(long time) {
        now = time;
        if (connection != null) {
            moved = true;
            connection.pathChanged(time);
        }
    }

    /** The network says that nobody listens there. Anybody can say that, so it is a hint only. */
    public void unreachable(long time) {
        now = time;
        if (!wasLive && !heardAtAll && ++unreachableHints >= UNREACHABLE_HINTS) {
            over(CloseReason.UNREACHABLE, Refusal.UNREACHABLE, "");
        }
    }

    private boolean accepts(long ticket, long time) {
        now = time;
        if (phase == Phase.OVER || signOutDeadline != Long.MAX_VALUE) {
            events.add(new ClientEvent.Failed(ticket, Refusal.CLOSED, Refusal.CLOSED.sentence(), null));
            return false;
        }
        return true;
    }

    // Inputs
    // ------------------------------------------------------------------------------------------------------------

    @Override
    public void handleDatagram(InetSocketAddress from, byte[] data, int length, long time) {
        now = time;
        if (length == 0) {
            return;
        }
        if (PacketCodec.isProtected(data[0])) {
            if (connection != null) {
                connection.handleDatagram(from, data, 0, length, time);
                settle();
            }
            return;
        }
        if (handshake == null || !from.equals(settings.server())) {
            return;
        }
        try {
            greeted(handshake, PacketCodec.decode(data, 0, length));
        } catch (MalformedPacketException | CryptoException e) {
            return; // not for us, or damaged: the handshake repeats itself
        }
        settle();
    }

    private void greeted(ClientHandshake current, Packet packet) throws CryptoException {
        if (packet instanceof Packet.Retry retry && retry.clientCid() == current.clientCid()) {
            heardAtAll = true;
            retried(current, retry);
        } else if (packet instanceof Packet.Reply reply && reply.clientCid() == current.clientCid()) {
            ClientHandshake.Result result = current.replied(reply);
            if (result != null) {
                connected(result);
            } else {
                beginAnew();
            }
        } else if (packet instanceof Packet.VersionNegotiation versions
                && versions.clientCid() == current.clientCid()
                && !versions.versions().contains(Packet.VERSION_1)
                && !current.hasToken()) {
            over(CloseReason.PROTOCOL_VIOLATION, Refusal.VERSION, "");
        }
    }

    private void retried(ClientHandshake current, Packet.Retry retry) throws CryptoException {
        if (current.hasToken()) {
            return;
        }
        ServerKey offered = ServerKey.of(retry.serverKey());
        if (key == null) {
            key = offered;
            firstContact = true;
        } else if (!key.equals(offered)) {
            over(
                    CloseReason.LOGIN_REFUSED,
                    Refusal.SERVER_KEY_CHANGED,
                    "The server's key has changed: " + key.fullFingerprint() + " was expected, "
                            + offered.fullFingerprint() + " was shown.");
            return;
        }
        current.retried(key, retry.token(), now);
    }

    private void connected(ClientHandshake.Result result) {
        ServerKey proven = key;
        if (proven == null) {
            return;
        }
        Connection opened = new Connection(
                Side.CLIENT,
                Connection.Options.CLIENT
                        .withIdleTimeout(Duration.ofNanos(settings.idleNanos()))
                        .withKeepAlive(Duration.ofNanos(settings.keepAliveNanos())),
                result.keys().initiatorToResponder(),
                result.keys().responderToInitiator(),
                result.clientCid(),
                result.parameters().serverCid(),
                result.parameters().resetToken(),
                settings.server(),
                this,
                random,
                now);
        connection = opened;
        moved = false;
        handshake = null;
        phase = Phase.SIGNING_IN;
        login = new ClientLogin(settings, proven.bytes(), result.handshakeHash(), random);
        control(login.begin(instance));
    }

    @Override
    public void handleTimeout(long time) {
        now = time;
        if (!wasLive && phase != Phase.OVER && time >= connectDeadline) {
            over(CloseReason.UNREACHABLE, heardAtAll ? Refusal.TIMED_OUT : Refusal.UNREACHABLE, "");
            return;
        }
        if (phase == Phase.WAITING && time >= resumeAt) {
            phase = Phase.SHAKING_HANDS;
            handshake = new ClientHandshake(random, time);
        }
        if (handshake != null && !handshake.handleTimeout(time)) {
            beginAnew();
        }
        if (connection != null) {
            connection.handleTimeout(time);
        }
        if (phase == Phase.LIVE) {
            rooms.fillAll(time);
        }
        settle();
    }

    private void beginAnew() {
        handshake = new ClientHandshake(random, now);
        // Whatever swallowed the last one may be this very socket.
        if (wasLive) {
            events.add(new ClientEvent.Rebind());
        }
    }

    @Override
    public void handleWork(SlowWork work, long time) {
        now = time;
        if (!(work instanceof SaltedPassword password) || phase == Phase.OVER) {
            return;
        }
        salted = password;
        ClientLogin current = login;
        if (phase == Phase.SIGNING_IN && current != null && current.awaits(password)) {
            try {
                prove(current, password);
            } catch (CryptoException e) {
                distrust();
            }
            settle();
        }
    }

    private void prove(ClientLogin current, SaltedPassword password) throws CryptoException {
        byte[] result = password.result();
        if (result == null) {
            over(
                    CloseReason.LOGIN_REFUSED,
                    Refusal.WRONG_PASSWORD,
                    "A password is not empty and has no control characters.");
        } else {
            control(current.prove(result));
        }
    }

    // What the server says
    // ----------------------------------------------------------------------------------------------

    @Override
    public void onMessage(int lane, byte[] message) {
        try {
            ServerMessage decoded = ServerMessageCodec.decode(message);
            if (phase == Phase.SIGNING_IN) {
                signingIn(decoded);
            } else if (phase == Phase.LIVE) {
                dispatch(decoded);
            }
        } catch (MalformedPacketException e) {
            violation();
        } catch (CryptoException e) {
            distrust();
        }
    }

    private void signingIn(ServerMessage message) throws CryptoException, MalformedPacketException {
        ClientLogin current = login;
        if (current == null) {
            return;
        }
        if (message instanceof ServerMessage.Challenge challenge) {
            answer(current, challenge);
        } else if (message instanceof ServerMessage.Welcome welcome) {
            current.welcomed(welcome);
            welcomed(welcome);
        } else if (message instanceof ServerMessage.LoginRefused refused) {
            refused(refused);
        }
    }

    private void answer(ClientLogin current, ServerMessage.Challenge challenge) throws CryptoException {
        String password = settings.password();
        if (!current.challenged(challenge)) {
            control(current.prove(null));
        } else if (password == null) {
            over(CloseReason.LOGIN_REFUSED, Refusal.WRONG_PASSWORD, "The server asks for a password.");
        } else if (salted != null && salted.isFor(challenge.salt(), challenge.iterations())) {
            prove(current, salted);
        } else {
            events.add(new ClientEvent.Work(new SaltedPassword(password, challenge.salt(), challenge.iterations())));
        }
    }

    private void welcomed(ServerMessage.Welcome welcome) {
        Connection current = connection;
        ServerKey proven = key;
        if (current == null || proven == null) {
            return;
        }
        phase = Phase.LIVE;
        failures = 0;
        if (!wasLive) {
            wasLive = true;
            events.add(new ClientEvent.SignedIn(new UserName(welcome.name()), proven, firstContact));
        }
        found();
        // A little slower than the server allows: its clock sees messages bunched that left evenly.
        TokenBucket rate = welcome.rateBurst() == 0
                ? new TokenBucket(0, 1, now)
                : new TokenBucket(
                        Math.max(1, welcome.rateBurst() - 2), Math.max(1, welcome.ratePerSecond() * 19 / 20), now);
        rooms.connected(current, rate, now);
        roomLists.clear();
        memberLists.clear();
        requests.values().forEach(this::control);
        if (away) {
            control(new ClientMessage.Away(true));
        }
    }

    private void refused(ServerMessage.LoginRefused message) {
        Refusal refusal = Refusal.of(message.code()).orElse(Refusal.NOT_ALLOWED);
        boolean passing = refusal == Refusal.LOGIN_THROTTLED
                || refusal == Refusal.SERVER_FULL
                || refusal == Refusal.STORAGE
                || refusal == Refusal.BUSY
                || refusal == Refusal.TOO_MANY_SESSIONS;
        if (wasLive && settings.reconnect() && passing) {
            drop();
            waitAndRetry(Math.min(message.retryAfterMillis(), ClientRooms.MAX_RETRY_MILLIS) * 1_000_000L);
            return;
        }
        over(
                CloseReason.LOGIN_REFUSED,
                refusal,
                message.sentence(),
                message.retryAfterMillis() == 0 ? null : Duration.ofMillis(message.retryAfterMillis()));
    }

    private void dispatch(ServerMessage message) throws MalformedPacketException {
        if (message instanceof ServerMessage.Accepted m) {
            rooms.accepted(m, now);
        } else if (message instanceof ServerMessage.Refused m) {
            rooms.refused(m, now);
        } else if (message instanceof ServerMessage.RoomEntered m) {
            rooms.entered(m, now);
        } else if (message instanceof ServerMessage.Roster m) {
            rooms.roster(m, now);
        } else if (message instanceof ServerMessage.RoomRefused m) {
            rooms.refused(m);
        } else if (message instanceof ServerMessage.RoomLeft m) {
            rooms.left(m);
        } else if (message instanceof ServerMessage.MemberChanged m) {
            rooms.memberChanged(m.number(), m.member());
        } else if (message instanceof ServerMessage.DirectWaiting m) {
            rooms.directWaiting(m);
        } else if (message instanceof ServerMessage.Notice m) {
            events.add(new ClientEvent.Notice(m.sentence()));
        } else if (message instanceof ServerMessage.Rooms m) {
            listed(m);
        } else if (message instanceof ServerMessage.Members m) {
            listed(m);
        }
    }

    private void listed(ServerMessage.Rooms message) {
        if (!requests.containsKey(message.request())) {
            return;
        }
        List<RoomSummary> list = roomLists.computeIfAbsent(message.request(), ticket -> new ArrayList<>());
        list.addAll(message.rooms());
        if (!message.more()) {
            requests.remove(message.request());
            roomLists.remove(message.request());
            events.add(new ClientEvent.RoomList(message.request(), List.copyOf(list)));
        }
    }

    private void listed(ServerMessage.Members message) {
        if (!requests.containsKey(message.request())) {
            return;
        }
        List<Member> list = memberLists.computeIfAbsent(message.request(), ticket -> new ArrayList<>());
        list.addAll(message.members());
        if (!message.more()) {
            requests.remove(message.request());
            memberLists.remove(message.request());
            if (message.code() == 0) {
                events.add(new ClientEvent.MemberList(message.request(), List.copyOf(list)));
            } else {
                Refusal refusal = Refusal.of(message.code()).orElse(Refusal.NOT_ALLOWED);
                events.add(new ClientEvent.Failed(message.request(), refusal, refusal.sentence(), null));
            }
        }
    }

    @Override
    public void onEvent(long room, long seq, byte[] body) {
        try {
            rooms.event(room, seq, body);
        } catch (MalformedPacketException e) {
            violation();
        }
    }

    @Override
    public void onGap(long room, long from, long to) {
        try {
            rooms.gap(room, from, to);
        } catch (MalformedPacketException e) {
            violation();
        }
    }

    @Override
    public void onSignal(long room, byte[] body) {
        RoomName name = rooms.nameOf(room);
        UserName from = TypingSignal.decode(body);
        if (name != null && from != null) {
            events.add(new ClientEvent.Typing(name, from));
        }
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
        rooms.fillAll(now);
    }

    @Override
    public void onClosed(boolean byPeer, long code, String reason) {
        if (phase == Phase.OVER) {
            return;
        }
        CloseReason why = CloseReason.of(code).orElse(CloseReason.PROTOCOL_VIOLATION);
        boolean comesBack = why != CloseReason.REPLACED && why != CloseReason.LOGIN_REFUSED;
        if (settings.reconnect() && comesBack && signOutDeadline == Long.MAX_VALUE) {
            connection = null;
            lost();
            waitAndRetry(0);
        } else {
            over(why, wasLive ? null : Refusal.CLOSED, "The connection ended: " + why.words() + ".");
        }
    }

    private void violation() {
        if (connection != null) {
            connection.close(CloseCode.PROTOCOL_VIOLATION, "", now);
            // What it said is not to be trusted to be whole; a new sign-in continues where the log was left.
            onClosed(false, CloseCode.PROTOCOL_VIOLATION, "");
        }
    }

    /** The server could not prove that it knows the password: somebody is in between. */
    private void distrust() {
        over(
                CloseReason.LOGIN_REFUSED,
                Refusal.WRONG_PASSWORD,
                "The server could not prove that it knows the password; nothing was told to it.");
    }

    // The end of connections
    // -----------------------------------------------------------------------------------------------

    private void lost() {
        rooms.disconnected();
        signals = null;
        login = null;
        if (wasLive) {
            search();
        }
    }

    private void drop() {
        if (connection != null) {
            connection.abandon();
            connection = null;
        }
        lost();
    }

    private void waitAndRetry(long atLeast) {
        long backoff = Math.min(MAX_BACKOFF, (SECOND / 2) << Math.min(failures, 6));
        failures++;
        phase = Phase.WAITING;
        resumeAt = now + Math.max(atLeast, backoff / 2 + random.nextLong(backoff / 2 + 1));
    }

    private void search() {
        if (!searching) {
            searching = true;
            rebindAt = now + REBIND_INTERVAL;
            events.add(new ClientEvent.Searching());
        }
    }

    private void found() {
        if (searching) {
            searching = false;
            events.add(new ClientEvent.Found(moved));
            moved = false;
        }
    }

    private void over(CloseReason reason, @Nullable Refusal refusal, String sentence) {
        over(reason, refusal, sentence, null);
    }

    private void over(CloseReason reason, @Nullable Refusal refusal, String sentence, @Nullable Duration retryAfter) {
        if (phase == Phase.OVER) {
            return;
        }
        phase = Phase.OVER;
        handshake = null;
        if (connection != null) {
            connection.close(CloseReason.SIGNED_OUT.code(), "", now);
        }
        String words = sentence.isEmpty() && refusal != null ? refusal.sentence() : sentence;
        rooms.failEverything(refusal == null ? Refusal.CLOSED : refusal, "");
        for (long ticket : requests.keySet()) {
            events.add(new ClientEvent.Failed(ticket, Refusal.CLOSED, Refusal.CLOSED.sentence(), null));
        }
        requests.clear();
        events.add(new ClientEvent.Closed(reason, refusal, words, retryAfter));
    }

    /** After anything that may have changed the connection: is the server heard, is there nothing left to wait for? */
    private void settle() {
        Connection current = connection;
        if (phase != Phase.LIVE || current == null) {
            return;
        }
        if (current.ptoCount() > 0 && now - current.lastReceivedAt() >= settings.searchingAfterNanos()) {
            search();
        } else if (searching && current.lastReceivedAt() == now) {
            found();
        }
        if (searching && now >= rebindAt) {
            rebindAt = now + REBIND_INTERVAL;
            events.add(new ClientEvent.Rebind());
        }
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
            next = Math.min(next, resumeAt);
        }
        if (handshake != null) {
            next = Math.min(next, handshake.nextTimeout());
        }
        Connection current = connection;
        if (current != null) {
            next = Math.min(next, current.nextTimeout());
        }
        if (phase == Phase.LIVE && current != null) {
            next = Math.min(next, rooms.nextTimeout());
            if (searching) {
                next = Math.min(next, rebindAt);
            } else if (current.ptoCount() > 0) {
                next = Math.min(next, current.lastReceivedAt() + settings.searchingAfterNanos());
            }
            next = Math.min(next, signOutDeadline);
        }
        return next;
    }

    @Override
    public int pollTransmit(byte[] out, long time) {
        now = time;
        if (handshake != null) {
            return handshake.pollTransmit(out);
        }
        return connection == null ? 0 : connection.pollTransmit(out, time);
    }

    @Override
    public InetSocketAddress transmitTo() {
        return settings.server();
    }

    /** Whether nothing more will be sent or told: the endpoint can be forgotten. */
    public boolean isOver() {
        return phase == Phase.OVER && (connection == null || connection.state() == Connection.State.CLOSED);
    }

    /** Messages that are not accepted yet. */
    public int waiting() {
        return rooms.waiting();
    }

    /** How much of everything is held, by kind; all 0 when it is over. */
    public Map<String, Integer> held() {
        Map<String, Integer> held = new TreeMap<>();
        held.put("requests", requests.size());
        held.put("lists", roomLists.size() + memberLists.size());
        rooms.addHeld(held);
        return held;
    }

    /** The connection in force; null if there is none. */
    public @Nullable Connection connection() {
        return connection;
    }

    private void control(ClientMessage message) {
        if (connection != null && phase != Phase.OVER && (phase == Phase.LIVE || isLogin(message))) {
            connection.lane(0).offer(ClientMessageCodec.encode(message));
        }
    }

    private static boolean isLogin(ClientMessage message) {
        return message instanceof ClientMessage.Login || message instanceof ClientMessage.LoginProof;
    }
}
