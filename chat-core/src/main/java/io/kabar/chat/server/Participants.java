package io.kabar.chat.server;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.ChatException;
import io.kabar.chat.CloseReason;
import io.kabar.chat.Refusal;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.ClientEndpoint;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.net.Callbacks;
import io.kabar.chat.internal.net.InnerNetwork;
import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.UdpEventLoop;
import io.kabar.chat.internal.participant.EndpointParticipant;
import io.kabar.chat.internal.participant.InnerDriver;
import io.kabar.chat.internal.server.HostAccounts;
import io.kabar.chat.participant.Participant;
import io.kabar.chat.participant.ParticipantListener;
import io.kabar.chat.spi.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a server's rooms without a socket. Each is a client like any other, on a thread of its own, whose datagrams
 * never leave the process and who signs in with a pass instead of a device: so nothing in the server knows the
 * difference, and one that is slow holds back only itself ({@code docs/adr/0024-participants-are-clients.md}).
 *
 * <p>Safe for threads.
 */
final class Participants {

    private static final Duration SIGN_IN = Duration.ofSeconds(15);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    private static final Duration SEARCHING = Duration.ofSeconds(4);
    private static final Duration IDLE = Duration.ofMinutes(3);
    private static final int OUTBOX = 1000;
    private static final int SECRET_BYTES = 32;

    private final HostAccounts accounts;
    private final Machine machine;
    private final Consumer<LongConsumer> loop;
    private final InnerNetwork network = new InnerNetwork();
    private final RandomGenerator random;
    private final AtomicInteger begun = new AtomicInteger();
    private final Set<InnerDriver> drivers = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /**
     * The server as a participant sees it.
     *
     * @param ownUsers whether the program numbers its users itself
     */
    record Server(ServerKey key, int port, boolean ownUsers) {}

    /**
     * Nobody is there yet.
     *
     * @param loop runs what it is given on the server's thread, with its time
     */
    Participants(HostAccounts accounts, Machine machine, Consumer<LongConsumer> loop) {
        this.accounts = accounts;
        this.machine = machine;
        random = machine.random();
        this.loop = loop;
    }

    InnerNetwork network() {
        return network;
    }

    /** Begins to collect how somebody is to be. */
    ParticipantBuilder begin(UserName name, Server server) {
        return new Builder(name, server);
    }

    /** The server is closed: so is everybody who is there, and who comes. */
    void end() {
        over = true;
        drivers.forEach(Participants::end);
    }

    private static void end(InnerDriver driver) {
        driver.end(CloseReason.SERVER_STOPPED, "The server was stopped.");
    }

    private CompletableFuture<Participant> signIn(Builder as) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String pass = HexFormat.of().formatHex(secret);
        byte[] shown = pass.getBytes(StandardCharsets.UTF_8);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), as.server.port());
        ClientEndpoint endpoint = new ClientEndpoint(
                settings(as, address, pass), machine.random(), machine.ticker().nanos());
        Callbacks callbacks = new Callbacks("kabar-participant-callback", as.callbackExecutor, machine);
        InnerDriver driver = new InnerDriver(
                endpoint,
                as.name,
                new InnerDriver.Link(network, nextAddress(), address),
                as.listener,
                callbacks,
                machine.pool("kabar-participant-worker", 1),
                () -> loop.accept(now -> accounts.withdrawPass(shown, now)));
        Participant participant = new EndpointParticipant(endpoint, driver);
        UdpEventLoop own = loop(endpoint, driver);
        driver.attach(own, participant);
        CompletableFuture<Participant> signedIn = callbacks.future();
        CompletableFuture<Void> unused = driver.connected().handle((name, failure) -> {
            boolean unusedToo =
                    failure == null ? signedIn.complete(participant) : signedIn.completeExceptionally(failure);
            return null;
        });
        drivers.add(driver);
        driver.whenEnded(() -> drivers.remove(driver));
        loop.accept(now -> accounts.givePass(as.name, shown, as.account, now));
        try {
            own.start();
        } catch (Throwable e) { // no room for another thread
            drivers.remove(driver);
            loop.accept(now -> accounts.withdrawPass(shown, now));
            throw e;
        }
        if (over) {
            end(driver);
        }
        return signedIn;
    }

    private static ClientSettings settings(Builder as, InetSocketAddress address, String pass) {
        byte[] noDevice = new byte[SECRET_BYTES];
        return new ClientSettings(
                address,
                as.server.key(),
                as.name,
                null,
                pass,
                noDevice,
                SIGN_IN.toNanos(),
                KEEP_ALIVE.toNanos(),
                SEARCHING.toNanos(),
                IDLE.toNanos(),
                OUTBOX,
                true,
                Scram.LEAST_ACCEPTED);
    }

    private UdpEventLoop loop(ClientEndpoint endpoint, InnerDriver driver) {
        try {
            return new UdpEventLoop("kabar-participant", endpoint, driver, machine);
        } catch (IOException e) {
            throw new UncheckedIOException("no socket was to be opened", e);
        }
    }

    /** One that no datagram comes from, as its port is 0, and that shares no limit with another. */
    private InetSocketAddress nextAddress() {
        int number = begun.getAndIncrement();
        byte[] address = {127, (byte) (64 | (number >> 16 & 63)), (byte) (number >> 8), (byte) number};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), 0);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    /** How somebody is to be. */
    private final class Builder implements ParticipantBuilder {
        private final UserName name;
        private final Server server;
        private ParticipantListener<Participant> listener = new ParticipantListener<>() {};
        private @Nullable Executor callbackExecutor;
        private @Nullable Account account;

        Builder(UserName name, Server server) {
            this.name = requireNonNull(name, "name");
            this.server = server;
        }

        @Override
        public ParticipantBuilder listener(ParticipantListener<Participant> toTell) {
            listener = requireNonNull(toTell, "toTell");
            return this;
        }

        @Override
        public ParticipantBuilder callbackExecutor(Executor executor) {
            callbackExecutor = requireNonNull(executor, "executor");
            return this;
        }

        @Override
        public ParticipantBuilder account(long number) {
            if (number < 1) {
                throw new IllegalArgumentException("Accounts are numbered from 1.");
            }
            account = Account.of(number, name);
            return this;
        }

        @Override
        public CompletableFuture<Participant> signIn() {
            if (account == null && server.ownUsers()) {
                throw new IllegalStateException("This server's users are the program's own: give an account's number.");
            }
            return over
                    ? CompletableFuture.failedFuture(ChatException.of(Refusal.CLOSED))
                    : Participants.this.signIn(this);
        }
    }
}
