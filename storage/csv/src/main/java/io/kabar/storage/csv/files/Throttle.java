package io.kabar.storage.csv.files;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Lets at most one line a period through for each kind, after some at once, and counts the others into the next one.
 */
public final class Throttle {

    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
    private final long period;
    private final int atOnce;
    private final LongSupplier nanos;

    /** One line a second, by the system's clock. */
    public Throttle() {
        this(Duration.ofSeconds(1));
    }

    /** One line a period, by the system's clock. */
    public Throttle(Duration period) {
        this(period, 1);
    }

    /** So many lines at once, then one a period, by the system's clock. */
    public Throttle(Duration period, int atOnce) {
        this(period, atOnce, System::nanoTime);
    }

    Throttle(Duration period, int atOnce, LongSupplier nanos) {
        this.period = period.toNanos();
        this.atOnce = atOnce;
        this.nanos = nanos;
    }

    /** Hands the line to {@code log} if it is time; {@code kind} is one of few words, never made of a peer's input. */
    public void line(String kind, String line, Consumer<String> log) {
        int held = kinds.computeIfAbsent(kind, k -> new Kind(atOnce)).pass(nanos.getAsLong(), period);
        if (held == 0) {
            log.accept(line);
        } else if (held > 0) {
            log.accept(line + " (" + held + " more like this since the last line)");
        }
    }

    private static final class Kind {
        private final int atOnce;
        private int left;
        private long since;
        private int held;

        Kind(int atOnce) {
            this.atOnce = atOnce;
            left = atOnce;
        }

        /** How many were held back since the last line; -1 if this one is, too. */
        synchronized int pass(long now, long period) {
            if (left < atOnce) {
                long earned = (now - since) / period;
                left = (int) Math.min(atOnce, left + earned);
                since += earned * period;
            }
            if (left == 0) {
                held++;
                return -1;
            }
            if (left == atOnce) {
                since = now; // from here on another one is earned
            }
            left--;
            int count = held;
            held = 0;
            return count;
        }
    }
}
