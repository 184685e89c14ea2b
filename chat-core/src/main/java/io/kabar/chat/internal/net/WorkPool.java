package io.kabar.chat.internal.net;

/**
 * A few threads for what takes long: key agreements, password derivation, account look-ups. What may wait is bounded by
 * those who ask: an endpoint has a limit for each kind. May be used by any thread.
 */
public interface WorkPool extends AutoCloseable {

    /** Runs a task on one of the threads, which no failure of the task ends; not at all once the pool is closed. */
    void execute(Runnable task);

    /** Takes no task any more; those it has are run. */
    @Override
    void close();
}
