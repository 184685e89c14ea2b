package io.kabar.chat.internal.endpoint;

import io.kabar.chat.internal.connection.PeerLimits;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.Packet;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.Block;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What each side says of itself in its handshake message, as a {@link Block}. As the messages are sealed, nobody on the
 * way changes it: who has made a client speak an older version than both could is found out.
 *
 * @param capabilities what it can do beyond this version, a bit each; none is given out yet
 * @param longestDatagram bytes of the longest datagram it takes
 * @param maxAckDelay the longest it holds an acknowledgement back
 * @param versions all it speaks
 */
public record PeerParameters(long capabilities, int longestDatagram, Duration maxAckDelay, List<Integer> versions) {

    /** What this version says of itself. */
    public static final PeerParameters OWN =
            new PeerParameters(0, WireLimits.LARGEST_DATAGRAM, Duration.ofMillis(25), List.of(Packet.VERSION_2));

    private static final long CAPABILITIES = 2;
    private static final long LONGEST_DATAGRAM = 4;
    private static final long MAX_ACK_DELAY = 6;
    private static final long VERSIONS = 8;

    /** The upper half of the tags that take two bytes is nobody's: no version gives one of them a meaning. */
    private static final int FIRST_PRIVATE_TAG = 1 << 13;

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

    /** Keeps the list unmodifiable. */
    public PeerParameters {
        versions = List.copyOf(versions);
    }

    /** A tag that nobody knows and everybody has to skip. */
    public static long unknownTag(RandomGenerator random) {
        return FIRST_PRIVATE_TAG + (random.nextLong() >>> 51 & ~1L); // 13 bits, even
    }

    /**
     * The bytes.
     *
     * @param unknown the tag of an item more, which the peer must skip: so that skipping always works, it is tried in
     *     every handshake
     */
    public byte[] encode(long unknown) {
        ByteBuffer spoken = ByteBuffer.allocate(Integer.BYTES * versions.size());
        versions.forEach(spoken::putInt);
        return Block.EMPTY
                .withNumber(CAPABILITIES, capabilities)
                .withNumber(LONGEST_DATAGRAM, longestDatagram)
                .withNumber(MAX_ACK_DELAY, maxAckDelay.toMillis())
                .with(VERSIONS, spoken.array())
                .with(unknown, new byte[] {(byte) unknown})
                .encode();
    }

    /**
     * What a peer says; what it does not say is as with {@link #OWN}. Null if that cannot be, or must not be skipped.
     */
    public static @Nullable PeerParameters decode(byte[] bytes) {
        try {
            Block block = Block.decode(bytes);
            if (!block.isUnderstoodBy(List.of())) {
                return null;
            }
            long longest = block.number(LONGEST_DATAGRAM, OWN.longestDatagram);
            long delay = block.number(MAX_ACK_DELAY, OWN.maxAckDelay.toMillis());
            return new PeerParameters(
                    block.number(CAPABILITIES, 0),
                    (int) Math.max(WireLimits.DATAGRAM, Math.min(WireLimits.LARGEST_DATAGRAM, longest)),
                    Duration.ofMillis(Math.min(delay, LONGEST_DELAY.toMillis())),
                    versions(block.find(VERSIONS)));
        } catch (MalformedPacketException e) {
            return null;
        }
    }

    private static List<Integer> versions(byte @Nullable [] value) {
        if (value == null) {
            return OWN.versions;
        }
        List<Integer> versions = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(value);
        while (in.remaining() >= Integer.BYTES) {
            versions.add(in.getInt());
        }
        return versions;
    }

    /** What a connection has to know of the peer. */
    public PeerLimits limits() {
        return new PeerLimits(maxAckDelay.toNanos(), longestDatagram);
    }

    /**
     * Whether this is the newest version that both sides speak. If it is not, somebody on the way has kept the newer
     * one from them.
     */
    public boolean agreesOn(int version) {
        return versions.stream()
                .filter(OWN.versions::contains)
                .max(Integer::compareUnsigned)
                .map(newest -> newest == version)
                .orElse(false);
    }
}
