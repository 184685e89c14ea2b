package io.kabar.chat.testkit;

import io.kabar.chat.internal.net.UdpEventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what threads and clocks do elsewhere: runs tasks, turns loops, and goes to the next moment at which something is
 * due. Whoever waits for something turns it, also from within a task; what is at work already is left alone then.
 */
final class Turner {

    private static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");
    /** Anything, as of {@link System#nanoTime}. */
    private static final long ZERO = 1_000_000_000_000L;
    /** Real time that a part of the program with threads of its own is waited for. */
    private static final long OWED_NANOS = Duration.ofSeconds(5).toNanos();
    /** Whether it has answered is looked at so often, in milliseconds, as it need not say so. */
    private static final long LOOK = 2;

    private record Action(long at, long order, Runnable action) {}

    /** A loop, and where it runs. */
    private record Turning(Host host, UdpEventLoop loop) {}

    /** Something to be run by a pool, when it has a thread for it. */
    private record Task(Pool pool, Runnable run) {}

    private final ReentrantLock turning = new ReentrantLock();
    /** Guards what other threads add to, and tells of it. */
    private final Object news = new Object();

    private final ArrayDeque<Task> tasks = new ArrayDeque<>();
    private final PriorityQueue<Action> actions = new PriorityQueue<>(
            (a, b) -> a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.order(), b.order()));
    private long order;
    private boolean isWoken;
    /** Somebody with threads of their own has been waited for long enough. */
    private boolean isOwedInVain;

    private final List<Turning> loops = new ArrayList<>();
    private volatile long now = ZERO;

    /** Nanoseconds of no calendar. */
    long now() {
        return now;
    }

    InstantSource clock() {
        return () -> BEGINNING.plusNanos(now - ZERO);
    }

    // From any thread
    // ------------------------------------------------------------------------------------------------------------

    /** Runs a task on a thread of this pool. */
    void run(Pool pool, Runnable task) {
        synchronized (news) {
            tasks.add(new Task(pool, task));
            news.notifyAll();
        }
    }

    /** Runs something at this moment. */
    void at(long time, Runnable action) {
        synchronized (news) {
            actions.add(new Action(Math.max(now, time), order++, action));
            news.notifyAll();
        }
    }

    /** A loop has commands. */
    void wakeUp() {
        synchronized (news) {
            isWoken = true;
            isOwedInVain = false;
            news.notifyAll();
        }
    }

    // By whoever turns it
    // ------------------------------------------------------------------------------------------------------------

    void begin(Host host, UdpEventLoop loop) {
        turning.lock();
        try {
            loops.add(new Turning(host, loop));
        } finally {
            turning.unlock();
        }
        wakeUp();
    }

    /** What ran on this machine does nothing any more. */
    void forget(Host host) {
        turning.lock();
        try {
            loops.removeIf(each -> each.host == host);
            synchronized (news) {
                tasks.removeIf(task -> task.pool.isOf(host));
            }
        } finally {
            turning.unlock();
        }
    }

    /** Turns until something is so, at most for so many nanoseconds; returns whether it is. */
    boolean turn(BooleanSupplier condition, long nanos) {
        turning.lock();
        try {
            long end = nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
            boolean goesOn = true;
            while (goesOn) {
                doWhatIsDue(condition);
                if (condition.getAsBoolean()) {
                    return true;
                }
                goesOn = advance(end);
            }
            return false;
        } finally {
            turning.unlock();
        }
    }

    /** Everything that there is to do at this moment, or as much as it takes. */
    private void doWhatIsDue(BooleanSupplier condition) {
        boolean any = true;
        while (any) {
            any = false;
            for (Task task = next(); task != null; task = next()) {
                any = true;
                task.pool.run(task.run);
            }
            for (Turning each : List.copyOf(loops)) {
                if (loops.contains(each) && isDue(each)) {
                    any = true;
                    if (!each.loop.turn()) {
                        loops.remove(each);
                    }
                }
            }
            Runnable action = nextAction();
            if (action != null) {
                any = true;
                action.run();
            }
            any &= !condition.getAsBoolean();
        }
    }

    private static boolean isDue(Turning each) {
        return !each.loop.isTurning() && each.loop.isDue();
    }

    private @Nullable Task next() {
        synchronized (news) {
            isWoken = false;
            for (Task task : tasks) {
                if (task.pool.hasThread()) {
                    tasks.remove(task);
                    return task;
                }
            }
            return null;
        }
    }

    private @Nullable Runnable nextAction() {
        synchronized (news) {
            Action first = actions.peek();
            return first != null && first.at() <= now ? actions.remove().action() : null;
        }
    }

    /** Goes to the next moment at which there is something to do; false if that is not before the end. */
    private boolean advance(long end) {
        if (isOwedAnAnswer() && awaitNews()) {
            return true;
        }
        long next = nextMoment();
        if (next > end || next == Long.MAX_VALUE) {
            now = Math.max(now, end == Long.MAX_VALUE ? now : end);
            return false;
        }
        now = Math.max(now, next);
        return true;
    }

    private long nextMoment() {
        long next = Long.MAX_VALUE;
        synchronized (news) {
            if (isWoken || (!tasks.isEmpty() && tasks.stream().anyMatch(task -> task.pool.hasThread()))) {
                return now; // added by another thread just now
            }
            Action first = actions.peek();
            next = first == null ? next : first.at();
        }
        for (Turning each : loops) {
            if (!each.loop.isTurning()) {
                long idle = each.loop.idleNanos();
                next = idle == Long.MAX_VALUE ? next : Math.min(next, now + idle);
            }
        }
        return next;
    }

    private boolean isOwedAnAnswer() {
        return !isOwedInVain && loops.stream().anyMatch(each -> each.loop.host().isOwedAnAnswer());
    }

    /** Waits for another thread; false if nothing comes of it. */
    private boolean awaitNews() {
        long until = System.nanoTime() + OWED_NANOS;
        synchronized (news) {
            while (!isWoken && tasks.isEmpty() && isOwedAnAnswer()) {
                if (System.nanoTime() - until > 0) {
                    isOwedInVain = true;
                    return false;
                }
                try {
                    news.wait(LOOK);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether there is nothing to do at this moment, and nobody's answer is waited for. */
    boolean isAtRest() {
        synchronized (news) {
            if (isWoken || tasks.stream().anyMatch(task -> task.pool.hasThread())) {
                return false;
            }
        }
        return !isOwedAnAnswer() && loops.stream().noneMatch(Turner::isDue);
    }

    /** Whether nothing is on its way for any loop, but what nobody would hear. */
    boolean areSettled(BiPredicate<Host, InetSocketAddress> hears) {
        return loops.stream().allMatch(each -> each.loop.host().isSettled(address -> hears.test(each.host, address)));
    }
}
