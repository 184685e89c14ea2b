package io.kabar.chat.internal.net;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Calls of which only the newest of each kind counts: while one waits to be made, a newer one takes its place. So they
 * hold a bounded amount however slow the program is.
 *
 * @param <K> kind of call
 * @param <V> what is told by it
 */
public final class NewestCalls<K, V> {

    private final Map<K, V> waiting = new ConcurrentHashMap<>();
    private final Predicate<Runnable> executor;

    /**
     * Nothing waits.
     *
     * @param executor makes a call later, or tells that it does not
     */
    public NewestCalls(Predicate<Runnable> executor) {
        this.executor = executor;
    }

    /** Tells this, unless something newer of its kind comes before that. */
    public void tell(K kind, V value, Consumer<V> call) {
        if (waiting.put(kind, value) != null) {
            return;
        }
        boolean taken = executor.test(() -> {
            V newest = waiting.remove(kind);
            if (newest != null) {
                call.accept(newest);
            }
        });
        if (!taken) {
            waiting.remove(kind);
        }
    }
}
