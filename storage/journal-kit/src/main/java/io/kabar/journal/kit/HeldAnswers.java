package io.kabar.journal.kit;

import io.kabar.chat.spi.Journal.Entry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Holds every thread that reports a commit, but the one that has made this, until it is released or time is up. */
final class HeldAnswers extends JournalAnswers {

    private final Thread caller = Thread.currentThread();
    private final Duration patience;
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicBoolean timeIsUp = new AtomicBoolean();

    HeldAnswers(Duration patience) {
        super(patience);
        this.patience = patience;
    }

    @Override
    public void committed(long number, Entry entry) {
        if (Thread.currentThread() != caller) {
            hold();
        }
        add(number, entry);
    }

    private void hold() {
        try {
            if (!released.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                timeIsUp.set(true);
                released.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if somebody has been held for so long that the caller must have waited for it. */
    boolean release() {
        released.countDown();
        return !timeIsUp.get();
    }
}
