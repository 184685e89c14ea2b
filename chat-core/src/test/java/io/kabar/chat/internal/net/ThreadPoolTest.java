package io.kabar.chat.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What it was asked to do is done, whatever the machine has no room for. */
class ThreadPoolTest {

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final AtomicInteger room = new AtomicInteger();

    /** A thread, while there is room. Newer JDKs start one by a way of their own, so it cannot fail later than here. */
    private Thread thread(Runnable task, String name) {
        if (room.getAndDecrement() <= 0) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        return new Thread(task, name);
    }

    private void noteThread() {
        done.add(Thread.currentThread().getName());
    }

    @Test
    void without_any_thread_whoever_asks_does_the_work() {
        try (ThreadPool pool = new ThreadPool("pool", 2, this::thread)) {
            pool.execute(this::noteThread);
            pool.execute(() -> {
                throw new AssertionError("a defect");
            });
            pool.execute(this::noteThread);
            String own = Thread.currentThread().getName();
            assertThat(done).containsExactly(own, own);
            room.set(1);
            pool.execute(this::noteThread);
            await().until(() -> done.size() == 3);
            assertThat(done.get(2)).startsWith("pool-");
        }
    }

    @Test
    void without_another_thread_the_one_there_is_does_the_work() throws Exception {
        room.set(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ThreadPool pool = new ThreadPool("pool", 4, this::thread)) {
            pool.execute(() -> {
                try {
                    assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            pool.execute(this::noteThread);
            pool.execute(this::noteThread);
            assertThat(done).isEmpty();
            goOn.countDown();
            await().until(() -> done.size() == 2);
            assertThat(done).allSatisfy(name -> assertThat(name).startsWith("pool-"));
        }
    }

    @Test
    void what_waits_when_it_is_closed_is_done_and_what_comes_later_is_not() {
        room.set(1);
        ThreadPool pool = new ThreadPool("pool", 1, this::thread);
        pool.execute(this::noteThread);
        pool.execute(this::noteThread);
        pool.close();
        pool.execute(this::noteThread);
        await().until(() -> done.size() == 2);
    }
}
