package io.kabar.daemon.storage;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Brings what was written to the disk, at least once a second, on a thread of its own; so a slow disk delays nobody.
 * Closes segments that are no longer written to, which nobody else does while it may be forcing them.
 */
final class BackgroundSync implements AutoCloseable {

    /** Half of what is promised, to leave time for the work itself. */
    private static final long PERIOD_MILLIS = 500;

    private final Set<SegmentFile> written = ConcurrentHashMap.newKeySet();
    private final Queue<SegmentFile> retired = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> JournalThreads.thread("kabar-journal-sync", task));
    private final StorageLog log;

    BackgroundSync(StorageLog log) {
        this.log = log;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    void start() {
        thread.scheduleWithFixedDelay(this::sync, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** There are bytes in this file that are not on the disk yet. */
    void written(SegmentFile file) {
        written.add(file);
    }

    /** Nothing will be written to this file any more. */
    void retire(SegmentFile file) {
        retired.add(file);
    }

    /** Forces what was written so far. */
    synchronized void sync() {
        // Retired ones are closed only after the force of whatever was written to them before.
        int closing = retired.size();
        for (SegmentFile file : List.copyOf(written)) {
            written.remove(file);
            try {
                file.force();
            } catch (IOException e) {
                written.add(file);
                log.cannotSync(e);
            }
        }
        for (int i = 0; i < closing; i++) {
            SegmentFile file = retired.poll();
            if (file != null) {
                written.remove(file);
                close(file);
            }
        }
    }

    private void close(SegmentFile file) {
        try {
            file.close();
        } catch (IOException e) {
            log.cannotSync(e);
        }
    }

    /** Forces and closes everything that was handed over. */
    @Override
    public void close() {
        // Not shutdownNow: an interrupt would close the file that is being forced.
        thread.shutdown();
        JournalThreads.await(thread);
        sync();
    }
}
