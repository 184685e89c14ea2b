package io.kabar.chat.internal.server.session;

import io.kabar.chat.CloseReason;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.endpoint.Signals;
import io.kabar.chat.internal.server.core.Deadlines;
import io.kabar.chat.internal.server.limits.AddressPrefixes;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.spi.Authorizer;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One client as the server knows it, from the handshake to the end.
 *
 * <pre>
 *   HALF_OPEN ──first packet opens──► SIGNING_IN ──login accepted──► ACTIVE
 *       │                               │      │                       │
 *       │                               │      └─login refused─► FLUSHING
 *       │                               │                          │   │
 *       └───────── deadline ────────────┴──── closed, silent ──────┴───┴──► ENDED
 * </pre>
 *
 * All transitions are here. What the client says goes to the {@link SessionService}, which is the login's until ACTIVE
 * and the rooms' from then on.
 */
public final class ServerSession extends Deadlines.Item {

    /** Where a session stands. */
    public enum State {
        HALF_OPEN,
        SIGNING_IN,
        ACTIVE,
        FLUSHING,
        ENDED;

        private boolean leadsTo(State next) {
            return switch (this) {
                case HALF_OPEN -> next == SIGNING_IN || next == ENDED;
                case SIGNING_IN -> next == ACTIVE || next == FLUSHING || next == ENDED;
                case ACTIVE, FLUSHING -> next == ENDED;
                case ENDED -> false;
            };
        }
    }

    private final Sessions sessions;
    private final HalfOpen key;
    private final byte[] handshakeHash;
    private final AddressPrefixes countedAddress;
    private final long deadline;
    private final ServerControlQueue controlQueue;
    private final SessionWatch watch;

    private State state = State.HALF_OPEN;
    private SessionService service = SessionService.NONE;
    private @Nullable Connection connection;
    private @Nullable Signals signals;
    /** The name it signs in by, or has signed in by; null before it has said one. */
    private @Nullable UserName claimed;

    private @Nullable User user;
    private int device;
    private boolean account;
    private String farewell = "";
    private long instance;
    private Instant since = Instant.EPOCH;
    private boolean broken;
    private boolean replaced;
    private int countedBytes;

    private long flushCode;
    private long flushDeadline = Long.MAX_VALUE;

    /**
     * A session whose client has not shown yet that it heard the server's reply.
     *
     * @param countedAddress the address the handshake has proven; where packets come from later may be made up
     * @param deadline when it has to be signed in
     */
    ServerSession(
            Sessions sessions, HalfOpen key, byte[] handshakeHash, AddressPrefixes countedAddress, long deadline) {
        this.sessions = sessions;
        this.key = key;
        this.handshakeHash = handshakeHash;
        this.countedAddress = countedAddress;
        this.deadline = deadline;
        controlQueue = new ServerControlQueue(this, sessions);
        watch = new SessionWatch(this, sessions.reconnectingAfter());
    }

    /** Gives it its connection, which reports to {@link SessionInput}, and whoever takes what its client says. */
    void begin(Connection newConnection, SessionService newService) {
        connection = newConnection;
        service = newService;
    }

    // Transitions
    // -------------------------------------------------------------------------------------------------------

    private void become(State next) {
        if (!state.leadsTo(next)) {
            throw new IllegalStateException(next + " after " + state);
        }
        state = next;
    }

    /** The client has the server's reply: its first packet opened. */
    void heard() {
        if (state == State.HALF_OPEN) {
            become(State.SIGNING_IN);
            if (sessions.places().heard(this)) {
                connection().roundTripSeen(sessions.now() - connection().openedAt());
            }
        }
    }

    /** The login is accepted: from now on the client speaks as this user. */
    void signedIn(User newUser, long newInstance, SessionService newService) {
        become(State.ACTIVE);
        since = sessions.time();
        user = newUser;
        instance = newInstance;
        service = newService;
        connection().acceptNamedLanes();
    }

    /** Closes as soon as everything said has arrived, or when {@code until} has come. */
    public void closeWhenFlushed(CloseReason reason, long until) {
        become(State.FLUSHING);
        flushCode = reason.code();
        flushDeadline = until;
    }

    /** It is over, whether or not its connection says so. May be called again. */
    void end(CloseReason reason) {
        if (state == State.ENDED) {
            return;
        }
        boolean wasActive = isActive();
        become(State.ENDED);
        sessions.ended(this);
        if (wasActive) {
            user().signedOut(this, reason);
        }
    }

    // What becomes of it without a transition
    // -------------------------------------------------------------------------------------------------------

    /** The client begins a login by this name, or the account store knows how its owner writes it. */
    public void claims(UserName name) {
        claimed = name;
    }

    /**
     * The account knows the device by this number; 0 if it does not.
     *
     * @param stored whether the account is in the store; not that of a guest, nor of who the host program knows
     */
    public void signsInFrom(int number, boolean stored) {
        device = number;
        account = stored;
    }

    /** When it ends, its rooms are told so in these words. */
    public void leavesWith(String words) {
        farewell = words;
    }

    /** What its rooms are told when it ends; empty if nothing. */
    public String farewell() {
        return farewell;
    }

    /** Whether the account store has its user's account. */
    public boolean hasAccount() {
        return account;
    }

    /** Its user's newer connection takes its place: its rooms wait for that one. */
    void replacedByNewer() {
        replaced = true;
        service.onReplaced();
    }

    /** Closes if everything said has arrived, or the time for that is over. */
    void closeIfFlushed(long now) {
        if (state == State.FLUSHING && ((connection().lanesIdle() && controlQueue.isEmpty()) || now >= flushDeadline)) {
            flushDeadline = Long.MAX_VALUE;
            connection().close(flushCode, "", now);
        }
    }

    /** When it is to be looked at again. */
    long nextDeadline() {
        long next = connection().nextTimeout();
        return switch (state) {
            case HALF_OPEN, SIGNING_IN -> isOpen() ? Math.min(next, deadline) : next; // or its end is under way already
            case FLUSHING -> Math.min(next, flushDeadline);
            case ACTIVE -> Math.min(next, watch.next());
            case ENDED -> next;
        };
    }

    /** Whether it is not signed in, and should be by now. */
    boolean isLate(long now) {
        return (state == State.HALF_OPEN || state == State.SIGNING_IN) && now >= deadline;
    }

    /** Counts what it holds now; tells how many bytes more that is than when it was counted last. */
    int countHeld() {
        int before = countedBytes;
        countedBytes = heldBytes();
        return countedBytes - before;
    }

    /** What it held when it was counted last. */
    int countedBytes() {
        return countedBytes;
    }

    // Defects
    // -------------------------------------------------------------------------------------------------------

    /** Does something for this session, one of several perhaps: a defect that it meets ends this session only. */
    public void serve(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            broke(e);
        }
    }

    /** Serving it has met a defect in Kabar. It ends when what is being done is done. */
    public void broke(RuntimeException cause) {
        boolean first = !broken;
        broken = true;
        sessions.broke(this, first, cause);
    }

    // What it is
    // -------------------------------------------------------------------------------------------------------

    /** Where it stands. */
    public State state() {
        return state;
    }

    /** Whether its client is signed in. */
    public boolean isActive() {
        return state == State.ACTIVE;
    }

    /** Whether it is signing in over a connection that is open. */
    public boolean isSigningIn() {
        return state == State.SIGNING_IN && isOpen();
    }

    private boolean isOpen() {
        return connection().state() == Connection.State.OPEN;
    }

    /** Whether it has said this name, in any spelling, in a login that is under way or was accepted. */
    public boolean claimsNameOf(UserName name) {
        UserName own = claimed;
        return own != null && own.key().equals(name.key()) && (isActive() || state == State.SIGNING_IN);
    }

    HalfOpen key() {
        return key;
    }

    /** The hash that both sides of the handshake have. */
    public byte[] handshakeHash() {
        return handshakeHash;
    }

    /** The address the handshake has proven. */
    public AddressPrefixes countedAddress() {
        return countedAddress;
    }

    /** Its connection. */
    public Connection connection() {
        if (connection == null) {
            throw new IllegalStateException("no connection yet");
        }
        return connection;
    }

    /** Where its client's packets come from at present. */
    public InetSocketAddress remote() {
        return connection().remote();
    }

    /** What it is told that need not arrive. */
    public Signals signals() {
        if (signals == null) {
            signals = new Signals(connection());
        }
        return signals;
    }

    /** What it is still to be told. */
    public ServerControlQueue controlQueue() {
        return controlQueue;
    }

    /** Who takes what its client says. */
    public SessionService service() {
        return service;
    }

    /** The user's name; only of a session that is or was ACTIVE. */
    public UserName name() {
        return user().name();
    }

    /** The user; only of a session that is or was ACTIVE. */
    public User user() {
        if (user == null) {
            throw new IllegalStateException("not signed in");
        }
        return user;
    }

    /** The user as the host program is asked about; only of a session that is or was ACTIVE. */
    public Authorizer.Person person() {
        return new Authorizer.Person(user().author(), user().serverRole(), remote());
    }

    /** Takes one request of its user; 0 if it may be answered, else the nanoseconds until one may. */
    public long takeRequest() {
        return user().rates().request(countedAddress(), sessions.now());
    }

    /** Since when it is signed in; only of a session that is or was ACTIVE. */
    public Instant since() {
        return since;
    }

    /** Which run of the client this is; only of a session that is or was ACTIVE. */
    public long instance() {
        return instance;
    }

    /** The number of its device in the account; 0 if the account does not know it. */
    public int device() {
        return device;
    }

    /** What to call it in a log. */
    String who() {
        return user == null ? String.valueOf(key.from()) : user.name().text();
    }

    /** Whether it is silent, and what it is to be reminded of. */
    public SessionWatch watch() {
        return watch;
    }

    boolean isReplaced() {
        return replaced;
    }

    /** Bytes held for it: what it has sent and is not complete, and what it is told and has not acknowledged. */
    public int heldBytes() {
        return isOpen() ? connection().heldBytes() + controlQueue.heldBytes() + service.heldBytes() : 0;
    }

    /** Says something on the control lane, now or when there is room on it. */
    public void say(ServerMessage message) {
        if (state != State.ENDED) {
            controlQueue.say(message, sessions.now());
        }
    }

    /** Closes the connection for a reason that the client hears. */
    public void close(CloseReason reason, String detail) {
        connection().close(reason.code(), detail, sessions.now());
    }

    /** Takes a message, now that its turn has come. */
    public void hear(int lane, ClientMessage message) {
        if (state == State.SIGNING_IN || state == State.ACTIVE) {
            service.onMessage(lane, message);
        }
    }
}
