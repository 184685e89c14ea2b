package io.kabar.chat.internal.wire;

import java.util.List;

/**
 * A datagram in decoded form, told by its first byte: one of five handshake packets, or a protected packet, which only
 * the connection it names can open. {@link PacketCodec} reads and writes them.
 *
 * <pre>
 *  client                                    server
 *    HELLO  version, cid, ephemeral   ───►            (first contact: no token yet)
 *           ◄───  RETRY  version, cid, server key, token        (keeps no state)
 *    INIT   version, cid, token, noise 1  ───►        (token proves the address)
 *           ◄───  REPLY  version, cid, noise 2
 *    protected packets                ◄──►
 * </pre>
 *
 * HELLO and INIT fill a datagram, so nothing the server says is larger than what it answers. {@code clientCid} is the
 * id by which the client knows its packets. The arrays belong to whoever holds the record.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody but tests, which do it field by field
public sealed interface Packet {
    int HELLO = 0xc0;
    int RETRY = 0xc1;
    int INIT = 0xc2;
    int REPLY = 0xc3;
    int VERSION = 0xc4;

    /** "KAB" and 2: the version that is spoken, and the only one. */
    int VERSION_2 = 0x4b414202;

    /** Bytes of an X25519 public key. */
    int KEY_LENGTH = 32;

    /** First words of a client: asks for an address token, bound to {@code ephemeral}. */
    record Hello(int version, long clientCid, byte[] ephemeral) implements Packet {}

    /** The token, and the server's key for a client that does not know it yet. */
    record Retry(int version, long clientCid, byte[] serverKey, byte[] token) implements Packet {}

    /** The first handshake message. */
    record Init(int version, long clientCid, byte[] token, byte[] noise) implements Packet {}

    /** The second and last handshake message. */
    record Reply(int version, long clientCid, byte[] noise) implements Packet {}

    /** The server does not speak the client's version, but these. */
    record VersionNegotiation(long clientCid, List<Integer> versions) implements Packet {
        public VersionNegotiation {
            versions = List.copyOf(versions);
        }
    }

    /** A packet of the connection {@code destinationCid}, still sealed; or a stateless reset, which looks like one. */
    record Protected(long destinationCid) implements Packet {}
}
