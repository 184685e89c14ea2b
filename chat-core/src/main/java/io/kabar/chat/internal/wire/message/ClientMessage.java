package io.kabar.chat.internal.wire.message;

import io.kabar.chat.Content;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.internal.wire.WireLimits;

/**
 * What a client says on a lane. {@link Join}, {@link Leave} and {@link Say} go on the lane of their room, so they
 * arrive in the order in which they were said; everything else goes on the control lane.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody but tests, which do it field by field
public sealed interface ClientMessage {

    /**
     * Opens a login.
     *
     * @param methods ways in which this client can prove who it is, of which the server chooses one
     * @param name as typed; the server checks it
     * @param nonce the client's part of the SCRAM nonce, 18 bytes
     * @param instance random number of this running client: the same one again replaces its older connection
     */
    record Login(LoginMethods methods, String name, byte[] nonce, long instance) implements ClientMessage {}

    /**
     * Opens a login with a ticket of an earlier one. If the ticket is good the answer is a welcome; else it is a
     * challenge, as if this were nothing but the login.
     *
     * @param ticket as {@link ServerMessage.Ticket} brought it
     * @param proof 32 bytes that the ticket's secret makes of this connection
     */
    record Resume(Login login, byte[] ticket, byte[] proof) implements ClientMessage {}

    /**
     * Answers a challenge.
     *
     * @param proof by the method of the challenge: nothing, the SCRAM client proof of 32 bytes, or the token
     * @param claim 32 bytes by which this device owns the name
     * @param label what the client calls itself; perhaps empty
     * @param invitation the secret of an invitation; empty if there is none
     */
    record LoginProof(byte[] proof, byte[] claim, String label, byte[] invitation) implements ClientMessage {

        /** Of a client that says nothing of itself and was not invited. */
        public LoginProof(byte[] proof, byte[] claim) {
            this(proof, claim, "", new byte[0]);
        }
    }

    /**
     * Enters a room, on the lane on which this client will speak there.
     *
     * @param target what is to be entered; the server says which room that is
     * @param kind how {@code amount} is meant
     * @param amount where to begin, as in {@link JoinHistory}; not checked here, and neither are the next two
     * @param epoch with {@code number}, what the client has read of this log before; 0 if nothing is known of it
     * @param credit how many events the server may send before it hears of {@link Credit}
     * @param proof what is made of the room's password, 32 bytes; empty if none is shown
     */
    record Join(Target target, JoinHistory.Kind kind, long amount, long epoch, long number, int credit, byte[] proof)
            implements ClientMessage {

        /** Enters a room at such a place. */
        public Join(Target target, JoinHistory history, int credit, byte[] proof) {
            this(
                    target,
                    history.kind(),
                    history.amount(),
                    history.read().epoch(),
                    history.read().sequence(),
                    credit,
                    proof);
        }
    }

    /** By what it is named that is to be entered. The numbers on the wire are the places in this list. */
    enum TargetKind {
        ROOM,
        PERSON
    }

    /** What is to be entered: a room by its name, or the conversation with a person, by the person's name. */
    record Target(TargetKind kind, String name) {

        /** A room, as typed. */
        public static Target room(String name) {
            return new Target(TargetKind.ROOM, name);
        }
    }

    /** Leaves the room of the lane it comes on, behind everything that was said on it. */
    record Leave(String reason) implements ClientMessage {}

    /** Allows events of a room up to number {@code upTo}. */
    record Credit(long roomId, long upTo) implements ClientMessage {}

    /**
     * Asks something. The answer is a {@link ServerMessage.Reply} in one or several pieces, or a refusal.
     *
     * @param id below {@link WireLimits#REQUESTS}, and not that of another request of this session that is open
     */
    record Request(long id, Query query) implements ClientMessage {}

    /** The user has read a room up to event {@code upTo}. */
    record Read(long roomId, long upTo) implements ClientMessage {}

    /** Away or back. */
    record Away(boolean away) implements ClientMessage {}

    /**
     * Says something in the room of the lane it comes on. The server keeps one message for a user and id, and none that
     * comes behind a later one of its run.
     *
     * @param attempt how often the messages of this lane were refused for a time; older attempts are void, which keeps
     *     the order when a message in the middle has to wait
     * @param ref number of the event that is answered; 0 for none
     */
    record Say(long attempt, MessageId id, long ref, Content content) implements ClientMessage {

        /** Says something that answers no event. */
        public Say(long attempt, MessageId id, Content content) {
            this(attempt, id, 0, content);
        }
    }

    /**
     * A message that is whole but has a field out of range, or a tag that must not be skipped. Nothing comes of it but
     * an answer, and nobody else notices.
     *
     * @param answer by which the server refuses it, with a sentence that says which field is wrong
     */
    record Unfit(ServerMessage.Refused answer) implements ClientMessage {}

    /** A message of a type that this version does not know and need not know: nothing comes of it. */
    record Ignored() implements ClientMessage {}
}
