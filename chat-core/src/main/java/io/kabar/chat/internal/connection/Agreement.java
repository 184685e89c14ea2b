package io.kabar.chat.internal.connection;

import org.jspecify.annotations.Nullable;

/**
 * What the two ends of a connection have agreed on in their handshake. The arrays are the connection's from then on,
 * which overwrites the secrets.
 *
 * @param sendSecret 32 bytes that only the two ends know, for packets to the peer
 * @param receiveSecret the same for packets of the peer
 * @param localCid what the peer writes into its packets
 * @param remoteCid what this end writes into its packets
 * @param peerResetToken the 16 bytes that end a stateless reset of the peer; null if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Agreement(
        byte[] sendSecret, byte[] receiveSecret, long localCid, long remoteCid, byte @Nullable [] peerResetToken) {

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "Agreement[" + Long.toHexString(localCid) + "]";
    }
}
