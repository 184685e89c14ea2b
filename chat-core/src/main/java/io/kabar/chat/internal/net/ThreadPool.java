package io.kabar.chat.internal.net;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads for what takes long: key agreements, password derivation, account look-ups. What may wait is bounded by
 * those who ask: an endpoint has a limit for each kind. Where the machine has no room for another thread, those that
 * are there do the work, or else whoever asks for it: late, but somebody waits for it.
 */
final class ThreadPool implements WorkPool {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadPool.class);

    private final String name;
    private final ThreadPoolExecutor executor;
    private final LogThrottle refusals = new LogThrottle();

    /** A pool whose threads end when they have been idle for a while. */
    ThreadPool(String name, int threads) {
        this(name, threads, Thread::new);
    }

    /** The same, with threads that {@code maker} makes of a task and a name. */
    ThreadPool(String name, int threads, BiFunction<Runnable, String, Thread> maker) {
        this.name = name;
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(threads, threads, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = maker.apply(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        AtomicBoolean begun = new AtomicBoolean();
        Runnable careful = () -> {
            if (!begun.getAndSet(true)) { // who has no room for a thread may have queued it all the same
                run(task);
            }
        };
        try {
            executor.execute(careful);
        } catch (RejectedExecutionException e) {
            LOG.trace("{}: closed", name);
        } catch (Throwable e) { // OutOfMemoryError: unable to create native thread
            withoutAnother(careful, e);
        }
    }

    private void withoutAnother(Runnable task, Throwable why) {
        if (refusals.again()) {
            LOG.warn(
                    "{} cannot have another thread ({}, {} times so far); it does with those it has.",
                    name,
                    why.toString(),
                    refusals.count());
        }
        BlockingQueue<Runnable> queue = executor.getQueue();
        boolean queued = executor.getPoolSize() > 0 && queue.offer(task);
        if (!queued || executor.getPoolSize() == 0) { // who takes it first does it, and nobody again
            task.run();
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
