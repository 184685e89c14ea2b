package io.kabar.chat.internal.client;

import io.kabar.chat.internal.connection.Connection;
import io.kabar.chat.internal.endpoint.SignalOrder;
import io.kabar.chat.internal.endpoint.Signals;
import io.kabar.chat.internal.endpoint.TokenBucket;
import io.kabar.chat.internal.endpoint.TypingSignal;
import io.kabar.chat.internal.wire.WireLimits;
import io.kabar.chat.internal.wire.message.ProgramSignal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this client signals, as fast as a server passes it on: of each key of a room the newest waits for its turn, and
 * all that waits is forgotten with the connection. Also which of the signals it hears are news.
 */
final class ClientSignals {

    /** Signals of a room at once ... */
    static final int AT_ONCE = 5;
    /** ... and a second after that. */
    static final int PER_SECOND = 20;

    /** Keys of a room that may wait for their turn; the oldest is forgotten. */
    private static final int KEYS = 64;

    private static final long TYPING_INTERVAL = Duration.ofSeconds(3).toNanos();

    /** What waits in one room, by its key. */
    private static final class Waiting {
        private final TokenBucket rate;
        private final Map<String, byte[]> signals = new LinkedHashMap<>(4);
        private long dueAt = Long.MAX_VALUE;

        Waiting(long now) {
            rate = new TokenBucket(AT_ONCE, PER_SECOND, now);
        }
    }

    private final Map<Long, Waiting> rooms = new HashMap<>(0);
    private final SignalOrder heard = new SignalOrder(WireLimits.SIGNALS_OF_SERVER);
    private @Nullable Connection connection;
    private @Nullable Signals signals;
    private long typingAllowedAt = Long.MIN_VALUE; // a clock may be below zero

    void connected(Connection current) {
        disconnected();
        connection = current;
    }

    void disconnected() {
        connection = null;
        signals = null;
        rooms.clear();
        heard.clear();
    }

    /** Signals that its user writes, but not too often. */
    void typing(long room, long now) {
        if (connection != null && now >= typingAllowedAt) {
            typingAllowedAt = now + TYPING_INTERVAL;
            signals(connection).send(room, room, TypingSignal.own());
        }
    }

    /** Signals something, now or as soon as the rate lets it; nothing while there is no connection. */
    void signal(long room, String key, byte[] bytes, long now) {
        if (connection == null) {
            return;
        }
        Waiting waiting = rooms.computeIfAbsent(room, id -> new Waiting(now));
        waiting.signals.put(key, bytes);
        if (waiting.signals.size() > KEYS) {
            waiting.signals.remove(waiting.signals.keySet().iterator().next());
        }
        send(connection, room, waiting, now);
    }

    private void send(Connection current, long room, Waiting waiting, long now) {
        Iterator<Map.Entry<String, byte[]>> next = waiting.signals.entrySet().iterator();
        while (next.hasNext() && waiting.rate.take(now) == 0) {
            Map.Entry<String, byte[]> signal = next.next();
            String key = signal.getKey();
            signals(current).send(new Slot(room, key), room, new ProgramSignal(null, key, signal.getValue()).encode());
            next.remove();
        }
        waiting.dueAt = next.hasNext() ? now + waiting.rate.waitNanos(now) : Long.MAX_VALUE;
    }

    private record Slot(long room, String key) {}

    private Signals signals(Connection current) {
        if (signals == null) {
            signals = new Signals(current);
        }
        return signals;
    }

    /** Whether what was heard is news. */
    boolean hears(Object slot, long packet) {
        return heard.admits(slot, packet);
    }

    /** Sends what has waited for long enough. */
    void handleTimeout(long now) {
        Connection current = connection;
        if (current != null) {
            rooms.forEach((room, waiting) -> {
                if (waiting.dueAt <= now) {
                    send(current, room, waiting, now);
                }
            });
        }
    }

    /** When {@link #handleTimeout} is worth calling next; it may have passed already. */
    long nextTimeout() {
        long next = Long.MAX_VALUE;
        for (Waiting waiting : rooms.values()) {
            next = Math.min(next, waiting.dueAt);
        }
        return next;
    }
}
