package io.kabar.chat.internal.net;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one at a time and in order on an executor that may do neither. A task that throws does not stop the others. */
public final class SerialExecutor implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    private final Executor executor;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private volatile @Nullable Thread current;

    public SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::drain);
    }

    /** Whether the calling thread is running one of the tasks. */
    public boolean isCurrent() {
        return current == Thread.currentThread();
    }

    private void drain() {
        while (true) {
            Runnable task;
            synchronized (waiting) {
                task = waiting.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            current = Thread.currentThread();
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("A callback failed.", e);
            } finally {
                current = null;
            }
        }
    }
}
