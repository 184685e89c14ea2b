package io.kabar.storage.csv.folder;

import io.kabar.chat.RoomName;
import java.util.Map;

/**
 * How much is kept of which room.
 *
 * @param standard of the rooms that are not named
 * @param rooms of those that are
 * @param roomBytes what the log of a room may have before a number of events counts by itself, whatever
 *     the days
 */
public record RetentionRules(Retention standard, Map<RoomName, Retention> rooms, long roomBytes) {

    /** More than one address can fill in a week, even with texts of quotes, which take two bytes each. */
    public static final long STANDARD_ROOM_BYTES = 2048L * 1024 * 1024;

    /** What holds if nobody says anything. */
    public static final RetentionRules STANDARD = new RetentionRules(Retention.STANDARD, Map.of());

    /** Everything is kept. */
    public static final RetentionRules FOREVER = new RetentionRules(Retention.FOREVER, Map.of());

    /** Keeps the map unmodifiable. */
    public RetentionRules {
        rooms = Map.copyOf(rooms);
    }

    /** The same with the standard bound on bytes. */
    public RetentionRules(Retention standard, Map<RoomName, Retention> rooms) {
        this(standard, rooms, STANDARD_ROOM_BYTES);
    }

    /** How much is kept of this room. */
    public Retention of(RoomName room) {
        return rooms.getOrDefault(room, standard);
    }
}
