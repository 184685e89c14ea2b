package io.kabar.chat.internal.endpoint;

import io.kabar.chat.Refusal;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.crypto.ConnectionIds;
import io.kabar.chat.internal.session.AddressCount;
import io.kabar.chat.internal.session.AddressPrefixes;
import io.kabar.chat.internal.session.PrefixBuckets;
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
 * Key agreements, strangers and sessions each have bounds of their own, in all, for each address and for each network, so
 * nobody can use up what others need for another step, nor, alone, for this one.
 */
final class Admission {

    /** Key agreements under way: as many as a small pool does in half a second. */
    private static final int MAX_HANDSHAKES = 1024;

    /** Connections of those who are not signed in: as many as come back in a second or two. */
    private static final int MAX_STRANGERS = 4096;

    /** Key agreements at once from one address, as a multiple of the sessions it may have: some for each come to nothing. */
    private static final int ATTEMPTS = 4;

    /** Told to who finds no place: by then somebody may have gone. */
    static final long FULL_WAIT = Duration.ofSeconds(10).toNanos();

    private final ServerCore core;
    private final Sessions sessions;
    private final ConnectionIds ids;
    private final Greeter greeter;
    private final AddressCount agreeing;
    private final AddressCount strangers;
    private final AddressCount signedIn;
    private final PrefixBuckets attempts;
    private int strangerCount;
    private int signedInCount;
    private Connection.Options options;
    private final Map<ServerSession.HalfOpen, ServerSession> halfOpen = new HashMap<>();
    private final Map<ServerSession.HalfOpen, ServerHandshake> handshakes = new HashMap<>();
    private final SpentTokens spent = new SpentTokens();

    Admission(ServerCore core, Sessions sessions) {
        this.core = core;
        this.sessions = sessions;
        ServerSettings settings = core.settings;
        ids = new ConnectionIds(settings.identity().derive("kabar connection ids", 32));
        greeter = new Greeter(settings.identity(), ids, core.random);
        int perAddress = settings.sessionsPerAddress();
        int perPrivate = settings.sessionsPerPrivateAddress();
        agreeing = new AddressCount(perAddress, perPrivate, MAX_HANDSHAKES / 2);
        strangers = new AddressCount(perAddress, perPrivate, MAX_STRANGERS / 2);
        signedIn = new AddressCount(
                perAddress, perPrivate, Math.max(settings.maxSessions() / 2, Math.max(perAddress, perPrivate)));
        attempts = PrefixBuckets.perSecond(
                (long) ATTEMPTS * perAddress,
                Math.max(1, perAddress / ATTEMPTS),
                Math.max(1, (perPrivate + perAddress - 1) / perAddress));
        options = Connection.Options.SERVER.withIdleTimeout(Duration.ofNanos(settings.goneAfterNanos()));
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
            greeter.hello(from, hello, core.now);
        } else if (packet instanceof Packet.Init init) {
            init(from, init);
        } else {
            core.counters.drop("unexpected");
        }
    }

    private void init(InetSocketAddress from, Packet.Init init) {
        ServerSession.HalfOpen key = new ServerSession.HalfOpen(init.clientCid(), from);
        ServerSession known = halfOpen.get(key);
        if (known != null && known.reply != null) {
            known.repliedAgain = true;
            greeter.answer(from, new Packet.Reply(Packet.VERSION_2, init.clientCid(), known.reply));
            return;
        }
        String objection = objection(key, init);
        if (objection != null) {
            core.counters.drop(objection);
            return;
        }
        long cid = newCid();
        ServerHandshake handshake = new ServerHandshake(
                from, init, core.settings.identity(), new HandshakeParameters(cid, ids.resetToken(cid)), core.random);
        handshakes.put(key, handshake);
        core.tell(new ServerEvent.Work(handshake));
    }

    /** Why there is no key agreement; null if there is to be one, and then its address is counted. */
    private @Nullable String objection(ServerSession.HalfOpen key, Packet.Init init) {
        if (handshakes.containsKey(key)) {
            return "handshake_under_way";
        }
        if (!greeter.proves(key.from(), init, core.now)) {
            return "bad_token";
        }
        if (spent.contains(key, core.now)) {
            return "token_spent";
        }
        if (core.stopping || handshakes.size() >= MAX_HANDSHAKES || strangerCount >= MAX_STRANGERS) {
            return "full";
        }
        AddressPrefixes address = AddressPrefixes.of(key.from().getAddress());
        if (!strangers.hasRoom(address)
                || !agreeing.hasRoom(address)
                || attempts.take(address, core.now) > 0) { // whatever becomes of it, damaged ones too
            return "too_many_from_address";
        }
        agreeing.add(address);
        spent.add(key, core.now);
        return null;
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
        ServerSession.HalfOpen key = new ServerSession.HalfOpen(handshake.init().clientCid(), handshake.from());
        handshakes.remove(key);
        AddressPrefixes address = AddressPrefixes.of(handshake.from().getAddress());
        agreeing.remove(address);
        ServerHandshake.Result result = handshake.result();
        long cid = handshake.parameters().serverCid();
        if (result == null || sessions.find(cid) != null) {
            core.counters.drop("bad_handshake");
            return;
        }
        if (strangerCount >= MAX_STRANGERS || !strangers.tryAdd(address)) {
            core.counters.drop("full");
            return;
        }
        strangerCount++;
        ServerSession session = new ServerSession(
                host,
                key,
                result.handshakeHash(),
                result.reply(),
                address,
                core.now + core.settings.handshakeDeadlineNanos());
        session.attach(new Connection(
                Side.SERVER,
                options,
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
        sessions.add(session);
        greeter.answer(
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
            strangerCount--;
        } else if (session.counted == ServerSession.Counted.SIGNED_IN) {
            signedIn.remove(session.countedAddress);
            signedInCount--;
        }
        session.counted = null;
    }

    /** A packet came for a connection that is not there: if it was once, its client is told. */
    void unknown(InetSocketAddress from, long cid, int length) {
        if (ids.plausible(cid)) {
            core.counters.drop("forgotten_connection");
            greeter.reset(from, length, cid, core.now);
        } else {
            core.counters.drop("unknown_connection");
        }
    }

    /** The next answer to somebody without a session; null if there is none. */
    @Nullable
    Transmit poll() {
        return greeter.poll();
    }

    void addHeld(Map<String, Integer> held) {
        held.put("half open", halfOpen.size());
        held.put("handshakes", handshakes.size());
        held.put("addresses", agreeing.size() + strangers.size() + signedIn.size());
        held.put("answers", greeter.waiting());
    }

    /** Key agreements under way. */
    int agreeing() {
        return handshakes.size();
    }
}
