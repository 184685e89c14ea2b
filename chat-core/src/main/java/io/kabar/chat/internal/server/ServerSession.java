package io.kabar.chat.internal.server;

import io.kabar.chat.CloseReason;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionSink;
import io.kabar.chat.internal.endpoint.Signals;
import io.kabar.chat.internal.server.core.Deadlines;
import io.kabar.chat.internal.server.limits.AddressPrefixes;
import io.kabar.chat.internal.server.login.Login;
import io.kabar.chat.internal.server.session.HalfOpen;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.ClientMessageCodec;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.ServerMessage;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client as the server knows it, from the handshake to the end.
 *
 * <pre>
 *   HALF_OPEN ──first packet opens──► SIGNING_IN ──login accepted──► ACTIVE
 *       │                                 │                            │
 *       └───────── deadline ──────────────┴── refused ──► FLUSHING ────┴── closed, silent ──► ENDED
 * </pre>
 */
final class ServerSession extends Deadlines.Item implements ConnectionSink {

    enum State {
        HALF_OPEN,
        SIGNING_IN,
        ACTIVE,
        FLUSHING,
        ENDED
    }

    /** What a session takes its place among: each has bounds of its own, so that none can be filled up by another. */
    enum Counted {
        STRANGER,
        SIGNED_IN
    }

    /** Who is told what this session hears and that it has something to send. */
    interface Host {
        void onMessage(ServerSession session, int lane, ClientMessage message);

        void onSignal(ServerSession session, long room, byte[] body);

        void onReady(ServerSession session);

        /** May be called again for a session that has ended already. */
        void onEnded(ServerSession session, String words);

        void onMoved(ServerSession session, InetSocketAddress from, InetSocketAddress to);
    }

    /** Direct conversations that are remembered as told of. */
    static final int DIRECT_TOLD = 1024;

    private final Host host;
    final HalfOpen key;
    final byte[] handshakeHash;
    /** The address the handshake has proven. Where packets come from later may be made up. */
    final AddressPrefixes countedAddress;

    final long deadline;
    /** Joined rooms by the lane they are spoken to on, and by their number. */
    final Map<Integer, Occupant> byLane = new HashMap<>(4);

    /** Joins by their lanes that wait until it is known who a conversation is to be with. */
    final Map<Integer, Arrival> arriving = new HashMap<>(0);

    final Map<Long, Occupant> byRoom = new LinkedHashMap<>(4);
    /** Direct conversations it was told of lately and is not in: once is enough, it reads from there on. */
    final Set<Long> directTold = Collections.newSetFromMap(new LinkedHashMap<>(2) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > DIRECT_TOLD;
        }
    });

    State state = State.HALF_OPEN;
    /** Sent again to a client that has not heard it; forgotten when it has. */
    byte @Nullable [] reply;
    /** Whether it was sent more than once, so that nobody knows which one the first packet answers. */
    boolean repliedAgain;

    @Nullable
    Login login;

    @Nullable
    User user;

    /** Among whom it is counted; null if it is not any more. */
    @Nullable
    Counted counted = Counted.STRANGER;

    boolean silent;
    /** Whether serving it has met a defect of ours. */
    boolean broken;
    /** Whether a search of this session is under way: one at a time. */
    boolean searching;
    /** Bytes of what it has said in rooms that it is not let into yet. */
    int earlyBytes;
    /** Of what it holds, as {@link SessionMemory} has counted it. */
    int countedBytes;
    /** When it is to be given another ticket to come back with. */
    long resumeTicketDue = Long.MAX_VALUE;

    /** Given up as gone by its user's newer connection: its rooms wait for that one. */
    boolean replaced;

    long flushCode;
    long flushDeadline = Long.MAX_VALUE;
    private @Nullable Connection connection;
    private @Nullable Signals signals;
    private final ServerControlQueue outbox = new ServerControlQueue(this);

    ServerSession(
            Host host,
            HalfOpen key,
            byte[] handshakeHash,
            byte[] reply,
            AddressPrefixes countedAddress,
            long deadline) {
        this.host = host;
        this.key = key;
        this.handshakeHash = handshakeHash;
        this.reply = reply;
        this.countedAddress = countedAddress;
        this.deadline = deadline;
    }

    void attach(Connection newConnection) {
        connection = newConnection;
    }

    Connection connection() {
        if (connection == null) {
            throw new IllegalStateException("no connection yet");
        }
        return connection;
    }

    Signals signals() {
        if (signals == null) {
            signals = new Signals(connection());
        }
        return signals;
    }

    /** The user's name; only of a session that is ACTIVE. */
    UserName name() {
        return user().name;
    }

    User user() {
        if (user == null) {
            throw new IllegalStateException("not signed in");
        }
        return user;
    }

    /** Which run of the client this is; only of a session that is ACTIVE. */
    long instance() {
        if (login == null) {
            throw new IllegalStateException("not signed in");
        }
        return login.instance();
    }

    /** What to call it in a log. */
    String who() {
        return user == null ? String.valueOf(key.from()) : user.name.text();
    }

    boolean isActive() {
        return state == State.ACTIVE;
    }

    /** Conversations of two it is in. */
    int talks() {
        int talks = 0;
        for (Occupant occupant : byRoom.values()) {
            talks += occupant.liveRoom.room.name().isDirect() ? 1 : 0;
        }
        return talks + arriving.size();
    }

    /** What is said on a lane that a Join has named; null if none has. */
    @Nullable
    LaneWords words(int lane) {
        Occupant occupant = byLane.get(lane);
        Arrival arrival = arriving.get(lane);
        return occupant != null ? occupant.words : arrival != null ? arrival.words : null;
    }

    /** What it is still to be told. */
    ServerControlQueue outbox() {
        return outbox;
    }

    /** Bytes held for it: what it has sent and is not complete, and what it is told and has not acknowledged. */
    int heldBytes() {
        return connection().state() == Connection.State.OPEN
                ? connection().heldBytes() + outbox.heldBytes() + earlyBytes
                : 0;
    }

    /** Says something on the control lane, now or when there is room on it. */
    void say(ServerMessage message, long now) {
        if (state != State.ENDED) {
            outbox.say(message, now);
        }
    }

    /** Closes as soon as everything said has arrived, or when {@code until} has come. */
    void closeWhenFlushed(CloseReason reason, long until) {
        state = State.FLUSHING;
        flushCode = reason.code();
        flushDeadline = until;
    }

    @Override
    public void onMessage(int lane, byte[] message) {
        ClientMessage decoded;
        try {
            decoded = ClientMessageCodec.decode(lane, message);
        } catch (MalformedPacketException e) {
            violation("a message that cannot be read");
            return;
        }
        hear(lane, decoded);
    }

    /** Takes a message, now that its turn has come. */
    void hear(int lane, ClientMessage message) {
        host.onMessage(this, lane, message);
    }

    @Override
    public void onEvent(long room, long seq, byte[] body) {
        violation("only servers send events");
    }

    @Override
    public void onGap(long room, long from, long to) {
        violation("only servers send events");
    }

    @Override
    public void onSignal(long room, byte[] body) {
        if (state == State.HALF_OPEN || state == State.SIGNING_IN) {
            violation("not signed in");
            return;
        }
        host.onSignal(this, room, body);
    }

    @Override
    public void onReady() {
        host.onReady(this);
    }

    @Override
    public void onPathChanged(InetSocketAddress from, InetSocketAddress to) {
        host.onMoved(this, from, to);
    }

    @Override
    public void onLaneWritable(int lane) {
        outbox.fill(connection().lastReceivedAt());
    }

    @Override
    public void onClosed(boolean byPeer, long code, String reason) {
        ended(CloseReason.of(code).orElse(CloseReason.PROTOCOL_VIOLATION).words());
    }

    /** It is over, whether or not its connection says so. */
    void ended(String words) {
        host.onEnded(this, words);
    }

    private void violation(String what) {
        connection().close(CloseCode.PROTOCOL_VIOLATION, what, connection().lastReceivedAt());
    }
}
