package io.kabar.chat.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kabar.chat.Author;
import io.kabar.chat.ChatEvent;
import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.crypto.NameClaim;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.Quotas;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.log.RoomFold;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.server.MemoryServerRecords;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Journal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A server and some clients side by side, with a journal in between that answers when told; no time passes by itself.
 */
public final class EndpointRig {

    public static final InetSocketAddress SERVER = address(1, 2120);
    private static final int ENOUGH = 20_000;

    public final Random random = new Random(7);
    public final ServerIdentity identity = ServerIdentity.generate(random);
    public final Map<RoomName, List<Journal.Entry>> logs = new HashMap<>();
    public final Map<RoomName, Long> firstKept = new HashMap<>();
    public final Map<InetSocketAddress, TestClient> clients = new LinkedHashMap<>();
    public final List<ServerEvent> told = new ArrayList<>();
    public final ArrayDeque<Journal.Proposal> held = new ArrayDeque<>();
    public final Map<String, Account> accounts = new HashMap<>();
    public final MemoryServerRecords records = new MemoryServerRecords();
    private final byte[] out = new byte[1500];
    private final Function<ServerIdentity, ServerSettings> settings;
    public ServerEndpoint server;
    public boolean holdJournal;
    /** Whether the server may say that it has met a defect. */
    public boolean expectDefects;
    /** Whether the account store takes its time to find those who have an account. */
    public boolean holdLookups;

    private final ArrayDeque<ServerEvent.FindAccount> heldLookups = new ArrayDeque<>();
    /** Whether the store of records takes its time. */
    public boolean holdRecords;
    /** The kinds of which it stores nothing. */
    public Predicate<String> failRecords = kind -> false;

    private final ArrayDeque<ServerEvent.KeepRecord> heldRecords = new ArrayDeque<>();
    /** Whether the journal takes its time to read. */
    public boolean holdReads;

    public final ArrayDeque<ServerEvent.Read> heldReads = new ArrayDeque<>();
    /** Whether what is done off the loop is only done when told. */
    public boolean holdWork;

    public final ArrayDeque<SlowWork> heldWork = new ArrayDeque<>();
    /** Whether the journal cannot be read. */
    public boolean failReads;

    /** Where the server's datagrams went, in order. */
    public final List<InetSocketAddress> sentTo = new ArrayList<>();

    public long now = 5_000_000_000L;
    /** Whether the time of day goes on. */
    public boolean timePasses;

    public EndpointRig() {
        this(new LoginPolicy(true, null, new byte[32]));
    }

    public EndpointRig(LoginPolicy policy) {
        this(settings(policy));
    }

    public EndpointRig(Function<ServerIdentity, ServerSettings> settings) {
        this.settings = settings;
        server = newServer();
    }

    private ServerEndpoint newServer() {
        return new ServerEndpoint(settings.apply(identity), random, this::time);
    }

    /** The time of day: as much has passed as on the other clock. */
    public Instant time() {
        return Instant.ofEpochSecond(1_700_000_000L).plusNanos(timePasses ? now : 0);
    }

    /** The conversation of two who have accounts. */
    public RoomName talk(String one, String other) {
        return RoomName.direct(accountOf(one), accountOf(other));
    }

    /** The number of somebody's account. */
    public long accountOf(String name) {
        return Objects.requireNonNull(accounts.get(UserName.of(name).key())).id();
    }

    /** The server stops without a word and comes back with its key, its accounts and its journal. */
    public void restart() {
        held.clear();
        server = newServer();
        server.addRecords(records.load());
        logs.forEach((room, log) -> server.addRoom(room, kept(room, log, inside(log)), now));
    }

    private Journal.Kept kept(RoomName room, List<Journal.Entry> log, Set<UserName> inside) {
        long first = firstKept.getOrDefault(room, 1L);
        return new Journal.Kept(first, log.size(), "", inside, epochs(log))
                .with(
                        List.of(),
                        (position, taker) -> log.stream()
                                .filter(entry -> entry.event().sequence() >= first)
                                .filter(entry -> entry.event().sequence() > position)
                                .forEach(taker));
    }

    private static Map<Long, Long> epochs(List<Journal.Entry> log) {
        Map<Long, Long> known = new LinkedHashMap<>();
        long newest = 0;
        for (Journal.Entry entry : log) {
            if (entry.event().epoch() != newest) {
                newest = entry.event().epoch();
                known.put(entry.event().sequence(), newest);
            }
        }
        return known;
    }

    private static Set<UserName> inside(List<Journal.Entry> log) {
        Set<UserName> inside = new LinkedHashSet<>();
        for (Journal.Entry entry : log) {
            if (entry.event().isJoined()) {
                inside.add(entry.event().from());
            } else if (entry.event().isLeft()) {
                inside.remove(entry.event().from());
            }
        }
        return inside;
    }

    /** The server stops without a word and comes back with nothing but its key and its accounts. */
    public void restartWithoutMemory() {
        logs.clear();
        firstKept.clear();
        server = newServer();
    }

    public static Function<ServerIdentity, ServerSettings> settings(LoginPolicy policy) {
        return settings(policy, 50, 2048);
    }

    public static Function<ServerIdentity, ServerSettings> settings(
            LoginPolicy policy, int rateBurst, int historyInMemory) {
        return settings(policy, rateBurst, historyInMemory, Quotas.STANDARD);
    }

    public static Function<ServerIdentity, ServerSettings> settings(
            LoginPolicy policy, int rateBurst, int historyInMemory, Quotas quotas) {
        return identity -> new ServerSettings(
                        identity,
                        policy,
                        room -> "kept for a test",
                        4096,
                        rateBurst,
                        20,
                        16,
                        256,
                        20_000,
                        64,
                        historyInMemory,
                        8192,
                        Duration.ofSeconds(10).toNanos(),
                        Duration.ofSeconds(30).toNanos(),
                        Duration.ofSeconds(150).toNanos(),
                        3,
                        10,
                        Duration.ofMinutes(5).toNanos(),
                        quotas)
                .withOrder(OrderRules.STANDARD.withRepeats(0)); // tests fill rooms with one word
    }

    public static InetSocketAddress address(int host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host}), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    public TestClient client(String name) {
        return client(name, null);
    }

    public TestClient client(String name, @Nullable String password) {
        return client(name, password, address(2, 5000 + clients.size()));
    }

    public TestClient client(String name, @Nullable String password, InetSocketAddress from) {
        return client(name, password, from, new byte[0]);
    }

    /** A client that shows the secret of an invitation. */
    public TestClient invited(String name, byte[] invitation) {
        return invited(name, invitation, address(2, 5000 + clients.size()));
    }

    /** The same from an address. */
    public TestClient invited(String name, byte[] invitation, InetSocketAddress from) {
        return client(name, null, from, invitation);
    }

    private TestClient client(String name, @Nullable String password, InetSocketAddress from, byte[] invitation) {
        ClientEndpoint endpoint = new ClientEndpoint(
                new ClientSettings(
                        SERVER,
                        null,
                        new UserName(name),
                        password,
                        null,
                        Arrays.copyOf(name.getBytes(java.nio.charset.StandardCharsets.UTF_8), 32),
                        Duration.ofSeconds(15).toNanos(),
                        Duration.ofSeconds(15).toNanos(),
                        Duration.ofSeconds(4).toNanos(),
                        Duration.ofMinutes(3).toNanos(),
                        1000,
                        true,
                        io.kabar.chat.internal.crypto.Scram.LEAST_ACCEPTED,
                        "",
                        invitation),
                random,
                now);
        TestClient client = new TestClient(this, endpoint, from);
        clients.put(from, client);
        return client;
    }

    /** Somebody has an account, and is not here. */
    public void account(String name, String role) {
        UserName owner = new UserName(name);
        Account before = accounts.get(owner.key());
        long id = before == null ? TestAccounts.nextId(accounts.values()) : before.id();
        accounts.put(
                owner.key(),
                TestAccounts.account(owner, null, claimOf(name), role).withId(id));
    }

    /** That of the device that {@link #client} makes for a name. */
    public String claimOf(String name) {
        byte[] device = Arrays.copyOf(name.getBytes(java.nio.charset.StandardCharsets.UTF_8), 32);
        byte[] claim = NameClaim.claim(device, identity.publicKey(), NameClaim.form(name));
        return HexFormat.of().formatHex(NameClaim.stored(claim));
    }

    /** A client that is signed in and in the lobby, if it was let in. */
    public TestClient inside(String name, JoinHistory history) {
        return inside(client(name), history);
    }

    /** The same from an address. */
    public TestClient inside(String name, String from, JoinHistory history) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(from), 5000 + clients.size());
            return inside(client(name, null, address), history);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private TestClient inside(TestClient client, JoinHistory history) {
        settle();
        client.join(RoomName.LOBBY, history);
        pass(Duration.ofSeconds(2));
        return client;
    }

    /** What the journal has kept back is committed now, in order. */
    public void releaseJournal() {
        holdJournal = false;
        while (!held.isEmpty()) {
            commit(held.remove());
        }
        settle();
    }

    /** Some work has been done off the loop. */
    public void done(SlowWork work) {
        work.run();
        server.handleWork(work, now);
    }

    /** What the account store was asked is answered now. */
    public void releaseLookups() {
        holdLookups = false;
        while (!heldLookups.isEmpty()) {
            handle(heldLookups.remove());
        }
        settle();
    }

    /** What the store of records has kept back is stored now. */
    public void releaseRecords() {
        holdRecords = false;
        while (!heldRecords.isEmpty()) {
            handle(heldRecords.remove());
        }
    }

    /** The first that the journal has kept back is committed. */
    public void commitNext() {
        commit(held.remove());
        settle();
    }

    /** What the journal has kept back cannot be stored. */
    public void refuseHeld() {
        while (!held.isEmpty()) {
            server.handleRefusal(held.remove().proposalId(), Refusal.STORAGE, now);
        }
        settle();
    }

    /** Lets time pass, stopping wherever somebody wants to. */
    public void pass(Duration time) {
        long end = now + time.toNanos();
        for (int i = 0; i < ENOUGH; i++) {
            settle();
            long next = Math.max(now, server.nextTimeout());
            for (TestClient client : clients.values()) {
                next = Math.min(next, Math.max(now, client.endpoint.nextTimeout()));
            }
            if (server.nextTimeout() < next) {
                next = server.nextTimeout();
            }
            now = Math.max(now, Math.min(end, next));
            server.handleTimeout(now);
            clients.values().forEach(client -> client.endpoint.handleTimeout(now));
            if (now == end) {
                settle();
                return;
            }
        }
        throw new AssertionError("time does not pass");
    }

    /** Delivers until everybody is silent. */
    public void settle() {
        for (int i = 0; i < ENOUGH; i++) {
            boolean busy = drainServer();
            for (TestClient client : List.copyOf(clients.values())) {
                busy |= client.drain();
            }
            if (!busy) {
                return;
            }
        }
        throw new AssertionError("never silent");
    }

    private boolean drainServer() {
        boolean busy = false;
        ServerEvent event;
        while ((event = server.pollEvent()) != null) {
            busy = true;
            handle(event);
        }
        for (int length = server.pollTransmit(out, now); length > 0; length = server.pollTransmit(out, now)) {
            busy = true;
            sentTo.add(server.transmitTo());
            TestClient client = clients.get(server.transmitTo());
            if (client != null && client.hears(out)) {
                client.endpoint.handleDatagram(SERVER, Arrays.copyOf(out, length), length, now);
            }
        }
        return busy;
    }

    private void handle(ServerEvent event) {
        if (event instanceof ServerEvent.FindAccount e
                && holdLookups
                && accounts.containsKey(e.name().key())) {
            heldLookups.add(e);
        } else if (event instanceof ServerEvent.Work e && holdWork) {
            heldWork.add(e.work());
        } else if (event instanceof ServerEvent.Work e) {
            done(e.work());
        } else if (event instanceof ServerEvent.FindAccount e) {
            Account spelled = accounts.get(e.name().text());
            server.handleAccount(
                    e.callId(), spelled == null ? accounts.get(e.name().key()) : spelled, now);
        } else if (event instanceof ServerEvent.FindNumber e) {
            server.handleAccount(e.callId(), TestAccounts.find(accounts.values(), e.account()), now);
        } else if (event instanceof ServerEvent.Register e) {
            Account wanted = e.account().withId(TestAccounts.nextId(accounts.values()));
            Account before = accounts.putIfAbsent(wanted.name().key(), wanted);
            server.handleRegistered(e.callId(), before == null ? wanted : null, now);
        } else if (event instanceof ServerEvent.ChangeAccount e) {
            server.handleChanged(e.callId(), TestAccounts.change(accounts, e), now);
        } else if (event instanceof ServerEvent.KeepRecord e && holdRecords) {
            heldRecords.add(e);
        } else if (event instanceof ServerEvent.KeepRecord e
                && failRecords.test(e.entry().kind())) {
            server.handleRecord(e.callId(), false, now);
        } else if (event instanceof ServerEvent.RemoveRecord e && failRecords.test(e.kind())) {
            server.handleRecord(e.callId(), false, now);
        } else if (event instanceof ServerEvent.KeepRecord e) {
            records.put(e.entry());
            server.handleRecord(e.callId(), true, now);
        } else if (event instanceof ServerEvent.RemoveRecord e) {
            records.remove(e.kind(), e.key());
            server.handleRecord(e.callId(), true, now);
        } else if (event instanceof ServerEvent.Propose e) {
            if (holdJournal) {
                held.add(e.proposal());
            } else {
                commit(e.proposal());
            }
        } else if (event instanceof ServerEvent.Read e && holdReads) {
            heldReads.add(e);
        } else if (event instanceof ServerEvent.Read e && failReads) {
            server.handleReadFailed(e.readId(), now);
        } else if (event instanceof ServerEvent.Read e) {
            read(e);
        } else if (event instanceof ServerEvent.Defect e && !expectDefects) {
            throw new AssertionError(e.where(), e.cause());
        } else {
            told.add(event);
        }
    }

    private void read(ServerEvent.Read e) {
        List<Journal.Entry> log = logs.getOrDefault(e.room(), List.of());
        long first = firstKept.getOrDefault(e.room(), 1L);
        List<Journal.Entry> page = log.stream()
                .filter(entry -> entry.event().sequence() >= Math.max(e.from(), first))
                .limit(e.maxEvents())
                .toList();
        server.handleRead(e.readId(), first, page, now);
    }

    /** What the journal was to read is read now, in order. */
    public void releaseReads() {
        holdReads = false;
        while (!heldReads.isEmpty()) {
            read(heldReads.remove());
        }
        settle();
    }

    /** The first that the journal was to read is read now. */
    public void readNext() {
        read(heldReads.remove());
        settle();
    }

    private void commit(Journal.Proposal e) {
        List<Journal.Entry> log = logs.computeIfAbsent(e.draft().room(), room -> new ArrayList<>());
        Journal.Entry entry = new Journal.Entry(e.draft().withSequence(log.size() + 1L), e.id());
        log.add(entry);
        server.handleCommit(e.proposalId(), entry, now);
    }

    /** The journal reports what nobody here has proposed. */
    public void foreign(ChatEvent draft) {
        commit(new Journal.Proposal(0, draft, io.kabar.chat.MessageId.NONE));
    }

    /** Fills the journal with what {@code from} said, before anybody enters. */
    public void history(RoomName room, String from, int events) {
        UserName name = new UserName(from);
        Account account = accounts.get(name.key());
        history(room, new Author(account == null ? 0 : account.id(), name), events);
    }

    /** As much was said by somebody who may not have an account any more. */
    public void history(RoomName room, Author by, int events) {
        List<Journal.Entry> log = logs.computeIfAbsent(room, key -> new ArrayList<>());
        for (int i = 0; i < events; i++) {
            ChatEvent event = ChatEvent.of(
                    room, log.size() + 1L, Instant.ofEpochSecond(1), by, new Content.Said("event " + i, false));
            log.add(new Journal.Entry(event, new io.kabar.chat.MessageId(99, i + 1L)));
        }
        server.addRoom(room, kept(room, log, Set.of()), now);
    }

    /** The state of a room that there is. */
    public RoomFold fold(RoomName room) {
        return Objects.requireNonNull(server.fold(room));
    }

    /** The log of a room in which something has happened. */
    public List<Journal.Entry> entries(RoomName room) {
        return Objects.requireNonNull(logs.get(room));
    }

    /** What the room's log says, in short. */
    public List<String> log(RoomName room) {
        return logs.getOrDefault(room, List.of()).stream()
                .map(entry -> TestClient.brief(entry.event()))
                .toList();
    }

    public void assertServing() {
        TestClient late = client("late" + clients.size());
        settle();
        assertThat(late.of(ClientEvent.SignedIn.class)).hasSize(1);
    }
}
