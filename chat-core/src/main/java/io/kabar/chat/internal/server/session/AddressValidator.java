package io.kabar.chat.internal.server.session;

import io.kabar.chat.internal.crypto.AddressToken;
import io.kabar.chat.internal.crypto.ConnectionIds;
import io.kabar.chat.internal.crypto.ServerIdentity;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.PacketCodec;
import io.kabar.chat.internal.wire.WireLimits;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a server says to those it does not know: it keeps nothing about them and never says more than it was told. Only
 * a token that came back proves an address, and only then is a key agreement worth its cost.
 */
public final class AddressValidator {

    /** Answers that may wait for the loop: a flood beyond it is not answered. */
    private static final int MAX_ANSWERS = 1024;
    /** As many of them are for those whose address is proven: a flood of first words costs its sender nothing. */
    private static final int FOR_PROVEN = 256;
    /**
     * Stateless resets a second: enough to tell every client after a restart within seconds, too few to be a weapon.
     */
    private static final int RESETS_PER_SECOND = 2000;

    private static final long SECOND = 1_000_000_000L;

    private final ServerIdentity identity;
    private final AddressToken tokens;
    private final ConnectionIds ids;
    private final RandomGenerator random;
    private final ArrayDeque<Transmit> answers = new ArrayDeque<>();
    private final byte[] scratch = new byte[WireLimits.DATAGRAM];
    private long resetWindowEnd = Long.MIN_VALUE;
    private int resets;

    public AddressValidator(ServerIdentity identity, ConnectionIds ids, RandomGenerator random) {
        this.identity = identity;
        this.ids = ids;
        this.random = random;
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        tokens = new AddressToken(secret);
    }

    /** First words: answered with a token and the server's key. */
    public void hello(InetSocketAddress from, Packet.Hello hello, long now) {
        if (hello.version() != Packet.VERSION_2) {
            answerStranger(from, new Packet.VersionNegotiation(hello.clientCid(), List.of(Packet.VERSION_2)));
            return;
        }
        byte[] token = tokens.issue(
                from.getAddress().getAddress(), from.getPort(), bytes(hello.clientCid()), hello.ephemeral(), now);
        answerStranger(from, new Packet.Retry(Packet.VERSION_2, hello.clientCid(), identity.publicKey(), token));
    }

    /** Whether the token in this packet proves that the client is where it says. */
    public boolean proves(InetSocketAddress from, Packet.Init init, long now) {
        if (init.version() != Packet.VERSION_2 || init.noise().length < Packet.KEY_LENGTH) {
            return false;
        }
        byte[] ephemeral = Arrays.copyOf(init.noise(), Packet.KEY_LENGTH);
        return tokens.valid(
                init.token(), from.getAddress().getAddress(), from.getPort(), bytes(init.clientCid()), ephemeral, now);
    }

    /** Says that a connection, once made here, is forgotten. */
    public void reset(InetSocketAddress to, int triggerLength, long cid, long now) {
        if (now >= resetWindowEnd) {
            resetWindowEnd = now + SECOND;
            resets = 0;
        }
        if (resets++ >= RESETS_PER_SECOND || answers.size() >= MAX_ANSWERS - FOR_PROVEN) {
            return;
        }
        int length = PacketCodec.statelessReset(scratch, triggerLength, ids.resetToken(cid), random);
        if (length > 0) {
            answers.add(new Transmit(to, Arrays.copyOf(scratch, length)));
        }
    }

    private void answerStranger(InetSocketAddress to, Packet packet) {
        if (answers.size() < MAX_ANSWERS - FOR_PROVEN) {
            answer(to, packet);
        }
    }

    /** Answers somebody whose address is proven. */
    public void answer(InetSocketAddress to, Packet packet) {
        if (answers.size() < MAX_ANSWERS) {
            answers.add(new Transmit(to, Arrays.copyOf(scratch, PacketCodec.encode(packet, scratch))));
        }
    }

    @Nullable
    public Transmit poll() {
        return answers.poll();
    }

    /** Answers that wait to be sent. */
    public int waiting() {
        return answers.size();
    }

    private static byte[] bytes(long cid) {
        return ByteBuffer.allocate(Long.BYTES).putLong(cid).array();
    }
}
