package io.kabar.chat.internal.client.login;

import io.kabar.chat.ServerKey;
import io.kabar.chat.internal.crypto.CryptoException;
import io.kabar.chat.internal.crypto.NoiseNk;
import io.kabar.chat.internal.crypto.X25519;
import io.kabar.chat.internal.endpoint.HandshakeParameters;
import io.kabar.chat.internal.endpoint.PeerParameters;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's half of the handshake. Only the client repeats itself, so a server keeps no timer for strangers.
 *
 * <p>Whoever sees the HELLO can answer it, too, so no single datagram ends or decides anything: each RETRY is tried
 * with an INIT of its own, and the REPLY that opens for one of them wins. What opens for none is dropped.
 *
 * <pre>
 *   HELLO ──RETRY, any number──► INIT for each ──REPLY that opens──► DONE
 *     │                            │
 *     └── repeated: 1, 1, 2, 2, 4 s┴──► too often: begun anew with another key
 * </pre>
 */
public final class ClientHandshake {

    private static final long SECOND = 1_000_000_000L;
    /** Waits before each repetition. The first is the PTO of a path nothing is known of (RFC 9002 section 6.2.2). */
    private static final long[] WAITS = {SECOND, SECOND, 2 * SECOND, 2 * SECOND, 4 * SECOND};

    /**
     * RETRYs that are tried at a time: the server's own are as many as the HELLOs, and there is room for some of
     * others. Of more, each is as likely as any other to be among these, so whoever sees the HELLO and writes RETRYs
     * does not keep the server's out by being the first; and that each is tried costs no more than the logarithm of how
     * many there are.
     */
    static final int MAX_OFFERS = 16;

    private final RandomGenerator random;
    private final long clientCid;
    private final long unknownTag;
    private final X25519.KeyPair ephemeral;
    private final byte[] hello;
    private final List<Offer> offers = new ArrayList<>(1);
    /** What is to be sent now. */
    private final ArrayDeque<byte[]> due = new ArrayDeque<>(2);

    /** How often what there is to be sent was to be sent, and since when the last time. */
    private int rounds = 1;

    private long roundAt;
    private final long helloAt;
    private boolean helloRepeated;
    /** RETRYs, none of them tried already, since the last HELLO. */
    private int retries;

    /** What a RETRY has offered, how long after the HELLO, and the INIT that tries it. */
    @SuppressWarnings("ArrayRecordComponent") // compared field by field
    private record Offer(ServerKey key, byte[] token, long roundTrip, NoiseNk noise, byte[] init) {}

    /**
     * What the server proved to know.
     *
     * @param roundTrip from the HELLO to the server's RETRY, in nanoseconds; 0 if it is not known which HELLO that
     *     answered
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Result(
            ServerKey key,
            long clientCid,
            HandshakeParameters parameters,
            NoiseNk.Split keys,
            byte[] handshakeHash,
            long roundTrip) {}

    public ClientHandshake(RandomGenerator random, long now) {
        this.random = random;
        clientCid = random.nextLong();
        unknownTag = PeerParameters.unknownTag(random);
        ephemeral = X25519.generate(random);
        hello = encode(new Packet.Hello(Packet.VERSION_2, clientCid, ephemeral.publicKey()));
        due.add(hello);
        roundAt = now;
        helloAt = now;
    }

    private static byte[] encode(Packet packet) {
        byte[] datagram = new byte[WireLimits.DATAGRAM];
        return Arrays.copyOf(datagram, PacketCodec.encode(packet, datagram));
    }

    long clientCid() {
        return clientCid;
    }

    public X25519.KeyPair ephemeral() {
        return ephemeral;
    }

    /** Whether the server has given a token. */
    boolean hasToken() {
        return !offers.isEmpty();
    }

    /** A token and a key that may be the server's: the key agreement is tried with them. */
    public void retried(ServerKey key, byte[] token, long now) throws CryptoException {
        boolean known =
                offers.stream().anyMatch(offer -> offer.key().equals(key) && Arrays.equals(offer.token(), token));
        if (known) {
            return;
        }
        retries++;
        int place = offers.size() < MAX_OFFERS ? offers.size() : random.nextInt(Math.max(retries, MAX_OFFERS));
        if (place >= MAX_OFFERS) {
            return;
        }
        X25519.requirePublicKey(key.bytes());
        NoiseNk noise = NoiseNk.initiator(
                HandshakeParameters.prologue(Packet.VERSION_2, clientCid, token), key.bytes(), ephemeral);
        byte[] message = noise.writeMessage1(PeerParameters.OWN.encode(unknownTag));
        long roundTrip = helloRepeated ? 0 : now - helloAt;
        byte[] init = encode(new Packet.Init(Packet.VERSION_2, clientCid, token, message));
        Offer offer = new Offer(key, token, roundTrip, noise, init);
        if (offers.isEmpty()) {
            due.clear();
            rounds = 1;
            roundAt = now;
        }
        if (place < offers.size()) {
            offers.set(place, offer).noise().wipe(); // but not the pair, which all of them share
        } else {
            offers.add(offer);
        }
        due.add(offer.init());
    }

    /** The server's answer; null if it was not made for this handshake, and then the server's may still come. */
    @Nullable
    public Result replied(Packet.Reply reply) {
        for (Offer offer : offers) {
            byte[] payload = open(offer, reply);
            if (payload == null) {
                continue;
            }
            HandshakeParameters parameters = HandshakeParameters.decode(payload);
            if (parameters == null || !parameters.peer().agreesOn(Packet.VERSION_2)) {
                offer.noise().wipe();
                offers.remove(offer); // it was made by whoever has that key, and nothing else will come of it
                return null;
            }
            byte[] hash = offer.noise().handshakeHash();
            return new Result(offer.key(), clientCid, parameters, offer.noise().split(), hash, offer.roundTrip());
        }
        return null;
    }

    /** What a REPLY says; null if it was made for another offer, or for none. */
    private static byte @Nullable [] open(Offer offer, Packet.Reply reply) {
        try {
            return offer.noise().readMessage2(reply.noise());
        } catch (CryptoException e) {
            return null;
        }
    }

    long nextTimeout() {
        return due.isEmpty() ? roundAt + WAITS[rounds - 1] : roundAt;
    }

    /**
     * The time has come to repeat. With the INITs goes the HELLO: the tokens may all be others' than the server's.
     *
     * @return false if it was repeated often enough
     */
    boolean handleTimeout(long now) {
        if (due.isEmpty() && now >= nextTimeout()) {
            if (rounds >= WAITS.length) {
                return false;
            }
            offers.forEach(offer -> due.add(offer.init()));
            due.add(hello);
            helloRepeated = true;
            retries = 0;
            rounds++;
            roundAt = now;
        }
        return true;
    }

    public int pollTransmit(byte[] out) {
        byte[] next = due.poll();
        if (next == null) {
            return 0;
        }
        System.arraycopy(next, 0, out, 0, next.length);
        return next.length;
    }

    /** How often what there is to be sent was to be sent. */
    int rounds() {
        return rounds;
    }

    /**
     * Overwrites what is secret here, but not what {@link #replied} has returned; the handshake is over, one way or the
     * other.
     */
    void wipe() {
        ephemeral.wipe();
        offers.forEach(offer -> offer.noise().wipe());
    }
}
