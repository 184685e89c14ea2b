package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Member;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.Role;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.rules.Obstacle;
import io.kabar.chat.rules.RoomSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server says on the control lane. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody but tests, which do it field by field
public sealed interface ServerMessage {

    /** Refusals from this number on are made by the client and never on the wire. */
    int FIRST_OF_CLIENT = 32;

    /**
     * Asks for proof.
     *
     * @param method by which; one that the client has offered
     * @param nonce the server's part of the SCRAM nonce, 18 bytes; empty with another method, and so is the salt
     * @param iterations PBKDF2 rounds; 0 with another method
     * @param claimName the name that the claim is wanted for, if that is another one than the client has said; else
     *     empty
     */
    record Challenge(LoginMethods.Method method, byte[] nonce, byte[] salt, int iterations, String claimName)
            implements ServerMessage {

        /** Wants the claim for the name that the client has said. */
        public Challenge(LoginMethods.Method method, byte[] nonce, byte[] salt, int iterations) {
            this(method, nonce, salt, iterations, "");
        }

        /** The same, with the claim for this name. */
        public Challenge withClaimFor(String name) {
            return new Challenge(method, nonce, salt, iterations, name);
        }

        /** Asks for the token. */
        public static Challenge forToken() {
            return new Challenge(LoginMethods.Method.TOKEN, new byte[0], new byte[0], 0);
        }

        /** Asks for nothing but the claim of the device. */
        public static Challenge none() {
            return new Challenge(LoginMethods.Method.NONE, new byte[0], new byte[0], 0);
        }
    }

    /**
     * Signed in.
     *
     * @param signature SCRAM server signature, or the server's proof to know a ticket's secret, 32 bytes; empty if
     *     neither was asked for
     * @param account number of the account; 0 if the server has none for this user
     * @param name as its owner first wrote it
     * @param rateBurst messages that may be sent at once; 0 = no limit
     */
    record Welcome(
            byte[] signature,
            long account,
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
     * @param lifetimeSeconds for how long it is good
     */
    record Ticket(byte[] secret, byte[] ticket, long lifetimeSeconds) implements ServerMessage {}

    /** What is refused. */
    sealed interface Subject {

        /** The login; the connection is closed after this. */
        record Login() implements Subject {}

        /** A request. */
        record Request(long id) implements Subject {}

        /**
         * A join.
         *
         * @param lane on which it came; 0 if it came on none that a room can have
         * @param room the name of the room, or, if it means none, what the join asked for
         */
        record Room(int lane, String room) implements Subject {}

        /**
         * A message.
         *
         * @param firstKnown where that matters, of what became an event from here on the server knows the message ids;
         *     else 0
         */
        record Message(int lane, MessageId id, long firstKnown) implements Subject {

            public Message(int lane, MessageId id) {
                this(lane, id, 0);
            }
        }
    }

    /**
     * Something does not happen.
     *
     * @param attempt of a message: if greater than the attempt it was sent with, this and all later messages of the
     *     lane are to be sent again as this attempt, after the given time; else 0
     * @param code why
     * @param retryAfterMillis when the same may be asked for again, and what was refused with it; 0 if never
     * @param obstacle the rule of a room that stands against it; null if it is none
     */
    record Refused(
            Subject subject,
            long attempt,
            int code,
            long retryAfterMillis,
            String sentence,
            @Nullable Obstacle obstacle)
            implements ServerMessage {

        /** Refuses for a reason that is no rule of a room. */
        public Refused(Subject subject, long attempt, int code, long retryAfterMillis, String sentence) {
            this(subject, attempt, code, retryAfterMillis, sentence, null);
        }

        /** Refuses for good, or for a time. */
        public Refused(Subject subject, Refusal refusal, long retryAfterMillis) {
            this(subject, 0, refusal.code(), retryAfterMillis, refusal.sentence());
        }

        /** Refuses for good, with a sentence that knows more than the refusal's own. */
        public Refused(Subject subject, Refusal refusal, String sentence) {
            this(subject, 0, refusal.code(), 0, sentence);
        }

        /** Refuses for good, by a rule of a room. */
        public Refused(Subject subject, Obstacle obstacle) {
            this(subject, 0, Refusal.NOT_ALLOWED.code(), 0, obstacle.sentence(), obstacle);
        }

        /**
         * What the server means by the code. One that is not known means that it is not allowed, as the sentence says;
         * and the codes that clients make for themselves are none of it: a server that says "the server's key has
         * changed" has said nothing.
         */
        public Refusal refusal() {
            return Refusal.of(code)
                    .filter(known -> known.code() < FIRST_OF_CLIENT)
                    .orElse(Refusal.NOT_ALLOWED);
        }

        /** The same wait as {@link #retryAfterMillis}; null if there is none. */
        public @Nullable Duration retryAfter() {
            return retryAfterMillis == 0 ? null : Duration.ofMillis(retryAfterMillis);
        }
    }

    /**
     * In a room; {@code occupants} of them follow in {@link Roster} messages.
     *
     * @param lane that of the join
     * @param roomId how EVENT frames call the room
     * @param firstKept oldest event that is kept
     * @param last newest event
     * @param firstRestored first event that will be sent
     * @param live events from this number on happened after entering
     * @param epoch of event {@code last}; 0 if that is not known
     * @param nextEpoch of the events behind it
     * @param differsFrom where the server's log ceases to be the one that the client has read; 0 if it does not
     * @param firstKnown of what became an event from here on, the server knows the message ids
     * @param values how many values of the room follow in {@link Values} messages
     * @param retention what is kept and for how long, in a sentence
     * @param settings what is set for the room, and how this user stands in it
     * @param partner how the other one of a direct conversation is called; null in other rooms, and if there is nobody
     *     any more
     * @param readUpTo the newest event that this user has read there, on whichever device; 0 if that is not known
     * @param inside how many are in the room: as many as occupants, or more if not all of them are told
     */
    record RoomEntered(
            int lane,
            long roomId,
            RoomName room,
            long epoch,
            long nextEpoch,
            long differsFrom,
            long firstKept,
            long last,
            long firstRestored,
            long live,
            long firstKnown,
            int occupants,
            int values,
            String topic,
            String retention,
            RoomSettings settings,
            @Nullable UserName partner,
            long readUpTo,
            int inside)
            implements ServerMessage {}

    /** Some values of a room just entered, as of its newest event then: the events that have set them. */
    record Values(long roomId, List<Numbered> values) implements ServerMessage {}

    /** The bytes of an event, with its number. */
    record Numbered(long sequence, byte[] body) {}

    /** Some members of a room just entered. */
    record Roster(long roomId, List<Member> members) implements ServerMessage {}

    /**
     * No longer in the room of this lane.
     *
     * @param asked whether this answers a {@link ClientMessage.Leave}; else the server has put the client out
     */
    record RoomLeft(int lane, boolean asked, String reason) implements ServerMessage {}

    /** A message is in the log. */
    record Accepted(int lane, MessageId id, long sequence, long timeMillis) implements ServerMessage {}

    /** A piece of the answer to a request; {@code more} if others follow. */
    record Reply(long id, boolean more, Answer answer) implements ServerMessage {}

    /** A member's presence or role changed: once event {@code sequence} has happened, it is so. */
    record MemberChanged(long roomId, long sequence, Member member) implements ServerMessage {}

    /**
     * Somebody wrote to this user; from event {@code sequence} on it is new.
     *
     * @param partner how the other one is called now; null if that is not known
     */
    record DirectWaiting(
            RoomName room, long sequence, @Nullable UserName partner) implements ServerMessage {}

    /** The user has read a room up to event {@code upTo}, on another device. */
    record ReadUpTo(long roomId, long upTo) implements ServerMessage {}

    /** So many are in a quiet room now. */
    record Inside(long roomId, int count) implements ServerMessage {}

    /** A word to this user. */
    record Notice(String sentence) implements ServerMessage {}

    /** A message of a type that this version does not know and need not know: nothing comes of it. */
    record Ignored() implements ServerMessage {}
}
