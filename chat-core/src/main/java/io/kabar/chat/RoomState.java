package io.kabar.chat;

import io.kabar.chat.rules.RoomSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A room as its newest member finds it.
 *
 * @param name its name
 * @param topic its topic; empty if it has none
 * @param members who is in it, the new member included; of more than {@link Limits#MEMBERS_TOLD} so many, and few of a
 *     {@linkplain io.kabar.chat.rules.RoomMode#QUIET quiet} room, see {@link #isCut()}
 * @param firstKept number of the oldest event that is still kept; 1 more than {@code lastSequence} if none is
 * @param lastSequence number of the newest event when the server answered
 * @param firstRestored number of the first event this member will be sent
 * @param retention what is kept and for how long, in a sentence
 * @param epoch in which the newest event was written; 0 if that is not known
 * @param nextEpoch in which the events after it will be
 * @param settings what is set for the room, and how this user stands in it
 * @param partner how the other one of a direct conversation is called; empty in other rooms, and if there is nobody any
 *     more
 * @param readUpTo the newest event that this user has read there, on whichever device; 0 if that is not known
 * @param values what programs keep in the room for each other, by the keys, as of {@code lastSequence}, whichever
 *     history was asked for
 * @param inside how many are in the room: more than {@code members} if not all were told
 */
public record RoomState(
        RoomName name,
        String topic,
        List<Member> members,
        long firstKept,
        long lastSequence,
        long firstRestored,
        String retention,
        long epoch,
        long nextEpoch,
        RoomSettings settings,
        Optional<UserName> partner,
        long readUpTo,
        Map<String, RoomValue> values,
        int inside) {

    /** Keeps list and map unmodifiable. */
    public RoomState {
        members = List.copyOf(members);
        values = Map.copyOf(values);
    }

    /** A room without values. */
    public RoomState(
            RoomName name,
            String topic,
            List<Member> members,
            long firstKept,
            long lastSequence,
            long firstRestored,
            String retention,
            long epoch,
            long nextEpoch,
            RoomSettings settings,
            Optional<UserName> partner) {
        this(
                name,
                topic,
                members,
                firstKept,
                lastSequence,
                firstRestored,
                retention,
                epoch,
                nextEpoch,
                settings,
                partner,
                0,
                Map.of(),
                members.size());
    }

    /** A room of which nobody knows the epochs. */
    public RoomState(
            RoomName name,
            String topic,
            List<Member> members,
            long firstKept,
            long lastSequence,
            long firstRestored,
            String retention) {
        this(
                name,
                topic,
                members,
                firstKept,
                lastSequence,
                firstRestored,
                retention,
                0,
                0,
                RoomSettings.NONE,
                Optional.empty());
    }

    /** Whether there are more members than were told. */
    public boolean isCut() {
        return inside > members.size();
    }

    /** The place of an event that was read, for whoever wants to go on behind it another day. */
    public LogPosition position(long sequence) {
        return sequence == 0
                ? LogPosition.NONE
                : new LogPosition(sequence > lastSequence ? nextEpoch : epoch, sequence);
    }
}
