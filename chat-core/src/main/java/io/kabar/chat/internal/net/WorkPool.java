package io.kabar.chat.internal.net;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads for what takes long: key agreements, password derivation, account look-ups. What may wait is bounded by
 * those who ask: an endpoint has a limit for each kind.
 */
public final class WorkPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkPool.class);

    private final String name;
    private final ExecutorService executor;

    /** A pool whose threads end when they have been idle for a while. */
    public WorkPool(String name, int threads) {
        this.name = name;
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
        try {
            executor.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            LOG.trace("{}: closed", name);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // the thread would end, and tell of it on standard error
            LOG.error("{} met a defect in Kabar; it goes on.", name, e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
