package io.kabar.chat.internal.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The packet of the newest signal of each kind that was heard lately: one that comes late does not undo a newer one.
 * Where more are heard than are remembered, one that comes late may.
 */
public final class SignalOrder {

    private final int most;
    private final Map<Object, Long> newest = new LinkedHashMap<>(4, 0.75f, true);

    /** Nothing was heard. */
    public SignalOrder(int most) {
        this.most = most;
    }

    /**
     * Whether a signal is news, which it is not in a packet older than that of the newest one of its kind.
     *
     * @param slot of what only the newest counts
     */
    public boolean admits(Object slot, long packet) {
        Long before = newest.get(slot);
        if (before != null && packet <= before) {
            return packet == before; // several in one packet
        }
        newest.put(slot, packet);
        if (newest.size() > most) {
            newest.remove(newest.keySet().iterator().next());
        }
        return true;
    }

    /** What was heard is of another connection. */
    public void clear() {
        newest.clear();
    }
}
