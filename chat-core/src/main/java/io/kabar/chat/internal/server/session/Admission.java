package io.kabar.chat.internal.server.session;

import io.kabar.chat.internal.connection.Agreement;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionOptions;
import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.crypto.ConnectionIds;
import io.kabar.chat.internal.endpoint.HandshakeParameters;
import io.kabar.chat.internal.endpoint.PeerParameters;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.limits.AddressCount;
import io.kabar.chat.internal.server.limits.AddressPrefixes;
import io.kabar.chat.internal.server.limits.NetworkTree;
import io.kabar.chat.internal.server.limits.PrefixBuckets;
import io.kabar.chat.internal.server.order.Order;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
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
public final class Admission {

    /** Key agreements that are asked for: as many as a small pool does in half a second. */
    static final int MAX_HANDSHAKES = 1024;

    /**
     * Of them handed out at a time, enough that nobody who computes waits for the loop; the others wait for their turn.
     */
    static final int UNDER_WAY = 64;

    /**
     * Key agreements at once from one address, as a multiple of the sessions it may have: some for each come to
     * nothing.
     */
    private static final int ATTEMPTS = 4;

    private final ServerLoop loop;
    private final ServerSettings settings;
    private final Sessions sessions;
    private final Places places;
    private final RandomGenerator random;
    private final Order order;
    private final Function<ServerSession, SessionService> logins;
    private final ConnectionIds ids;
    private final AddressValidator addressValidator;
    private final AddressCount agreeing;
    private final NetworkTree<ServerHandshake> waiting = new NetworkTree<>();
    private final PrefixBuckets attempts;
    private int underWay;
    private ConnectionOptions options;
    private final Map<HalfOpen, ServerHandshake> handshakes = new HashMap<>();
    private final SpentTokens spent = new SpentTokens();

    /**
     * Nobody has come yet.
     *
     * @param logins takes what a new session's client says
     */
    public Admission(
            ServerLoop loop,
            ServerSettings settings,
            Sessions sessions,
            RandomGenerator random,
            Order order,
            Function<ServerSession, SessionService> logins) {
        this.loop = loop;
        this.settings = settings;
        this.sessions = sessions;
        this.random = random;
        this.order = order;
        this.logins = logins;
        places = sessions.places();
        ids = new ConnectionIds(settings.identity().derive("kabar connection ids", 32));
        addressValidator = new AddressValidator(settings.identity(), ids, random);
        int perAddress = settings.sessionsPerAddress();
        int perPrivate = settings.sessionsPerPrivateAddress();
        agreeing = new AddressCount(perAddress, perPrivate, MAX_HANDSHAKES / 2);
        attempts = PrefixBuckets.perSecond(
                (long) ATTEMPTS * perAddress,
                Math.max(1, perAddress / ATTEMPTS),
                Math.max(1, (perPrivate + perAddress - 1) / perAddress));
        options = ConnectionOptions.SERVER.withIdleTimeout(Duration.ofNanos(settings.goneAfterNanos()));
    }

    /** For the connections that are made from now on. */
    public void datagrams(DatagramLimits limits) {
        options = options.withDatagrams(limits);
    }

    /** A packet that belongs to no connection. */
    public void greet(InetSocketAddress from, byte[] data, int length) {
        Packet packet;
        try {
            packet = PacketCodec.decode(data, 0, length);
        } catch (MalformedPacketException e) {
            loop.counters().drop("malformed");
            return;
        }
        if (packet instanceof Packet.Hello hello) {
            addressValidator.hello(from, hello, loop.now());
        } else if (packet instanceof Packet.Init init) {
            init(from, init);
        } else {
            loop.counters().drop("unexpected");
        }
    }

    private void init(InetSocketAddress from, Packet.Init init) {
        HalfOpen key = new HalfOpen(init.clientCid(), from);
        byte[] reply = places.replyAgain(key);
        if (reply != null) {
            addressValidator.answer(from, new Packet.Reply(Packet.VERSION_2, init.clientCid(), reply));
            return;
        }
        String objection = objection(key, init);
        if (objection != null) {
            loop.counters().drop(objection);
            return;
        }
        long cid = newCid();
        ServerHandshake handshake = new ServerHandshake(
                from,
                init,
                settings.identity(),
                new HandshakeParameters(cid, ids.resetToken(cid), PeerParameters.OWN),
                random);
        handshakes.put(key, handshake);
        waiting.add(AddressPrefixes.of(from.getAddress()), handshake);
        agree();
    }

    /** Hands out key agreements, the networks in turn. */
    private void agree() {
        for (ServerHandshake next = nextAgreement(); next != null; next = nextAgreement()) {
            underWay++;
            loop.tell(new ServerEvent.Work(next));
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
        loop.counters().drop("gave_way");
    }

    /** Why there is no key agreement; null if there is to be one, and then its address is counted. */
    private @Nullable String objection(HalfOpen key, Packet.Init init) {
        if (handshakes.containsKey(key)) {
            return "handshake_under_way";
        }
        if (!addressValidator.proves(key.from(), init, loop.now())) {
            return "bad_token";
        }
        if (spent.contains(key, loop.now())) {
            return "token_spent";
        }
        AddressPrefixes address = AddressPrefixes.of(key.from().getAddress());
        if (order.ignores(address)) {
            return "banned";
        }
        ServerHandshake outdone = handshakes.size() < MAX_HANDSHAKES ? null : waiting.givesWay(address, false);
        if (sessions.isStopping()
                || (handshakes.size() >= MAX_HANDSHAKES && outdone == null)
                || places.isFullFor(address)) {
            return "full";
        }
        if (places.isFullOf(address)
                || !agreeing.hasRoom(address)
                || attempts.take(address, loop.now()) > 0) { // whatever becomes of it, damaged ones too
            return "too_many_from_address";
        }
        if (outdone != null) {
            giveWay(outdone);
        }
        agreeing.add(address);
        spent.add(key, loop.now());
        return null;
    }

    private long newCid() {
        long cid;
        do {
            cid = ids.next(random);
        } while (sessions.find(cid) != null);
        return cid;
    }

    /** A key agreement is done: if it was meant for this server, there is a session now, and its client is told. */
    public void agreed(ServerHandshake handshake) {
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
            loop.counters().drop("bad_handshake");
            return;
        }
        ServerSession outdone = places.givesWay(address);
        if (places.isFullFor(address) || !places.count(address)) {
            handshake.wipe();
            loop.counters().drop("full");
            return;
        }
        if (outdone != null) {
            loop.counters().drop("gave_way");
            sessions.giveUp(outdone);
        }
        ServerSession session = new ServerSession(
                sessions, key, result.handshakeHash(), address, loop.now() + settings.handshakeDeadlineNanos());
        Connection connection = new Connection(
                Side.SERVER,
                options.withPeer(result.peer().limits()),
                new Agreement(
                        result.keys().responderToInitiator(),
                        result.keys().initiatorToResponder(),
                        cid,
                        handshake.init().clientCid(),
                        null),
                handshake.from(),
                new SessionInput(session, sessions),
                random,
                loop.now());
        connection.acceptLanes(1); // until it is known who it is
        session.begin(connection, logins.apply(session));
        places.enter(session, result.reply());
        sessions.add(session);
        addressValidator.answer(
                handshake.from(),
                new Packet.Reply(Packet.VERSION_2, handshake.init().clientCid(), result.reply()));
    }

    /** No key agreement comes to anything any more. */
    public void abandon() {
        handshakes.values().forEach(ServerHandshake::wipe);
    }

    /** A packet came for a connection that is not there: if it was once, its client is told. */
    public void unknown(InetSocketAddress from, long cid, int length) {
        if (ids.plausible(cid)) {
            loop.counters().drop("forgotten_connection");
            addressValidator.reset(from, length, cid, loop.now());
        } else {
            loop.counters().drop("unknown_connection");
        }
    }

    /** The next answer to somebody without a session; null if there is none. */
    @Nullable
    Transmit poll() {
        return addressValidator.poll();
    }

    public void addHeld(Map<String, Integer> held) {
        held.put("half open", places.halfOpen());
        held.put("handshakes", handshakes.size());
        held.put("addresses", agreeing.size() + places.addresses());
        held.put("answers", addressValidator.waiting());
    }

    /** Key agreements under way. */
    public int agreeing() {
        return handshakes.size();
    }
}
