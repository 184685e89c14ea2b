package io.kabar.storage.csv.room;

import io.kabar.storage.csv.files.JournalThreads;
import io.kabar.storage.csv.files.SegmentFile;
import io.kabar.storage.csv.layout.StorageLog;
import io.kabar.storage.csv.segment.FolderName;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public final class BackgroundSync implements AutoCloseable {

    /** Half of what is promised, to leave time for the work itself. */
    private static final long PERIOD_MILLIS = 500;

    private final Set<SegmentFile> written = ConcurrentHashMap.newKeySet();
    private final Queue<SegmentFile> retired = new ConcurrentLinkedQueue<>();
    private final Queue<Placed> placed = new ConcurrentLinkedQueue<>();

    /** A file that has a new name or is new, and what to do when that lasts. */
    private record Placed(Path file, Runnable lasting) {}

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> JournalThreads.thread("kabar-journal-sync", task));
    private final SegmentFile.Opener opener;
    private final StorageLog log;

    public BackgroundSync(SegmentFile.Opener opener, StorageLog log) {
        this.opener = opener;
        this.log = log;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    public void start() {
        thread.scheduleWithFixedDelay(this::sync, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** There are bytes in this file that are not on the disk yet. */
    void written(SegmentFile file) {
        written.add(file);
    }

    /** A file was made, or took another's place: it is to be forced, and its folder. {@code lasting} is run then. */
    void placed(Path file, Runnable lasting) {
        placed.add(new Placed(file, lasting));
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
        syncPlaced();
        for (int i = 0; i < closing; i++) {
            SegmentFile file = retired.poll();
            if (file != null) {
                written.remove(file);
                close(file);
            }
        }
    }

    /**
     * Behind what was said; each file once, however often it was replaced, and each folder, however many of its are
     * new.
     */
    private void syncPlaced() {
        Map<Path, List<Placed>> files = new LinkedHashMap<>();
        for (int left = placed.size(); left > 0; left--) {
            Placed next = placed.remove();
            files.computeIfAbsent(next.file(), file -> new ArrayList<>()).add(next);
        }
        List<Placed> done = new ArrayList<>();
        Map<Path, Path> oneOfEachFolder = new LinkedHashMap<>();
        files.forEach((path, all) -> {
            try (SegmentFile file = opener.open(path, false)) {
                file.force();
                note(path, oneOfEachFolder);
                done.addAll(all);
            } catch (NoSuchFileException e) {
                done.addAll(all); // its room was let go of
            } catch (IOException e) {
                placed.addAll(all);
                log.cannotSync(e);
            }
        });
        oneOfEachFolder.values().forEach(opener::forceName);
        done.forEach(each -> each.lasting().run());
    }

    /** The folder a file stands in may be new as well, and those above in which a long name begins. */
    private static void note(Path file, Map<Path, Path> oneOfEachFolder) {
        Path made = file.toAbsolutePath();
        Path in = made.getParent();
        boolean more = true;
        while (in != null && more) {
            oneOfEachFolder.putIfAbsent(in, made);
            more = made.equals(file.toAbsolutePath()) || FolderName.goesOn(String.valueOf(in.getFileName()));
            made = in;
            in = made.getParent();
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
