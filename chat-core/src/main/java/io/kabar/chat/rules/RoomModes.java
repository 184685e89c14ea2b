package io.kabar.chat.rules;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What is set for a room as a whole: a value for each {@link RoomMode}. Unchangeable. */
public final class RoomModes {

    /** Nothing is set: everybody may enter, speak, read and set the topic. */
    public static final RoomModes NONE = new RoomModes(Map.of());

    /** Without those that are 0. */
    private final Map<RoomMode, Long> values;

    private RoomModes(Map<RoomMode, Long> values) {
        this.values = values;
    }

    /**
     * These values, and 0 for each other mode.
     *
     * @throws IllegalArgumentException with a sentence, if a mode cannot have its value
     */
    public static RoomModes of(Map<RoomMode, Long> values) {
        return NONE.with(values);
    }

    /** The value of a mode. */
    public long value(RoomMode mode) {
        return values.getOrDefault(mode, 0L);
    }

    /** Whether a mode is on, or has any other value than 0. */
    public boolean is(RoomMode mode) {
        return values.containsKey(mode);
    }

    /** The role that a mode has for its value. */
    public RoomRole role(RoomMode mode) {
        return RoomRole.of(value(mode));
    }

    /** How long one waits between two messages; zero if not at all. */
    public Duration slow() {
        return Duration.ofSeconds(value(RoomMode.SLOW));
    }

    /** Those that have another value than 0. */
    public Map<RoomMode, Long> values() {
        return values;
    }

    /**
     * The same with other values for these modes.
     *
     * @throws IllegalArgumentException with a sentence, if a mode cannot have its value
     */
    public RoomModes with(Map<RoomMode, Long> changes) {
        Map<RoomMode, Long> all = new EnumMap<>(RoomMode.class);
        all.putAll(values);
        changes.forEach((mode, value) -> {
            mode.require(value);
            if (value == 0) {
                all.remove(mode);
            } else {
                all.put(mode, value);
            }
        });
        return new RoomModes(Collections.unmodifiableMap(all));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoomModes that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Such as {@code moderated=on slow=10}; empty if nothing is set. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach((mode, value) -> text.append(text.isEmpty() ? "" : " ")
                .append(mode.word())
                .append('=')
                .append(mode.word(value)));
        return text.toString();
    }
}
