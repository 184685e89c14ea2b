package io.kabar.chat.internal.server;

import io.kabar.chat.RoomName;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.login.ClientHandshake;
import io.kabar.chat.internal.connection.Agreement;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionOptions;
import io.kabar.chat.internal.connection.DeafSink;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.connection.lane.FrameClass;
import io.kabar.chat.internal.connection.lane.FrameSource;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.endpoint.Signals;
import io.kabar.chat.internal.server.core.HostPolicy;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.core.Quotas;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.ServerSettings;
import io.kabar.chat.internal.server.core.Verdict;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import io.kabar.chat.internal.wire.message.LoginMethods;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.internal.wire.message.ServerMessageCodec;
import io.kabar.chat.spi.Account;
import io.kabar.chat.spi.Journal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A server, open if nothing else is said, and a client that shakes hands with it and then says what it is told to, be
 * it sensible or not. Nothing is lost between the two and nothing takes time; the clock is {@link #now}.
 */
public final class RawClient extends DeafSink {
    /** What an honest client offers. */
    public static final LoginMethods METHODS =
            LoginMethods.of(LoginMethods.Method.NONE, LoginMethods.Method.SCRAM_SHA_256);

    public static final Duration HANDSHAKE_DEADLINE = Duration.ofSeconds(10);

    public static final InetSocketAddress CLIENT_ADDRESS = address(2, 5000);
    private static final InetSocketAddress SERVER_ADDRESS = address(1, 2120);

    public final ServerEndpoint server;
    public final List<ServerMessage> heard = new ArrayList<>();
    public long now;

    /** Why the server, or this end, has closed the connection. */
    @Nullable
    public Long closedWith;

    /** Where the server has sent its datagrams. */
    public final List<InetSocketAddress> destinations = new ArrayList<>();

    /** The INIT of this client. */
    public final byte[] init;

    /** The accounts of the server, which all its clients share. */
    public final Map<String, Account> accounts;

    /** Whether the account store takes its time. */
    public boolean holdAccounts;

    /** Whether it takes its time to register a name. */
    public boolean holdRegistrations;

    /** Registrations it has kept back. */
    public final List<ServerEvent.Register> registering = new ArrayList<>();
    /** Whether the journal commits what it is given. */
    public boolean commits;

    private final List<Journal.Proposal> proposed = new ArrayList<>();
    private Map<RoomName, Long> newest = new HashMap<>();
    /** Other clients of the server, which are there at the same time. */
    private final List<RawClient> others = new ArrayList<>();
    /** Whether this client hears nothing, and so acknowledges nothing. */
    public boolean deaf;

    private final List<ServerEvent.FindAccount> asked = new ArrayList<>();
    /** Questions to the host program by their ids, those that are answered included. */
    private final List<Long> questions = new ArrayList<>();

    /** Of the connection. */
    public final byte[] handshakeHash;

    private final InetSocketAddress address;
    private final Random random;
    private final byte[] datagram = new byte[WireLimits.DATAGRAM];
    private final Connection connection;

    public RawClient() throws Exception {
        this(new Random(1));
    }

    /** Of a server whose host program decides who enters and speaks. */
    public static RawClient ofHost() throws Exception {
        return new RawClient(new Random(1), new HostPolicy(UserName.of("server"), false, true, false));
    }

    private RawClient(Random random) throws Exception {
        this(random, HostPolicy.NONE);
    }

    private RawClient(Random random, HostPolicy host) throws Exception {
        this(
                new ServerEndpoint(
                        settings(ServerIdentity.generate(random)).withHost(host),
                        random,
                        InstantSource.fixed(Instant.EPOCH)),
                random,
                new HashMap<>());
    }

    /** The first client of a server, at any time. */
    public RawClient(ServerEndpoint server, Random random, Map<String, Account> accounts) throws Exception {
        this(server, random, accounts, CLIENT_ADDRESS, -1_000_000_000);
    }

    private RawClient(
            ServerEndpoint server, Random random, Map<String, Account> accounts, InetSocketAddress address, long now)
            throws Exception {
        this.server = server;
        this.random = random;
        this.accounts = accounts;
        this.address = address;
        this.now = now;
        ClientHandshake handshake = new ClientHandshake(random, now);

        handshake.pollTransmit(datagram);
        server.handleDatagram(address, datagram.clone(), datagram.length, now);
        Packet.Retry retry = (Packet.Retry) fromServer();
        handshake.retried(ServerKey.of(retry.serverKey()), retry.token(), now);

        handshake.pollTransmit(datagram);
        init = datagram.clone();
        server.handleDatagram(address, datagram.clone(), datagram.length, now);
        doWork();
        ClientHandshake.Result result = handshake.replied((Packet.Reply) fromServer());
        if (result == null) {
            throw new AssertionError("the handshake failed");
        }
        handshakeHash = result.handshakeHash();
        connection = new Connection(
                Side.CLIENT,
                ConnectionOptions.CLIENT,
                new Agreement(
                        result.keys().initiatorToResponder(),
                        result.keys().responderToInitiator(),
                        result.clientCid(),
                        result.parameters().serverCid(),
                        result.parameters().resetToken()),
                SERVER_ADDRESS,
                this,
                random,
                now);
    }

    /** Another client of the same server, as much later; the former one is silent from now on. */
    public RawClient next(Duration later) throws Exception {
        return new RawClient(
                server,
                random,
                accounts,
                new InetSocketAddress(address.getAddress(), address.getPort() + 1),
                now + later.toNanos());
    }

    /** Another client of the same server, at the same time: it hears what this one brings about. */
    public RawClient beside() throws Exception {
        RawClient other = next(Duration.ZERO);
        other.newest = newest;
        others.add(other);
        return other;
    }

    public static ServerSettings settings(ServerIdentity identity) {
        return settings(identity, new LoginPolicy(true, null, new byte[32]));
    }

    public static ServerSettings settings(ServerIdentity identity, LoginPolicy policy) {
        return new ServerSettings(
                identity,
                policy,
                room -> "kept for a test",
                4096,
                2,
                1,
                16,
                256,
                100,
                64,
                2048,
                100,
                HANDSHAKE_DEADLINE.toNanos(),
                Duration.ofSeconds(30).toNanos(),
                Duration.ofSeconds(150).toNanos(),
                3,
                10,
                Duration.ofMinutes(5).toNanos(),
                Quotas.STANDARD);
    }

    public static InetSocketAddress address(int host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host}), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** The server's id for this connection. */
    public long serverCid() {
        return connection.remoteCid();
    }

    /** Says something and hears what the server answers. */
    public void say(int lane, ClientMessage message) {
        say(lane, ClientMessageCodec.encode(message));
    }

    /** Says these bytes, be they a message or not. */
    public void say(int lane, byte[] message) {
        connection.lane(lane).offer(message);
        exchange();
        for (int i = 0;
                message.length > WireLimits.DATAGRAM
                        && i < 100
                        && connection.lane(lane).queuedBytes() > 0;
                i++) {
            now += 10_000_000; // a long one is paced
            exchange();
        }
    }

    /** Lets time pass for the server, and hears what it says of its own. */
    public void pass(Duration time) {
        now += time.toNanos();
        server.handleTimeout(now);
        exchange();
    }

    /** Signs in where no password is asked for. */
    public RawClient signIn(String name) {
        say(0, new ClientMessage.Login(RawClient.METHODS, name, new byte[18], name.hashCode()));
        say(0, new ClientMessage.LoginProof(new byte[0], Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), 32)));
        return this;
    }

    /** Sends a piece of a lane's stream, whatever stands before it, once. */
    public void sendPiece(int lane, long offset, int length) {
        byte[] bytes = new byte[length];
        bytes[0] = offset == 0 ? (byte) 0x79 : 0; // the beginning of a message of 14 KiB
        now += 10_000_000; // else the pacer would hold it back
        connection.register(new Piece(lane, offset, bytes), FrameClass.SIGNAL).ready();
        exchange();
    }

    /** A piece of a lane, as a source may write what it likes. */
    private static final class Piece implements FrameSource {
        private final int lane;
        private final long offset;
        private final byte[] bytes;
        private boolean sent;

        Piece(int lane, long offset, byte[] bytes) {
            this.lane = lane;
            this.offset = offset;
            this.bytes = bytes;
        }

        @Override
        public long writeFrames(FrameWriter out, long now) {
            sent = sent || out.lane(lane, offset, bytes, 0, bytes.length);
            return sent ? 1 : NOTHING;
        }

        @Override
        public boolean hasMore() {
            return !sent;
        }

        @Override
        public boolean reliable() {
            return false;
        }

        @Override
        public void onAcked(long token, long now) {}

        @Override
        public void onLost(long token, long now) {}
    }

    public void ping() {
        connection.ping(now);
        exchange();
    }

    /** Sends to and fro until both are silent. */
    private void exchange() {
        boolean silent = false;
        while (!silent) {
            silent = true;
            for (int length = connection.pollTransmit(datagram, now);
                    length > 0;
                    length = connection.pollTransmit(datagram, now)) {
                server.handleDatagram(address, datagram.clone(), length, now);
                silent = false;
            }
            doWork();
            for (int length = server.pollTransmit(datagram, now);
                    length > 0;
                    length = server.pollTransmit(datagram, now)) {
                destinations.add(server.transmitTo());
                for (RawClient other : others) {
                    other.take(server.transmitTo(), datagram, length, now);
                }
                if (server.transmitTo().equals(address) && !deaf) {
                    connection.handleDatagram(SERVER_ADDRESS, datagram.clone(), 0, length, now);
                }
                silent = false;
            }
        }
    }

    private void take(InetSocketAddress to, byte[] sent, int length, long time) {
        if (to.equals(address)) {
            connection.handleDatagram(SERVER_ADDRESS, sent.clone(), 0, length, time);
            for (int answer = connection.pollTransmit(datagram, time);
                    answer > 0;
                    answer = connection.pollTransmit(datagram, time)) {
                server.handleDatagram(address, datagram.clone(), answer, time);
            }
        }
    }

    /** A name is free until it is registered, and nothing is ever committed unless it is said that it is. */
    private void doWork() {
        for (ServerEvent event = server.pollEvent(); event != null; event = server.pollEvent()) {
            if (event instanceof ServerEvent.Work work) {
                work.work().run();
                server.handleWork(work.work(), now);
            } else if (event instanceof ServerEvent.FindAccount find && holdAccounts) {
                asked.add(find);
            } else if (event instanceof ServerEvent.FindAccount find) {
                answer(find);
            } else if (event instanceof ServerEvent.MaySignIn question) {
                server.handleVerdict(question.questionId(), new Verdict.Allowed(), now);
            } else if (event instanceof ServerEvent.MayEnter question) {
                questions.add(question.questionId());
            } else if (event instanceof ServerEvent.MaySay question) {
                questions.add(question.questionId());
            } else if (event instanceof ServerEvent.Register register && holdRegistrations) {
                registering.add(register);
            } else if (event instanceof ServerEvent.Register register) {
                register(register);
            } else if (event instanceof ServerEvent.ChangeAccount change) {
                server.handleChanged(change.callId(), TestAccounts.change(accounts, change), now);
            } else if (event instanceof ServerEvent.Propose propose && commits) {
                commit(propose.proposal());
            } else if (event instanceof ServerEvent.Propose propose) {
                proposed.add(propose.proposal());
            } else if (event instanceof ServerEvent.Read read && commits) {
                server.handleRead(read.readId(), read.from(), List.of(), now);
            }
        }
    }

    private void register(ServerEvent.Register register) {
        Account wanted = register.account().withId(accounts.size() + 1);
        Account owner = accounts.putIfAbsent(wanted.name().key(), wanted);
        server.handleRegistered(register.callId(), owner == null ? wanted : null, now);
    }

    private void commit(Journal.Proposal propose) {
        long number = newest.merge(propose.draft().room(), 1L, Long::sum);
        server.handleCommit(
                propose.proposalId(), new Journal.Entry(propose.draft().withSequence(number), propose.id()), now);
    }

    /** The journal commits what it has kept back. */
    public void commitHeld() {
        proposed.forEach(this::commit);
        proposed.clear();
        exchange();
    }

    /** The host program answers what it was asked last. */
    public void decide(Verdict verdict) {
        server.handleVerdict(questions.get(questions.size() - 1), verdict, now);
        exchange();
    }

    /** Sends a signal, as nobody does who is not signed in. */
    public void signal(long room, byte[] body) {
        new Signals(connection).send(room, room, body);
        exchange();
    }

    /** The account store has registered what it has kept back. */
    public void releaseRegistrations() {
        registering.forEach(this::register);
        exchange();
    }

    /** The account store answers what it has kept back. */
    public void releaseAccounts() {
        holdAccounts = false;
        asked.forEach(this::answer);
        exchange();
    }

    private void answer(ServerEvent.FindAccount question) {
        server.handleAccount(question.callId(), accounts.get(question.name().key()), now);
    }

    private Packet fromServer() throws MalformedPacketException {
        return PacketCodec.decode(datagram, 0, server.pollTransmit(datagram, now));
    }

    @Override
    public void onMessage(int lane, byte[] message) {
        try {
            heard.add(ServerMessageCodec.decode(message));
        } catch (MalformedPacketException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void onClosed(boolean byPeer, long code, String reason) {
        closedWith = code;
    }
}
