package io.kabar.chat.view;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.LogPosition;
import java.time.Instant;

/**
 * Where a user left a room.
 *
 * @param sequence number of the last event they had before their eyes, from 1
 * @param at when that was, by this device's clock
 * @param epoch of the history the number belongs to; 0 if it was kept before there were epochs
 */
public record ReadMarker(long sequence, Instant at, long epoch) {

    /** Checks both numbers. */
    public ReadMarker {
        if (sequence < 1 || sequence > JoinHistory.MAX_SEQUENCE) {
            throw new IllegalArgumentException("Events are numbered from 1.");
        }
        if (epoch < 0 || epoch > LogPosition.MAX_EPOCH) {
            throw new IllegalArgumentException("An epoch is below 2^32.");
        }
    }

    /** Where a user left a room, nobody knows in which history. */
    public ReadMarker(long sequence, Instant at) {
        this(sequence, at, 0);
    }

    /** The same for the server, so that it tells whether its history is the one that was read. */
    public LogPosition position() {
        return epoch == 0 ? LogPosition.NONE : new LogPosition(epoch, sequence);
    }
}
