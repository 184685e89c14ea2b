package io.kabar.chat.internal.endpoint;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Presence;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.crypto.ConnectionIds;
import io.kabar.chat.internal.room.LogEntry;
import io.kabar.chat.internal.room.RoomRegistry;
import io.kabar.chat.internal.session.AccountRecord;
import io.kabar.chat.internal.session.AddressCount;
import io.kabar.chat.internal.session.Login;
import io.kabar.chat.internal.session.TokenBucket;
import io.kabar.chat.internal.wire.ClientMessage;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.ServerMessage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A server as a pure state machine: finds the session of each datagram by its connection id, greets those without one,
 * and leaves signing in to {@link LoginFlow}, rooms to {@link RoomEntry} and what is said to {@link SayFlow}.
 */
public final class ServerEndpoint implements Endpoint, ServerSession.Host {

    /** Key agreements under way: as many as a small pool does in half a second. */
    private static final int MAX_HANDSHAKES = 1024;
    /** How long a replaced session's rooms wait for the newer one. */
    private static final long GRACE = Duration.ofSeconds(30).toNanos();

    private final ServerCore core;
    private final ConnectionIds ids;
    private final Greeter greeter;
    private final LoginFlow logins;
    private final RoomEntry roomEntry;
    private final RoomExit roomExit;
    private final RoomLists roomLists;
    private final PresenceFlow presences;
    private final CommitFlow commits;
    private final RoomDesks desks;
    private final SayFlow says;
    private final JournalDesk journal;
    private final RoomRegistry rooms;
    private final AddressCount addresses;
    private final Connection.Options connectionOptions;

    private final Map<Long, ServerSession> byCid = new HashMap<>();
    private final Map<ServerSession.HalfOpen, ServerSession> halfOpen = new HashMap<>();
    private final Map<ServerSession.HalfOpen, ServerHandshake> handshakes = new HashMap<>();
    private final Map<UserName, User> users = new HashMap<>();
    private final Deadlines deadlines = new Deadlines();
    private final ArrayDeque<ServerSession> ready = new ArrayDeque<>();
    private final Errands errands = new Errands(deadlines);
    private InetSocketAddress transmitTo = InetSocketAddress.createUnresolved("none", 0);
    private boolean stopping;
    private int active;

    /** A server without rooms yet. */
    public ServerEndpoint(ServerSettings settings, RandomGenerator random, InstantSource wallClock) {
        core = new ServerCore(settings, random, wallClock);
        ids = new ConnectionIds(settings.identity().derive("kabar connection ids", 32));
        greeter = new Greeter(settings.identity(), ids, random);
        rooms = new RoomRegistry(settings.historyInMemory());
        journal = new JournalDesk(core);
        desks = new RoomDesks(rooms);
        roomExit = new RoomExit(core, journal, desks);
        roomEntry = new RoomEntry(core, journal, desks, roomExit);
        roomLists = new RoomLists(core, desks);
        presences = new PresenceFlow(core);
        says = new SayFlow(core, journal);
        commits = new CommitFlow(core, journal, desks, users, roomEntry, roomExit, says, errands);
        logins = new LoginFlow(core, this::signedIn);
        addresses = new AddressCount(settings.sessionsPerAddress(), settings.sessionsPerPrivateAddress());
        connectionOptions = Connection.Options.SERVER.withIdleTimeout(Duration.ofNanos(settings.goneAfterNanos()));
    }

    /** Tells of a room the journal keeps. Called for each, before anything else. */
    public void addRoom(RoomName name, long firstKept, long last, String topic) {
        rooms.add(name, firstKept, last, topic);
    }

    // Inputs
    // ------------------------------------------------------------------------------------------------------------

    @Override
    public void handleDatagram(InetSocketAddress from, byte[] data, int length, long now) {
        core.now = now;
        core.counters.datagramsIn++;
        core.counters.bytesIn += length;
        if (length == 0) {
            core.counters.drop("empty");
            return;
        }
        if (PacketCodec.isProtected(data[0])) {
            handleProtected(from, data, length);
            return;
        }
        try {
            handleGreeting(from, PacketCodec.decode(data, 0, length));
        } catch (MalformedPacketException e) {
            core.counters.drop("malformed");
        }
    }

    private void handleProtected(InetSocketAddress from, byte[] data, int length) {
        if (length < PacketCodec.SHORT_HEADER) {
            core.counters.drop("too_short");
            return;
        }
        long cid = PacketCodec.destinationCid(data, 0);
        ServerSession session = byCid.get(cid);
        if (session == null) {
            if (ids.plausible(cid)) {
                core.counters.drop("forgotten_connection");
                greeter.reset(from, length, cid, core.now);
            } else {
                core.counters.drop("unknown_connection");
            }
            return;
        }
        long elicited = session.connection().stats().elicitingIn();
        session.connection().handleDatagram(from, data, 0, length, core.now);
        if (session.state == ServerSession.State.HALF_OPEN
                && session.connection().stats().elicitingIn() > elicited) {
            confirm(session);
        }
        heard(session);
        settle(session);
    }

    private void handleGreeting(InetSocketAddress from, Packet packet) {
        if (packet instanceof Packet.Hello hello) {
            greeter.hello(from, hello, core.now);
        } else if (packet instanceof Packet.Init init) {
            handleInit(from, init);
        } else {
            core.counters.drop("unexpected");
        }
    }

    private void handleInit(InetSocketAddress from, Packet.Init init) {
        ServerSession.HalfOpen key = new ServerSession.HalfOpen(init.clientCid(), from);
        ServerSession known = halfOpen.get(key);
        if (known != null && known.reply != null) {
            greeter.answer(from, new Packet.Reply(Packet.VERSION_1, init.clientCid(), known.reply));
            return;
        }
        if (handshakes.containsKey(key)) {
            core.counters.drop("handshake_under_way");
            return;
        }
        if (!greeter.proves(from, init, core.now)) {
            core.counters.drop("bad_token");
            return;
        }
        if (stopping || handshakes.size() >= MAX_HANDSHAKES || byCid.size() >= core.settings.maxSessions()) {
            core.counters.drop("full");
            return;
        }
        if (!addresses.tryAdd(from.getAddress())) {
            core.counters.drop("too_many_from_address");
            return;
        }
        long cid = newCid();
        ServerHandshake handshake = new ServerHandshake(
                from, init, core.settings.identity(), new HandshakeParameters(cid, ids.resetToken(cid)), core.random);
        handshakes.put(key, handshake);
        core.tell(new ServerEvent.Work(handshake));
    }

    private long newCid() {
        long cid;
        do {
            cid = ids.next(core.random);
        } while (byCid.containsKey(cid));
        return cid;
    }

    @Override
    public void handleWork(SlowWork work, long now) {
        core.now = now;
        if (!(work instanceof ServerHandshake handshake)) {
            return;
        }
        ServerSession.HalfOpen key = new ServerSession.HalfOpen(handshake.init().clientCid(), handshake.from());
        handshakes.remove(key);
        ServerHandshake.Result result = handshake.result();
        long cid = handshake.parameters().serverCid();
        if (result == null || byCid.containsKey(cid)) {
            core.counters.drop("bad_handshake");
            addresses.remove(handshake.from().getAddress());
            return;
        }
        ServerSession session = new ServerSession(
                this,
                key,
                result.handshakeHash(),
                result.reply(),
                handshake.from().getAddress(),
                now + core.settings.handshakeDeadlineNanos());
        session.attach(new Connection(
                Side.SERVER,
                connectionOptions,
                result.keys().responderToInitiator(),
                result.keys().initiatorToResponder(),
                cid,
                handshake.init().clientCid(),
                null,
                handshake.from(),
                session,
                core.random,
                now));
        byCid.put(cid, session);
        halfOpen.put(key, session);
        greeter.answer(
                handshake.from(),
                new Packet.Reply(Packet.VERSION_1, handshake.init().clientCid(), result.reply()));
        settle(session);
    }

    /** The client has the reply: its first packet opened. */
    private void confirm(ServerSession session) {
        if (session.state == ServerSession.State.HALF_OPEN) {
            session.state = ServerSession.State.SIGNING_IN;
        }
        session.reply = null;
        halfOpen.remove(session.key, session);
    }

    @Override
    public void handleTimeout(long now) {
        core.now = now;
        // As many turns as there are deadlines: one that is due again at once waits for the next call, and stops
        // nobody.
        for (int turns = deadlines.size(); turns > 0; turns--) {
            Deadlines.Item item = deadlines.due(now);
            if (item == null) {
                return;
            }
            if (item instanceof ServerSession session) {
                sessionDue(session);
            } else {
                errands.runDue(now);
            }
        }
    }

    private void sessionDue(ServerSession session) {
        session.connection().handleTimeout(core.now);
        if ((session.state == ServerSession.State.HALF_OPEN || session.state == ServerSession.State.SIGNING_IN)
                && core.now >= session.deadline) {
            if (session.state == ServerSession.State.HALF_OPEN) {
                // Never heard from again: it is not told either, so that nobody can be made to be told.
                session.connection().abandon();
                end(session, CloseReason.LOGIN_TIMEOUT.words());
                remove(session);
                return;
            }
            session.connection().close(CloseReason.LOGIN_TIMEOUT.code(), "", core.now);
        }
        if (session.isActive()
                && !session.silent
                && core.now - session.connection().lastReceivedAt() >= core.settings.reconnectingAfterNanos()) {
            session.silent = true;
            if (session.user().sessions.stream().allMatch(other -> other.silent)) {
                presences.presence(session, Presence.RECONNECTING);
            }
        }
        settle(session);
    }

    private void heard(ServerSession session) {
        if (session.silent && session.connection().lastReceivedAt() == core.now) {
            session.silent = false;
            if (session.isActive()) {
                presences.presence(session, Presence.HERE);
            }
        }
    }

    /** The account store has looked a name up; null if nobody owns it. */
    public void handleAccount(long ticket, @Nullable AccountRecord account, long now) {
        core.now = now;
        logins.accountKnown(ticket, account);
    }

    /** The account store has registered a name for {@code account}; null if somebody else was first. */
    public void handleRegistered(long ticket, @Nullable AccountRecord account, long now) {
        core.now = now;
        logins.registered(ticket, account);
    }

    /** The account store could not answer. */
    public void handleAccountFailure(long ticket, long now) {
        core.now = now;
        logins.storeFailed(ticket);
    }

    /** The journal has committed an event. {@code ticket} is 0 if it was not proposed here. */
    public void handleCommit(long ticket, LogEntry entry, long now) {
        core.now = now;
        commits.committed(ticket, entry);
    }

    /** The journal could not store a proposal. */
    public void handleRefusal(long ticket, Refusal refusal, long now) {
        core.now = now;
        commits.refused(ticket, refusal);
    }

    /** The journal has read what was asked for. */
    public void handleRead(long ticket, long first, List<LogEntry> entries, long now) {
        core.now = now;
        journal.wasRead(ticket, first, entries);
    }

    /** The journal could not read what was asked for. */
    public void handleReadFailed(long ticket, long now) {
        core.now = now;
        journal.readFailed(ticket);
    }

    /** Tells every client that the server stops. Transmit what there is, then forget the endpoint. */
    public void stop(long now) {
        core.now = now;
        stopping = true;
        for (ServerSession session : List.copyOf(byCid.values())) {
            if (session.state != ServerSession.State.HALF_OPEN) {
                session.connection().close(CloseReason.SERVER_STOPPED.code(), "", now);
            }
        }
    }

    // Outputs
    // -----------------------------------------------------------------------------------------------------------

    /** The next thing to be done or told; null if there is none. */
    public @Nullable ServerEvent pollEvent() {
        return core.events.poll();
    }

    @Override
    public long nextTimeout() {
        return deadlines.next();
    }

    @Override
    public int pollTransmit(byte[] out, long now) {
        core.now = now;
        Transmit answer = greeter.poll();
        if (answer != null) {
            System.arraycopy(answer.datagram(), 0, out, 0, answer.datagram().length);
            return sent(answer.to(), answer.datagram().length);
        }
        while (!ready.isEmpty()) {
            ServerSession session = ready.getFirst();
            int length = session.connection().pollTransmit(out, now);
            if (length > 0) {
                return sent(session.connection().transmitTo(), length);
            }
            ready.removeFirst();
            settle(session);
        }
        return 0;
    }

    private int sent(InetSocketAddress to, int length) {
        transmitTo = to;
        core.counters.datagramsOut++;
        core.counters.bytesOut += length;
        return length;
    }

    @Override
    public InetSocketAddress transmitTo() {
        return transmitTo;
    }

    public ServerCounters counters() {
        return core.counters;
    }

    /** Sessions that are signed in. */
    public int activeSessions() {
        return active;
    }

    /** Connections that are not, handshakes included. */
    public int handshaking() {
        return byCid.size() - active + handshakes.size();
    }

    /** Rooms known. */
    public int rooms() {
        return rooms.all().size();
    }

    /** Events that members have acknowledged so far. */
    public long delivered() {
        long delivered = core.counters.delivered();
        for (ServerSession session : byCid.values()) {
            for (Attendance attendance : session.byRoom.values()) {
                delivered += attendance.cursor == null ? 0 : attendance.cursor.delivered();
            }
        }
        return delivered;
    }

    /** Drops of the endpoint and of all its connections, by reason. */
    public Map<String, Long> drops() {
        Map<String, Long> drops = new TreeMap<>(core.counters.drops());
        byCid.values().forEach(session -> core.counters.addDropsOf(session.connection(), drops));
        return drops;
    }

    // What sessions hear
    // ------------------------------------------------------------------------------------------------

    @Override
    public void onMessage(ServerSession session, int lane, ClientMessage message) {
        if (session.state == ServerSession.State.HALF_OPEN) {
            confirm(session);
        }
        if (session.state == ServerSession.State.SIGNING_IN) {
            if (message instanceof ClientMessage.Login login) {
                logins.begin(session, login);
            } else if (message instanceof ClientMessage.LoginProof proof) {
                logins.prove(session, proof);
            } else {
                session.connection().close(CloseReason.PROTOCOL_VIOLATION.code(), "not signed in", core.now);
            }
        } else if (session.isActive()) {
            dispatch(session, lane, message);
        }
    }

    private void dispatch(ServerSession session, int lane, ClientMessage message) {
        if (message instanceof ClientMessage.Say say) {
            says.say(session, lane, say);
        } else if (message instanceof ClientMessage.Credit credit) {
            roomEntry.credit(session, credit);
        } else if (message instanceof ClientMessage.Join join) {
            roomEntry.join(session, join);
        } else if (message instanceof ClientMessage.Part part) {
            roomExit.part(session, part);
        } else if (message instanceof ClientMessage.ListRooms list) {
            roomLists.listRooms(session, list.request());
        } else if (message instanceof ClientMessage.ListMembers list) {
            roomLists.listMembers(session, list);
        } else if (message instanceof ClientMessage.Away away) {
            presences.presence(session, away.away() ? Presence.AWAY : Presence.HERE);
        } else {
            session.connection().close(CloseReason.PROTOCOL_VIOLATION.code(), "signed in already", core.now);
        }
    }

    @Override
    public void onSignal(ServerSession session, long room, byte[] body) {
        presences.signal(session, room, body);
    }

    private void signedIn(ServerSession session, Login login, AccountRecord account) {
        User user = users.computeIfAbsent(
                account.name(),
                name -> new User(
                        name,
                        account.role(),
                        new TokenBucket(core.settings.rateBurst(), core.settings.ratePerSecond(), core.now)));
        session.user = user;
        session.state = ServerSession.State.ACTIVE;
        active++;
        core.counters.logins++;
        for (ServerSession other : List.copyOf(user.sessions)) {
            if (other.login != null && other.login.instance() == login.instance()) {
                replace(other);
            }
        }
        user.sessions.add(session);
        core.tell(new ServerEvent.SignedIn(user.name, session.connection().remote()));
        session.say(
                new ServerMessage.Welcome(
                        login.signature(),
                        user.name.text(),
                        user.role,
                        core.settings.maxMessageBytes(),
                        core.settings.rateBurst(),
                        core.settings.ratePerSecond(),
                        core.settings.roomsPerSession()),
                core.now);
    }

    /** A client that signed in anew takes the place of its older self at once; nobody sees it leave and join. */
    private void replace(ServerSession old) {
        old.replaced = true;
        UserName name = old.name();
        List<RoomDesk> expected = roomExit.detachAll(old);
        errands.at(core.now + GRACE, () -> expected.forEach(desk -> roomExit.giveUp(desk, name, "")));
        old.connection().close(CloseReason.REPLACED.code(), "", core.now);
        settle(old);
    }

    @Override
    public void onReady(ServerSession session) {
        ready.add(session);
    }

    @Override
    public void onMoved(ServerSession session, InetSocketAddress from, InetSocketAddress to) {
        core.counters.roamed++;
        if (session.isActive()) {
            core.tell(new ServerEvent.Roamed(session.name(), from, to));
        }
    }

    @Override
    public void onEnded(ServerSession session, boolean byPeer, long code, String reason) {
        String words =
                CloseReason.of(code).orElse(CloseReason.PROTOCOL_VIOLATION).words();
        end(session, words);
    }

    private void end(ServerSession session, String words) {
        if (session.state == ServerSession.State.ENDED) {
            return;
        }
        boolean wasActive = session.isActive();
        session.state = ServerSession.State.ENDED;
        session.reply = null;
        halfOpen.remove(session.key, session);
        addresses.remove(session.countedAddress);
        core.counters.addDropsOf(session.connection(), core.counters.drops());
        if (!wasActive) {
            return;
        }
        active--;
        User user = session.user();
        user.sessions.remove(session);
        if (user.sessions.isEmpty()) {
            users.remove(user.name);
        }
        if (!session.replaced && !stopping) {
            roomExit.leaveAll(session, "");
        }
        core.tell(new ServerEvent.SignedOut(user.name, words));
    }

    // Time
    // ----------------------------------------------------------------------------------------------------------------

    /** After anything that may have changed a session: closes what is flushed, forgets what is over, sets its deadline. */
    private void settle(ServerSession session) {
        Connection connection = session.connection();
        if (session.state == ServerSession.State.FLUSHING
                && (connection.lanesIdle() || core.now >= session.flushDeadline)) {
            session.flushDeadline = Long.MAX_VALUE;
            connection.close(session.flushCode, "", core.now);
        }
        if (connection.state() == Connection.State.CLOSED) {
            end(session, CloseReason.IDLE.words());
            remove(session);
            return;
        }
        long next = connection.nextTimeout();
        switch (session.state) {
            case HALF_OPEN, SIGNING_IN -> {
                if (connection.state() == Connection.State.OPEN) { // or its end is under way already
                    next = Math.min(next, session.deadline);
                }
            }
            case FLUSHING -> next = Math.min(next, session.flushDeadline);
            case ACTIVE -> {
                if (!session.silent) {
                    next = Math.min(next, connection.lastReceivedAt() + core.settings.reconnectingAfterNanos());
                }
            }
            case ENDED -> {}
        }
        deadlines.set(session, next);
    }

    private void remove(ServerSession session) {
        byCid.remove(session.connection().localCid(), session);
        deadlines.remove(session);
    }
}
