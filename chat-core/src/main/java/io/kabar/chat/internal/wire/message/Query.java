package io.kabar.chat.internal.wire.message;

import io.kabar.chat.HistoryRange;
import io.kabar.chat.RoomName;
import io.kabar.chat.internal.wire.WireLimits;

/** What a client asks; a session asks of a room only what it is in, but for its members. */
public sealed interface Query {

    /**
     * Which rooms there are, in the order of their names.
     *
     * @param behind a name, behind which the list begins; empty for the beginning
     */
    record Rooms(String behind) implements Query {}

    /** Who is in a room. */
    record Members(RoomName room) implements Query {}

    /**
     * A piece of a room's log. The answer says which events are coming; they come as EVENT frames under the number
     * {@link WireLimits#HISTORY_NUMBERS} + the request's.
     */
    record History(RoomName room, HistoryRange span) implements Query {}

    /**
     * Where something was said.
     *
     * @param before only events below this number; 0 for all
     * @param words each of them must occur
     */
    record Search(RoomName room, long before, String words) implements Query {}

    /** Which members of a room have an event. */
    record WhoSaw(RoomName room, long sequence) implements Query {}
}
