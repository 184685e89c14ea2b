package io.kabar.chat.internal.client.calls;

import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.MalformedPacketException;
import io.kabar.chat.internal.wire.message.Answer;
import io.kabar.chat.internal.wire.message.Query;
import io.kabar.chat.rules.Obstacle;
import org.jspecify.annotations.Nullable;

/**
 * A call that was not answered yet: what it asks, and what has come of its answer.
 *
 * @param <T> what its answer comes to
 */
abstract class PendingCall<T> {

    /** Calls that share a bound on how many of them may be under way. */
    enum Kind {
        LIST(Integer.MAX_VALUE),
        /** A server allows twice as many, because it hears later than the client that a piece has arrived. */
        HISTORY(4),
        SEARCH(1);

        final int most;

        Kind(int most) {
            this.most = most;
        }
    }

    /** What a call waits for. */
    enum Step {
        /** More of the answer. */
        MORE,
        /** Its turn to ask what {@link #query()} says now. */
        ASK,
        /** Nothing: it is complete. */
        DONE
    }

    final Kind kind;
    /** The room that has to be entered first and not left since; null if it needs none. */
    final @Nullable RoomName room;
    /** Who waits for it. */
    final Outcome<T> outcome;
    /** The stay in the room in which it was asked last. */
    private @Nullable Object stay;

    PendingCall(Kind kind, @Nullable RoomName room, Outcome<T> outcome) {
        this.kind = kind;
        this.room = room;
        this.outcome = outcome;
    }

    /** It is asked in this stay, and its answer ends with that. */
    final void isAskedIn(@Nullable Object present) {
        stay = present;
    }

    /** Whether it was asked in this stay. */
    final boolean wasAskedIn(@Nullable Object present) {
        return stay == present;
    }

    /** What to ask next. */
    abstract Query query();

    /** The answer, or a piece of it; {@code more} if others follow. */
    abstract Step answered(Answer answer, boolean more) throws MalformedPacketException;

    /** An event of the answer. */
    Step event(long sequence, byte[] body) throws MalformedPacketException {
        throw new MalformedPacketException("an event that was not asked for");
    }

    /** Nothing up to this event is still to come. */
    Step gone(long to) throws MalformedPacketException {
        throw new MalformedPacketException("a gap in what was not asked for");
    }

    /** Whether events come in answer. */
    final boolean takesEvents() {
        return kind == Kind.HISTORY;
    }

    /** The connection is gone: everything is asked anew on the next one. */
    abstract void beginAgain();

    /** All of the answer is here: tells it. */
    abstract void complete() throws MalformedPacketException;

    /** Nothing comes of it. */
    final void failed(Refusal refusal, String sentence, @Nullable Obstacle obstacle) {
        outcome.failed(refusal, sentence, obstacle);
    }

    static MalformedPacketException unexpected(Answer answer) {
        return new MalformedPacketException(
                "an answer to another question: " + answer.getClass().getSimpleName());
    }
}
