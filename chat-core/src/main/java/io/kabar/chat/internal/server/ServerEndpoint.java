package io.kabar.chat.internal.server;

import io.kabar.chat.CloseReason;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.DatagramLimits;
import io.kabar.chat.internal.endpoint.Endpoint;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.server.core.Deadlines;
import io.kabar.chat.internal.server.core.GuestNames;
import io.kabar.chat.internal.server.core.Inquiries;
import io.kabar.chat.internal.server.core.Lookups;
import io.kabar.chat.internal.server.core.People;
import io.kabar.chat.internal.server.core.Questions;
import io.kabar.chat.internal.server.core.Records;
import io.kabar.chat.internal.server.core.ServerCounters;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerLoop;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.core.Verdict;
import io.kabar.chat.internal.server.journal.JournalRequests;
import io.kabar.chat.internal.server.limits.AddressRates;
import io.kabar.chat.internal.server.log.RoomFold;
import io.kabar.chat.internal.server.login.AccountChanges;
import io.kabar.chat.internal.server.login.AccountRequests;
import io.kabar.chat.internal.server.login.Invitations;
import io.kabar.chat.internal.server.login.Logins;
import io.kabar.chat.internal.server.order.Order;
import io.kabar.chat.internal.server.query.RoomQueries;
import io.kabar.chat.internal.server.room.Rooms;
import io.kabar.chat.internal.server.search.SearchWork;
import io.kabar.chat.internal.server.session.Admission;
import io.kabar.chat.internal.server.session.Incoming;
import io.kabar.chat.internal.server.session.Outgoing;
import io.kabar.chat.internal.server.session.ServerHandshake;
import io.kabar.chat.internal.server.session.ServerSession;
import io.kabar.chat.internal.server.session.Sessions;
import io.kabar.chat.internal.server.session.Users;
import io.kabar.chat.internal.server.staff.Persons;
import io.kabar.chat.internal.server.staff.StaffDesk;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Journal;
import io.kabar.chat.spi.ServerRecords;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server as a pure state machine: datagrams, answers and time go in, datagrams and {@link ServerEvent events} come
 * out. Datagrams without a session go to {@link Admission}, the others to their session in {@link Sessions}; from there
 * what clients say goes to {@link Logins}, and to {@link Rooms} once they are signed in.
 */
public final class ServerEndpoint implements Endpoint {

    /** Sessions served in one call of {@link #handleTimeout}: then datagrams have their turn again. */
    private static final int DUE_AT_ONCE = 256;

    private final ServerLoop loop;
    private final People people = new People();
    private final Sessions sessions;
    private final Admission admission;
    private final Users users;
    private final Logins logins;
    private final AccountChanges accounts;
    private final Rooms rooms;
    private final RoomQueries queries;
    private final Questions questions;
    private final Records records;
    private final Order order;
    private final Lookups lookups;
    private final HostCalls host;
    private final HostAccounts hostAccounts;
    private final JournalRequests journal;
    private final Incoming incoming;
    private final Outgoing outgoing;

    /** A server without rooms yet. */
    public ServerEndpoint(ServerSettings settings, RandomGenerator random, InstantSource wallClock) {
        loop = new ServerLoop(wallClock);
        journal = new JournalRequests(loop, settings, random.nextLong(1, LogPosition.MAX_EPOCH + 1));
        sessions = new Sessions(loop, settings);
        records = new Records(loop);
        order = new Order(loop, settings, records);
        users = new Users(loop, settings, sessions, people, order, records);
        questions = new Questions(loop, settings.host());
        lookups = new Lookups(loop);
        rooms = new Rooms(loop, settings, journal, users, questions, lookups);
        Persons persons = new Persons(users, order, lookups);
        StaffDesk staff = new StaffDesk(loop, settings.host().author(), order, sessions, persons, rooms);
        queries = new RoomQueries(loop, settings, journal, rooms);
        rooms.alsoTakes(staff, queries);
        host = new HostCalls(loop, sessions, users, rooms.host(), staff);
        accounts = new AccountChanges(loop, sessions, lookups);
        Invitations invitations =
                new Invitations(loop, records, random, settings.host().author(), new InvitedRooms(rooms));
        logins =
                new Logins(loop, settings, random, users, new Inquiries(questions, lookups), invitations, rooms::begin);
        AccountRequests requests = new AccountRequests(loop, settings, logins, accounts, invitations);
        rooms.alsoTakes(requests);
        hostAccounts = new HostAccounts(loop, accounts, requests, invitations, logins.passes());
        admission = new Admission(loop, settings, sessions, random, order, logins::begin);
        incoming = new Incoming(loop, sessions, admission);
        outgoing = new Outgoing(loop, sessions, admission);
    }

    /** These accounts are found by their exact spelling only. Told before anything else. */
    public void knownBySpelling(Collection<UserName> names) {
        people.knownBySpelling(names);
    }

    /** What the server remembers beside its logs. Told before anything else. */
    public void addRecords(Collection<ServerRecords.Entry> entries) {
        records.restore(entries);
        order.restore();
        users.restore();
    }

    /**
     * Tells of a room the journal keeps. Called for each, before anything else; of rooms whose names look alike, the
     * one told first has the name.
     *
     * @throws java.io.UncheckedIOException if its log cannot be read
     */
    public void addRoom(RoomName name, Journal.Kept kept, long now) {
        loop.begin(now);
        rooms.add(name, kept);
    }

    /** Rooms whose names mean others that were told before them, each with a sentence for an operator. */
    public Map<RoomName, String> takeLookAlikes() {
        return rooms.takeLookAlikes();
    }

    /** What a guest of this number is called. */
    public static UserName guestName(long number) {
        return GuestNames.name(number);
    }

    // Inputs
    // ------------------------------------------------------------------------------------------------------------

    @Override
    public void handleDatagram(InetSocketAddress from, byte[] data, int length, long now) {
        loop.begin(now);
        incoming.take(from, data, length);
    }

    @Override
    public void handleWork(SlowWork work, long now) {
        loop.begin(now);
        if (work instanceof ServerHandshake handshake) {
            admission.agreed(handshake);
        } else if (work instanceof SearchWork search) {
            search.done();
        }
    }

    @Override
    public void handleLimits(DatagramLimits limits) {
        admission.datagrams(limits);
    }

    @Override
    public void handleTimeout(long now) {
        loop.begin(now);
        // No more turns than there are deadlines: one that is due again at once waits for the next call, and stops
        // nobody.
        for (int turns = Math.min(loop.deadlines().size(), DUE_AT_ONCE); turns > 0; turns--) {
            Deadlines.Item item = loop.deadlines().due(now);
            if (item == null) {
                return;
            }
            if (item instanceof ServerSession session) {
                session.serve(() -> sessions.due(session));
            } else {
                loop.runDelayed();
            }
            sessions.endBroken(); // or it would be the first that is due for ever
        }
    }

    /** The account store has looked a name up; null if nobody owns it. */
    public void handleAccount(long callId, @Nullable Account account, long now) {
        loop.begin(now);
        lookups.answered(callId, account);
    }

    /** The account store has registered a name for {@code account}; null if somebody else was first. */
    public void handleRegistered(long callId, @Nullable Account account, long now) {
        loop.begin(now);
        logins.changed(callId, account);
    }

    /** The account store has changed an account, and this is how it is now; null if that could not be. */
    public void handleChanged(long callId, @Nullable Account account, long now) {
        loop.begin(now);
        if (!accounts.answered(callId, account)) {
            logins.changed(callId, account);
        }
    }

    /** The account store has drawn the number of a guest. */
    public void handleGuest(long callId, long number, long now) {
        loop.begin(now);
        logins.drawn(callId, number);
    }

    /** The account store could not answer. */
    public void handleAccountFailure(long callId, long now) {
        loop.begin(now);
        if (!lookups.failed(callId) && !accounts.failed(callId)) {
            logins.storeFailed(callId);
        }
    }

    /** A record is kept or removed as was wanted, or cannot be. */
    public void handleRecord(long callId, boolean isStored, long now) {
        loop.begin(now);
        records.stored(callId, isStored);
    }

    /** An account was changed or removed: its sessions end, and their clients sign in once more if they can. */
    public void handleAccountChanged(UserName name, long now) {
        loop.begin(now);
        boolean unused = sessions.closeAllOf(name, CloseReason.ACCOUNT_CHANGED, "");
        rooms.accountChanged(name);
    }

    /** The host program has answered a question, or cannot; passed over if that is too late. */
    public void handleVerdict(long questionId, Verdict verdict, long now) {
        loop.begin(now);
        questions.answered(questionId, verdict);
    }

    /** What the host program does with accounts and invitations. */
    public HostAccounts hostAccounts() {
        return hostAccounts;
    }

    /** What the host program does itself. */
    public HostCalls host() {
        return host;
    }

    /** The journal has committed an event. {@code proposalId} is 0 if it was not proposed here. */
    public void handleCommit(long proposalId, Journal.Entry entry, long now) {
        loop.begin(now);
        rooms.committed(proposalId, entry);
    }

    /** The journal could not store a proposal. */
    public void handleRefusal(long proposalId, Refusal refusal, long now) {
        loop.begin(now);
        if (refusal == Refusal.STORAGE) {
            loop.counters().countNotStored();
        }
        rooms.refused(proposalId, refusal);
    }

    /** The journal has read what was asked for. */
    public void handleRead(long readId, long first, List<Journal.Entry> entries, long now) {
        loop.begin(now);
        journal.wasRead(readId, first, entries);
    }

    /** The journal could not read what was asked for. */
    public void handleReadFailed(long readId, long now) {
        loop.begin(now);
        journal.readFailed(readId);
    }

    /** The journal has let go of everything before event {@code first}. */
    public void handleForgotten(RoomName name, long first, long now) {
        loop.begin(now);
        rooms.forgotten(name, first);
    }

    /** The journal wants to let go of events of a room, and needs its state before. */
    public void handleSnapshotWanted(RoomName name, long now) {
        loop.begin(now);
        rooms.snapshotWanted(name);
    }

    /** The state of a room; null if there is no such room. */
    @Nullable
    RoomFold fold(RoomName name) {
        return rooms.fold(name);
    }

    /** Tells every client that the server stops. Transmit what there is, then forget the endpoint. */
    public void stop(long now) {
        loop.begin(now);
        sessions.stop();
        rooms.stop();
    }

    // Outputs
    // -----------------------------------------------------------------------------------------------------------

    /** The next thing to be done or told; null if there is none. */
    public @Nullable ServerEvent pollEvent() {
        return loop.poll();
    }

    @Override
    public long nextTimeout() {
        return loop.deadlines().next();
    }

    @Override
    public int pollTransmit(byte[] out, long now) {
        loop.begin(now);
        return outgoing.poll(out);
    }

    @Override
    public void handleTooLong(int length, long now) {
        loop.begin(now);
        outgoing.tooLong(length);
    }

    @Override
    public InetSocketAddress transmitTo() {
        return outgoing.transmitTo();
    }

    @Override
    public void abandon() {
        admission.abandon();
        sessions.abandon();
    }

    // How it is
    // -----------------------------------------------------------------------------------------------------------

    public ServerCounters counters() {
        return loop.counters();
    }

    /** Sessions that are signed in. */
    public int activeSessions() {
        return users.active();
    }

    /** Connections that are not, handshakes included. */
    public int handshaking() {
        return sessions.all().size() - users.active() + admission.agreeing();
    }

    /** The connections of all sessions, closing ones included. */
    public Stream<Connection> connections() {
        return sessions.all().stream().map(ServerSession::connection);
    }

    /** Rooms known. */
    public int rooms() {
        return rooms.size();
    }

    /** Events that members have acknowledged so far. */
    public long delivered() {
        return sessions.delivered();
    }

    /** Drops of the endpoint and of all its connections, by reason. */
    public Map<String, Long> drops() {
        return sessions.drops();
    }

    /**
     * How much of everything is held on account of clients, by kind: all 0 once every client is gone and forgotten.
     * Costs a walk over all rooms.
     */
    public Map<String, Integer> held() {
        Map<String, Integer> held = new TreeMap<>();
        held.put("sessions", sessions.all().size());
        held.put("session bytes", (int) sessions.heldBytes());
        held.put("users", users.size());
        held.put("deadlines", loop.deadlines().size());
        held.put("logins", logins.waiting());
        held.put("account calls", accounts.waiting());
        held.put("questions", questions.size());
        held.put("records", records.waiting());
        held.put("looked up", lookups.size());
        admission.addHeld(held);
        journal.addHeld(held);
        rooms.addHeld(held);
        queries.addHeld(held);
        return held;
    }

    // For tests
    // -----------------------------------------------------------------------------------------------------------

    /** A session of this user; null if none is signed in. */
    @Nullable
    ServerSession sessionOf(UserName name) {
        return users.sessionsOf(name).stream().findFirst().orElse(null);
    }

    /** All sessions, ending ones included. */
    Stream<ServerSession> sessions() {
        return sessions.all().stream();
    }

    /** The connection of this id; null if there is none. */
    @Nullable
    Connection connection(long cid) {
        ServerSession session = sessions.find(cid);
        return session == null ? null : session.connection();
    }

    /** What addresses have used up. */
    AddressRates addressRates() {
        return users.addressRates();
    }

    /** What is asked of rooms. */
    RoomQueries queries() {
        return queries;
    }

    /** The most events that were brought into memory in one turn, when rooms were loaded. */
    int mostRestored() {
        return journal.mostRestored();
    }

    /** In which epoch it writes. */
    long epoch() {
        return journal.epoch();
    }
}
