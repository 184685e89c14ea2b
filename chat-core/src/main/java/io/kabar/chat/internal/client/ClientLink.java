package io.kabar.chat.internal.client;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.ServerKey;
import io.kabar.chat.internal.client.calls.Retries;
import io.kabar.chat.internal.client.login.ClientConnection;
import io.kabar.chat.internal.client.login.ClientHandshake;
import io.kabar.chat.internal.client.login.ClientLogin;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.client.login.ClientSignIn;
import io.kabar.chat.internal.client.login.SaltedPassword;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.wire.CloseCode;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ServerMessage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client's way to its server: it keeps signing in ({@link ClientSignIn}) and coming back ({@link ReconnectPolicy})
 * for as long as it is wanted. What the user does and sees ({@link ClientState}) lives on whatever happens to
 * connections.
 *
 * <pre>
 *   SHAKING_HANDS ──► SIGNING_IN ──► LIVE ◄──► (searching: nothing heard)
 *        ▲                 │           │
 *        │                 └────┬──────┘ connection lost, server forgot it
 *        └──── WAITING ◄────────┘
 *                          refused, signed out, first contact failed ──► OVER
 * </pre>
 */
final class ClientLink implements ClientSignIn.Host {

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
    /** ICMP says nobody is there: believed at first contact when it was said this often, as it may be forged. */
    private static final int UNREACHABLE_HINTS = 3;

    private final ClientSettings settings;
    private final ClientConnection connection;
    private final ArrayDeque<ClientEvent> events;
    private final ClientState session;
    private final ClientSignIn signIn;
    private final ClientInbox inbox;
    private final ReconnectPolicy reconnectPolicy;

    private Phase phase = Phase.SHAKING_HANDS;
    private int unreachableHints;
    private boolean proven;
    private long now;
    private final long connectDeadline;
    private long signInDeadline = Long.MAX_VALUE;
    private long signOutDeadline = Long.MAX_VALUE;

    /** Begins to connect at once. */
    ClientLink(
            ClientSettings settings,
            RandomGenerator random,
            ArrayDeque<ClientEvent> events,
            ClientState session,
            ClientConnection connection,
            long now) {
        this.settings = settings;
        this.connection = connection;
        this.events = events;
        this.session = session;
        this.now = now;
        signIn = new ClientSignIn(settings, random, this);
        inbox = new ClientInbox(this, signIn, session);
        reconnectPolicy = new ReconnectPolicy(events, random, settings);
        connectDeadline = now + settings.connectTimeoutNanos();
        signIn.begin(now);
    }

    /** The present time: that of the input which is handled. */
    long now() {
        return now;
    }

    void at(long time) {
        now = time;
    }

    boolean isLive() {
        return phase == Phase.LIVE;
    }

    boolean isSigningIn() {
        return phase == Phase.SIGNING_IN;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    /** Whether anything may still be asked: not of a client that is leaving. */
    boolean takesCalls() {
        return phase != Phase.OVER && signOutDeadline == Long.MAX_VALUE;
    }

    ClientSignIn signIn() {
        return signIn;
    }

    /** What hears the connection. */
    ClientInbox inbox() {
        return inbox;
    }

    /** Leaves: what is on its way is given a moment to arrive, then the server is told. */
    void signOut() {
        if (phase == Phase.OVER || signOutDeadline != Long.MAX_VALUE) {
            return;
        }
        if (phase != Phase.LIVE || reconnectPolicy.searching()) {
            over(CloseReason.SIGNED_OUT, null, "");
            return;
        }
        signOutDeadline = now + SIGN_OUT_TIME;
        finishSignOut();
    }

    private void finishSignOut() {
        if (signOutDeadline != Long.MAX_VALUE
                && (now >= signOutDeadline || (session.waiting() == 0 && connection.isIdle()))) {
            over(CloseReason.SIGNED_OUT, null, "");
        }
    }

    /** The socket was replaced: the session goes on from a new address. */
    void socketReplaced() {
        if (connection.socketReplaced(now)) {
            reconnectPolicy.moved();
        }
    }

    /** The network says that nobody listens there. Anybody can say that, so it is a hint only. */
    void unreachable() {
        if (!reconnectPolicy.wasLive() && !signIn.heard() && ++unreachableHints >= UNREACHABLE_HINTS) {
            over(CloseReason.UNREACHABLE, Refusal.UNREACHABLE, "");
        }
    }

    // Inputs
    // ------------------------------------------------------------------------------------------------------------

    void handleDatagram(InetSocketAddress from, byte[] data, int length, long time) {
        now = time;
        proven = false;
        if (length == 0) {
            return;
        }
        if (PacketCodec.isProtected(data[0])) {
            Connection current = connection.current(); // which this may be the end of
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

    boolean isProven() {
        return proven;
    }

    @Override
    public void agreed(ClientHandshake.Result result) {
        proven = true;
        connection.open(result, inbox, now);
        reconnectPolicy.connected();
        phase = Phase.SIGNING_IN;
        signInDeadline = now + SIGN_IN_TIME;
        signIn.login(result.handshakeHash());
    }

    void handleTimeout(long time) {
        now = time;
        if (!reconnectPolicy.wasLive() && phase != Phase.OVER && time >= connectDeadline) {
            if (!signIn.endInVain()) {
                over(CloseReason.UNREACHABLE, signIn.heard() ? Refusal.TIMED_OUT : Refusal.UNREACHABLE, "");
            }
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
        connection.handleTimeout(time);
        if (phase == Phase.LIVE) {
            session.handleTimeout(time);
        }
        settle();
    }

    void handleWork(SlowWork work, long time) {
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
    public void sendControl(ClientMessage message) {
        if (phase != Phase.OVER) {
            connection.sendControl(message);
        }
    }

    @Override
    public void work(SlowWork work) {
        events.add(new ClientEvent.Work(work));
    }

    @Override
    public void welcomed(ServerMessage.Welcome welcome, ServerKey key) {
        Connection current = connection.current();
        if (current == null) {
            return;
        }
        phase = Phase.LIVE;
        session.welcomed(welcome, key, signIn.firstContact());
        reconnectPolicy.signedIn(now);
        session.connected(current, welcome, now);
    }

    @Override
    public void refused(ServerMessage.Refused message) {
        Refusal refusal = message.refusal();
        if (reconnectPolicy.passes(refusal)) {
            drop();
            phase = Phase.WAITING;
            reconnectPolicy.turnedAway(
                    Math.min(message.retryAfterMillis(), Retries.MAX_RETRY_MILLIS) * 1_000_000L, now);
            return;
        }
        over(CloseReason.LOGIN_REFUSED, refusal, message.sentence(), message.retryAfter());
    }

    /** The connection has ended. */
    void closed(boolean byPeer, long code, String reason) {
        if (phase == Phase.OVER) {
            return;
        }
        CloseReason why = CloseReason.of(code).orElse(CloseReason.PROTOCOL_VIOLATION);
        boolean putOut = byPeer && why == CloseReason.PUT_OUT;
        if (reconnectPolicy.comesBackAfter(why) && !putOut && signOutDeadline == Long.MAX_VALUE) {
            long silence = connection.silence(now);
            connection.forget();
            if (byPeer && phase == Phase.SIGNING_IN && why == CloseReason.PROTOCOL_VIOLATION) {
                signIn.forgetTicket(); // a server that knows no tickets says so every time
            }
            waitAndRetry(why, silence);
            lost();
        } else {
            String sentence = putOut && !reason.isBlank() ? reason : "The connection ended: " + why.words() + ".";
            over(why, reconnectPolicy.wasLive() ? null : Refusal.CLOSED, sentence);
        }
    }

    /** The server has said what it must not. */
    void violated() {
        if (connection.current() != null) {
            connection.close(CloseCode.PROTOCOL_VIOLATION, now);
            // What it said is not to be trusted to be whole; a new sign-in continues where the log was left.
            closed(false, CloseCode.PROTOCOL_VIOLATION, "");
        }
    }

    // The end of connections
    // -----------------------------------------------------------------------------------------------

    private void lost() {
        session.disconnected();
        signIn.abandon();
        reconnectPolicy.search(now);
    }

    private void drop() {
        connection.forget();
        lost();
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
        connection.close(CloseReason.SIGNED_OUT.code(), now);
        String words = sentence.isEmpty() && refusal != null ? refusal.sentence() : sentence;
        session.failEverything(refusal == null ? Refusal.CLOSED : refusal);
        events.add(new ClientEvent.Closed(reason, refusal, words, retryAfter));
    }

    /** After anything that may have changed the connection: is the server heard, is there nothing left to wait for? */
    private void settle() {
        Connection current = connection.current();
        if (phase != Phase.LIVE || current == null) {
            return;
        }
        reconnectPolicy.check(current, now);
        connection.probe(session.isExpecting(), now);
        finishSignOut();
    }

    // Outputs
    // -----------------------------------------------------------------------------------------------------------

    long nextTimeout() {
        long next = reconnectPolicy.wasLive() || phase == Phase.OVER ? Long.MAX_VALUE : connectDeadline;
        if (phase == Phase.WAITING) {
            next = Math.min(next, reconnectPolicy.resumeAt());
        }
        if (phase == Phase.SIGNING_IN) {
            next = Math.min(next, signInDeadline);
        }
        next = Math.min(next, Math.min(signIn.nextTimeout(), connection.nextTimeout()));
        Connection current = connection.current();
        if (phase == Phase.LIVE && current != null) {
            next = Math.min(next, session.nextTimeout());
            next = Math.min(next, reconnectPolicy.nextCheck(current));
            next = Math.min(next, connection.nextProbe(session.isExpecting()));
            next = Math.min(next, signOutDeadline);
        }
        return next;
    }

    int pollTransmit(byte[] out, long time) {
        now = time;
        int length = signIn.pollTransmit(out);
        return length > 0 ? length : connection.pollTransmit(out, time);
    }

    /** The last call: nobody is told anything any more, and all keys are overwritten. */
    void abandon() {
        phase = Phase.OVER;
        signIn.end();
        connection.abandon();
    }
}
