package io.kabar.chat.internal.client.calls;

import io.kabar.chat.Refusal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server has refused for a time, and when each is to be asked for again: one after the other if it was for
 * their rate, as all at once would be refused once more.
 */
public final class Retries<K> {

    /** Longest wait a server can impose, in milliseconds: an hour. */
    public static final long MAX_RETRY_MILLIS = 3_600_000L;

    private static final long MILLI = 1_000_000L;

    private final Map<K, Long> dueAt = new LinkedHashMap<>();
    private long last = Long.MIN_VALUE;

    /** Asks for {@code key} again, not before the wait is over. */
    public void add(K key, Refusal refusal, long waitMillis, long now) {
        long wait = Math.min(waitMillis, MAX_RETRY_MILLIS) * MILLI;
        if (refusal != Refusal.RATE_LIMITED) {
            dueAt.put(key, now + wait);
            return;
        }
        last = dueAt.isEmpty() ? now + wait : Math.max(last, now) + wait;
        dueAt.put(key, last);
    }

    public void remove(K key) {
        dueAt.remove(key);
    }

    public void clear() {
        dueAt.clear();
    }

    /** Takes out what is to be asked for again now. */
    public List<K> takeDue(long now) {
        List<K> due = new ArrayList<>();
        for (Iterator<Map.Entry<K, Long>> all = dueAt.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<K, Long> one = all.next();
            if (one.getValue() <= now) {
                due.add(one.getKey());
                all.remove();
            }
        }
        return due;
    }

    /** Whether this waits for its time. */
    public boolean contains(K key) {
        return dueAt.containsKey(key);
    }

    /** When the next is due. */
    public long next() {
        return dueAt.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }
}
