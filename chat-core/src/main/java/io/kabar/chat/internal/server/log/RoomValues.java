package io.kabar.chat.internal.server.log;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.ProgramContent.ValueSet;
import io.kabar.chat.RoomValue;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a room: of each key the event that has set it last. Which event that is tells its header; the events
 * themselves are held here, and outlast the log with the snapshots of the state, as a topic's text does beside it.
 *
 * <p>There are at most {@link RoomValue#MOST}: one more sets nothing, whoever has let it into the log.
 */
public final class RoomValues {

    private final Map<String, ChatEvent> byKey;

    RoomValues() {
        this(Map.of());
    }

    private RoomValues(Map<String, ChatEvent> values) {
        byKey = new LinkedHashMap<>(values);
    }

    /** The same, to go on with by itself. */
    public RoomValues copy() {
        return new RoomValues(byKey);
    }

    /** Event {@code number} has happened; nothing changes unless it sets a value. */
    public void apply(long number, ChatEvent event) {
        if (!(event.content() instanceof ValueSet set)) {
            return;
        }
        if (set.isRemoved()) {
            byKey.remove(set.key());
        } else if (byKey.size() < RoomValue.MOST || byKey.containsKey(set.key())) {
            byKey.put(set.key(), event.withSequence(number));
        }
    }

    /** The log ends at event {@code number}: what was set behind it is no part of it. */
    void endAt(long number) {
        byKey.values().removeIf(event -> event.sequence() > number);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** How many there are. */
    public int size() {
        return byKey.size();
    }

    /** Whether there is one of this key. */
    public boolean has(String key) {
        return byKey.containsKey(key);
    }

    /** How many bytes they have together. */
    public int bytes() {
        return byKey.values().stream().mapToInt(ChatEvent::size).sum();
    }

    /** How many they would have with this one set. */
    public int bytesWith(ValueSet set) {
        ChatEvent before = byKey.get(set.key());
        return bytes() + set.size() - (before == null ? 0 : before.size());
    }

    /** The events that have set them, oldest first. */
    public List<ChatEvent> events() {
        Collection<ChatEvent> events = byKey.values();
        return events.stream()
                .sorted(Comparator.comparingLong(ChatEvent::sequence))
                .toList();
    }
}
