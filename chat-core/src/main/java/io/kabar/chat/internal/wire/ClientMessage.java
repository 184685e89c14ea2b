package io.kabar.chat.internal.wire;

import io.kabar.chat.History;
import io.kabar.chat.HistorySpan;
import io.kabar.chat.MessageId;
import io.kabar.chat.RoomName;

/** What a client says on a lane: {@link Say} on a room's lane, everything else on the control lane. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody but tests, which do it field by field
public sealed interface ClientMessage {

    /** How the text of a {@link Say} is meant. */
    enum Kind {
        TEXT,
        ACTION,
        TOPIC
    }

    /**
     * Opens a login.
     *
     * @param name as typed; the server checks it
     * @param nonce the client's part of the SCRAM nonce, 18 bytes
     * @param instance random number of this running client: the same one again replaces its older connection
     */
    record Login(String name, byte[] nonce, long instance) implements ClientMessage {}

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
     * @param proof SCRAM client proof, 32 bytes; empty if no password was asked for
     * @param claim 32 bytes by which this device owns the name
     */
    record LoginProof(byte[] proof, byte[] claim) implements ClientMessage {}

    /**
     * Enters a room.
     *
     * @param target the room's name, as typed; the server says which room that is
     * @param lane the lane, 1 to 64, on which this client will speak there
     * @param kind how {@code amount} is meant
     * @param amount where to begin, as in {@link History}; not checked here, and neither are the next two
     * @param epoch with {@code number}, what the client has read of this log before; 0 if nothing is known of it
     * @param credit how many events the server may send before it hears of {@link Credit}
     */
    record Join(String target, int lane, History.Kind kind, long amount, long epoch, long number, int credit)
            implements ClientMessage {

        /** Enters a room at such a place. */
        public Join(String target, int lane, History history, int credit) {
            this(
                    target,
                    lane,
                    history.kind(),
                    history.amount(),
                    history.read().epoch(),
                    history.read().sequence(),
                    credit);
        }
    }

    /** Leaves a room. */
    record Part(RoomName room, String reason) implements ClientMessage {}

    /** Allows events of a room up to number {@code upTo}. */
    record Credit(long room, long upTo) implements ClientMessage {}

    /**
     * Asks for rooms, in the order of their names.
     *
     * @param behind a name, behind which the list begins; empty for the beginning
     */
    record ListRooms(long request, String behind) implements ClientMessage {}

    /** Asks who is in a room. */
    record ListMembers(long request, RoomName room) implements ClientMessage {}

    /**
     * Asks for events of a room this session is in; they come as EVENT frames under the number {@link
     * WireLimits#HISTORY_NUMBERS} + request.
     *
     * @param request not in use for another read of this session
     */
    record ReadHistory(int request, RoomName room, HistorySpan span) implements ClientMessage {}

    /**
     * Searches in a room this session is in.
     *
     * @param before only events below this number; 0 for all
     * @param words each of them must occur
     */
    record Search(long request, RoomName room, long before, String words) implements ClientMessage {}

    /** Asks which members of a room this session is in have an event. */
    record WhoSaw(long request, RoomName room, long seq) implements ClientMessage {}

    /** Away or back. */
    record Away(boolean away) implements ClientMessage {}

    /**
     * Says something in the room of the lane it comes on. The server keeps one message for a user and id, and none that
     * comes behind a later one of its run.
     *
     * @param attempt how often the messages of this lane were refused for a time; older attempts are void, which keeps
     *     the order when a message in the middle has to wait
     */
    record Say(long attempt, MessageId id, Kind kind, String text) implements ClientMessage {}

    /**
     * A message that is whole but has a field out of range. Nothing comes of it but an answer, and nobody else notices.
     *
     * @param answer by which the server refuses it, with a sentence that says which field is wrong
     */
    record Unfit(ServerMessage answer) implements ClientMessage {}
}
