package io.kabar.chat.internal.server;

import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.server.core.AccountRecord;
import io.kabar.chat.internal.server.core.Deadlines;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.log.Epochs;
import io.kabar.chat.internal.server.room.Room;
import io.kabar.chat.internal.server.room.RoomRegistry;
import io.kabar.chat.internal.server.session.Transmit;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.spi.Journal;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server as a pure state machine: finds the session of each datagram by its connection id. {@link Admission} greets
 * those without one, {@link SessionInbox} takes what sessions hear where it belongs, {@link Sessions} minds the time.
 */
public final class ServerEndpoint implements Endpoint {

    private final ServerCore core;
    private final RoomRegistry rooms;
    private final LiveRooms liveRooms;
    private final Map<RoomName, String> lookAlikes = new LinkedHashMap<>();
    private final RestoredMembers restoredMembers;
    private final JournalRequests journal;
    private final Sessions sessions;
    private final Admission admission;
    private final Users users;
    private final LoginFlow logins;
    private final RoomEntry entry;
    private final Conversations conversations;
    private final CommitFlow commits;
    private final SearchFlow searches;
    private final RoomLists lists;
    private final SessionInbox inbox;
    /**
     * Datagrams that a session sends before it is the next one's turn, if that has anything to say: else at full load
     * each would hear nothing while all the others are told all they may be.
     */
    private static final int TURN = 2;

    /** Sessions served in one call of {@link #handleTimeout}: then datagrams have their turn again. */
    private static final int DUE_AT_ONCE = 256;

    private boolean strangersTurn;
    private int sentInTurn;
    /** Whose datagram was polled last; null if it was a stranger's. */
    private @Nullable ServerSession polled;

    private InetSocketAddress transmitTo = InetSocketAddress.createUnresolved("none", 0);

    /** A server without rooms yet. */
    public ServerEndpoint(ServerSettings settings, RandomGenerator random, InstantSource wallClock) {
        core = new ServerCore(settings, random, wallClock);
        rooms = new RoomRegistry(settings.historyInMemory(), settings.quotas().maxRooms());
        journal = new JournalRequests(core);
        PresenceFlow presences = new PresenceFlow(core);
        ResumeTickets resumeTickets = new ResumeTickets(core);
        sessions = new Sessions(core, presences, resumeTickets);
        admission = new Admission(core, sessions);
        liveRooms = new LiveRooms(rooms);
        RoomExit exit = new RoomExit(core, journal, liveRooms);
        restoredMembers = new RestoredMembers(core, journal, exit);
        users = new Users(core, sessions, exit, rooms);
        Targets targets = new Targets(rooms, users);
        SayFlow says = new SayFlow(core, journal);
        entry = new RoomEntry(core, journal, liveRooms, targets, exit, presences);
        conversations = new Conversations(core, journal, liveRooms, rooms, users);
        lists = new RoomLists(core, liveRooms, targets);
        HistoryReader reads = new HistoryReader(core, journal, liveRooms);
        searches = new SearchFlow(core, journal, liveRooms);
        logins = new LoginFlow(core, admission, users, resumeTickets, conversations);
        commits = new CommitFlow(core, journal, liveRooms, conversations, entry, exit, says);
        inbox = new SessionInbox(
                core, admission, sessions, users, logins, entry, exit, lists, presences, says, reads, searches);
    }

    /** These accounts are found by their exact spelling only. Told before anything else. */
    public void knownBySpelling(Collection<UserName> people) {
        rooms.knownBySpelling(people);
    }

    /**
     * Tells of a room the journal keeps. Called for each, before anything else; of rooms whose names look alike, the
     * one told first has the name.
     *
     * @param members who is in it, by its log: they are waited for
     * @param epochs whose writing its log is
     */
    public void addRoom(
            RoomName name,
            long firstKept,
            long last,
            String topic,
            Collection<UserName> members,
            Epochs epochs,
            long now) {
        Room other = rooms.find(name);
        restoredMembers.expect(liveRooms.of(rooms.add(name, firstKept, last, topic, epochs)), members, now);
        if (other != null) {
            lookAlikes.put(
                    name,
                    name.isDirect()
                            ? "The conversations " + other.name() + " and " + name
                                    + " are of the same two people: the first,"
                                    + " which is longer, goes on; the other is kept, and can be exported."
                            : "The names of the rooms " + other.name() + " and " + name
                                    + " look alike: the first, which is"
                                    + " longer, has the name; the other is entered by its exact spelling.");
        }
    }

    /** Rooms whose names mean others that were told before them, each with a sentence for an operator. */
    public Map<RoomName, String> takeLookAlikes() {
        Map<RoomName, String> taken = new LinkedHashMap<>(lookAlikes);
        lookAlikes.clear();
        return taken;
    }

    /** The same of a room in which, as the journal knows, nothing has happened beside people coming and going. */
    public void addRoomWithoutWords(
            RoomName name, long firstKept, long last, Collection<UserName> members, Epochs epochs, long now) {
        addRoom(name, firstKept, last, "", members, epochs, now);
        Room room = rooms.exact(name);
        if (room != null) {
            room.notWorthKeeping();
        }
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
        admission.greet(from, data, length);
    }

    private void handleProtected(InetSocketAddress from, byte[] data, int length) {
        if (length < PacketCodec.SHORT_HEADER) {
            core.counters.drop("too_short");
            return;
        }
        long cid = PacketCodec.destinationCid(data, 0);
        ServerSession session = sessions.find(cid);
        if (session == null) {
            admission.unknown(from, cid, length);
            return;
        }
        try {
            long elicited = session.connection().stats().elicitingIn();
            session.connection().handleDatagram(from, data, 0, length, core.now);
            if (session.connection().stats().elicitingIn() > elicited) {
                admission.heard(session);
            }
            sessions.heard(session);
        } catch (RuntimeException e) {
            core.defects.met(session, e);
        }
        sessions.endBroken();
    }

    @Override
    public void handleWork(SlowWork work, long now) {
        core.now = now;
        if (work instanceof ServerHandshake handshake) {
            admission.agreed(handshake, inbox);
        } else if (work instanceof SearchWork search) {
            searches.looked(search);
        }
    }

    @Override
    public void handleLimits(DatagramLimits limits) {
        admission.datagrams(limits);
    }

    @Override
    public void handleTimeout(long now) {
        core.now = now;
        // No more turns than there are deadlines: one that is due again at once waits for the next call, and stops
        // nobody.
        for (int turns = Math.min(core.deadlines.size(), DUE_AT_ONCE); turns > 0; turns--) {
            Deadlines.Item item = core.deadlines.due(now);
            if (item == null) {
                return;
            }
            if (item instanceof ServerSession session) {
                core.defects.apart(session, () -> sessions.due(session));
            } else {
                core.delayedTasks.runDue(now);
            }
            sessions.endBroken(); // or it would be the first that is due for ever
        }
    }

    /** The account store has looked a name up; null if nobody owns it. */
    public void handleAccount(long callId, @Nullable AccountRecord account, long now) {
        core.now = now;
        if (!entry.accountKnown(callId, account)) {
            logins.accountKnown(callId, account);
        }
    }

    /** The account store has registered a name for {@code account}; null if somebody else was first. */
    public void handleRegistered(long callId, @Nullable AccountRecord account, long now) {
        core.now = now;
        logins.registered(callId, account);
    }

    /** The account store could not answer. */
    public void handleAccountFailure(long callId, long now) {
        core.now = now;
        if (!entry.accountUnknown(callId)) {
            logins.storeFailed(callId);
        }
    }

    /** An account was changed or removed: its sessions end, and sign in anew if they can. */
    public void handleAccountChanged(UserName name, long now) {
        core.now = now;
        users.accountChanged(name);
        entry.accountChanged(name);
    }

    /** The journal has committed an event. {@code proposalId} is 0 if it was not proposed here. */
    public void handleCommit(long proposalId, Journal.Entry entry, long now) {
        core.now = now;
        commits.committed(proposalId, entry);
    }

    /** The journal could not store a proposal. */
    public void handleRefusal(long proposalId, Refusal refusal, long now) {
        core.now = now;
        if (refusal == Refusal.STORAGE) {
            core.counters.notStored++;
        }
        commits.refused(proposalId, refusal);
    }

    /** The journal has read what was asked for. */
    public void handleRead(long readId, long first, List<Journal.Entry> entries, long now) {
        core.now = now;
        journal.wasRead(readId, first, entries);
    }

    /** The journal could not read what was asked for. */
    public void handleReadFailed(long readId, long now) {
        core.now = now;
        journal.readFailed(readId);
    }

    /** The journal has let go of everything before event {@code first}. */
    public void handleForgotten(RoomName name, long first, long now) {
        core.now = now;
        Room room = rooms.exact(name);
        if (room != null) {
            room.log().forget(first);
            liveRooms.noteKept(room);
        }
    }

    /** Tells every client that the server stops. Transmit what there is, then forget the endpoint. */
    public void stop(long now) {
        core.now = now;
        core.stopping = true;
        for (ServerSession session : List.copyOf(sessions.all())) {
            if (session.state != ServerSession.State.HALF_OPEN) {
                core.defects.apart(
                        session, () -> session.connection().close(CloseReason.SERVER_STOPPED.code(), "", now));
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
        return core.deadlines.next();
    }

    @Override
    public int pollTransmit(byte[] out, long now) {
        core.now = now;
        sessions.endBroken();
        strangersTurn = !strangersTurn; // in turn, so that a flood of first words does not silence the sessions
        if (strangersTurn) {
            int length = toStranger(out);
            return length > 0 ? length : toSession(out, now);
        }
        int length = toSession(out, now);
        return length > 0 ? length : toStranger(out);
    }

    private int toStranger(byte[] out) {
        Transmit answer = admission.poll();
        if (answer == null) {
            return 0;
        }
        polled = null;
        System.arraycopy(answer.datagram(), 0, out, 0, answer.datagram().length);
        return sent(answer.to(), answer.datagram().length);
    }

    private int toSession(byte[] out, long now) {
        for (ServerSession session = sessions.nextReady(); session != null; session = sessions.nextReady()) {
            int length = 0;
            try {
                length = session.connection().pollTransmit(out, now);
                if (length == 0) {
                    sentInTurn = 0;
                    sessions.sentAll();
                } else if (++sentInTurn >= TURN) {
                    sentInTurn = 0;
                    sessions.endTurn();
                }
            } catch (RuntimeException e) {
                core.defects.met(session, e);
                sessions.endBroken(); // or it would be the first in the queue for ever
            }
            if (length > 0) {
                polled = session;
                return sent(session.connection().transmitTo(), length);
            }
        }
        return 0;
    }

    @Override
    public void handleTooLong(int length, long now) {
        core.now = now;
        ServerSession session = polled;
        if (session != null) {
            session.connection().notSent(length, now);
            sessions.settle(session);
        }
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

    @Override
    public void abandon() {
        core.stopping = true;
        admission.abandon();
        sessions.all().forEach(session -> session.connection().abandon());
    }

    public ServerCounters counters() {
        return core.counters;
    }

    /** A session of this user; null if none is signed in. */
    @Nullable
    ServerSession sessionOf(UserName name) {
        User user = users.find(name);
        return user == null || user.sessions.isEmpty() ? null : user.sessions.get(0);
    }

    /** What addresses have used up. */
    AddressRates addressRates() {
        return core.addressRates;
    }

    /** Characters looked at in searches, and members looked at for who has an event, by all who have asked so far. */
    long searched() {
        return searches.looked();
    }

    long visited() {
        return lists.visits();
    }

    /** The most events that were brought into memory in one turn, when rooms were loaded. */
    int mostRestored() {
        return journal.mostRestored();
    }

    /** Sessions that are signed in. */
    public int activeSessions() {
        return users.active();
    }

    /** Connections that are not, handshakes included. */
    public int handshaking() {
        return sessions.size() - users.active() + admission.agreeing();
    }

    /** Rooms known. */
    public int rooms() {
        return rooms.all().size();
    }

    /**
     * How much of everything is held on account of clients, by kind: all 0 once every client is gone and forgotten.
     * Costs a walk over all rooms.
     */
    public Map<String, Integer> held() {
        Map<String, Integer> held = new TreeMap<>();
        held.put("sessions", sessions.size());
        held.put("session bytes", (int) sessions.heldBytes());
        held.put("users", users.size());
        held.put("deadlines", core.deadlines.size());
        held.put("logins", logins.waiting());
        held.put("looked up", entry.lookedUp());
        conversations.addHeld(held);
        admission.addHeld(held);
        journal.addHeld(held);
        searches.addHeld(held);
        lists.addHeld(held);
        liveRooms.addHeld(held);
        return held;
    }

    /** The connections of all sessions, closing ones included. */
    Stream<Connection> connections() {
        return sessions.all().stream().map(ServerSession::connection);
    }

    /** All sessions, ending ones included. */
    Stream<ServerSession> sessions() {
        return sessions.all().stream();
    }

    /** In which epoch it writes. */
    long epoch() {
        return core.epoch;
    }

    /** The connection of this id; null if there is none. */
    @Nullable
    Connection connection(long cid) {
        ServerSession session = sessions.find(cid);
        return session == null ? null : session.connection();
    }

    /** Events that members have acknowledged so far. */
    public long delivered() {
        long delivered = core.counters.delivered();
        for (ServerSession session : sessions.all()) {
            for (Occupant occupant : session.byRoom.values()) {
                delivered += occupant.cursor == null ? 0 : occupant.cursor.delivered();
            }
        }
        return delivered;
    }

    /** Drops of the endpoint and of all its connections, by reason. */
    public Map<String, Long> drops() {
        Map<String, Long> drops = new TreeMap<>(core.counters.drops());
        sessions.all().forEach(session -> core.counters.addDropsOf(session.connection(), drops));
        return drops;
    }
}
