package io.kabar.storage.csv.folder;

import io.kabar.chat.RoomName;
import io.kabar.chat.internal.text.Digits;
import java.util.HashMap;
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

    private static final String HISTORY = "history";
    private static final String OF_ROOM = "history.room.";
    private static final String ROOM_BYTES = "history.room-bytes";

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

    /**
     * Reads rules from words.
     *
     * @throws IllegalArgumentException if one of them is not of its form
     */
    public static RetentionRules of(Map<String, String> settings) {
        Map<RoomName, Retention> rooms = new HashMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith(OF_ROOM)) {
                rooms.put(new RoomName(key.substring(OF_ROOM.length())), Retention.parse(value));
            }
        });
        return new RetentionRules(
                Retention.parse(settings.getOrDefault(HISTORY, Retention.STANDARD.text())),
                rooms,
                Digits.parseLong(settings.getOrDefault(ROOM_BYTES, Long.toString(STANDARD_ROOM_BYTES))));
    }

    /** The words of which {@link #of(Map)} makes these rules. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put(HISTORY, standard.text());
        settings.put(ROOM_BYTES, Long.toString(roomBytes));
        rooms.forEach((room, kept) -> settings.put(OF_ROOM + room.text(), kept.text()));
        return settings;
    }

    /** How much is kept of this room. */
    public Retention of(RoomName room) {
        return rooms.getOrDefault(room, standard);
    }
}
