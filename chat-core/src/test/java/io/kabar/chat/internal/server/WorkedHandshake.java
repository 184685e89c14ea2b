package io.kabar.chat.internal.server;

import io.kabar.chat.Role;
import io.kabar.chat.ServerKey;
import io.kabar.chat.UserName;
import io.kabar.chat.internal.client.login.ClientHandshake;
import io.kabar.chat.internal.client.login.ClientLogin;
import io.kabar.chat.internal.client.login.ClientSettings;
import io.kabar.chat.internal.connection.Agreement;
import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.connection.ConnectionOptions;
import io.kabar.chat.internal.connection.ConnectionSink;
import io.kabar.chat.internal.connection.DeafSink;
import io.kabar.chat.internal.connection.Side;
import io.kabar.chat.internal.crypto.AddressToken;
import io.kabar.chat.internal.crypto.ConnectionIds;
import io.kabar.chat.internal.crypto.HeaderProtection;
import io.kabar.chat.internal.crypto.Hkdf;
import io.kabar.chat.internal.crypto.NameClaim;
import io.kabar.chat.internal.crypto.NoiseNk;
import io.kabar.chat.internal.crypto.PacketCipher;
import io.kabar.chat.internal.crypto.PacketKeys;
import io.kabar.chat.internal.crypto.ResumeProof;
import io.kabar.chat.internal.crypto.ResumeTicket;
import io.kabar.chat.internal.crypto.Scram;
import io.kabar.chat.internal.crypto.ScramVerifier;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.crypto.TicketKey;
import io.kabar.chat.internal.crypto.X25519;
import io.kabar.chat.internal.endpoint.HandshakeParameters;
import io.kabar.chat.internal.endpoint.PeerParameters;
import io.kabar.chat.internal.server.core.LoginPolicy;
import io.kabar.chat.internal.server.login.Login;
import io.kabar.chat.internal.server.session.ServerHandshake;
import io.kabar.chat.internal.wire.FrameWriter;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ClientMessage;
import io.kabar.chat.internal.wire.message.ClientMessageCodec;
import io.kabar.chat.internal.wire.message.LoginMethods;
import io.kabar.chat.internal.wire.message.ServerMessage;
import io.kabar.chat.internal.wire.message.ServerMessageCodec;
import io.kabar.chat.spi.Account;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The worked example of {@code docs/protocol.md}, from its inputs to its last value, by the code that clients and
 * servers run. Where that code shows a result only, the steps to it are made one by one, and must lead there.
 */
final class WorkedHandshake {
    private static final long NOW = 77_000_000_000L;
    private static final long INSTANCE = 0x1122334455667788L;
    private static final String NAME = "ada";

    /** Of the packets here: first byte, connection id, packet number of one byte. */
    private static final int HEADER = PacketCodec.SHORT_HEADER + 1;

    private final Map<String, byte[]> inputs;
    private final Map<String, byte[]> values = new LinkedHashMap<>();

    private final long clientCid;
    private final long serverCid;
    private final ServerIdentity identity;
    private final ConnectionIds ids;
    private final InetSocketAddress clientAddress;

    private WorkedHandshake(Map<String, byte[]> inputs) throws Exception {
        this.inputs = inputs;
        clientCid = number(input("client.cid"));
        identity = new ServerIdentity(X25519.keyPair(input("server.private")));
        ids = new ConnectionIds(identity.derive("kabar connection ids", 32));
        serverCid = ids.next(new ScriptedRandom(List.of(number(input("server.cid.random")))));
        clientAddress = new InetSocketAddress(
                InetAddress.getByAddress(input("client.address")), (int) number(input("client.port")));
    }

    /** Every value of the example, inputs included, in order; {@code inputs} is asked for what it begins with. */
    static Map<String, byte[]> compute(Map<String, byte[]> inputs) throws Exception {
        WorkedHandshake worked = new WorkedHandshake(inputs);
        NoiseNk.Split keys = worked.handshake();
        worked.keys(keys);
        worked.resume(worked.signIn(keys));
        worked.others();
        return worked.values;
    }

    private NoiseNk.Split handshake() throws Exception {
        put("server.public", identity.publicKey());
        put("server.cid", bytes(serverCid));
        put("reset.token", ids.resetToken(serverCid));
        byte[] clientEphemeral = input("client.ephemeral.private");
        byte[] clientPublic = X25519.publicKey(clientEphemeral);
        put("client.ephemeral.public", clientPublic);
        byte[] serverEphemeral = input("server.ephemeral.private");
        put("server.ephemeral.public", X25519.publicKey(serverEphemeral));

        long clientTag = number(input("client.unknown.tag"));
        long serverTag = number(input("server.unknown.tag"));

        ClientHandshake client =
                new ClientHandshake(new ScriptedRandom(List.of(clientCid, drawing(clientTag)), clientEphemeral), NOW);
        put("hello", next(client));
        byte[] token = new AddressToken(input("token.secret"))
                .issue(
                        clientAddress.getAddress().getAddress(),
                        clientAddress.getPort(),
                        bytes(clientCid),
                        clientPublic,
                        NOW);
        put("token", token);
        put("retry", encode(new Packet.Retry(Packet.VERSION_2, clientCid, identity.publicKey(), token)));

        put("prologue", HandshakeParameters.prologue(Packet.VERSION_2, clientCid, token));
        put("noise.payload1", PeerParameters.OWN.encode(clientTag));
        put("dh.es", X25519.agree(clientEphemeral, identity.publicKey()));
        client.retried(ServerKey.of(identity.publicKey()), token, NOW);
        byte[] datagram = next(client);
        put("init", datagram);
        Packet.Init init = (Packet.Init) PacketCodec.decode(datagram, 0, datagram.length);
        put("noise.message1", init.noise());

        ServerHandshake server = new ServerHandshake(
                clientAddress,
                init,
                identity,
                new HandshakeParameters(serverCid, ids.resetToken(serverCid), PeerParameters.OWN),
                new ScriptedRandom(List.of(drawing(serverTag)), serverEphemeral));
        server.run();
        ServerHandshake.Result result = Objects.requireNonNull(server.result());
        put("dh.ee", X25519.agree(clientEphemeral, X25519.publicKey(serverEphemeral)));
        put("noise.payload2", server.parameters().encode(serverTag));
        put("noise.message2", result.reply());
        Packet.Reply reply = new Packet.Reply(Packet.VERSION_2, clientCid, result.reply());
        put("reply", encode(reply));
        put("handshake.hash", result.handshakeHash());

        ClientHandshake.Result replied = Objects.requireNonNull(client.replied(reply));
        same(replied.handshakeHash(), result.handshakeHash());
        same(replied.keys().initiatorToResponder(), result.keys().initiatorToResponder());
        same(replied.keys().responderToInitiator(), result.keys().responderToInitiator());
        return result.keys();
    }

    /** What a random source has to give for this unknown tag. */
    private static long drawing(long tag) {
        return (tag - 0x2000) << 51;
    }

    private void keys(NoiseNk.Split split) {
        put("client.secret", split.initiatorToResponder().clone());
        put("server.secret", split.responderToInitiator().clone());
        keys("client", split.initiatorToResponder().clone());
        keys("server", split.responderToInitiator().clone());
    }

    private void keys(String side, byte[] secret) {
        PacketKeys keys = PacketKeys.of(secret, PacketKeys.AES_256);
        put(side + ".key", keys.key());
        put(side + ".iv", keys.iv());
        put(side + ".hp", keys.headerProtectionKey());
        PacketKeys next = keys.next();
        put(side + ".updated.secret", next.secret());
        put(side + ".updated.key", next.key());
        put(side + ".updated.iv", next.iv());
    }

    private Account signIn(NoiseNk.Split split) throws Exception {
        byte[] salted = salted();
        ScramVerifier verifier = verifier();
        byte[] hash = value("handshake.hash");
        byte[] clientNonce = input("client.nonce");

        ClientLogin client = client(hash);
        byte[] login = ClientMessageCodec.encode(client.begin(INSTANCE));
        put("login", login);
        Connection clientEnd = connection(Side.CLIENT, split);
        byte[] first = packet("packet1", "client", serverCid, login, new byte[0], clientEnd);

        byte[] serverNonce = input("server.nonce");
        LoginPolicy policy = policy(verifier);
        Login server = login();
        server.challenge(null, policy, serverNonce, hash);
        byte[] challenge = ServerMessageCodec.encode(new ServerMessage.Challenge(
                LoginMethods.Method.SCRAM_SHA_256, serverNonce, verifier.salt(), verifier.iterations()));
        put("challenge", challenge);
        Connection serverEnd = connection(Side.SERVER, split);
        serverEnd.handleDatagram(clientAddress, first.clone(), 0, first.length, NOW);
        packet("packet2", "server", clientCid, challenge, new byte[] {0x02, 0, 0, 0, 0}, serverEnd);

        put("salted.password", salted);
        put("scram.client.key", Scram.clientKey(salted));
        put("stored.key", verifier.storedKey());
        put("scram.server.key", verifier.serverKey());
        put("auth.message", Scram.authMessage(NAME, clientNonce, serverNonce, input("salt"), 4096, hash));
        client.challenged((ServerMessage.Challenge) ServerMessageCodec.decode(challenge));
        ClientMessage.LoginProof proof = client.prove(salted);
        put("client.proof", proof.proof());
        put("claim", proof.claim());
        put("claim.stored", NameClaim.stored(proof.claim()));
        put("login.proof", ClientMessageCodec.encode(proof));

        if (server.prove(proof, policy) != Login.State.PROVEN) {
            throw new AssertionError("the server does not take the proof: " + server.state());
        }
        put("server.signature", server.signature());
        ServerMessage.Welcome welcome =
                new ServerMessage.Welcome(server.signature(), 7, NAME, Role.MEMBER, 4096, 50, 20, 64);
        client.welcomed(welcome);
        put("welcome", ServerMessageCodec.encode(welcome));
        return server.newAccount(Instant.EPOCH).withId(7);
    }

    /** Ada is given a ticket, and comes back with it over another connection. */
    private void resume(Account account) throws Exception {
        byte[] id = input("ticket.id");
        byte[] secret = input("ticket.secret");
        ResumeTicket inside = new ResumeTicket(id, number(input("ticket.issued")), secret);
        byte[] binding = Objects.requireNonNull(login().binding(account, 1, policy(verifier())));
        put("ticket.binding", binding);
        byte[] master = identity.derive("kabar resume tickets", 32);
        put("ticket.master", master);
        byte[] keys = Hkdf.expand(
                master, concat(concat("kabar ticket".getBytes(StandardCharsets.US_ASCII), id), binding), 44);
        put("ticket.key", Arrays.copyOf(keys, 32));
        put("ticket.nonce", Arrays.copyOfRange(keys, 32, 44));
        byte[] content = concat(input("ticket.issued"), secret);
        put("ticket.content", content);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE, new SecretKeySpec(keys, 0, 32, "AES"), new GCMParameterSpec(128, keys, 32, 12));
        put("ticket.sealed", concat(id, cipher.doFinal(content)));
        TicketKey key = new TicketKey(master);
        same(key.seal(inside, binding), value("ticket.sealed"));
        ServerMessage.Ticket ticket = new ServerMessage.Ticket(secret, value("ticket.sealed"), 86_400);
        put("ticket", ServerMessageCodec.encode(ticket));

        byte[] hash = input("resumed.handshake.hash");
        ClientLogin client = client(hash);
        ClientMessage.Resume resume = client.resume(INSTANCE, ticket);
        put("resume.proof", resume.proof());
        put("resume", ClientMessageCodec.encode(resume));

        ResumeTicket opened = Objects.requireNonNull(key.open(resume.ticket(), binding));
        same(ResumeProof.client(opened.secret(), hash), resume.proof());
        ServerMessage.Welcome welcome = new ServerMessage.Welcome(
                ResumeProof.server(opened.secret(), hash), 7, NAME, Role.MEMBER, 4096, 50, 20, 64);
        client.welcomed(welcome);
        put("resumed.welcome", ServerMessageCodec.encode(welcome));
    }

    private byte[] salted() {
        return Scram.saltedPassword(password().toCharArray(), input("salt"), 4096);
    }

    private String password() {
        return new String(input("password"), StandardCharsets.UTF_8);
    }

    private ScramVerifier verifier() {
        return ScramVerifier.of(salted(), input("salt"), 4096);
    }

    private static LoginPolicy policy(ScramVerifier verifier) {
        return new LoginPolicy(false, verifier, new byte[32]);
    }

    private Login login() {
        return new Login(UserName.of(NAME), RawClient.METHODS, input("client.nonce"), INSTANCE);
    }

    private ClientLogin client(byte[] handshakeHash) {
        return new ClientLogin(
                new ClientSettings(
                        clientAddress,
                        null,
                        UserName.of(NAME),
                        password(),
                        input("device.secret"),
                        1,
                        1,
                        1,
                        1,
                        1,
                        false),
                identity.publicKey(),
                handshakeHash,
                Scram.MIN_ITERATIONS,
                new ScriptedRandom(List.of(), input("client.nonce")));
    }

    private void others() throws Exception {
        put("version", encode(new Packet.VersionNegotiation(clientCid, List.of(Packet.VERSION_2))));
        byte[] out = new byte[WireLimits.DATAGRAM];
        // A reset is shorter than what it answers, here by one byte.
        int trigger = input("reset.random").length + PacketCodec.RESET_TOKEN + 1;
        int length = PacketCodec.statelessReset(
                out, trigger, ids.resetToken(serverCid), new ScriptedRandom(List.of(), input("reset.random")));
        put("reset", Arrays.copyOf(out, length));

        PacketKeys updated =
                PacketKeys.of(value("server.secret"), PacketKeys.AES_256).next();
        byte[] hp = value("server.hp");
        sealed("packet3", updated, hp, clientCid, true, new byte[] {0x0b, (byte) 0xad, (byte) 0xca, (byte) 0xfe}, PING);
        PacketKeys first = PacketKeys.of(value("client.secret"), PacketKeys.AES_256);
        sealed("packet4", first, value("client.hp"), serverCid, false, new byte[] {1}, new byte[] {PING[0], 0, 0});
    }

    private static final byte[] PING = {0x01};

    /** A packet of a number that is written in so many bytes, in the second phase of the keys or in the first. */
    private void sealed(
            String name, PacketKeys keys, byte[] hp, long cid, boolean updated, byte[] number, byte[] frames)
            throws Exception {
        byte[] out = new byte[WireLimits.DATAGRAM];
        PacketCodec.writeShortHeader(out, 0, PacketCodec.FIXED_BIT | (updated ? 4 : 0) | number.length - 1, cid);
        int header = PacketCodec.SHORT_HEADER + number.length;
        System.arraycopy(number, 0, out, PacketCodec.SHORT_HEADER, number.length);
        System.arraycopy(frames, 0, out, header, frames.length);
        put(name + ".header", Arrays.copyOf(out, header));
        put(name + ".payload", frames.clone());
        int length =
                header + new PacketCipher(keys.key(), keys.iv()).seal(number(number), out, 0, header, frames.length);
        byte[] mask = new byte[HeaderProtection.MASK_LENGTH];
        new HeaderProtection(hp).mask(out, PacketCodec.SHORT_HEADER + 4, mask);
        put(name + ".mask", mask);
        out[0] ^= (byte) (mask[0] & 0x1f);
        for (int i = 0; i < number.length; i++) {
            out[PacketCodec.SHORT_HEADER + i] ^= mask[1 + i];
        }
        put(name, Arrays.copyOf(out, length));
    }

    /** A packet with one message on the control lane, made step by step, which is what {@code end} sends. */
    private byte[] packet(String name, String side, long cid, byte[] message, byte[] ack, Connection end) {
        FrameWriter frames = new FrameWriter(new byte[WireLimits.DATAGRAM], 0, WireLimits.DATAGRAM);
        byte[] stream = new byte[1 + message.length];
        stream[0] = (byte) message.length; // a varint of one byte, for it is below 64
        System.arraycopy(message, 0, stream, 1, message.length);
        byte[] out = new byte[WireLimits.DATAGRAM];
        frames.reset(out, HEADER + ack.length, out.length);
        frames.lane(0, 0, stream, 0, stream.length);
        System.arraycopy(ack, 0, out, HEADER, ack.length);
        int length = ack.length + frames.length();
        PacketCodec.writeShortHeader(out, 0, PacketCodec.FIXED_BIT, cid); // key phase 0, number 0 of one byte
        put(name + ".header", Arrays.copyOf(out, HEADER));
        put(name + ".payload", Arrays.copyOfRange(out, HEADER, HEADER + length));

        PacketKeys keys = PacketKeys.of(value(side + ".secret"), PacketKeys.AES_256);
        length = HEADER + new PacketCipher(keys.key(), keys.iv()).seal(0, out, 0, HEADER, length);
        put(name + ".sealed", Arrays.copyOfRange(out, HEADER, length));
        byte[] mask = new byte[HeaderProtection.MASK_LENGTH];
        int sample = PacketCodec.SHORT_HEADER + 4;
        put(name + ".sample", Arrays.copyOfRange(out, sample, sample + HeaderProtection.SAMPLE_LENGTH));
        new HeaderProtection(keys.headerProtectionKey()).mask(out, sample, mask);
        put(name + ".mask", mask);
        out[0] ^= (byte) (mask[0] & 0x1f);
        out[HEADER - 1] ^= mask[1];
        byte[] datagram = Arrays.copyOf(out, length);
        put(name, datagram);

        end.lane(0).offer(message);
        byte[] sent = new byte[WireLimits.DATAGRAM];
        same(Arrays.copyOf(sent, end.pollTransmit(sent, NOW)), datagram);
        return datagram;
    }

    private Connection connection(Side side, NoiseNk.Split keys) {
        boolean client = side == Side.CLIENT;
        ConnectionSink deaf = new DeafSink();
        return new Connection(
                side,
                client ? ConnectionOptions.CLIENT : ConnectionOptions.SERVER,
                new Agreement(
                        (client ? keys.initiatorToResponder() : keys.responderToInitiator()).clone(),
                        (client ? keys.responderToInitiator() : keys.initiatorToResponder()).clone(),
                        client ? clientCid : serverCid,
                        client ? serverCid : clientCid,
                        null),
                clientAddress,
                deaf,
                new ScriptedRandom(List.of()),
                NOW);
    }

    private byte[] input(String name) {
        byte[] value = inputs.get(name);
        if (value == null) {
            throw new AssertionError("no input " + name);
        }
        put(name, value);
        return value.clone();
    }

    private byte[] value(String name) {
        return Objects.requireNonNull(values.get(name), name).clone();
    }

    private void put(String name, byte[] value) {
        values.put(name, value);
    }

    private static byte[] next(ClientHandshake handshake) {
        byte[] out = new byte[WireLimits.DATAGRAM];
        return Arrays.copyOf(out, handshake.pollTransmit(out));
    }

    private static byte[] encode(Packet packet) {
        byte[] out = new byte[WireLimits.DATAGRAM];
        int length = PacketCodec.encode(packet, out);
        return Arrays.copyOf(out, length);
    }

    private static void same(byte[] one, byte[] other) {
        if (!Arrays.equals(one, other)) {
            throw new AssertionError("two ways to one value differ");
        }
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static long number(byte[] bytes) {
        long number = 0;
        for (byte each : bytes) {
            number = number << 8 | (each & 0xff);
        }
        return number;
    }

    private static byte[] bytes(long cid) {
        return ByteBuffer.allocate(Long.BYTES).putLong(cid).array();
    }
}
