package io.kabar.chat.view;

import io.kabar.chat.UserName;
import io.kabar.chat.view.words.Reading;
import io.kabar.chat.view.words.VisibleText;
import java.time.Instant;
import java.util.List;

/** One line of a {@link Transcript}. Its words are safe to show ({@link VisibleText}); a view adds place and colour. */
public sealed interface TranscriptLine {

    /** Grows from line to line of one transcript; a line that changes keeps it. */
    long id();

    /** When it happened; by the server's clock for what stands in a room's log. */
    Instant time();

    /** What to read. */
    String text();

    /**
     * Somebody said something.
     *
     * @param reading what was said, as it reads by now; may hold several lines
     * @param action whether it is told in the third person
     * @param own whether this user said it, here or on another device
     * @param mention whether it names this user, and is not their own
     * @param restored whether it was said before this client entered the room
     * @param state how far it has come; accepted for everything said by others
     */
    record Said(
            long id,
            Instant time,
            UserName from,
            Reading reading,
            boolean action,
            boolean own,
            boolean mention,
            boolean restored,
            SendState state)
            implements TranscriptLine {

        /** All of it: behind a short quote of what it answers, and before how many have reacted. */
        @Override
        public String text() {
            return reading.whole();
        }

        /** The same as it reads by now. */
        Said as(Reading now) {
            return new Said(id, time, from, now, action, own, mention, restored, state);
        }

        Said with(SendState next) {
            return new Said(id, time, from, reading, action, own, mention, restored, next);
        }
    }

    /**
     * A run of people who came and went with nothing said in between, told in one line.
     *
     * @param time of the newest of them
     * @param moves each of them, oldest first; never empty
     */
    record Comings(long id, Instant time, List<Move> moves) implements TranscriptLine {

        /** Keeps the list unmodifiable. */
        public Comings {
            moves = List.copyOf(moves);
        }

        /** {@code tam and lev joined, kai left}. */
        @Override
        public String text() {
            return Folding.words(moves);
        }

        /** The newest of them alone, for a view that has shown the others: {@code tam joined}. */
        public String latest() {
            return moves.get(moves.size() - 1).words();
        }
    }

    /**
     * Somebody came or went.
     *
     * @param joined whether they came
     * @param reason why they went; may be empty
     */
    record Move(UserName who, boolean joined, String reason) {

        /** {@code tam joined}, {@code kai left: good night}. */
        public String words() {
            return who + (joined ? " joined" : reason.isEmpty() ? " left" : " left: " + reason);
        }
    }

    /**
     * The client or the server has a word for this user, or the room itself changed.
     *
     * @param kind what it is about
     */
    record Notice(long id, Instant time, Kind kind, String text) implements TranscriptLine {

        /** What a notice is about. */
        public enum Kind {
            /** Worth knowing. */
            INFO,
            /**
             * Where the user left the last time, and what has been said since. Told twice: before what is new, and
             * again when it is known how much that is.
             */
            SINCE_LEFT,
            /** The answer to a command. */
            ANSWER,
            /** The topic of the room. */
            TOPIC,
            /** Events that are no longer kept. */
            GAP,
            /** Something that was asked for did not happen. */
            FAILURE
        }
    }
}
