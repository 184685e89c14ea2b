package io.kabar.chat.internal.net;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads for what takes long: key agreements, password derivation, account look-ups. What may wait is bounded by
 * those who ask: an endpoint has a limit for each kind.
 */
public final class WorkPool implements AutoCloseable {

    private final ExecutorService executor;

    /** A pool whose threads end when they have been idle for a while. */
    public WorkPool(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        executor = pool;
    }

    /** Runs a task on one of the threads; quietly not at all once the pool is closed. */
    public void execute(Runnable task) {
        if (!executor.isShutdown()) {
            executor.execute(task);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
