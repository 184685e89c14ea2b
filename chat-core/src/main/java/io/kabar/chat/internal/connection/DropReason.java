package io.kabar.chat.internal.connection;

/** Why an incoming datagram, or something in it, was dropped without a word. */
public enum DropReason {
    /** Too short to be a protected packet, or none by its first byte. */
    NOT_PROTECTED,
    /** For a connection id that is not ours. */
    WRONG_CONNECTION,
    /** Did not open: forged, damaged, or sealed with keys already forgotten. */
    FORGED,
    /** A packet number seen before, or older than the replay window reaches. */
    DUPLICATE,
    /** Opened, but its header's reserved bits or its frames are not what the protocol allows. */
    MALFORMED,
    /** From another address than the server's; only clients move. */
    WRONG_ADDRESS,
    /** Arrived after the end. */
    CLOSED,
    /** A signal older than one already delivered about its log. */
    STALE_SIGNAL
}
