package io.kabar.chat.internal.wire.message;

import io.kabar.chat.HistoryRange;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.rules.RoomRole;
import java.util.Optional;

/** What a client asks; a session asks of a room only what it is in, but for its members. */
public sealed interface Query
        permits Query.Rooms,
                Query.Members,
                Query.History,
                Query.Search,
                Query.WhoSaw,
                Query.SetRoomPassword,
                Query.Conversations,
                Query.OfAccount,
                OrderQuery {

    /**
     * Which rooms there are, in the order of their names.
     *
     * @param behind a name, behind which the list begins; empty for the beginning
     */
    record Rooms(String behind) implements Query {}

    /**
     * Who is in a room, in the order of their names.
     *
     * @param beginning of the names of all who are wanted; empty for any
     * @param behind a name, behind which the list begins; empty for the beginning
     * @param count how many are told at most
     */
    record Members(RoomName room, String beginning, String behind, int count) implements Query {}

    /**
     * A piece of a room's log. The answer says which events are coming; they come as EVENT frames under the number
     * {@link WireLimits#HISTORY_NUMBERS} + the request's.
     */
    record History(RoomName room, HistoryRange span) implements Query {}

    /**
     * Where something was said.
     *
     * @param before only events below this number; 0 for all
     * @param words each of them must occur
     */
    record Search(RoomName room, long before, String words) implements Query {}

    /** Which members of a room have an event. */
    record WhoSaw(RoomName room, long sequence) implements Query {}

    /**
     * Gives a room a password, or takes it away.
     *
     * @param proof what is to be shown by whoever enters, made of the password; empty for none any more
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody but tests, which do it field by field
    record SetRoomPassword(RoomName room, byte[] proof) implements Query {}

    /** Which direct conversations this user has. */
    record Conversations() implements Query {}

    /** What concerns the account of whoever asks. */
    sealed interface OfAccount extends Query {}

    /** How the password of the account is to be proven. */
    record PasswordSalt() implements OfAccount {}

    /**
     * Sets the password of the account.
     *
     * @param verifier what is to be kept of the new one; empty for none any more
     * @param nonce 18 bytes; empty if no proof is given
     * @param proof SCRAM client proof of the present password, 32 bytes; empty if none is given
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody but tests, which do it field by field
    record SetPassword(String verifier, byte[] nonce, byte[] proof) implements OfAccount {}

    /** Which devices the account knows. */
    record Devices() implements OfAccount {}

    /** Shuts a device out of the account. */
    record RevokeDevice(long number) implements OfAccount {}

    /** Gives the account another name, as typed. */
    record Rename(String name) implements OfAccount {}

    /**
     * Makes an invitation.
     *
     * @param room that it is for; empty for the server alone
     * @param uses how many may use it; 0 for any number
     * @param seconds for how long it is good
     */
    record Invite(Optional<RoomName> room, RoomRole role, int uses, long seconds) implements OfAccount {}

    /** Which invitations there are that one may see: one's own, or all. */
    record Invitations() implements OfAccount {}

    /** Ends an invitation. */
    record Withdraw(long id) implements OfAccount {}
}
