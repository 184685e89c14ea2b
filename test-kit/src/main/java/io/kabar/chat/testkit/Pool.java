package io.kabar.chat.testkit;

import io.kabar.chat.internal.net.WorkPool;

/** A pool whose tasks the {@link Turner} runs: as many within each other as it would have threads. */
final class Pool implements WorkPool {

    private final String name;
    private final Host host;
    private final Turner turner;
    private final int threads;
    private int running;
    private volatile boolean isClosed;

    Pool(String name, Host host, Turner turner, int threads) {
        this.name = name;
        this.host = host;
        this.turner = turner;
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        if (!isClosed) {
            turner.run(this, task);
        }
    }

    boolean isOf(Host other) {
        return host == other;
    }

    boolean hasThread() {
        return running < threads;
    }

    void run(Runnable task) {
        running++;
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(name + " met a defect.", e);
        } finally {
            running--;
        }
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
