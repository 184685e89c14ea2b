package io.kabar.chat.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whatever the host program does with its calls, the next ones are made. */
class CallbacksTest {

    private static final long LIMIT = 10_000;

    private final List<String> made = new CopyOnWriteArrayList<>();

    @Test
    void call_that_throws_anything_is_not_the_last() {
        try (Callbacks callbacks = new Callbacks("test-callback", null, Machine.system())) {
            for (Throwable thrown : List.of(
                    new IllegalStateException("a bug"),
                    new AssertionError("a failed assertion"),
                    new StackOverflowError(),
                    new OutOfMemoryError("of one call"),
                    new NoClassDefFoundError("missing"))) {
                callbacks.execute(() -> sneakily(thrown));
                callbacks.execute(() -> made.add(thrown.getClass().getSimpleName()));
            }
            Awaitility.await().until(() -> made.size() == 5);
        }
    }

    @Test
    void executor_that_rejects_once_gets_the_next_ones() {
        ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        AtomicBoolean rejects = new AtomicBoolean(true);
        try (Callbacks callbacks = new Callbacks(
                "test-callback",
                task -> {
                    if (rejects.getAndSet(false)) {
                        throw new RejectedExecutionException("full");
                    }
                    tasks.add(task);
                },
                Machine.system())) {
            callbacks.execute(() -> made.add("rejected"));
            Awaitility.await().until(() -> made.contains("rejected"));
            Awaitility.await().until(() -> {
                callbacks.execute(() -> made.add("taken"));
                return !tasks.isEmpty();
            });
            tasks.remove().run();
            assertThat(made).endsWith("taken");
        }
    }

    @Test
    void executor_that_fails_in_any_way_is_done_without() {
        for (Throwable thrown : List.of(new RejectedExecutionException(), new Error("an executor's own"))) {
            AtomicInteger calls = new AtomicInteger();
            try (Callbacks callbacks = new Callbacks("test-callback", task -> sneakily(thrown), Machine.system())) {
                for (int i = 0; i < 100; i++) {
                    callbacks.execute(calls::incrementAndGet);
                }
                Awaitility.await().until(() -> calls.get() == 100);
            }
        }
    }

    @Test
    void calls_are_made_in_order_and_one_at_a_time_on_many_threads() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(4);
        AtomicInteger inside = new AtomicInteger();
        List<Integer> order = new CopyOnWriteArrayList<>();
        try (Callbacks callbacks = new Callbacks("test-callback", many, Machine.system())) {
            for (int i = 0; i < 500; i++) {
                int number = i;
                callbacks.execute(() -> {
                    assertThat(inside.incrementAndGet()).isEqualTo(1);
                    order.add(number);
                    inside.decrementAndGet();
                });
            }
            assertThat(callbacks.await(() -> order.size() == 500, LIMIT)).isTrue();
        } finally {
            many.shutdown();
        }
        assertThat(order).isSorted();
    }

    @Test
    void thread_that_waits_where_calls_are_made_makes_them() throws Exception {
        ExecutorService window = Executors.newSingleThreadExecutor();
        Callbacks callbacks = new Callbacks("test-callback", window, Machine.system());
        try {
            CountDownLatch first = new CountDownLatch(1);
            callbacks.execute(first::countDown);
            assertThat(first.await(LIMIT, TimeUnit.MILLISECONDS)).isTrue();

            AtomicBoolean done = new AtomicBoolean();
            boolean came = window.submit(() -> {
                        callbacks.execute(() -> done.set(true)); // waits for this very thread
                        return callbacks.await(done::get, LIMIT);
                    })
                    .get(2 * LIMIT, TimeUnit.MILLISECONDS);
            assertThat(came).isTrue();
        } finally {
            window.shutdown();
            callbacks.close();
        }
    }

    @Test
    void thread_of_ours_ends_after_the_last_call() {
        Callbacks callbacks = new Callbacks("test-lingering", null, Machine.system());
        callbacks.execute(() -> made.add("last"));
        callbacks.close();
        Awaitility.await().until(() -> made.contains("last"));
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("test-lingering")));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneakily(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
