package io.kabar.chat.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A future that is waited for by turning what will complete it; so are those that are made of it. */
final class TurningFuture<T> extends CompletableFuture<T> {

    /** Of the network's time. What takes longer never comes. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Turner turner;

    TurningFuture(Turner turner) {
        this.turner = turner;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new TurningFuture<>(turner);
    }

    @Override
    public T join() {
        await();
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        await();
        return super.get();
    }

    /** By the network's clock. */
    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (!isDone() && !turner.turn(this::isDone, unit.toNanos(timeout))) {
            throw new TimeoutException();
        }
        return super.get();
    }

    private void await() {
        if (!isDone() && !turner.turn(this::isDone, PATIENCE.toNanos())) {
            throw new IllegalStateException("Nothing on the test network completes this future, however long one waits."
                    + " It may be waited for where it would be completed, or what it waits for cannot come.");
        }
    }
}
