package io.kabar.chat.internal.client;

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
final class Retries<K> {

    private static final long MILLI = 1_000_000L;

    private final Map<K, Long> dueAt = new LinkedHashMap<>();
    private long last = Long.MIN_VALUE;

    /** Asks for {@code key} again, not before the wait is over. */
    void add(K key, Refusal refusal, long waitMillis, long now) {
        long wait = Math.min(waitMillis, ClientOutbox.MAX_RETRY_MILLIS) * MILLI;
        if (refusal != Refusal.RATE_LIMITED) {
            dueAt.put(key, now + wait);
            return;
        }
        last = dueAt.isEmpty() ? now + wait : Math.max(last, now) + wait;
        dueAt.put(key, last);
    }

    void remove(K key) {
        dueAt.remove(key);
    }

    void clear() {
        dueAt.clear();
    }

    /** Takes out what is to be asked for again now. */
    List<K> takeDue(long now) {
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

    long next() {
        return dueAt.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }
}
