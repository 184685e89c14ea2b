package io.kabar.chat;

import java.util.Optional;

/** Why a connection came to its end. The numbers are those of the protocol's CLOSE frame. */
public enum CloseReason {
    /** The user signed out. */
    SIGNED_OUT(0, "signed out"),
    /** The server was stopped by its operator. */
    SERVER_STOPPED(1, "the server was stopped"),
    /** The same client signed in anew elsewhere; the newer connection goes on. */
    REPLACED(2, "replaced by a newer connection"),
    /** The login was refused. */
    LOGIN_REFUSED(3, "the login was refused"),
    /** The login was not finished within its time. */
    LOGIN_TIMEOUT(4, "the login took too long"),
    /** The peer broke the rules of the protocol. */
    PROTOCOL_VIOLATION(5, "the other side broke the protocol"),
    /** Nothing was heard for too long. */
    IDLE(6, "nothing was heard for too long"),
    /** The other side has forgotten this connection, as after a restart. */
    RESET(7, "the other side has forgotten the connection"),
    /** The peer took nothing of what waits for it. */
    SLOW_CONSUMER(8, "too much was waiting to be read"),
    /** A key was used as often as a key may be. */
    KEY_EXHAUSTED(9, "the keys were used up"),
    /** The server cannot be reached. */
    UNREACHABLE(10, "the server cannot be reached"),
    /** Something that should not happen. */
    INTERNAL(11, "an internal error");

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
