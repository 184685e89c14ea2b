package io.kabar.chat.internal.server;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionOptions;
import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.crypto.ConnectionIds;
import io.kabar.chat.internal.endpoint.HandshakeParameters;
import io.kabar.chat.internal.endpoint.PeerParameters;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.limits.AddressCount;
import io.kabar.chat.internal.server.limits.AddressPrefixes;
import io.kabar.chat.internal.server.limits.NetworkTree;
import io.kabar.chat.internal.server.limits.PrefixBuckets;
import io.kabar.chat.internal.server.session.AddressValidator;
import io.kabar.chat.internal.server.session.HalfOpen;
import io.kabar.chat.internal.server.session.SpentTokens;
import io.kabar.chat.internal.server.session.Transmit;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From a stranger's first datagram to a session whose client has shown that it heard the answer. Each step costs only
 * those who have paid for it:
 *
 * <pre>
 *   HELLO ──► a token, nothing kept
 *   INIT with the token, and room for one more ──► a key agreement, off the loop ──► REPLY, kept until it is heard
 *   sign-in, and room for one more session ──► a place among those who are signed in
 * </pre>
 *
 * Key agreements, strangers and sessions each have bounds of their own, in all, for each address and for each network,
 * so nobody can use up what others need for another step, nor, alone, for this one. Where all places of strangers are
 * taken, or too many wait for a key agreement, one of the most crowded network gives way to who comes from a less
 * crowded one ({@link NetworkTree}); and agreements are made for networks in turn.
 */
final class Admission {

    /** Key agreements that are asked for: as many as a small pool does in half a second. */
    static final int MAX_HANDSHAKES = 1024;

    /**
     * Of them handed out at a time, enough that nobody who computes waits for the loop; the others wait for their turn.
     */
    static final int UNDER_WAY = 64;

    /**
     * Connections of those who are not signed in: as many as come back in a second or two, and no more than sessions.
     */
    static final int MAX_STRANGERS = 4096;

    static final int LEAST_STRANGERS = 256;

    /**
     * Key agreements at once from one address, as a multiple of the sessions it may have: some for each come to
     * nothing.
     */
    private static final int ATTEMPTS = 4;

    /** Told to who finds no place: by then somebody may have gone. */
    static final long FULL_WAIT = Duration.ofSeconds(10).toNanos();

    private final ServerCore core;
    private final Sessions sessions;
    private final ConnectionIds ids;
    private final AddressValidator addressValidator;
    private final AddressCount agreeing;
    private final NetworkTree<ServerHandshake> waiting = new NetworkTree<>();
    private final AddressCount strangers;
    private final NetworkTree<ServerSession> places = new NetworkTree<>();
    private final AddressCount signedIn;
    private final PrefixBuckets attempts;
    private final int maxStrangers;
    private int underWay;
    private int signedInCount;
    private ConnectionOptions options;
    private final Map<HalfOpen, ServerSession> halfOpen = new HashMap<>();
    private final Map<HalfOpen, ServerHandshake> handshakes = new HashMap<>();
    private final SpentTokens spent = new SpentTokens();

    Admission(ServerCore core, Sessions sessions) {
        this.core = core;
        this.sessions = sessions;
        ServerSettings settings = core.settings;
        ids = new ConnectionIds(settings.identity().derive("kabar connection ids", 32));
        addressValidator = new AddressValidator(settings.identity(), ids, core.random);
        int perAddress = settings.sessionsPerAddress();
        int perPrivate = settings.sessionsPerPrivateAddress();
        maxStrangers = Math.max(LEAST_STRANGERS, Math.min(settings.maxSessions(), MAX_STRANGERS));
        agreeing = new AddressCount(perAddress, perPrivate, MAX_HANDSHAKES / 2);
        strangers = new AddressCount(perAddress, perPrivate, maxStrangers / 2);
        signedIn = new AddressCount(
                perAddress, perPrivate, Math.max(settings.maxSessions() / 2, Math.max(perAddress, perPrivate)));
        attempts = PrefixBuckets.perSecond(
                (long) ATTEMPTS * perAddress,
                Math.max(1, perAddress / ATTEMPTS),
                Math.max(1, (perPrivate + perAddress - 1) / perAddress));
        options = ConnectionOptions.SERVER.withIdleTimeout(Duration.ofNanos(settings.goneAfterNanos()));
    }

    /** For the connections that are made from now on. */
    void datagrams(DatagramLimits limits) {
        options = options.withDatagrams(limits);
    }

    /** A packet that belongs to no connection. */
    void greet(InetSocketAddress from, byte[] data, int length) {
        Packet packet;
        try {
            packet = PacketCodec.decode(data, 0, length);
        } catch (MalformedPacketException e) {
            core.counters.drop("malformed");
            return;
        }
        if (packet instanceof Packet.Hello hello) {
            addressValidator.hello(from, hello, core.now);
        } else if (packet instanceof Packet.Init init) {
            init(from, init);
        } else {
            core.counters.drop("unexpected");
        }
    }

    private void init(InetSocketAddress from, Packet.Init init) {
        HalfOpen key = new HalfOpen(init.clientCid(), from);
        ServerSession known = halfOpen.get(key);
        if (known != null && known.reply != null) {
            known.repliedAgain = true;
            addressValidator.answer(from, new Packet.Reply(Packet.VERSION_2, init.clientCid(), known.reply));
            return;
        }
        String objection = objection(key, init);
        if (objection != null) {
            core.counters.drop(objection);
            return;
        }
        long cid = newCid();
        ServerHandshake handshake = new ServerHandshake(
                from, init, core.settings.identity(), new HandshakeParameters(cid, ids.resetToken(cid), PeerParameters.OWN), core.random);
        handshakes.put(key, handshake);
        waiting.add(AddressPrefixes.of(from.getAddress()), handshake);
        agree();
    }

    /** Hands out key agreements, the networks in turn. */
    private void agree() {
        for (ServerHandshake next = nextAgreement(); next != null; next = nextAgreement()) {
            underWay++;
            core.tell(new ServerEvent.Work(next));
        }
    }

    private @Nullable ServerHandshake nextAgreement() {
        return underWay < UNDER_WAY ? waiting.next() : null;
    }

    private static HalfOpen keyOf(ServerHandshake handshake) {
        return new HalfOpen(handshake.init().clientCid(), handshake.from());
    }

    /** Forgets a key agreement for the sake of another: its client says INIT again. */
    private void giveWay(ServerHandshake handshake) {
        AddressPrefixes address = AddressPrefixes.of(handshake.from().getAddress());
        waiting.remove(address, handshake);
        handshakes.remove(keyOf(handshake));
        handshake.wipe();
        agreeing.remove(address);
        spent.remove(keyOf(handshake));
        core.counters.drop("gave_way");
    }

    /** Why there is no key agreement; null if there is to be one, and then its address is counted. */
    private @Nullable String objection(HalfOpen key, Packet.Init init) {
        if (handshakes.containsKey(key)) {
            return "handshake_under_way";
        }
        if (!addressValidator.proves(key.from(), init, core.now)) {
            return "bad_token";
        }
        if (spent.contains(key, core.now)) {
            return "token_spent";
        }
        AddressPrefixes address = AddressPrefixes.of(key.from().getAddress());
        ServerHandshake outdone = handshakes.size() < MAX_HANDSHAKES ? null : waiting.givesWay(address, false);
        if (core.stopping
                || (handshakes.size() >= MAX_HANDSHAKES && outdone == null)
                || (isFull() && places.givesWay(address, true) == null)) {
            return "full";
        }
        if (!strangers.hasRoom(address)
                || !agreeing.hasRoom(address)
                || attempts.take(address, core.now) > 0) { // whatever becomes of it, damaged ones too
            return "too_many_from_address";
        }
        if (outdone != null) {
            giveWay(outdone);
        }
        agreeing.add(address);
        spent.add(key, core.now);
        return null;
    }

    private boolean isFull() {
        return places.size() >= maxStrangers;
    }

    private long newCid() {
        long cid;
        do {
            cid = ids.next(core.random);
        } while (sessions.find(cid) != null);
        return cid;
    }

    /** A key agreement is done: if it was meant for this server, there is a session now, and its client is told. */
    void agreed(ServerHandshake handshake, ServerSession.Host host) {
        HalfOpen key = keyOf(handshake);
        handshakes.remove(key);
        AddressPrefixes address = AddressPrefixes.of(handshake.from().getAddress());
        agreeing.remove(address);
        underWay--;
        waiting.done(address, 1);
        agree();
        ServerHandshake.Result result = handshake.result();
        long cid = handshake.parameters().serverCid();
        if (result == null || sessions.find(cid) != null) {
            handshake.wipe();
            core.counters.drop("bad_handshake");
            return;
        }
        ServerSession outdone = isFull() ? places.givesWay(address, true) : null;
        if ((isFull() && outdone == null) || !strangers.tryAdd(address)) {
            handshake.wipe();
            core.counters.drop("full");
            return;
        }
        if (outdone != null) {
            core.counters.drop("gave_way");
            sessions.giveUp(outdone);
        }
        ServerSession session = new ServerSession(
                host,
                key,
                result.handshakeHash(),
                result.reply(),
                address,
                core.now + core.settings.handshakeDeadlineNanos());
        session.attach(new Connection(
                Side.SERVER,
                options.withPeer(result.peer().limits()),
                result.keys().responderToInitiator(),
                result.keys().initiatorToResponder(),
                cid,
                handshake.init().clientCid(),
                null,
                handshake.from(),
                session,
                core.random,
                core.now));
        session.connection().acceptLanes(1); // until it is known who it is
        halfOpen.put(key, session);
        places.add(address, session);
        sessions.add(session);
        addressValidator.answer(
                handshake.from(),
                new Packet.Reply(Packet.VERSION_2, handshake.init().clientCid(), result.reply()));
    }

    /** The client has the reply: its first packet opened. */
    void heard(ServerSession session) {
        if (session.state == ServerSession.State.HALF_OPEN) {
            session.state = ServerSession.State.SIGNING_IN;
            session.reply = null;
            halfOpen.remove(session.key, session);
            if (!session.repliedAgain) {
                session.connection()
                        .roundTripSeen(core.now - session.connection().openedAt());
            }
        }
    }

    /**
     * A stranger has proven who it is, and takes a place among those who are signed in.
     *
     * @param replaced the session whose place it takes; null if it needs another one
     * @return why there is none; null if there is
     */
    @Nullable
    Refusal signIn(ServerSession session, @Nullable ServerSession replaced) {
        boolean givesUp = replaced != null && replaced.counted == ServerSession.Counted.SIGNED_IN;
        if (signedInCount - (givesUp ? 1 : 0) >= core.settings.maxSessions()) {
            return Refusal.SERVER_FULL;
        }
        if (replaced != null && givesUp) {
            signedIn.remove(replaced.countedAddress);
        }
        if (!signedIn.hasRoom(session.countedAddress)) {
            if (replaced != null && givesUp) {
                signedIn.add(replaced.countedAddress);
            }
            return Refusal.TOO_MANY_SESSIONS;
        }
        if (replaced != null && givesUp) {
            replaced.counted = null;
            signedInCount--;
        }
        release(session);
        session.counted = ServerSession.Counted.SIGNED_IN;
        signedIn.add(session.countedAddress);
        signedInCount++;
        return null;
    }

    /** The session is over: its address may have another one. */
    void forget(ServerSession session) {
        session.reply = null;
        halfOpen.remove(session.key, session);
        release(session);
    }

    private void release(ServerSession session) {
        if (session.counted == ServerSession.Counted.STRANGER) {
            strangers.remove(session.countedAddress);
            places.remove(session.countedAddress, session);
        } else if (session.counted == ServerSession.Counted.SIGNED_IN) {
            signedIn.remove(session.countedAddress);
            signedInCount--;
        }
        session.counted = null;
    }

    /** No key agreement comes to anything any more. */
    void abandon() {
        handshakes.values().forEach(ServerHandshake::wipe);
    }

    /** A packet came for a connection that is not there: if it was once, its client is told. */
    void unknown(InetSocketAddress from, long cid, int length) {
        if (ids.plausible(cid)) {
            core.counters.drop("forgotten_connection");
            addressValidator.reset(from, length, cid, core.now);
        } else {
            core.counters.drop("unknown_connection");
        }
    }

    /** The next answer to somebody without a session; null if there is none. */
    @Nullable
    Transmit poll() {
        return addressValidator.poll();
    }

    void addHeld(Map<String, Integer> held) {
        held.put("half open", halfOpen.size());
        held.put("handshakes", handshakes.size());
        held.put("addresses", agreeing.size() + strangers.size() + signedIn.size());
        held.put("answers", addressValidator.waiting());
    }

    /** Key agreements under way. */
    int agreeing() {
        return handshakes.size();
    }
}
