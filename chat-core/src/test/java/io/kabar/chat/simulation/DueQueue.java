package io.kabar.chat.simulation;

import java.util.PriorityQueue;

/**
 * When each client is to be woken, the earliest first. A client is in it once for each time that it was to be woken at;
 * of those, only what it wants at present counts.
 */
final class DueQueue {

    private record Due(long at, int place, SimClient client) {
        boolean counts() {
            return client.wakesAt() == at;
        }
    }

    private final PriorityQueue<Due> queue = new PriorityQueue<>(
            (a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Integer.compare(a.place(), b.place()));

    /** A client wants to be woken at another time. */
    void set(SimClient client) {
        if (client.wakesAt() != Long.MAX_VALUE) {
            queue.add(new Due(client.wakesAt(), client.place, client));
        }
    }

    /** When the next client is to be woken. */
    long next() {
        while (!queue.isEmpty() && !queue.peek().counts()) {
            queue.remove();
        }
        return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().at();
    }

    /** Wakes whoever is due. */
    void wake(long now) {
        while (next() <= now) {
            queue.remove().client().wake();
        }
    }
}
