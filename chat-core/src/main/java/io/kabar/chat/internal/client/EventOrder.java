package io.kabar.chat.internal.client;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A room's log as it arrives: puts events in order, each once, and holds those that came early. It never holds more
 * than the sender was allowed to send.
 */
public final class EventOrder {

    private final TreeMap<Long, byte[]> early = new TreeMap<>();
    private long next;
    private long gone;

    /** Expects event {@code next} first. */
    public EventOrder(long next) {
        this.next = next;
    }

    /** The number of the event that is expected next. */
    public long next() {
        return next;
    }

    /** How many events wait for an earlier one. */
    public int early() {
        return early.size();
    }

    /** Takes an event in, in any order and any number of times. */
    public void add(long seq, byte[] body) {
        if (seq >= next) {
            early.putIfAbsent(seq, body);
        }
    }

    /** Events up to {@code to} no longer exist; the ones that are here already are still delivered. */
    public void gone(long to) {
        gone = Math.max(gone, to);
    }

    /** Goes past what is expected but no longer exists; tells whether there was anything. */
    public boolean skip() {
        if (next > gone) {
            return false;
        }
        Long here = early.ceilingKey(next);
        long to = here == null || here > gone ? gone + 1 : here;
        boolean skipped = to > next;
        next = to;
        return skipped;
    }

    /** The body of event {@link #next()}, which is then delivered; null if it has not arrived. */
    public byte @Nullable [] poll() {
        byte[] body = early.remove(next);
        if (body != null) {
            next++;
        }
        return body;
    }
}
