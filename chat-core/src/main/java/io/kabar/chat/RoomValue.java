package io.kabar.chat;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A value of a room under a key: what {@link ProgramContent.ValueSet} has set it to last. Values are kept as long as
 * the room is, whatever becomes of the events that set them.
 *
 * @param key its name
 * @param payload what it is; never empty
 * @param author who set it
 * @param sequence number of the event that set it
 * @param time when that was
 */
public record RoomValue(String key, Payload payload, Author author, long sequence, Instant time) {

    /** The most values that a room has. */
    public static final int MOST = 256;

    /** The most bytes that the values of a room have together, with their keys and media types. */
    public static final int MOST_BYTES = 64 * 1024;

    /** All of it is there. */
    public RoomValue {
        requireNonNull(key);
        requireNonNull(payload);
        requireNonNull(author);
        requireNonNull(time);
    }

    /**
     * The value that an event sets.
     *
     * @throws IllegalArgumentException if it sets none
     */
    public static RoomValue of(ChatEvent event) {
        if (event.content() instanceof ProgramContent.ValueSet set && !set.isRemoved()) {
            return new RoomValue(set.key(), set.payload(), event.author(), event.sequence(), event.time());
        }
        throw new IllegalArgumentException("That sets no value.");
    }
}
