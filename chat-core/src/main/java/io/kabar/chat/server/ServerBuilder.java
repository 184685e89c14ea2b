package io.kabar.chat.server;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.InviteLink;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.OpenCalls;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.internal.process.BindTrouble;
import io.kabar.chat.internal.server.ServerEndpoint;
import io.kabar.chat.internal.server.core.HostPolicy;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.Quotas;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.rules.OrderRules;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.Authenticator;
import io.kabar.chat.spi.Authorizer;
import io.kabar.chat.spi.Journal;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.chat.spi.ServerRecords;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects how a server is to be, and starts it. */
final class ServerBuilder implements ChatServer.Builder, Machine.Guest {
    private InetSocketAddress bind = new InetSocketAddress(InviteLink.DEFAULT_PORT);
    private @Nullable ServerSecret secret;
    private UserName name = HostPolicy.NONE.name();
    private @Nullable Authenticator authenticator;
    private @Nullable Authorizer authorizer;
    private @Nullable String joinPassword;
    private @Nullable String joinVerifier;
    private boolean open;
    private boolean invitationsOnly;
    private boolean guests;
    private Journal journal = new MemoryJournal();
    private @Nullable AccountStore accounts;
    private ServerRecords records = new MemoryServerRecords();
    private OrderRules order = OrderRules.STANDARD;
    private boolean started;
    private ChatServerListener listener = new ChatServerListener() {};
    private @Nullable Executor callbackExecutor;
    private Machine machine = Machine.system();
    private ServerOptions options = ServerOptions.defaults();

    @Override
    public ServerBuilder bind(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("There is no host named " + address.getHostString() + ".");
        }
        bind = address;
        return this;
    }

    @Override
    public ServerBuilder secret(ServerSecret identity) {
        secret = requireNonNull(identity, "identity");
        return this;
    }

    @Override
    public ServerBuilder name(UserName serverName) {
        name = requireNonNull(serverName, "serverName");
        return this;
    }

    @Override
    public ServerBuilder authenticator(Authenticator ownUsers) {
        authenticator = requireNonNull(ownUsers, "ownUsers");
        return this;
    }

    @Override
    public ServerBuilder authorizer(Authorizer deciding) {
        authorizer = requireNonNull(deciding, "deciding");
        return this;
    }

    @Override
    public ServerBuilder joinPassword(String password) {
        PasswordVerifier.requirePassword(password);
        joinPassword = password;
        joinVerifier = null;
        open = false;
        return this;
    }

    @Override
    public ServerBuilder joinVerifier(String verifier) {
        PasswordVerifier.iterations(verifier);
        joinVerifier = verifier;
        joinPassword = null;
        open = false;
        return this;
    }

    @Override
    public ServerBuilder invitationsOnly() {
        invitationsOnly = true;
        return this;
    }

    @Override
    public ServerBuilder guests() {
        guests = true;
        return this;
    }

    @Override
    public ServerBuilder open() {
        open = true;
        joinVerifier = null;
        joinPassword = null;
        return this;
    }

    @Override
    public ServerBuilder journal(Journal journalToUse) {
        journal = requireNonNull(journalToUse, "journalToUse");
        return this;
    }

    @Override
    public ServerBuilder accounts(AccountStore store) {
        accounts = requireNonNull(store, "store");
        return this;
    }

    @Override
    public ServerBuilder records(ServerRecords store) {
        records = requireNonNull(store, "store");
        return this;
    }

    @Override
    public ServerBuilder order(OrderRules rules) {
        order = requireNonNull(rules, "rules");
        return this;
    }

    @Override
    public ServerBuilder listener(ChatServerListener toTell) {
        listener = requireNonNull(toTell, "toTell");
        return this;
    }

    @Override
    public ServerBuilder runsOn(Machine other) {
        machine = requireNonNull(other, "other");
        return this;
    }

    @Override
    public ServerBuilder callbackExecutor(Executor executor) {
        callbackExecutor = requireNonNull(executor, "executor");
        return this;
    }

    @Override
    public ServerBuilder options(ServerOptions limits) {
        options = requireNonNull(limits, "limits");
        return this;
    }

    @Override
    public ChatServer start() throws IOException {
        if (started) {
            throw new IllegalStateException("This builder has started its server. Make another one for the next.");
        }
        if (hasNoPassword() && authenticator == null) {
            throw new IllegalStateException(
                    "Nobody could enter this server: give it a join password, accounts, tokens, or open it.");
        }
        started = true;
        AccountStore store = accounts == null ? new MemoryAccountStore(machine.clock()) : accounts;
        try {
            return start(store);
        } catch (Throwable e) {
            Throwable unused = ServerShutdown.closing(
                    records::close, ServerShutdown.closing(store::close, ServerShutdown.closing(journal::close, e)));
            throw e;
        }
    }

    private LoginPolicy.Newcomers newcomers() {
        if (invitationsOnly) {
            return LoginPolicy.Newcomers.INVITED;
        }
        return open || joinPassword != null || joinVerifier != null
                ? LoginPolicy.Newcomers.EVERYBODY
                : LoginPolicy.Newcomers.NOBODY;
    }

    private boolean hasNoPassword() {
        return !invitationsOnly && !guests && !open && joinPassword == null && joinVerifier == null && accounts == null;
    }

    private ChatServer start(AccountStore store) throws IOException {
        ServerSecret identity = secret == null ? ServerSecret.generate() : secret;
        Callbacks callbacks = new Callbacks("kabar-server-callback", callbackExecutor, machine);
        ListenerCalls calls = new ListenerCalls(listener, callbacks);
        JournalCalls journalCalls = new JournalCalls(journal, calls);
        byte[] decoy = identity.identity().derive("kabar decoy salts", 32);
        LoginPolicy policy = new LoginPolicy(newcomers(), guests, joinVerifier(identity), decoy);
        ServerEndpoint endpoint = new ServerEndpoint(
                settings(identity, policy, journalCalls::retention), machine.random(), machine.clock());
        HostQuestions questions = new HostQuestions(authenticator, authorizer, calls, machine);
        RecordCalls recordCalls = new RecordCalls(records, calls, machine);
        ServerDriver driver =
                new ServerDriver(endpoint, machine, bind, journalCalls, store, calls, questions, recordCalls);
        UdpEventLoop loop = loop(endpoint, driver);
        driver.attach(loop, new OpenCalls(driver::onLoop, callbacks), new StatsReader(endpoint, loop, machine));
        try {
            endpoint.knownBySpelling(store.knownBySpelling());
            endpoint.addRecords(recordCalls.load());
            // Of those whose names look alike, the longest first: it has the name.
            journal.open(driver).entrySet().stream()
                    .filter(room -> isServed(room.getKey(), room.getValue(), calls))
                    .sorted(Comparator.comparingLong(room -> -room.getValue().last()))
                    .forEach(room -> endpoint.addRoom(room.getKey(), room.getValue(), loop.now()));
            Map<RoomName, String> lookAlikes = endpoint.takeLookAlikes();
            journal.untold(lookAlikes.keySet()).stream()
                    .map(lookAlikes::get)
                    .filter(Objects::nonNull)
                    .forEach(calls::warn);
            store.open(driver::accountChanged);
            ServerShutdown shutdown =
                    new ServerShutdown(driver, loop, journal, store, recordCalls, calls, callbacks, machine);
            driver.whenEnded(shutdown::begin);
            Participants.Server here =
                    new Participants.Server(identity.key(), loop.localAddress().getPort(), authenticator != null);
            ChatServer server =
                    new UdpChatServer(name, here, loop, endpoint.host(), endpoint.hostAccounts(), driver, shutdown);
            calls.serves(server);
            loop.start();
            journalCalls.told(lookAlikes.keySet()); // only now: a start that fails tells nobody
            return server;
        } catch (Throwable e) {
            loop.discard();
            driver.discard();
            throw e;
        }
    }

    private static boolean isServed(RoomName room, Journal.Kept kept, ListenerCalls calls) {
        String complaint = kept.complaint();
        if (complaint != null) {
            calls.warn("The journal's room " + room + " is not served: " + complaint + ".");
        }
        return complaint == null;
    }

    private UdpEventLoop loop(ServerEndpoint endpoint, ServerDriver driver) throws IOException {
        try {
            return new UdpEventLoop("kabar-server", endpoint, driver, machine);
        } catch (BindException e) {
            throw new IOException(
                    "Cannot listen on UDP " + bind.getHostString() + " port " + bind.getPort() + ": "
                            + BindTrouble.reason(bind, e) + ".",
                    e);
        }
    }

    private ServerSettings settings(ServerSecret identity, LoginPolicy policy, Function<RoomName, String> retention) {
        return new ServerSettings(
                identity.identity(),
                policy,
                retention,
                options.maxMessageBytes(),
                options.rateBurst(),
                options.ratePerSecond(),
                options.sessionsPerAddress(),
                options.sessionsPerPrivateAddress(),
                options.maxSessions(),
                options.roomsPerSession(),
                options.historyInMemory(),
                options.maxProposals(),
                options.handshakeDeadline().toNanos(),
                options.reconnectingAfter().toNanos(),
                options.goneAfter().toNanos(),
                options.loginFailuresPerMinute(),
                options.loginFailuresPerAddress(),
                options.addressBlock().toNanos(),
                new Quotas(
                        options.usersPerAddress(),
                        options.newNamesPerAddress(),
                        options.newRoomsPerUser(),
                        options.maxRooms(),
                        options.storedMebibytesPerDay()),
                new HostPolicy(name, authenticator != null, authorizer != null, hasNoPassword()),
                order);
    }

    /** What is kept of the password that everybody needs; null if there is none. */
    @Nullable
    ScramVerifier joinVerifier(ServerSecret identity) {
        if (joinPassword != null) {
            // A salt of the identity, and of nothing else: made of the password, it would tell of it.
            byte[] salt = identity.identity().derive("kabar join salt", Scram.SALT_LENGTH);
            return parsed(PasswordVerifier.derive(joinPassword, salt, PasswordVerifier.ITERATIONS));
        }
        return joinVerifier == null ? null : parsed(joinVerifier);
    }

    private static ScramVerifier parsed(String verifier) {
        try {
            return ScramVerifier.parse(verifier);
        } catch (CryptoException e) {
            throw new AssertionError("checked when it was given", e);
        }
    }
}
