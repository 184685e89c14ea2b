package io.kabar.chat.server;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.InviteLink;
import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.Ticker;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.internal.process.BindTrouble;
import io.kabar.chat.internal.server.ServerEndpoint;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.Quotas;
import io.kabar.chat.internal.server.core.ServerCounters;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.log.Epochs;
import io.kabar.chat.spi.AccountStore;
import io.kabar.chat.spi.Journal;
import io.kabar.chat.spi.PasswordVerifier;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A chat server in this program: rooms whose members see the same events in the same order, once each, over UDP that is
 * encrypted and survives every change of address.
 *
 * <pre>{@code
 * try (ChatServer server = ChatServer.builder()
 *         .bind(new InetSocketAddress(2120))
 *         .joinPassword("open sesame")
 *         .start()) {
 *     System.out.println(server.inviteLink("localhost"));
 *     server.awaitClose();
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> One thread owns the network; a few workers do key agreements and look up accounts; the listener is
 * called on the {@code callbackExecutor}. All methods may be called from any thread.
 */
public final class ChatServer implements AutoCloseable {

    private final ServerSecret secret;
    private final ServerEndpoint endpoint;
    private final UdpEventLoop loop;
    private final ServerShutdown shutdown;

    private ChatServer(ServerSecret secret, ServerEndpoint endpoint, UdpEventLoop loop, ServerShutdown shutdown) {
        this.secret = secret;
        this.endpoint = endpoint;
        this.loop = loop;
        this.shutdown = shutdown;
    }

    /** A server with the default limits, a new identity, nothing on disk, and accounts only. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return loop.localAddress();
    }

    /** The public key by which clients know this server. */
    public ServerKey key() {
        return secret.key();
    }

    /** An invitation for people who reach this server under {@code host}. */
    public InviteLink inviteLink(String host) {
        requireNonNull(host, "host");
        return new InviteLink(host, address().getPort(), Optional.empty(), Optional.of(key()));
    }

    /** The server in figures, as of now. Waits for the network thread, usually some microseconds. */
    public ServerStats stats() {
        if (loop.hasEnded()) {
            return snapshot();
        }
        CompletableFuture<ServerStats> stats = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                stats.complete(snapshot());
            } catch (Throwable e) {
                stats.completeExceptionally(e);
                throw e;
            }
        });
        try {
            return stats.get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return snapshot();
        } catch (ExecutionException | TimeoutException e) {
            return snapshot(); // closed: nothing changes any more
        }
    }

    private ServerStats snapshot() {
        ServerCounters counters = endpoint.counters();
        UdpEventLoop.Health health = loop.health();
        return new ServerStats(
                endpoint.activeSessions(),
                endpoint.handshaking(),
                endpoint.rooms(),
                counters.committed(),
                endpoint.delivered(),
                counters.datagramsIn(),
                counters.datagramsOut(),
                counters.bytesIn(),
                counters.bytesOut(),
                counters.logins(),
                counters.resumptions(),
                counters.loginsRefused(),
                counters.roamed(),
                counters.notStored(),
                endpoint.drops(),
                health.receiveBuffer(),
                health.errors(),
                health.reopened());
    }

    /** Waits until the server is closed, by {@link #close} or because its network thread has ended by a defect. */
    public void awaitClose() throws InterruptedException {
        shutdown.awaitClosed();
    }

    /**
     * Tells every client, stores what is open, releases the port and waits for the listener's last call: for at most
     * three and five seconds, beside the time the journal takes. Called from a callback it does not wait; where
     * callbacks are made on the calling thread, that thread makes them meanwhile. A second call waits for the end of
     * the first.
     *
     * @throws RuntimeException what the journal or the account store threw when it was closed; everything else is
     *     closed then
     */
    @Override
    public void close() {
        shutdown.finish();
    }

    /** Collects how a server is to be; {@link #start} begins. */
    public static final class Builder {
        private InetSocketAddress bind = new InetSocketAddress(InviteLink.DEFAULT_PORT);
        private @Nullable ServerSecret secret;
        private @Nullable String joinPassword;
        private @Nullable String joinVerifier;
        private boolean open;
        private Journal journal = new MemoryJournal();
        private @Nullable AccountStore accounts;
        private boolean started;
        private ChatServerListener listener = new ChatServerListener() {};
        private @Nullable Executor callbackExecutor;
        private Ticker ticker = Ticker.system();
        private ServerOptions options = ServerOptions.defaults();

        private Builder() {}

        /**
         * Where to listen; every address and port 2120 by default. Port 0 takes any free one.
         *
         * @throws IllegalArgumentException if it is the name of a host that was not found
         */
        public Builder bind(InetSocketAddress address) {
            if (address.isUnresolved()) {
                throw new IllegalArgumentException("There is no host named " + address.getHostString() + ".");
            }
            bind = address;
            return this;
        }

        /** The identity; by default a new one that lasts as long as the server. */
        public Builder secret(ServerSecret identity) {
            secret = requireNonNull(identity, "identity");
            return this;
        }

        /**
         * Everybody needs this password. {@link #start} takes a fraction of a second to derive what the server keeps of
         * it; under the same identity that is the same at each start, so whoever was signed in comes back without
         * proving it.
         *
         * @throws IllegalArgumentException if it is empty or holds control characters
         */
        public Builder joinPassword(String password) {
            PasswordVerifier.requirePassword(password);
            joinPassword = password;
            joinVerifier = null;
            open = false;
            return this;
        }

        /**
         * Everybody needs the password of this verifier, made by {@link PasswordVerifier}.
         *
         * @throws IllegalArgumentException if it is no such verifier
         */
        public Builder joinVerifier(String verifier) {
            PasswordVerifier.iterations(verifier);
            joinVerifier = verifier;
            joinPassword = null;
            open = false;
            return this;
        }

        /**
         * No password: whoever knows the address may come in. A name still belongs to the device that first used it.
         */
        public Builder open() {
            open = true;
            joinVerifier = null;
            joinPassword = null;
            return this;
        }

        /** Where the logs of the rooms are kept; in memory by default. Closed with the server. */
        public Builder journal(Journal journalToUse) {
            journal = requireNonNull(journalToUse, "journalToUse");
            return this;
        }

        /** Where the accounts are kept; in memory by default. Closed with the server. */
        public Builder accounts(AccountStore store) {
            accounts = requireNonNull(store, "store");
            return this;
        }

        /** Who is told what happens. */
        public Builder listener(ChatServerListener toTell) {
            listener = requireNonNull(toTell, "toTell");
            return this;
        }

        /** For tests: the network thread's time. */
        Builder ticker(Ticker other) {
            ticker = requireNonNull(other, "other");
            return this;
        }

        /**
         * Where the listener is called, one call at a time and in order; by default a thread of the server's.
         *
         * <p>If it throws instead of taking a task, a thread of the server's makes the calls. If it takes a task and
         * never runs it, nobody can tell it from one that is busy: the listener is told nothing, the last call
         * included; {@link ChatServer#close} returns after some seconds all the same, with everything closed. So give
         * none that drops tasks in silence.
         */
        public Builder callbackExecutor(Executor executor) {
            callbackExecutor = requireNonNull(executor, "executor");
            return this;
        }

        /** Limits and times. */
        public Builder options(ServerOptions limits) {
            options = requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Opens the journal, binds and serves. If that fails, journal and accounts are closed, too, and no thread stays
         * behind.
         *
         * @throws IOException with a sentence for a person, such as that the port is taken
         * @throws java.io.UncheckedIOException if the journal cannot be opened
         * @throws IllegalStateException if this builder has started a server before, as journal and accounts are that
         *     one's; or if nobody could enter: no password, not open, and no accounts given
         */
        public ChatServer start() throws IOException {
            if (started) {
                throw new IllegalStateException("This builder has started its server. Make another one for the next.");
            }
            if (!open && joinPassword == null && joinVerifier == null && accounts == null) {
                throw new IllegalStateException(
                        "Nobody could enter this server: give it a join password, accounts, or open it.");
            }
            started = true;
            AccountStore store = accounts == null ? new MemoryAccountStore() : accounts;
            try {
                return start(store);
            } catch (Throwable e) {
                Throwable unused = ServerShutdown.closing(store::close, ServerShutdown.closing(journal::close, e));
                throw e;
            }
        }

        private ChatServer start(AccountStore store) throws IOException {
            ServerSecret identity = secret == null ? ServerSecret.generate() : secret;
            Callbacks callbacks = new Callbacks("kabar-server-callback", callbackExecutor);
            ListenerCalls calls = new ListenerCalls(listener, callbacks);
            JournalCalls journalCalls = new JournalCalls(journal, calls);
            byte[] decoy = identity.identity().derive("kabar decoy salts", 32);
            LoginPolicy policy = new LoginPolicy(open, joinVerifier(identity), decoy);
            ServerEndpoint endpoint = new ServerEndpoint(
                    settings(identity, policy, journalCalls::retention), new SecureRandom(), InstantSource.system());
            ServerDriver driver = new ServerDriver(endpoint, bind, journalCalls, store, calls);
            UdpEventLoop loop = loop(endpoint, driver);
            driver.attach(loop);
            try {
                endpoint.knownBySpelling(store.knownBySpelling());
                // Of those whose names look alike, the longest first: it has the name.
                journal.open(driver).entrySet().stream()
                        .filter(room -> isServed(room.getKey(), room.getValue(), calls))
                        .sorted(Comparator.comparingLong(
                                room -> -room.getValue().last()))
                        .forEach(room -> add(endpoint, room.getKey(), room.getValue(), loop.now()));
                Map<RoomName, String> lookAlikes = endpoint.takeLookAlikes();
                journal.untold(lookAlikes.keySet()).stream()
                        .map(lookAlikes::get)
                        .filter(Objects::nonNull)
                        .forEach(calls::warn);
                store.open(driver::accountChanged);
                ServerShutdown shutdown = new ServerShutdown(driver, loop, journal, store, calls, callbacks);
                driver.whenEnded(shutdown::begin);
                loop.start();
                journalCalls.told(lookAlikes.keySet()); // only now: a start that fails tells nobody
                return new ChatServer(identity, endpoint, loop, shutdown);
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

        private static void add(ServerEndpoint endpoint, RoomName room, Journal.Kept kept, long now) {
            Epochs epochs = new Epochs(kept.epochs());
            if (kept.worthKeeping()) {
                String topic = Limits.cut(kept.topic(), Limits.LINE_BYTES);
                endpoint.addRoom(room, kept.first(), kept.last(), topic, kept.members(), epochs, now);
            } else {
                endpoint.addRoomWithoutWords(room, kept.first(), kept.last(), kept.members(), epochs, now);
            }
        }

        private UdpEventLoop loop(ServerEndpoint endpoint, ServerDriver driver) throws IOException {
            try {
                return new UdpEventLoop("kabar-server", endpoint, driver, ticker);
            } catch (BindException e) {
                throw new IOException(
                        "Cannot listen on UDP " + bind.getHostString() + " port " + bind.getPort() + ": "
                                + BindTrouble.reason(bind, e) + ".",
                        e);
            }
        }

        private ServerSettings settings(
                ServerSecret identity, LoginPolicy policy, Function<RoomName, String> retention) {
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
                            options.storedMebibytesPerDay()));
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
}
