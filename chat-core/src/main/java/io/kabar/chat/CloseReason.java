package io.kabar.chat;

import java.util.Optional;

/**
 * Why a connection came to its end. The numbers are those of the protocol's CLOSE frame: below 0x10 the transport
 * speaks, from there on the session.
 */
public enum CloseReason {
    /** The user signed out. */
    SIGNED_OUT(0x00, "signed out"),
    /** The server was stopped by its operator. */
    SERVER_STOPPED(0x10, "the server was stopped"),
    /** The same client signed in anew elsewhere; the newer connection goes on. */
    REPLACED(0x11, "replaced by a newer connection"),
    /** The login was refused. */
    LOGIN_REFUSED(0x12, "the login was refused"),
    /** The login was not finished within its time. */
    LOGIN_TIMEOUT(0x13, "the login took too long"),
    /** The peer broke the rules of the protocol. */
    PROTOCOL_VIOLATION(0x01, "the other side broke the protocol"),
    /** Nothing was heard for too long. */
    IDLE(0x05, "nothing was heard for too long"),
    /** The other side has forgotten this connection, as after a restart. */
    RESET(0x06, "the other side has forgotten the connection"),
    /** The peer took nothing of what waits for it. */
    SLOW_CONSUMER(0x14, "too much was waiting to be read"),
    /** A key was used as often as a key may be. */
    KEY_EXHAUSTED(0x04, "the keys were used up"),
    /** The server cannot be reached. */
    UNREACHABLE(0x15, "the server cannot be reached"),
    /** Something that should not happen. */
    INTERNAL(0x16, "an internal error"),
    /** The operator has changed or removed the account; whoever still may signs in anew. */
    ACCOUNT_CHANGED(0x17, "the account was changed or removed"),
    /**
     * The server's host program has put this user out, in words of its own; the client does not come back by itself.
     */
    PUT_OUT(0x18, "put out by the server");

    private final int code;
    private final String words;

    CloseReason(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /** The number of this reason on the wire. */
    public int code() {
        return code;
    }

    /** A few words a person can read, to follow "disconnected:". */
    public String words() {
        return words;
    }

    /** The reason with this number, if it is known. */
    public static Optional<CloseReason> of(long code) {
        for (CloseReason reason : values()) {
            if (reason.code == code) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
