package io.kabar.chat.internal.wire;

/**
 * Why a connection ended, as the varint in a CLOSE frame. Below {@link #FIRST_APPLICATION} the transport speaks, from
 * there on the session.
 */
public final class CloseCode {
    /** Nothing is wrong. */
    public static final long NONE = 0x00;

    /** The peer did what the protocol forbids, such as acknowledging a packet that was never sent. */
    public static final long PROTOCOL_VIOLATION = 0x01;

    /** A packet opened and its frames did not decode. */
    public static final long MALFORMED = 0x02;

    /** More bytes or partial events than the limits allow. */
    public static final long FLOW_CONTROL = 0x03;

    /** A key has protected, or failed to open, as many packets as is safe. */
    public static final long KEY_LIMIT = 0x04;

    /** Nothing was heard from the peer for the idle timeout. Never on the wire. */
    public static final long IDLE_TIMEOUT = 0x05;

    /** The peer has lost the connection's state and said so by a stateless reset. Never on the wire. */
    public static final long RESET = 0x06;

    /** The first code that belongs to the session layer. */
    public static final long FIRST_APPLICATION = 0x10;

    private CloseCode() {}
}
