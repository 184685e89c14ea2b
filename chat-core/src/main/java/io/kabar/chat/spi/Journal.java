package io.kabar.chat.spi;

import static java.util.Objects.requireNonNull;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.Limits;
import io.kabar.chat.LogPosition;
import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
 * <p><b>Deleted messages.</b> Once an event of kind {@link io.kabar.chat.Content#DELETED} is committed, the event that
 * it refers to, and every event of kind {@link io.kabar.chat.Content#EDITED} that refers to the same, are given without
 * their text ({@link ChatEvent#withoutText}) by every read that begins later, also when the journal was opened again
 * after a crash; where they are kept their texts are gone within a day. {@link Deletions} helps to keep that.
 *
 * <p><b>Bounds.</b> Numbers, times and texts keep the {@link Limits}. What is reported outside of them is refused, or
 * passed over with a warning that names it. The server has at most {@link
 * io.kabar.chat.server.ServerOptions#maxProposals()} proposals open at a time.
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
     *     ({@link NameIndex#tableVersion()})
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
     * Keeps a snapshot of a room's state, durably, beside its log. A log begins with a snapshot: a journal lets go of
     * entries, for whatever reason, only when a snapshot at or behind the last of them is durable, and keeps two, as
     * the newest may be damaged. One that is given takes the place of those behind its position, which are of a log
     * that has lost its end. A journal asks for one by {@link Commits#snapshotWanted}. Called by the server's selector
     * thread, and by the one that starts it, behind {@code open}. A journal that never lets go of anything, or that
     * does not outlast the server, may do nothing.
     */
    default void snapshot(RoomName room, Snapshot snapshot) {}

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
     * @param topic the text of the topic in force, which outlasts the event that set it; empty if there is none
     * @param members who has joined and not left, by the log up to {@code last}; the server waits for them for as long
     *     as for anybody who has fallen silent, and then proposes that they left. What a good snapshot says counts more
     * @param epochs the epochs in which the log was written, by the numbers of their first events, those that are let
     *     go of included; the newest 64 will do. Without them the server cannot tell whether a client that comes back
     *     has read this log or another one, such as what stood here before the journal was put back to an older copy.
     *     What a good snapshot says counts more
     * @param worthKeeping false if nothing has ever happened there beside people coming and going, as far as is known:
     *     then the server may {@link #drop} it
     * @param snapshots what {@link #snapshot} was given of this room, the newest first; the server takes the newest
     *     that is good and not behind {@code last}
     * @param log reads what stands behind a snapshot
     */
    record Kept(
            long first,
            long last,
            String topic,
            Set<UserName> members,
            Map<Long, Long> epochs,
            boolean worthKeeping,
            List<Snapshot> snapshots,
            Replay log) {

        /** A room of which there is no snapshot, and whose log need not be read to know how it is. */
        public Kept(
                long first,
                long last,
                String topic,
                Set<UserName> members,
                Map<Long, Long> epochs,
                boolean worthKeeping) {
            this(first, last, topic, members, epochs, worthKeeping, List.of(), Replay.NONE);
        }

        /** The same with snapshots, and a log to read what stands behind them. */
        public Kept with(List<Snapshot> newestFirst, Replay replay) {
            return new Kept(first, last, topic, members, epochs, worthKeeping, newestFirst, replay);
        }

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
     * The state of a room, folded from its log up to a position. The bytes are the server's own: a journal keeps them
     * as they are and gives them back.
     *
     * @param position the place, in the journal, of the newest entry that is folded into it; with one writer that is
     *     the number of the event
     * @param bytes the state, a version in front
     * @param events events up to the position whose contents belong to the state, oldest first, each with its number:
     *     at most 256 and 64 KiB. They are kept with the bytes when the log has let go of them, and are apart from them
     *     because people wrote them: whoever erases what somebody wrote erases it here, too
     */
    @SuppressWarnings("ArrayRecordComponent") // copied by nobody: it is never changed
    record Snapshot(long position, byte[] bytes, List<ChatEvent> events) {

        /** Keeps the list unmodifiable. */
        public Snapshot {
            requireNonNull(bytes);
            events = List.copyOf(events);
        }

        /** A state to which the content of no event belongs. */
        public Snapshot(long position, byte[] bytes) {
            this(position, bytes, List.of());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Snapshot that
                    && position == that.position
                    && Arrays.equals(bytes, that.bytes)
                    && events.equals(that.events);
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(position) + Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Snapshot[" + position + ", " + bytes.length + " bytes, " + events.size() + " events]";
        }
    }

    /** Reads a log while the server starts, on the thread that called {@link #open}. */
    @FunctionalInterface
    interface Replay {

        /** A log of which nothing is to be read. */
        Replay NONE = (position, taker) -> {};

        /**
         * Passes on the entries behind a position, oldest first; those that cannot be read are left out.
         *
         * @throws java.io.UncheckedIOException if it cannot be read at all; the server does not start
         */
        void behind(long position, Consumer<Entry> taker);
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
         * The journal wants to let go of entries of a room that are not covered by a durable snapshot: it is given one
         * by {@link Journal#snapshot}.
         */
        default void snapshotWanted(RoomName room) {}

        /**
         * Something an operator should know, in a sentence: that the disk is full, or that it is not any more. The
         * journal bounds how often it says so, and writes it to a log itself.
         */
        void warning(String sentence);
    }
}
