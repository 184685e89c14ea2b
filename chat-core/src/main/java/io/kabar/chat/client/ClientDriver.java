package io.kabar.chat.client;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.InviteLink;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.ClientEvent;
import io.kabar.chat.internal.crypto.RoomPassword;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.OpenCalls;
import io.kabar.chat.internal.net.ServerAddresses;
import io.kabar.chat.internal.net.Sockets;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.internal.net.UdpSocket;
import io.kabar.chat.internal.net.WorkPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the endpoint asks for, off the loop; answers calls and tells the listener, on the callback executor. */
final class ClientDriver implements UdpEventLoop.Host {

    private static final Logger LOG = LoggerFactory.getLogger(ChatClient.class);

    /** For the last calls, when the network is given up. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(1);

    private final ClientEndpoint endpoint;
    private final InviteLink link;
    private final ServerAddresses addresses;
    private final InetSocketAddress server;
    private final int localPort;
    private final KnownServers knownServers;
    private final ChatClientListener listener;
    private final Callbacks callbacks;
    private final WorkPool pool;
    private final CompletableFuture<UserName> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final OpenCalls calls;
    private final RoomsTold told;
    private @Nullable UdpEventLoop loop;
    private @Nullable ChatClient client;
    /** As it was given, then as its owner first wrote it. */
    private volatile UserName name;
    /** The present socket. */
    private volatile @Nullable UdpSocket socket;
    /** This machine's address when the server was last found; of the loop. */
    private final OwnAddress liveFrom = new OwnAddress();

    volatile ConnectionState state = ConnectionState.CONNECTING;
    volatile @Nullable ServerKey key;
    volatile boolean firstContact;
    private final ClientFigures figures;

    ClientDriver(
            ClientEndpoint endpoint,
            UserName name,
            InviteLink link,
            ServerAddresses addresses,
            InetSocketAddress server,
            int localPort,
            KnownServers knownServers,
            ChatClientListener listener,
            Callbacks callbacks,
            WorkPool pool) {
        this.endpoint = endpoint;
        this.name = name;
        figures = new ClientFigures(endpoint);
        this.link = link;
        this.addresses = addresses;
        this.server = server;
        this.localPort = localPort;
        this.knownServers = knownServers;
        this.listener = listener;
        this.callbacks = callbacks;
        calls = new OpenCalls(this::onLoop, callbacks);
        told = new RoomsTold(
                callbacks,
                listener,
                this::client,
                (room, sequence) -> onLoop(now -> endpoint.consumed(room, sequence, now)));
        this.pool = pool;
    }

    /** Gives it the loop that it drives, and the client that the listener is told of; before anything else. */
    void attach(UdpEventLoop newLoop, ChatClient newClient) {
        loop = newLoop;
        client = newClient;
    }

    UserName name() {
        return name;
    }

    /** Where the server is, with the key that it has proven. */
    InviteLink link() {
        return new InviteLink(link.host(), link.port(), Optional.empty(), Optional.ofNullable(key));
    }

    CompletableFuture<UserName> connected() {
        return connected;
    }

    /** Runs a command whose answer completes the future. */
    <T> CompletableFuture<T> call(OpenCalls.Command command) {
        return isOver() ? CompletableFuture.failedFuture(ChatException.of(Refusal.CLOSED)) : calls.call(command);
    }

    /** Does slow work of a call off the loop, and goes on there with what has come of it. */
    <T> void work(long callId, Supplier<T> work, BiConsumer<T, Long> then) {
        pool.execute(() -> {
            try {
                T result = work.get();
                onLoop(now -> then.accept(result, now));
            } catch (Throwable e) { // whoever called is not left waiting for it
                calls.fail(callId, ChatException.of(Refusal.DEFECT));
                throw e;
            }
        });
    }

    /** What is shown of a room's password at this server. */
    CompletableFuture<byte[]> proof(RoomName room, String password) {
        return CompletableFuture.supplyAsync(
                () -> RoomPassword.proof(requireNonNull(key, "signed in").bytes(), room.key(), password),
                pool::execute);
    }

    KnownValues values() {
        return told.values();
    }

    KnownSettings settings() {
        return told.settings();
    }

    /** The place of the newest event of a room that the listener was told. */
    LogPosition seen(RoomName room) {
        return told.seen(room);
    }

    void onLoop(LongConsumer command) {
        UdpEventLoop current = loop;
        if (current != null) {
            current.execute(() -> command.accept(current.now()));
        }
    }

    /** Signs out, and waits for the last callback or the limit; inside of a callback it does not wait. */
    void close(Duration limit) {
        onLoop(endpoint::signOut);
        if (callbacks.isInside()) {
            return;
        }
        try {
            if (!callbacks.await(ended::isDone, limit.toMillis())) {
                abandon();
                boolean unused = callbacks.await(ended::isDone, AFTERWARDS.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon();
        }
    }

    void abandon() {
        state = ConnectionState.SIGNED_OUT;
        if (loop != null) {
            loop.close();
        }
    }

    ConnectionInfo info() {
        return figures.info(addresses.inOrder().get(0), key, firstContact); // from which it was heard
    }

    @Override
    public UdpSocket open() throws IOException {
        UdpSocket opened = Sockets.client(addresses, server, localPort);
        socket = opened;
        return opened;
    }

    @Override
    public void onReopened(long now) {
        endpoint.socketReplaced(now);
    }

    @Override
    public void onUnreachable(long now) {
        endpoint.unreachable(now);
    }

    @Override
    public void onTrouble(String sentence) {
        // The user is shown that the client is searching.
    }

    @Override
    public boolean isOver() {
        return state == ConnectionState.SIGNED_OUT;
    }

    @Override
    public void onEnded() {
        pool.close();
        if (state != ConnectionState.SIGNED_OUT) { // by a defect of ours, and nobody has been told
            state = ConnectionState.SIGNED_OUT;
            tell((l, from) -> l.onStateChanged(from, ConnectionState.SIGNED_OUT));
            tell((l, from) -> l.onClosed(from, CloseReason.INTERNAL, Refusal.DEFECT.sentence()));
        }
        calls.end();
        callbacks.execute(() -> {
            connected.completeExceptionally(ChatException.of(Refusal.CLOSED));
            ended.complete(null);
        });
        callbacks.close();
    }

    @Override
    public void afterInputs(long now) {
        ClientEvent event;
        while ((event = endpoint.pollEvent()) != null) {
            handle(event);
        }
        figures.take();
    }

    private void handle(ClientEvent event) {
        if (told.takes(event)) {
            completeMoves(event);
        } else if (event instanceof ClientEvent.Answer e) {
            calls.complete(e.callId(), e.value());
        } else if (event instanceof ClientEvent.Failed e) {
            calls.fail(e.callId(), ChatException.of(e.refusal(), e.sentence(), e.retryAfter(), e.obstacle()));
        } else if (event instanceof ClientEvent.Work e) {
            pool.execute(() -> {
                try {
                    e.work().run();
                } finally { // or it would be waited for, at every sign-in
                    onLoop(time -> endpoint.handleWork(e.work(), time));
                }
            });
        } else if (event instanceof ClientEvent.Rebind) {
            // The server may have another address by now; the next socket will know.
            pool.execute(addresses::refresh);
            if (loop != null) {
                loop.reopen();
            }
        } else if (event instanceof ClientEvent.MessageLimit e) {
            figures.messageLimit(e.bytes());
        } else if (event instanceof ClientEvent.SignedIn e) {
            signedIn(e);
        } else if (event instanceof ClientEvent.Renamed e) {
            name = e.name();
            tell((l, from) -> l.onRenamed(from, e.name()));
        } else if (event instanceof ClientEvent.Searching) {
            changed(ConnectionState.SEARCHING);
        } else if (event instanceof ClientEvent.Found e) {
            changed(ConnectionState.LIVE);
            boolean elsewhere = isElsewhere();
            if (e.moved() && elsewhere) {
                tell(ChatClientListener::onRoamed);
            }
        } else if (event instanceof ClientEvent.Closed e) {
            closed(e);
        } else {
            throw new AssertionError(event);
        }
    }

    /** Entering and leaving are calls that the listener hears of first. */
    private void completeMoves(ClientEvent event) {
        if (event instanceof ClientEvent.Entered e) {
            calls.complete(e.callId(), e.room());
        } else if (event instanceof ClientEvent.LeftRoom e) {
            calls.complete(e.callId(), null);
        }
    }

    private boolean isElsewhere() {
        UdpSocket current = socket;
        return liveFrom.isAnother(
                current == null ? null : current.localAddress().getAddress());
    }

    private void signedIn(ClientEvent.SignedIn event) {
        boolean unused = isElsewhere();
        key = event.key();
        name = event.name();
        firstContact = event.firstContact();
        changed(ConnectionState.LIVE);
        callbacks.execute(() -> {
            remember(event.key());
            connected.complete(event.name());
        });
    }

    /** Where keys are kept is the program's: if that fails, its user is told, and is signed in all the same. */
    private void remember(ServerKey proven) {
        try {
            // The key of an invitation, too: the next visit may be without it.
            if (knownServers.find(link.address()).isEmpty()) {
                if (firstContact) {
                    knownServers
                            .remark(link.address(), proven)
                            .ifPresent(sentence -> tell((l, from) -> l.onNotice(from, sentence)));
                }
                knownServers.remember(link.address(), proven);
            }
        } catch (Throwable e) {
            LOG.debug("The key of {} is not remembered.", link.address(), e);
            String sentence = e instanceof UncheckedIOException && e.getMessage() != null
                    ? e.getMessage()
                    : "The key of this server could not be remembered: " + e + ".";
            tell((l, from) -> l.onNotice(from, sentence));
        }
    }

    private void changed(ConnectionState now) {
        state = now;
        tell((l, from) -> l.onStateChanged(from, now));
    }

    private void closed(ClientEvent.Closed event) {
        state = ConnectionState.SIGNED_OUT;
        Refusal refusal = event.refusal() == null ? Refusal.CLOSED : event.refusal();
        ChatException failure = ChatException.of(refusal, event.sentence(), event.retryAfter());
        tell((l, from) -> l.onStateChanged(from, ConnectionState.SIGNED_OUT));
        tell((l, from) -> l.onClosed(from, event.reason(), event.sentence()));
        callbacks.execute(() -> connected.completeExceptionally(failure));
        UdpEventLoop current = loop;
        if (current != null) {
            current.close(0);
        }
    }

    private ChatClient client() {
        return requireNonNull(client, "not attached");
    }

    private void tell(BiConsumer<ChatClientListener, ChatClient> call) {
        callbacks.execute(() -> call.accept(listener, client()));
    }
}
