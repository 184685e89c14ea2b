package io.kabar.chat.internal.endpoint;

import io.kabar.chat.ServerKey;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.NoiseNk;
import io.kabar.chat.internal.crypto.X25519;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's half of the handshake. Only the client repeats itself, so a server keeps no timer for strangers.
 *
 * <pre>
 *   HELLO ──RETRY with the right key──► INIT ──REPLY that opens──► DONE
 *     │                                   │
 *     └── repeated: 1, 1, 2, 2, 4 s ──────┴──► too often: begun anew with another key
 * </pre>
 */
final class ClientHandshake {

    private static final long SECOND = 1_000_000_000L;
    /** Waits before each repetition. The first is the PTO of a path nothing is known of (RFC 9002 section 6.2.2). */
    private static final long[] WAITS = {SECOND, SECOND, 2 * SECOND, 2 * SECOND, 4 * SECOND};

    /** Beyond it nobody makes a client send by telling it nonsense. */
    private static final int ASKED_AT_ONCE = 3;

    private final long clientCid;
    private final X25519.KeyPair ephemeral;
    private final byte[] datagram = new byte[WireLimits.DATAGRAM];
    private @Nullable NoiseNk noise;
    private int length;
    private int sent;
    private long sendAt;
    private boolean due = true;

    /** What the server proved to know. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Result(long clientCid, HandshakeParameters parameters, NoiseNk.Split keys, byte[] handshakeHash) {}

    ClientHandshake(RandomGenerator random, long now) {
        clientCid = random.nextLong();
        ephemeral = X25519.generate(random);
        sendAt = now;
        length = PacketCodec.encode(new Packet.Hello(Packet.VERSION_2, clientCid, ephemeral.publicKey()), datagram);
    }

    long clientCid() {
        return clientCid;
    }

    /** Whether the server has given a token. */
    boolean hasToken() {
        return noise != null;
    }

    /** The server's token and key: the key agreement begins. */
    void retried(ServerKey key, byte[] token, long now) throws CryptoException {
        X25519.requirePublicKey(key.bytes());
        noise = NoiseNk.initiator(
                HandshakeParameters.prologue(Packet.VERSION_2, clientCid, token), key.bytes(), ephemeral);
        byte[] message = noise.writeMessage1(new byte[0]);
        length = PacketCodec.encode(new Packet.Init(Packet.VERSION_2, clientCid, token, message), datagram);
        sent = 0;
        sendAt = now;
        due = true;
    }

    /** The server's answer; null if it was not made for this handshake. */
    @Nullable
    Result replied(Packet.Reply reply) {
        NoiseNk handshake = noise;
        if (handshake == null) {
            return null;
        }
        try {
            HandshakeParameters parameters = HandshakeParameters.decode(handshake.readMessage2(reply.noise()));
            if (parameters == null) {
                return null;
            }
            byte[] hash = handshake.handshakeHash();
            return new Result(clientCid, parameters, handshake.split(), hash);
        } catch (CryptoException e) {
            return null;
        }
    }

    long nextTimeout() {
        return due ? sendAt : sendAt + WAITS[Math.min(sent, WAITS.length) - 1];
    }

    /** The answer is doubtful: asks once more, at once the first times, or in its time. */
    void askAgain(long now) {
        if (sent < ASKED_AT_ONCE) {
            due = true;
            sendAt = now;
        }
    }

    /**
     * The time has come to repeat.
     *
     * @return false if it was repeated often enough
     */
    boolean handleTimeout(long now) {
        if (!due && now >= nextTimeout()) {
            if (sent >= WAITS.length) {
                return false;
            }
            due = true;
            sendAt = now;
        }
        return true;
    }

    int pollTransmit(byte[] out) {
        if (!due) {
            return 0;
        }
        due = false;
        sent++;
        System.arraycopy(datagram, 0, out, 0, length);
        return length;
    }

    /** How often the present packet was sent. */
    int sent() {
        return sent;
    }

    /** Overwrites what is secret here; the handshake is over, one way or the other. */
    void wipe() {
        ephemeral.wipe();
        if (noise != null) {
            noise.wipe();
        }
    }
}
