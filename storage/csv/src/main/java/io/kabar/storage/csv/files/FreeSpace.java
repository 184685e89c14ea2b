package io.kabar.storage.csv.files;

import java.io.IOException;
import java.nio.file.FileStore;
import java.util.function.LongSupplier;

/**
 * Whether the disk has room for more events. What people say stops well before the disk is full, so that there is room
 * for accounts, for what the system needs, and for whoever comes to clear up. Asks the system once a second. Belongs to
 * one thread.
 */
public final class FreeSpace {

    /** Bytes that stay free, or a twentieth of a disk that is small. */
    public static final long RESERVE = 256L * 1024 * 1024;

    private static final int SMALL = 20;
    private static final int MORE = 8;
    private static final long PERIOD_NANOS = 1_000_000_000L;

    /** What the system says of a disk. */
    public interface Disk {
        long usable() throws IOException;

        long total() throws IOException;
    }

    private final Disk disk;
    private final LongSupplier nanoTime;
    private boolean asked;
    private long askedAt;
    private boolean low;

    public FreeSpace(Disk disk, LongSupplier nanoTime) {
        this.disk = disk;
        this.nanoTime = nanoTime;
    }

    public static Disk of(FileStore store) {
        return new Disk() {
            @Override
            public long usable() throws IOException {
                return store.getUsableSpace();
            }

            @Override
            public long total() throws IOException {
                return store.getTotalSpace();
            }
        };
    }

    /** Whether nothing more should be written. A disk that does not tell is written to until it refuses. */
    public boolean isLow() {
        long now = nanoTime.getAsLong();
        if (asked && now - askedAt < PERIOD_NANOS) {
            return low;
        }
        asked = true;
        askedAt = now;
        try {
            long reserve = Math.min(RESERVE, disk.total() / SMALL);
            // A little more is needed to go on, or it would stop and go on all the time.
            low = disk.usable() < (low ? reserve + reserve / MORE : reserve);
        } catch (IOException e) {
            low = false;
        }
        return low;
    }
}
