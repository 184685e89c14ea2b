package io.kabar.storage.csv.files;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads that do not keep a program alive, and how to wait for their end. */
public final class JournalThreads {

    private JournalThreads() {}

    public static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Waits until the work in hand is done, however often somebody interrupts: the log must be whole. */
    public static void await(ExecutorService executor) {
        boolean interrupted = false;
        while (true) {
            try {
                if (executor.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
