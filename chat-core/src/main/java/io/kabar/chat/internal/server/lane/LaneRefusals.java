package io.kabar.chat.internal.server.lane;

import io.kabar.chat.MessageId;
import io.kabar.chat.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was refused for good on a lane. Another copy of it may be under way there, if everything was said again under a
 * higher attempt, and is not to be said after all: its sender was told. It ends with the connection, since over another
 * one comes only what its sender was not told of.
 */
final class LaneRefusals {

    /** More messages than fit the window of a lane, each with its type, attempt, id, kind and text. */
    private static final int MAX = 2048;
    /** What each costs: an entry of the table, and the id. */
    private static final int BYTES = 96;

    private final Map<MessageId, Refusal> refused = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageId, Refusal> eldest) {
            return size() > MAX;
        }
    };

    void add(MessageId id, Refusal refusal) {
        refused.put(id, refusal);
    }

    /** Bytes held. */
    int bytes() {
        return BYTES * refused.size();
    }

    @Nullable
    Refusal find(MessageId id) {
        return refused.get(id);
    }
}
