package io.kabar.chat.internal.server.session;

import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.NoiseNk;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.crypto.X25519;
import io.kabar.chat.internal.endpoint.HandshakeParameters;
import io.kabar.chat.internal.endpoint.PeerParameters;
import io.kabar.chat.internal.endpoint.SlowWork;
import io.kabar.chat.internal.wire.Packet;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The server's half of the Noise handshake: one key pair and two agreements, so it is done off the loop. */
public final class ServerHandshake implements SlowWork {

    private final InetSocketAddress from;
    private final Packet.Init init;
    private final ServerIdentity identity;
    private final HandshakeParameters parameters;
    private final long unknownTag;
    private final byte[] ephemeralPrivate = new byte[X25519.KEY_LENGTH];
    private volatile @Nullable Result result;
    private volatile boolean wiped;

    /** What came out. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Result(byte[] reply, byte[] handshakeHash, NoiseNk.Split keys, PeerParameters peer) {}

    public ServerHandshake(
            InetSocketAddress from,
            Packet.Init init,
            ServerIdentity identity,
            HandshakeParameters parameters,
            RandomGenerator random) {
        this.from = from;
        this.init = init;
        this.identity = identity;
        this.parameters = parameters;
        unknownTag = PeerParameters.unknownTag(random);
        random.nextBytes(ephemeralPrivate); // on the loop, so that a seeded run always draws in the same order
    }

    @Override
    public void run() {
        byte[] prologue = HandshakeParameters.prologue(init.version(), init.clientCid(), init.token());
        X25519.KeyPair ephemeral = X25519.keyPair(ephemeralPrivate);
        Arrays.fill(ephemeralPrivate, (byte) 0);
        NoiseNk noise = NoiseNk.responder(prologue, identity.keyPair(), ephemeral);
        try {
            PeerParameters peer = PeerParameters.decode(noise.readMessage1(init.noise()));
            if (peer != null && peer.agreesOn(init.version())) {
                byte[] reply = noise.writeMessage2(parameters.encode(unknownTag));
                byte[] hash = noise.handshakeHash();
                result = new Result(reply, hash, noise.split(), peer);
            }
        } catch (CryptoException e) {
            result = null;
        } finally {
            noise.wipe();
            ephemeral.wipe();
        }
        if (wiped) { // meanwhile, and nobody will ask for it
            wipe();
        }
    }

    /**
     * Nobody wants what comes of it: overwrites that, and what it is made of. From any thread; of one that is being
     * run, this is the end. Not once a connection has been made of the result: the keys are its.
     */
    public void wipe() {
        wiped = true; // before the result is looked at, as run looks here after it has written that
        Arrays.fill(ephemeralPrivate, (byte) 0);
        Result made = result;
        if (made != null) {
            made.keys().wipe();
        }
    }

    /** What the ephemeral pair is made from; zeros as soon as it is. */
    public byte[] ephemeralPrivate() {
        return ephemeralPrivate;
    }

    public InetSocketAddress from() {
        return from;
    }

    Packet.Init init() {
        return init;
    }

    public HandshakeParameters parameters() {
        return parameters;
    }

    /** Null if the client's message was not made for this server. */
    public @Nullable Result result() {
        return result;
    }
}
