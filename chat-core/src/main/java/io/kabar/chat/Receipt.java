package io.kabar.chat;

import java.time.Instant;

/**
 * The server's word that a message is in the room's log, for good.
 *
 * @param room the room
 * @param sequence the number it has there
 * @param time when the server accepted it
 */
public record Receipt(RoomName room, long sequence, Instant time) {

    /** Checks the bounds: see {@link Limits}. */
    public Receipt {
        Limits.requireNumber(sequence);
        Limits.requireTime(time);
    }
}
