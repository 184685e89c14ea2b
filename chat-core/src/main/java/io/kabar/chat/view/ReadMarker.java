package io.kabar.chat.view;

import io.kabar.chat.History;
import java.time.Instant;

/**
 * Where a user left a room.
 *
 * @param sequence number of the last event they had before their eyes, from 1
 * @param at when that was, by this device's clock
 */
public record ReadMarker(long sequence, Instant at) {

    /** Checks the number. */
    public ReadMarker {
        if (sequence < 1 || sequence > History.MAX_SEQUENCE) {
            throw new IllegalArgumentException("Events are numbered from 1.");
        }
    }
}
