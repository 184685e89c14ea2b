package io.kabar.chat.internal.crypto;

import java.nio.ByteBuffer;
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
    private final ByteBuffer input = ByteBuffer.allocate(Integer.BYTES);
    private final ByteBuffer output = ByteBuffer.allocate(Jca.HASH_LENGTH);

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
        byte[] id = ByteBuffer.allocate(LENGTH).putLong(cid).array();
        return Arrays.copyOf(reset.doFinal(id), RESET_TOKEN_LENGTH);
    }

    private int hash(int half) {
        hash.update(input.putInt(0, half).array());
        try {
            hash.doFinal(output.array(), 0);
        } catch (GeneralSecurityException e) {
            throw Jca.missing("HmacSHA256", e);
        }
        return output.getInt(0);
    }
}
