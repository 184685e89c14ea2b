package io.kabar.chat.internal.net;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls into the host program: one at a time and in order, on an executor that may do neither. Nothing the program
 * does ends them: a call that throws, an {@code Error} too, is logged and the next one made, and if the executor takes
 * no more tasks, a thread of ours makes the calls.
 *
 * <p>All methods may be called from any thread.
 */
public final class Callbacks implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    /** A waiting thread that makes the calls itself looks for new ones so often, in milliseconds. */
    private static final long LOOK = 20;

    private final String name;
    private final @Nullable Executor executor;
    private final Machine machine;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final LogThrottle rejections = new LogThrottle();
    /** Somebody has been asked to make the calls that wait. */
    private boolean asked;
    /** Somebody is making them. */
    private boolean running;

    private boolean closed;
    private @Nullable WorkPool own;
    private volatile @Nullable Thread inside;
    private volatile @Nullable Thread last;

    /**
     * @param name of the thread of ours that makes the calls if nobody else does
     * @param executor the program's; null if a thread of ours is to make them
     * @param machine has that thread
     */
    public Callbacks(String name, @Nullable Executor executor, Machine machine) {
        this.name = name;
        this.executor = executor;
        this.machine = machine;
    }

    /** A future that is completed by a call, and that the program may wait for. */
    public <T> CompletableFuture<T> future() {
        return machine.future();
    }

    @Override
    public void execute(Runnable call) {
        synchronized (waiting) {
            waiting.add(call);
            waiting.notifyAll();
            if (asked) {
                return;
            }
            asked = true;
        }
        ask();
    }

    private void ask() {
        if (executor == null) {
            ownThread().execute(this::makeCalls);
            return;
        }
        try {
            executor.execute(this::makeCalls);
        } catch (Throwable e) { // it is the program's: whatever it throws, somebody waits for these calls
            if (rejections.again()) {
                LOG.warn(
                        "The callback executor took no task ({}, {} times so far); {} makes the calls.",
                        e.toString(),
                        rejections.count(),
                        name);
            }
            ownThread().execute(this::makeCalls);
        }
    }

    private WorkPool ownThread() {
        synchronized (waiting) {
            WorkPool pool = own;
            if (pool == null) {
                pool = machine.pool(name, 1);
                own = pool;
            }
            return pool;
        }
    }

    /** Whether calls wait for the program's executor to make them. */
    public boolean isOwed() {
        synchronized (waiting) {
            return executor != null && asked && inside != Thread.currentThread();
        }
    }

    /** Whether the calling thread is inside a call. */
    public boolean isInside() {
        return inside == Thread.currentThread();
    }

    /**
     * Waits until something is so that calls bring about, at most so long. Where calls are made on the waiting thread,
     * as when a window's thread closes a client whose calls go to it, that thread makes them meanwhile.
     *
     * @return whether it is so
     */
    public boolean await(BooleanSupplier condition, long millis) throws InterruptedException {
        if (machine.turnUntil(condition, millis)) {
            return condition.getAsBoolean();
        }
        boolean here = last == Thread.currentThread();
        long end = machine.ticker().nanos() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!condition.getAsBoolean()) {
            if (machine.ticker().nanos() - end >= 0) {
                return false;
            }
            if (here) {
                makeCalls();
            }
            synchronized (waiting) {
                if (!here || waiting.isEmpty()) {
                    waiting.wait(LOOK);
                }
            }
        }
        return true;
    }

    /** Makes what waits: by whom it is, they are one at a time. */
    private void makeCalls() {
        synchronized (waiting) {
            if (running) {
                return;
            }
            running = true;
            inside = Thread.currentThread();
            last = inside;
        }
        for (Runnable call = next(); call != null; call = next()) {
            make(call);
        }
    }

    /** The next call; null if there is none, and then nobody is making calls. */
    private @Nullable Runnable next() {
        synchronized (waiting) {
            Runnable call = waiting.poll();
            if (call == null) {
                running = false;
                inside = null; // before another thread may begin
                asked = false;
                waiting.notifyAll();
                if (closed && own != null) {
                    own.close();
                }
            }
            return call;
        }
    }

    private static void make(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) { // a failed assertion of a test, too, is no reason for silence
            LOG.warn("A callback failed.", e);
        }
    }

    /** No call comes after those that wait. */
    @Override
    public void close() {
        synchronized (waiting) {
            closed = true;
            if (waiting.isEmpty() && !running && own != null) {
                own.close();
            }
        }
    }
}
