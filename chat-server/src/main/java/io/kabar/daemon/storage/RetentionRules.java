package io.kabar.daemon.storage;

import io.kabar.chat.RoomName;
import java.util.Map;

/**
 * How much is kept of which room.
 *
 * @param standard of the rooms that are not named
 * @param rooms of those that are
 */
public record RetentionRules(Retention standard, Map<RoomName, Retention> rooms) {

    /** What holds if nobody says anything. */
    public static final RetentionRules STANDARD = new RetentionRules(Retention.STANDARD, Map.of());

    /** Everything is kept. */
    public static final RetentionRules FOREVER = new RetentionRules(Retention.FOREVER, Map.of());

    /** Keeps the map unmodifiable. */
    public RetentionRules {
        rooms = Map.copyOf(rooms);
    }

    /** How much is kept of this room. */
    public Retention of(RoomName room) {
        return rooms.getOrDefault(room, standard);
    }
}
