package io.kabar.chat.internal.net;

/** Monotonic time. */
@FunctionalInterface
public interface Ticker {

    /** Nanoseconds since some fixed moment; never decreases. */
    long nanos();

    /** The machine's own. */
    static Ticker system() {
        return System::nanoTime;
    }
}
