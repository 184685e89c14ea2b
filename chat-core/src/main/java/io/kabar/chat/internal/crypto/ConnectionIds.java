package io.kabar.chat.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;

/**
 * The connection ids of a server: eight bytes, of which four are random and four a keyed hash of those. So a datagram
 * that was never ours is told by one hash, without a look-up, even after a restart. This is a filter against garbage,
 * not a proof: ids travel in the open.
 *
 * <p>Also makes the stateless reset token of an id (RFC 9000 section 10.3.2), which a server that lost the connection
 * can still compute. Not safe for use by several threads at once.
 */
public final class ConnectionIds {
    /** Bytes of a connection id on the wire. */
    public static final int LENGTH = Long.BYTES;

    /** Bytes of a stateless reset token, RFC 9000 section 10.3. */
    public static final int RESET_TOKEN_LENGTH = 16;

    private final Mac hash;
    private final Mac reset;
    private final byte[] input = new byte[Integer.BYTES];
    private final byte[] output = new byte[Jca.HASH_LENGTH];

    /** {@code secret} of 32 bytes, the same after each restart: {@link ServerIdentity#derive}. */
    public ConnectionIds(byte[] secret) {
        hash = Jca.hmac(Hkdf.expand(secret, "kabar connection id", Jca.HASH_LENGTH));
        reset = Jca.hmac(Hkdf.expand(secret, "kabar stateless reset", Jca.HASH_LENGTH));
    }

    /** A new id; the caller sees to it that it is not in use. */
    public long next(RandomGenerator random) {
        int half = random.nextInt();
        return ((long) half << Integer.SIZE) | Integer.toUnsignedLong(hash(half));
    }

    /** Whether {@link #next} could have made it: true for all of ours, for others once in 2^32. */
    public boolean plausible(long cid) {
        return hash((int) (cid >>> Integer.SIZE)) == (int) cid;
    }

    /** The 16 bytes that end a datagram which says "I do not know this connection any more". */
    public byte[] resetToken(long cid) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            reset.update((byte) (cid >>> shift));
        }
        return Arrays.copyOf(reset.doFinal(), RESET_TOKEN_LENGTH);
    }

    private int hash(int half) {
        write(half, input);
        hash.update(input);
        try {
            hash.doFinal(output, 0);
        } catch (GeneralSecurityException e) {
            throw Jca.missing("HmacSHA256", e);
        }
        return output[0] << 24 | (output[1] & 0xff) << 16 | (output[2] & 0xff) << 8 | (output[3] & 0xff);
    }

    private static void write(int value, byte[] to) {
        for (int i = 0; i < Integer.BYTES; i++) {
            to[i] = (byte) (value >>> (Integer.SIZE - Byte.SIZE * (i + 1)));
        }
    }
}
