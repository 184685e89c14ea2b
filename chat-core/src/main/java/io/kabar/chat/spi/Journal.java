package io.kabar.chat.spi;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Limits;
import io.kabar.chat.LogPosition;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the logs of the rooms are kept: the server proposes, the journal commits. Nothing is seen by anybody before the
 * journal has committed it, and what it has committed is never lost.
 *
 * <p><b>Threads.</b> {@link #open}, and then {@link #propose} and {@link #read}, are called by the server's selector
 * thread and must not block: hand the work to a thread of your own. Answer through the {@link Commits} given to
 * {@code open}, from any thread, also from within the call. {@link #close} is called once, last, from any thread; it
 * may block and answers what is still open.
 *
 * <p><b>Order.</b> Commits of one room carry 1, 2, 3 ... without holes and are reported in that order; proposals of one
 * room are committed in the order they were proposed. Time does not decrease within a room: an event that is dated
 * before the newest one, because a clock was set back, gets that one's time ({@link ChatEvent#withTime}). A journal may
 * also report commits that nobody on this server has proposed, as a clustered one does.
 *
 * <p><b>Bounds.</b> Numbers, times and texts keep the {@link Limits}. What is reported outside of them is refused, or
 * passed over with a warning that names it. The server has at most {@link
 * io.kabar.chat.server.ServerOptions#maxProposals()} proposals open
 * at a time.
 */
public interface Journal extends AutoCloseable {

    /**
     * Opens the journal and tells which rooms it knows. Called once, before anything else, from the thread that starts
     * the server; this call may block and do the recovery.
     *
     * @return what is kept of each room
     * @throws java.io.UncheckedIOException if it cannot be opened; the server does not start, and the message is shown
     */
    Map<RoomName, Kept> open(Commits commits);

    /**
     * Asks, once behind {@link #open}, about the rooms whose names look like another's, or that are of the same two
     * people as another: they are found by their exact spelling only.
     *
     * @return those of which an operator is to be told now; a journal that keeps what it was told leaves out the ones
     *     it has been told of by the table of characters that is in force
     *     ({@link io.kabar.chat.spi.NameIndex#tableVersion()})
     */
    default Collection<RoomName> untold(Collection<RoomName> lookAlikes) {
        return lookAlikes;
    }

    /**
     * Reports that an operator was told of what {@link #untold} has returned, once, when the server serves. What it
     * throws is a warning.
     *
     * @param lookAlikes all there are, those of which was told before included
     */
    default void told(Collection<RoomName> lookAlikes) {}

    /** Asks for an event to be stored. Answered by exactly one of {@code committed} and {@code refused}. */
    void propose(Proposal proposal);

    /**
     * Asks for the events of a room from number {@code from} on, oldest first: at most {@code maxEvents}, and about
     * {@code maxBytes} of text (one event is always given if there is one). Answered by {@code onRead}, with an empty
     * list if there is nothing from there on. The events given have no hole between them; if the journal has lost what
     * stood at {@code from}, they begin behind the hole.
     *
     * @param readId given back with the answer
     */
    void read(long readId, RoomName room, long from, int maxEvents, int maxBytes);

    /**
     * Tells that a room may go: nothing has ever happened in it beside people coming and going, and nobody is in it.
     * Called when none of its proposals is open; if there are new ones later, the room is another one, but its events
     * MUST be numbered above those of the former, as some client may remember them. A journal that keeps such rooms
     * does nothing.
     */
    default void drop(RoomName room) {}

    /**
     * What is kept of a room, and for how long, to follow "History is"; such as {@code kept for 30 days}. Called by the
     * server's selector thread, also for rooms that nothing was ever written of.
     */
    String retention(RoomName room);

    /** Stores what is open and closes. */
    @Override
    void close();

    /**
     * What is kept of a room.
     *
     * @param first number of the oldest kept event; {@code last + 1} if none is kept
     * @param last number of the newest event ever committed
     * @param topic the topic in force; empty if there is none
     * @param members who has joined and not left, by the log up to {@code last}; the server waits for them for as long
     *     as for anybody who has fallen silent, and then proposes that they left
     * @param epochs the epochs in which the log was written, by the numbers of their first events, those that are let
     *     go of included; the newest 64 will do. Without them the server cannot tell whether a client that comes back
     *     has read this log or another one, such as what stood here before the journal was put back to an older copy
     * @param worthKeeping false if nothing has ever happened there beside people coming and going, as far as is known:
     *     then the server may {@link #drop} it
     */
    record Kept(
            long first, long last, String topic, Set<UserName> members, Map<Long, Long> epochs, boolean worthKeeping) {

        /** A room in which something was said, as far as is known. */
        public Kept(long first, long last, String topic, Set<UserName> members, Map<Long, Long> epochs) {
            this(first, last, topic, members, epochs, true);
        }

        /** A room of which no epochs are known. */
        public Kept(long first, long last, String topic, Set<UserName> members) {
            this(first, last, topic, members, Map.of());
        }

        /** What is wrong with it, in half a sentence; null if nothing is. */
        public @Nullable String complaint() {
            if (last < 0 || last > Limits.LAST_NUMBER) {
                return "its newest event has the number " + last;
            } else if (first < 1 || first > last + 1) {
                return "its oldest event has the number " + first + ", and its newest " + last;
            }
            for (Map.Entry<Long, Long> each : epochs.entrySet()) {
                if (each.getKey() < 1 || each.getValue() < 0 || each.getValue() > LogPosition.MAX_EPOCH) {
                    return "from its event " + each.getKey() + " on it has the epoch " + each.getValue();
                }
            }
            return null;
        }

        /** A room nobody is in. */
        public Kept(long first, long last, String topic) {
            this(first, last, topic, Set.of());
        }
    }

    /**
     * An event as it is stored, with all that a server needs to know of it when it is started again.
     *
     * @param event the event
     * @param id the sender's id; {@link MessageId#NONE} if nobody sent it
     */
    record Entry(ChatEvent event, MessageId id) {

        /** Event and id are there. */
        public Entry {
            requireNonNull(event);
            requireNonNull(id);
        }
    }

    /**
     * An event that asks for its number.
     *
     * @param proposalId given back with the answer; unique among the proposals of a server
     * @param draft the event, with 0 as its sequence number; its epoch is one that the proposing run of the server has
     *     drawn, and is kept with it
     * @param id the sender's id; {@link MessageId#NONE} if nobody sent it
     */
    record Proposal(long proposalId, ChatEvent draft, MessageId id) {}

    /** Takes the journal's answers. Calls may come from any thread, one at a time for each room. */
    interface Commits {

        /**
         * An event is stored and has its number.
         *
         * @param proposalId of the proposal; 0 if it was not proposed on this server
         */
        void committed(long proposalId, Entry entry);

        /** A proposal could not be stored; nothing of it will ever be seen. */
        void refused(long proposalId, Refusal refusal);

        /**
         * The answer to a read.
         *
         * @param first number of the oldest event that is still kept
         */
        void onRead(long readId, RoomName room, long first, List<Entry> entries);

        /** The answer to a read that failed; it may be asked again later. */
        void readFailed(long readId, RoomName room);

        /**
         * The journal has let go of the oldest events of a room, as its retention demands: nobody is shown them any
         * more, not even from memory.
         *
         * @param first number of the oldest event that is still kept
         */
        void forgotten(RoomName room, long first);

        /**
         * Something an operator should know, in a sentence: that the disk is full, or that it is not any more. The
         * journal bounds how often it says so, and writes it to a log itself.
         */
        void warning(String sentence);
    }
}
