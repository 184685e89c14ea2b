package io.kabar.chat;

import java.util.List;

/**
 * How far an event has come, at the moment of asking. A member has it when one of their devices has.
 *
 * @param room where it is
 * @param sequence its number
 * @param members how many are in the room
 * @param delivered how many of them have it
 * @param to who they are, by name; at most 256 of them
 */
public record Delivery(RoomName room, long sequence, int members, int delivered, List<UserName> to) {

    /** Keeps the list unmodifiable. */
    public Delivery {
        to = List.copyOf(to);
    }
}
