package io.kabar.chat.internal.endpoint;

import io.kabar.chat.internal.wire.PacketCodec;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What the server says inside its handshake message, sealed: its connection id, its reset token, and what both sides
 * say of themselves. And the prologue that binds a handshake to what went before it.
 *
 * @param serverCid what the client writes into its packets
 * @param resetToken 16 bytes that end a stateless reset of the server
 * @param peer what the server says of itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HandshakeParameters(long serverCid, byte[] resetToken, PeerParameters peer) {

    private static final byte[] LABEL = {'k', 'a', 'b', 'a', 'r'};

    /**
     * The bytes.
     *
     * @param unknown a tag that nobody knows, see {@link PeerParameters#encode}
     */
    public byte[] encode(long unknown) {
        byte[] block = peer.encode(unknown);
        return ByteBuffer.allocate(Long.BYTES + PacketCodec.RESET_TOKEN + block.length)
                .putLong(serverCid)
                .put(resetToken)
                .put(block)
                .array();
    }

    /** The parameters; null if they are none. */
    public static @Nullable HandshakeParameters decode(byte[] payload) {
        if (payload.length < Long.BYTES + PacketCodec.RESET_TOKEN) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(payload);
        long cid = in.getLong();
        byte[] token = new byte[PacketCodec.RESET_TOKEN];
        in.get(token);
        byte[] block = new byte[in.remaining()];
        in.get(block);
        PeerParameters peer = PeerParameters.decode(block);
        return peer == null ? null : new HandshakeParameters(cid, token, peer);
    }

    /** "kabar", version, the client's connection id, and the SHA-256 of the address token. */
    public static byte[] prologue(int version, long clientCid, byte[] token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token);
            return ByteBuffer.allocate(LABEL.length + Integer.BYTES + Long.BYTES + hash.length)
                    .put(LABEL)
                    .putInt(version)
                    .putLong(clientCid)
                    .put(hash)
                    .array();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
