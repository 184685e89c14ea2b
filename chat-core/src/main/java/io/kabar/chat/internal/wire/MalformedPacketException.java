package io.kabar.chat.internal.wire;

/**
 * The bytes are not what the format allows. It has no stack trace, because a peer can cause one with every datagram;
 * the message is for counters and traces, never for the peer.
 */
public final class MalformedPacketException extends Exception {
    public MalformedPacketException(String reason) {
        super(reason, null, false, false);
    }
}
