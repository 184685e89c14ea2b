package io.kabar.chat.rules;

import java.time.Instant;

/**
 * How somebody stands in a room.
 *
 * @param role what they are there, or in every room if that is more
 * @param mutedUntil until when they are muted; {@link Instant#EPOCH} if they are not
 */
public record Standing(RoomRole role, Instant mutedUntil) {

    /** Somebody with this role who is not muted. */
    public static Standing of(RoomRole role) {
        return new Standing(role, Instant.EPOCH);
    }

    /** The same with another role. */
    public Standing withRole(RoomRole other) {
        return new Standing(other, mutedUntil);
    }

    /** The same, muted until then. */
    public Standing withMute(Instant until) {
        return new Standing(role, until);
    }
}
