package io.kabar.chat.client;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.ChatException;
import io.kabar.chat.InviteLink;
import io.kabar.chat.Limits;
import io.kabar.chat.Refusal;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.ServerAddresses;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.internal.net.WorkPool;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import io.kabar.chat.spi.Authenticator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Collects how a client is to be, and connects it. */
final class ClientBuilder implements ChatClient.Builder, Machine.Guest {

    /** Longer than a server waits for a silent client: what it has forgotten need not be remembered. */
    private static final Duration IDLE = Duration.ofMinutes(3);

    private @Nullable InviteLink link;
    private @Nullable ServerKey key;
    private KnownServers knownServers = KnownServers.inMemory();
    private @Nullable UserName name;
    private @Nullable String password;
    private @Nullable String token;
    private @Nullable DeviceSecret device;
    private String deviceLabel = "";
    private int localPort;
    private ChatClientListener listener = new ChatClientListener() {};
    private @Nullable Executor callbackExecutor;
    private Machine machine = Machine.system();
    private ClientOptions options = ClientOptions.defaults();

    @Override
    public ClientBuilder server(InviteLink invitation) {
        link = requireNonNull(invitation, "invitation");
        return this;
    }

    @Override
    public ClientBuilder serverKey(ServerKey serverKey) {
        key = requireNonNull(serverKey, "serverKey");
        return this;
    }

    @Override
    public ClientBuilder knownServers(KnownServers servers) {
        knownServers = requireNonNull(servers, "servers");
        return this;
    }

    @Override
    public ClientBuilder name(UserName userName) {
        name = requireNonNull(userName, "userName");
        return this;
    }

    @Override
    public ClientBuilder name(String userName) {
        return name(UserName.of(userName));
    }

    @Override
    public ClientBuilder password(String secret) {
        password = requireNonNull(secret, "secret");
        return this;
    }

    @Override
    public ClientBuilder token(String shown) {
        if (shown.isEmpty() || shown.getBytes(StandardCharsets.UTF_8).length > Authenticator.TOKEN_BYTES) {
            throw new IllegalArgumentException("A token has 1 to " + Authenticator.TOKEN_BYTES + " bytes of UTF-8.");
        }
        token = shown;
        return this;
    }

    @Override
    public ClientBuilder deviceLabel(String label) {
        deviceLabel = Limits.cut(label, ClientMessageCodec.TYPED_NAME);
        return this;
    }

    @Override
    public ClientBuilder device(DeviceSecret secret) {
        device = requireNonNull(secret, "secret");
        return this;
    }

    @Override
    public ClientBuilder localPort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A port is a number from 0 to 65535.");
        }
        localPort = port;
        return this;
    }

    @Override
    public ClientBuilder listener(ChatClientListener toTell) {
        listener = requireNonNull(toTell, "toTell");
        return this;
    }

    @Override
    public ClientBuilder callbackExecutor(Executor executor) {
        callbackExecutor = requireNonNull(executor, "executor");
        return this;
    }

    @Override
    public ClientBuilder runsOn(Machine other) {
        machine = requireNonNull(other, "other");
        return this;
    }

    @Override
    public ClientBuilder options(ClientOptions clientOptions) {
        options = requireNonNull(clientOptions, "clientOptions");
        return this;
    }

    @Override
    public CompletableFuture<ChatClient> connect() {
        InviteLink to = link;
        UserName user = name;
        if (to == null || user == null) {
            throw new IllegalStateException("A client needs a server and a name.");
        }
        CompletableFuture<ChatClient> connected = machine.future();
        WorkPool pool = machine.pool("kabar-client-worker", 1);
        Callbacks callbacks = new Callbacks("kabar-client-callback", callbackExecutor, machine);
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
            InviteLink to, UserName user, WorkPool pool, Callbacks callbacks, CompletableFuture<ChatClient> connected) {
        ServerAddresses addresses;
        try {
            addresses = new ServerAddresses(to.host(), to.port(), machine.resolver());
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
                        shownTo(expected),
                        secret.bytes(),
                        options.connectTimeout().toNanos(),
                        options.keepAlive().toNanos(),
                        options.searchingAfter().toNanos(),
                        IDLE.toNanos(),
                        options.outboxMessages(),
                        options.reconnect(),
                        options.leastRounds(),
                        deviceLabel,
                        to.secretBytes()),
                machine.random(),
                machine.ticker().nanos());
        ClientDriver.Way way = new ClientDriver.Way(
                to, addresses, () -> machine.clientSocket(addresses, server, localPort), knownServers);
        ClientDriver driver = new ClientDriver(endpoint, user, way, listener, callbacks, pool);
        UdpEventLoop loop = loop(endpoint, driver);
        ChatClient client = new UdpChatClient(endpoint, driver);
        driver.attach(loop, client);
        var unused = driver.connected().whenComplete((signedIn, error) -> {
            if (error != null) {
                connected.completeExceptionally(error);
                return;
            }
            if (!connected.complete(client)) {
                client.close();
            }
        });
        var unusedToo = connected.whenComplete((taken, error) -> {
            if (taken == null) { // it failed, or nobody wants it any more
                driver.onLoop(endpoint::signOut);
            }
        });
        loop.start();
    }

    /** A token is not told to a server that anybody might be. */
    private @Nullable String shownTo(@Nullable ServerKey expected) {
        if (token != null && expected == null) {
            throw ChatException.of(
                    Refusal.SERVER_UNPROVEN,
                    "A token is shown only to a server whose key is known; use an invitation link that holds the key.",
                    null);
        }
        return token;
    }

    private UdpEventLoop loop(ClientEndpoint endpoint, ClientDriver driver) {
        try {
            return new UdpEventLoop("kabar-client", endpoint, driver, machine);
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
                            + "key that is known.",
                    null);
        }
        return invited;
    }

    private static Throwable failure(Throwable e) {
        if (e instanceof UncheckedIOException && e.getMessage() != null) {
            return ChatException.of(Refusal.UNREACHABLE, e.getMessage(), null);
        }
        return e; // our own words, or a defect of the program's own parts
    }
}
