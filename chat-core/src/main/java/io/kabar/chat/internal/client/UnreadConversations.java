package io.kabar.chat.internal.client;

import io.kabar.chat.RoomName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Direct conversations in which something was said that this client has not read, and the number of the first of it:
 * whoever enters one reads from there on. The newest of them, so that strangers cannot fill the memory.
 */
final class UnreadConversations {

    private static final int MAX = 1024;

    private final Map<RoomName, Long> first = new LinkedHashMap<>();

    int size() {
        return first.size();
    }

    void add(RoomName room, long sequence) {
        first.merge(room, sequence, Math::min);
        if (first.size() > MAX) {
            first.remove(first.keySet().iterator().next());
        }
    }

    /** The first event that was not read; null if nothing was announced. */
    @Nullable
    Long first(RoomName room) {
        return first.get(room);
    }

    /** The conversation is entered. */
    void remove(RoomName room) {
        first.remove(room);
    }

    void clear() {
        first.clear();
    }
}
