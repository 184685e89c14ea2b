package io.kabar.chat.internal.wire;

import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import java.util.List;

/** What a server says on the control lane. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody but tests, which do it field by field
public sealed interface ServerMessage {

    /**
     * What a server means by a code. The codes that clients make for themselves are none of it: a server that says "the
     * server's key has changed" has said nothing.
     */
    static Refusal refusal(int code) {
        return Refusal.of(code)
                .filter(refusal -> refusal.code() < FIRST_OF_CLIENT)
                .orElse(Refusal.NOT_ALLOWED);
    }

    /** Refusals from this number on are made by the client and never on the wire. */
    int FIRST_OF_CLIENT = 32;

    /**
     * Asks for proof of the password.
     *
     * @param nonce the server's part of the SCRAM nonce, 18 bytes
     * @param iterations PBKDF2 rounds; 0 if no password is asked for, and then nonce and salt are empty
     */
    record Challenge(byte[] nonce, byte[] salt, int iterations) implements ServerMessage {}

    /**
     * Signed in.
     *
     * @param signature SCRAM server signature, or the server's proof to know a ticket's secret, 32 bytes; empty if
     *     neither was asked for
     * @param name as its owner first wrote it
     * @param rateBurst messages that may be sent at once; 0 = no limit
     */
    record Welcome(
            byte[] signature,
            String name,
            Role role,
            int maxMessageBytes,
            int rateBurst,
            int ratePerSecond,
            int roomsPerSession)
            implements ServerMessage {}

    /**
     * To come back with, in place of all earlier ones; see {@link ClientMessage.Resume}.
     *
     * @param secret 32 bytes that prove whose the ticket is
     * @param ticket opaque to the client
     */
    record Ticket(byte[] secret, byte[] ticket) implements ServerMessage {}

    /** Not signed in; the connection is closed after this. */
    record LoginRefused(int code, long retryAfterMillis, String sentence) implements ServerMessage {}

    /**
     * In a room; {@code memberCount} members follow in {@link Roster} messages.
     *
     * @param number how EVENT frames call the room
     * @param firstKept oldest event that is kept
     * @param last newest event
     * @param firstRestored first event that will be sent
     * @param live events from this number on happened after entering
     * @param epoch of event {@code last}; 0 if that is not known
     * @param nextEpoch of the events behind it
     * @param differsFrom where the server's log ceases to be the one that the client has read; 0 if it does not
     * @param firstKnown of what became an event from here on, the server knows the message ids
     */
    record RoomEntered(
            RoomName room,
            long number,
            int lane,
            String topic,
            long firstKept,
            long last,
            long firstRestored,
            long live,
            long epoch,
            long nextEpoch,
            long differsFrom,
            long firstKnown,
            String retention,
            int memberCount)
            implements ServerMessage {}

    /** Some members of a room just entered. */
    record Roster(long number, List<Member> members) implements ServerMessage {}

    /**
     * Not let in.
     *
     * @param lane that of the join
     * @param target the name of the room, or, if it means none, what the join asked for
     */
    record RoomRefused(int lane, String target, int code, long retryAfterMillis, String sentence)
            implements ServerMessage {}

    /** No longer in a room. */
    record RoomLeft(RoomName room, String reason) implements ServerMessage {}

    /** A message is in the log. */
    record Accepted(int lane, MessageId id, long seq, long timeMillis) implements ServerMessage {}

    /**
     * A message is not in the log.
     *
     * @param attempt if greater than the attempt it was sent with: this and all later messages of the lane are to be
     *     sent again as this attempt, after the given time
     * @param firstKnown where that matters, of what became an event from here on the server knows the message ids; else
     *     0
     */
    record Refused(
            int lane, MessageId id, long attempt, int code, long retryAfterMillis, long firstKnown, String sentence)
            implements ServerMessage {}

    /**
     * Some rooms; {@code more} if others follow.
     *
     * @param rest whether there are others than those of this answer, which are asked for behind the last of it
     */
    record Rooms(long request, boolean more, boolean rest, List<RoomSummary> rooms) implements ServerMessage {}

    /** Some members; {@code more} if others follow. A {@code code} other than 0 says why there are none. */
    record Members(long request, boolean more, int code, List<Member> members) implements ServerMessage {}

    /** A list is not told; it may be asked for again after the given time, if that is not 0. */
    record RequestRefused(long request, int code, long retryAfterMillis, String sentence) implements ServerMessage {}

    /** A member's presence or role changed: once event {@code seq} has happened, it is so. */
    record MemberChanged(long number, long seq, Member member) implements ServerMessage {}

    /** Somebody wrote to this user; from event {@code seq} on it is new. */
    record DirectWaiting(RoomName room, long seq) implements ServerMessage {}

    /**
     * Which events are coming for a {@link ClientMessage.ReadHistory}: those from {@code from} to {@code to}, none if
     * {@code to} is smaller. A {@code code} other than 0 says why none are.
     *
     * @param firstKept oldest event that is kept
     * @param last newest event
     */
    record HistoryRange(int request, int code, long from, long to, long firstKept, long last)
            implements ServerMessage {}

    /**
     * What a search has found.
     *
     * @param code other than 0 says why nothing was searched
     * @param searchedTo everything from this number on was looked at
     * @param more whether there is anything before that
     * @param hits numbers of events, newest first
     */
    record Found(long request, int code, long retryAfterMillis, long searchedTo, boolean more, List<Long> hits)
            implements ServerMessage {}

    /**
     * Which members of a room have an event.
     *
     * @param code other than 0 says why this is not told
     * @param members how many are in the room
     * @param delivered how many of them have it
     * @param names some of those, by name
     */
    record Seen(long request, int code, long retryAfterMillis, int members, int delivered, List<UserName> names)
            implements ServerMessage {}

    /** A word to this user. */
    record Notice(String sentence) implements ServerMessage {}
}
