package io.kabar.chat.internal.endpoint;

/**
 * A computation that takes long enough to be done elsewhere, such as a key agreement. It touches nothing but itself:
 * run it once, on any thread, and give it back to {@link Endpoint#handleWork}.
 */
public interface SlowWork {

    /** Computes; what comes out stays inside until it is given back. */
    void run();
}
