package io.kabar.chat.spi;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.Author;
import io.kabar.chat.Content;
import io.kabar.chat.Limits;
import io.kabar.chat.RoomName;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What the host program decides about those who have proven who they are: who may sign in, enter a room, and say
 * something. Everything is allowed unless a method says otherwise.
 *
 * <p>This is admission: it is asked before anything happens, and never about what is in a room's log already. A person
 * who is refused is shown the sentence that is given, as that of a {@link io.kabar.chat.Refusal#NOT_ALLOWED}. A host
 * program that remembers whom it has put out, in data of its own, keeps them out here, also after a restart.
 *
 * <p>One question is open at a time for each login, and for each session in each room: what the same client says behind
 * it in that room waits for the answer, so nothing changes its order. Rooms do not wait for one another.
 *
 * <p><b>Threads.</b> Called from worker threads of the server, up to eight at a time; calls may block, and the stage
 * may complete on any thread. What is not answered within 5 seconds is refused as busy for the time being, and so is
 * what fails or throws; the listener is warned of the latter. An answer that comes after its client is gone is passed
 * over.
 */
public interface Authorizer {

    /** Whether somebody may sign in, who has proven who they are. */
    default CompletionStage<Decision> maySignIn(Person person) {
        return CompletableFuture.completedFuture(Decision.ALLOW);
    }

    /** Whether somebody may enter a room; asked for conversations of two as well, and again after each sign-in. */
    default CompletionStage<Decision> mayEnter(Person person, RoomName room) {
        return CompletableFuture.completedFuture(Decision.ALLOW);
    }

    /** Whether somebody may say this in a room they are in, or set its topic to it. */
    default CompletionStage<Decision> maySay(Person person, RoomName room, Content content) {
        return CompletableFuture.completedFuture(Decision.ALLOW);
    }

    /**
     * Somebody whose login has been proven.
     *
     * @param author their account and name
     * @param role of the account
     * @param address where their packets come from at present
     */
    record Person(Author author, String role, InetSocketAddress address) {}

    /** What the host program decides. */
    sealed interface Decision {

        /** It may happen. */
        Decision ALLOW = new Allowed();

        /**
         * It does not happen.
         *
         * @param sentence that the person is shown, cut to 390 characters
         */
        static Decision refuse(String sentence) {
            return new Refused(sentence);
        }
    }

    /** It may happen. */
    record Allowed() implements Decision {}

    /** It does not happen, for the reason in this sentence. */
    record Refused(String sentence) implements Decision {

        /** Cuts the sentence. */
        public Refused {
            sentence = Limits.cutLine(requireNonNull(sentence, "sentence"));
        }
    }
}
