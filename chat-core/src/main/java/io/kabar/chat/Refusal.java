package io.kabar.chat;

import java.util.Optional;

/** Why something was refused or failed. The numbers are part of the protocol and never change their meaning. */
public enum Refusal {
    /** The password is wrong, or there is no such account; which of the two is never told. */
    WRONG_PASSWORD(1, "The password is wrong."),
    /** Somebody else owns this name. */
    NAME_TAKEN(2, "That name is taken."),
    /** The name breaks the rules for names. */
    BAD_NAME(3, "That name is not allowed."),
    /** Too many failed logins; try again later. */
    LOGIN_THROTTLED(4, "Too many failed logins."),
    /** This address has as many sessions as one address may have. */
    TOO_MANY_SESSIONS(5, "Too many sessions from this address."),
    /** The server has as many sessions as it may have. */
    SERVER_FULL(6, "The server is full."),
    /** Said too much in too short a time; try again later. */
    RATE_LIMITED(7, "Too many messages in a short time."),
    /** Longer than the server accepts. */
    TOO_LARGE(8, "The message is too long."),
    /** Not allowed to do this, or not to enter this room. */
    NOT_ALLOWED(9, "That is not allowed."),
    /** Spoke to a room without being in it. */
    NOT_IN_ROOM(10, "You are not in that room."),
    /** Is in as many rooms as one session may be. */
    TOO_MANY_ROOMS(11, "You are in as many rooms as the server allows."),
    /** There is nobody of that name. */
    NO_SUCH_USER(12, "There is nobody of that name."),
    /** The server cannot write its log at the moment, so it accepts nothing. */
    STORAGE(13, "The server cannot store messages at the moment."),
    /** The server has more to do than it can at the moment. */
    BUSY(14, "The server is busy."),
    /** The request could not be understood by this server. */
    BAD_REQUEST(15, "The server did not understand the request."),
    /** Something its sender said later is in the room already: this never comes in behind it, or is there already. */
    OUT_OF_ORDER(
            16, "Something you said later is in the room already; if this is not there too, it is not said any more."),
    /** Part of the request is newer than this server, and must not be left out. */
    UNSUPPORTED(17, "This server is older than that; it cannot do it."),
    /** This device was shut out of its account for good. */
    DEVICE_REVOKED(
            22,
            "This device was signed out of that account for good. Sign in from another one, or ask the server's "
                    + "staff."),
    /** The server lets new people in by invitation only, and this is none that is good. */
    NOT_INVITED(23, "New people are let in by invitation only here, and this is no good one."),
    /** Nobody answers at that address. */
    UNREACHABLE(32, "The server cannot be reached."),
    /** There was no answer in time. */
    TIMED_OUT(33, "There was no answer in time."),
    /** The server has another key than the one it is known by. */
    SERVER_KEY_CHANGED(34, "The server's key has changed."),
    /** The server speaks no version of the protocol that this client knows. */
    VERSION(35, "The server speaks another version of the protocol."),
    /** As much is waiting to be sent as may wait. */
    BACK_PRESSURED(36, "Too much is waiting to be sent already."),
    /** The client was closed. */
    CLOSED(37, "The connection is closed."),
    /**
     * The server has not proven that it knows the password that was given: it asks for none, or somebody stands in for
     * it.
     */
    SERVER_UNPROVEN(38, "The server has not proven that it knows the password."),
    /** It was on its way when the connection was lost, and the server can no longer know what became of it. */
    FATE_UNKNOWN(39, "Whether this was said is not known: the connection was lost, and too much has happened since."),
    /** This program has failed in a way that it should not; its log tells more. */
    DEFECT(40, "That failed by a defect in Kabar; the log tells more.");

    private final int code;
    private final String sentence;

    Refusal(int code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** The number of this refusal on the wire. */
    public int code() {
        return code;
    }

    /** One sentence a person can read. */
    public String sentence() {
        return sentence;
    }

    /** The refusal with this number, if it is known. */
    public static Optional<Refusal> of(int code) {
        for (Refusal refusal : values()) {
            if (refusal.code == code) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
