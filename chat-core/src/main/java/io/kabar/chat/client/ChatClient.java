package io.kabar.chat.client;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.ChatException;
import io.kabar.chat.Delivery;
import io.kabar.chat.HistoryPage;
import io.kabar.chat.HistoryRange;
import io.kabar.chat.InviteLink;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Limits;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Receipt;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.SearchPage;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.Saying;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.ServerAddresses;
import io.kabar.chat.internal.net.Ticker;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.internal.net.WorkPool;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A signed-in user in this program. It stays signed in whatever the network does: over changes of address, long
 * silences and restarts of the server, until it is closed or the server does not let it in any more.
 *
 * <pre>{@code
 * try (ChatClient client = ChatClient.builder()
 *         .server(InviteLink.parse("kabar://localhost#..."))
 *         .name("ada")
 *         .password("open sesame")
 *         .connect()
 *         .join()) {
 *     client.join(RoomName.LOBBY, JoinHistory.last(50)).join();
 *     client.send(RoomName.LOBBY, "hello").join(); // completes when the server has accepted and numbered it
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> One thread owns the network. The listener is called, and futures are completed, on the
 * {@code callbackExecutor}: do not wait there for a future of the same client. All methods may be called from any
 * thread.
 *
 * <p><b>Errors.</b> What the server refuses, and what is lost with the connection, fails the future with a
 * {@link ChatException}.
 */
public final class ChatClient implements AutoCloseable {

    /** Time for what was said to be accepted and for the server to be told, when a client is closed. */
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final ClientEndpoint endpoint;
    private final ClientDriver driver;
    private final UserName name;

    private ChatClient(ClientEndpoint endpoint, ClientDriver driver, UserName name) {
        this.endpoint = endpoint;
        this.driver = driver;
        this.name = name;
    }

    /** A client with the default options that knows no server yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** The name as its owner first wrote it. */
    public UserName name() {
        return name;
    }

    /** How the client stands with its server. */
    public ConnectionState state() {
        return driver.state;
    }

    /** The connection in figures; they are those of a moment ago at most. */
    public ConnectionInfo info() {
        return driver.info();
    }

    /** Enters a room. The future tells how it was found; its events go to the listener. */
    public CompletableFuture<RoomState> join(RoomName room, JoinHistory history) {
        requireNonNull(room, "room");
        requireNonNull(history, "history");
        return driver.call((ticket, now) -> endpoint.join(ticket, room, history, now));
    }

    /**
     * Leaves a room.
     *
     * @param reason told to the others; may be empty, at most 390 characters
     */
    public CompletableFuture<Void> leave(RoomName room, String reason) {
        requireNonNull(room, "room");
        String said = Limits.cutLine(reason);
        return driver.call((ticket, now) -> endpoint.leave(ticket, room, said, now));
    }

    /**
     * Says something in a room this client is in. Completes when the server has accepted and numbered it, once, however
     * often it had to be sent. Messages of one room are accepted in the order of the calls.
     *
     * <p>Fails with {@link ChatException.BackPressured} if as many messages wait as may.
     */
    public CompletableFuture<Receipt> send(RoomName room, String text) {
        return say(room, Saying.TEXT, text);
    }

    /**
     * Says something under an id of the caller's, so that it is one message however often it is said: after a crash,
     * from another process, over a restart of the server. Whoever says it again is told the number it has, and the
     * first text stands.
     *
     * <p>The server knows an id for as long as the message is among the newest events of the room, 2048 unless its
     * operator has changed that, and the newest id of a run for longer; ids of other users do not count. What comes
     * behind a later message of its run fails with {@link Refusal#OUT_OF_ORDER}, and if the connection was lost for so
     * long that the server cannot know what became of it, with {@link Refusal#FATE_UNKNOWN}. Keep the id before you
     * send; {@link MessageId#of} makes one of what you know already, {@link MessageId#numbered} one of several in a
     * row.
     *
     * @throws IllegalArgumentException if it is {@link MessageId#NONE}
     */
    public CompletableFuture<Receipt> send(RoomName room, String text, MessageId id) {
        requireNonNull(room, "room");
        requireNonNull(text, "text");
        if (id.equals(MessageId.NONE)) {
            throw new IllegalArgumentException("That is the id of what nobody sent.");
        }
        return driver.call((ticket, now) -> endpoint.say(ticket, room, Saying.TEXT, text, id, now));
    }

    /** Says something in the third person: {@code sendAction(room, "waves")} is told as "ada waves". */
    public CompletableFuture<Receipt> sendAction(RoomName room, String text) {
        return say(room, Saying.ACTION, text);
    }

    /** Sets a room's topic, at most 390 characters; an empty one clears it. */
    public CompletableFuture<Receipt> setTopic(RoomName room, String topic) {
        return say(room, Saying.TOPIC, topic);
    }

    private CompletableFuture<Receipt> say(RoomName room, Saying kind, String text) {
        requireNonNull(room, "room");
        requireNonNull(text, "text");
        return driver.call((ticket, now) -> endpoint.say(ticket, room, kind, text, now));
    }

    /**
     * Says something to one user, in the direct conversation of the two; enters it if need be. What waits there unread,
     * as {@link ChatClientListener#onDirectMessage} tells, goes to the listener then.
     */
    public CompletableFuture<Receipt> sendDirect(UserName to, String text) {
        requireNonNull(to, "to");
        requireNonNull(text, "text");
        RoomName room = RoomName.direct(name, to);
        return join(room, JoinHistory.NONE)
                .thenApply(state -> room)
                .exceptionally(failure -> {
                    if (failure.getCause() instanceof ChatException refused
                            && refused.refusal() == Refusal.BAD_REQUEST) {
                        return room; // entered before
                    }
                    throw new CompletionException(failure.getCause());
                })
                .thenCompose(inside -> send(inside, text));
    }

    /**
     * Reads a piece of the log of a room this client is in, at most 1000 events: the newest, those before or around a
     * number. They are replayed: the listener is not told of them. Only members of a room may read it.
     */
    public CompletableFuture<HistoryPage> history(RoomName room, HistoryRange span) {
        requireNonNull(room, "room");
        requireNonNull(span, "span");
        return driver.call((ticket, now) -> endpoint.readHistory(ticket, room, span, now));
    }

    /**
     * Searches what was written in a room this client is in, newest first: every word must occur, in any case, perhaps
     * as a part of a longer one. A server looks through some thousand events at a time and finds some twenty; to go on,
     * use {@link #search(RoomName, String, long)} with the page's {@link SearchPage#searchedTo}.
     *
     * <p>Fails with {@link ChatException.TryLater} if this user has searched too often in a short time.
     *
     * @throws IllegalArgumentException if there is no word, or they are longer than 256 bytes
     */
    public CompletableFuture<SearchPage> search(RoomName room, String words) {
        return search(room, words, 0);
    }

    /** The same among the events before number {@code before} only; 0 for all. */
    public CompletableFuture<SearchPage> search(RoomName room, String words, long before) {
        requireNonNull(room, "room");
        if (words.isBlank()
                || words.getBytes(StandardCharsets.UTF_8).length > ClientMessageCodec.WORDS
                || before < 0
                || !Limits.isWhole(words)) {
            throw new IllegalArgumentException(
                    "A search has at least one word, whole characters and at most 256 bytes.");
        }
        return driver.call((ticket, now) -> endpoint.search(ticket, room, words, before, now));
    }

    /**
     * Which members of a room this client is in have event {@code sequence}: how many of how many, and who. Fails with
     * {@link ChatException.TryLater} if this user has asked or searched too often in a short time.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public CompletableFuture<Delivery> whoSaw(RoomName room, long sequence) {
        requireNonNull(room, "room");
        if (sequence < 1 || sequence > JoinHistory.MAX_SEQUENCE) {
            throw new IllegalArgumentException("Events are numbered from 1.");
        }
        return driver.call((ticket, now) -> endpoint.whoSaw(ticket, room, sequence, now));
    }

    /**
     * The place of the newest event of a room that the listener has taken; {@link LogPosition#NONE} if there is none.
     * Keep both its numbers, and {@link JoinHistory#after} goes on from there the next time this device enters the
     * room.
     */
    public LogPosition lastSeen(RoomName room) {
        requireNonNull(room, "room");
        return driver.seen(room);
    }

    /** The rooms of the server that are not direct conversations. */
    public CompletableFuture<List<RoomSummary>> rooms() {
        return driver.call(endpoint::listRooms);
    }

    /**
     * Who is in a room; this client need not be. Of a room of more than {@link io.kabar.chat.Limits#MEMBERS_TOLD} so
     * many: then {@link RoomSummary#members()} in the list of {@link #rooms()} tells how many there are.
     */
    public CompletableFuture<List<Member>> members(RoomName room) {
        requireNonNull(room, "room");
        return driver.call((ticket, now) -> endpoint.listMembers(ticket, room, now));
    }

    /** Lets a room know that this user is writing. Call it at every key: at most one in 3 seconds goes out. */
    public void typing(RoomName room) {
        requireNonNull(room, "room");
        driver.onLoop(now -> endpoint.typing(room, now));
    }

    /** Away, or back. */
    public void setAway(boolean away) {
        driver.onLoop(now -> endpoint.away(away, now));
    }

    /**
     * Signs out: what was said is given a moment to be accepted, then the server is told. Waits for the last callback,
     * at most five seconds. Called from a callback it does not wait; where callbacks are made on the calling thread, as
     * that of a window, that thread makes them meanwhile. A second call does nothing.
     */
    @Override
    public void close() {
        driver.close(CLOSE);
    }

    /** Collects how a client is to be; {@link #connect} begins. */
    public static final class Builder {
        private @Nullable InviteLink link;
        private @Nullable ServerKey key;
        private KnownServers knownServers = KnownServers.inMemory();
        private ServerAddresses.Resolver resolver = ServerAddresses.Resolver.ofSystem();
        private @Nullable UserName name;
        private @Nullable String password;
        private @Nullable DeviceSecret device;
        private int localPort;
        private ChatClientListener listener = new ChatClientListener() {};
        private @Nullable Executor callbackExecutor;
        private Ticker ticker = Ticker.system();
        private ClientOptions options = ClientOptions.defaults();

        private Builder() {}

        /**
         * Where the server is. A key in the link is insisted on, and must not contradict the one the server is known
         * by.
         */
        public Builder server(InviteLink invitation) {
            link = requireNonNull(invitation, "invitation");
            return this;
        }

        /** Insists on this key, whatever the link or the known servers say. */
        public Builder serverKey(ServerKey serverKey) {
            key = requireNonNull(serverKey, "serverKey");
            return this;
        }

        /** Where the keys of servers are remembered once a sign-in has succeeded; in memory by default. */
        public Builder knownServers(KnownServers servers) {
            knownServers = requireNonNull(servers, "servers");
            return this;
        }

        /** Who signs in. */
        public Builder name(UserName userName) {
            name = requireNonNull(userName, "userName");
            return this;
        }

        /**
         * Who signs in.
         *
         * @throws IllegalArgumentException with one sentence if this is no name
         */
        public Builder name(String userName) {
            return name(UserName.of(userName));
        }

        /**
         * The server's join password, or the account's own; none for an open server. Whoever gives one is signed in
         * only at a server that proves to know it: an open server cannot, so {@link #connect} fails there with
         * {@link ChatException.ServerUnproven}.
         */
        public Builder password(String secret) {
            password = requireNonNull(secret, "secret");
            return this;
        }

        /** The secret by which names belong to this device; by default one that lasts as long as this client. */
        public Builder device(DeviceSecret secret) {
            device = requireNonNull(secret, "secret");
            return this;
        }

        /**
         * The local UDP port; 0, the default, takes any free one.
         *
         * @throws IllegalArgumentException if it is not from 0 to 65535
         */
        public Builder localPort(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("A port is a number from 0 to 65535.");
            }
            localPort = port;
            return this;
        }

        /** Who is told what happens. */
        public Builder listener(ChatClientListener toTell) {
            listener = requireNonNull(toTell, "toTell");
            return this;
        }

        /**
         * Where the listener is called and futures are completed, one call at a time and in order; by default a thread
         * of the client's.
         *
         * <p>If it throws instead of taking a task, a thread of the client's makes the calls. If it takes a task and
         * never runs it, nobody can tell it from one that is busy: no call is made and no future completes, that of
         * {@link #connect} and those of a closed client included; {@link ChatClient#close} returns after some seconds
         * all the same. So give none that drops tasks in silence.
         */
        public Builder callbackExecutor(Executor executor) {
            callbackExecutor = requireNonNull(executor, "executor");
            return this;
        }

        /** For tests: who knows the addresses of names. */
        Builder resolver(ServerAddresses.Resolver other) {
            resolver = requireNonNull(other, "other");
            return this;
        }

        /** For tests: the network thread's time. */
        Builder ticker(Ticker other) {
            ticker = requireNonNull(other, "other");
            return this;
        }

        /** Times and bounds. */
        public Builder options(ClientOptions clientOptions) {
            options = requireNonNull(clientOptions, "clientOptions");
            return this;
        }

        /**
         * Connects and signs in. Completes with the signed-in client, or fails with a {@link ChatException}. Whoever
         * cancels the future, or completes it otherwise, ends the attempt. A builder may connect again, as after a
         * failure: each client is one of its own.
         *
         * @throws IllegalStateException if server or name is missing
         */
        public CompletableFuture<ChatClient> connect() {
            InviteLink to = link;
            UserName user = name;
            if (to == null || user == null) {
                throw new IllegalStateException("A client needs a server and a name.");
            }
            CompletableFuture<ChatClient> connected = new CompletableFuture<>();
            WorkPool pool = new WorkPool("kabar-client-worker", 1);
            Callbacks callbacks = new Callbacks("kabar-client-callback", callbackExecutor);
            // Finding the address may take long, and so may a file of known servers.
            pool.execute(() -> {
                try {
                    begin(to, user, pool, callbacks, connected);
                } catch (Throwable e) { // the known servers are the program's
                    pool.close();
                    callbacks.execute(() -> connected.completeExceptionally(failure(e)));
                    callbacks.close();
                }
            });
            return connected;
        }

        private void begin(
                InviteLink to,
                UserName user,
                WorkPool pool,
                Callbacks callbacks,
                CompletableFuture<ChatClient> connected) {
            ServerAddresses addresses;
            try {
                addresses = new ServerAddresses(to.host(), to.port(), resolver);
            } catch (UnknownHostException e) {
                throw ChatException.of(Refusal.UNREACHABLE, "There is no host named " + to.host() + ".", null);
            }
            InetSocketAddress server = addresses.inOrder().get(0);
            ServerKey expected = key == null ? expected(to) : key;
            DeviceSecret secret = device == null ? DeviceSecret.generate() : device;
            ClientEndpoint endpoint = new ClientEndpoint(
                    new ClientSettings(
                            server,
                            expected,
                            user,
                            password,
                            secret.bytes(),
                            options.connectTimeout().toNanos(),
                            options.keepAlive().toNanos(),
                            options.searchingAfter().toNanos(),
                            IDLE.toNanos(),
                            options.outboxMessages(),
                            options.reconnect(),
                            options.leastRounds()),
                    new SecureRandom(),
                    System.nanoTime());
            ClientDriver driver = new ClientDriver(
                    endpoint, to, addresses, server, localPort, knownServers, listener, callbacks, pool);
            UdpEventLoop loop = loop(endpoint, driver);
            driver.attach(loop);
            var unused = driver.connected().whenComplete((signedIn, error) -> {
                if (error != null) {
                    connected.completeExceptionally(error);
                    return;
                }
                ChatClient client = new ChatClient(endpoint, driver, signedIn);
                if (!connected.complete(client)) {
                    client.close();
                }
            });
            var unusedToo = connected.whenComplete((client, error) -> {
                if (client == null) { // it failed, or nobody wants it any more
                    driver.onLoop(endpoint::signOut);
                }
            });
            loop.start();
        }

        private UdpEventLoop loop(ClientEndpoint endpoint, ClientDriver driver) {
            try {
                return new UdpEventLoop("kabar-client", endpoint, driver, ticker);
            } catch (IOException e) {
                String sentence = "Cannot open a UDP socket: " + e.getMessage() + ".";
                throw ChatException.of(Refusal.UNREACHABLE, sentence, null);
            }
        }

        /** The key of the link and the one the server is known by must be the same, if there are both. */
        private @Nullable ServerKey expected(InviteLink to) {
            ServerKey known = knownServers.find(to.address()).orElse(null);
            ServerKey invited = to.key().orElse(known);
            if (known != null && invited != null && !known.equals(invited)) {
                throw ChatException.of(
                        Refusal.SERVER_KEY_CHANGED,
                        "The key of the invitation, " + invited.fullFingerprint() + ", is not the one that "
                                + to.address() + " is known by here, " + known.fullFingerprint()
                                + ". Either the invitation is forged, or the server was set up anew: then forget the "
                                + "key that"
                                + " is known.",
                        null);
            }
            return invited;
        }

        /** Longer than a server waits for a silent client: what it has forgotten need not be remembered. */
        private static final Duration IDLE = Duration.ofMinutes(3);

        private static Throwable failure(Throwable e) {
            if (e instanceof UncheckedIOException && e.getMessage() != null) {
                return ChatException.of(Refusal.UNREACHABLE, e.getMessage(), null);
            }
            return e; // our own words, or a defect of the program's own parts
        }
    }
}
