package io.kabar.swing.settings;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The one thread beside the event thread: names are looked up, files read, servers started and closed here. */
public final class Worker {

    private static final long PATIENCE_SECONDS = 10;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread created = new Thread(work, "kabar-desktop-worker");
        created.setDaemon(true);
        return created;
    });

    /** Does this after everything that was asked for before. */
    public void run(Runnable work) {
        thread.execute(work);
    }

    /** Takes nothing more, and waits a bounded time for what was asked for. */
    public void finish() {
        thread.shutdown();
        try {
            thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
