package io.kabar.storage.csv;

import io.kabar.storage.csv.files.ChannelFile;
import io.kabar.storage.csv.files.SegmentFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A disk with as much space as a test says, which fails as the JDK does: first a short write, then an exception. */
final class FullDisk implements SegmentFile.Opener {

    private final AtomicLong space = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean truncates = true;
    private volatile boolean forces = true;
    private volatile boolean opens = true;
    private volatile boolean counts;
    private final Semaphore gate = new Semaphore(1);
    private volatile CountDownLatch held = new CountDownLatch(1);
    private final Semaphore forced = new Semaphore(0);
    private final List<Force> all = new CopyOnWriteArrayList<>();

    /** Only so many bytes can be written from now on. */
    void space(long bytes) {
        space.set(bytes);
    }

    void truncates(boolean works) {
        truncates = works;
    }

    /** Whether a file may be opened for writing; not in a folder that is read-only. */
    void opens(boolean works) {
        opens = works;
    }

    void forces(boolean works) {
        forces = works;
    }

    /** Calls of force wait from now on. */
    void holdForces() {
        held = new CountDownLatch(1);
        gate.acquireUninterruptibly();
    }

    void awaitHeld() throws InterruptedException {
        if (!held.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody has called force");
        }
    }

    void letForcesGo() {
        gate.release();
    }

    /** Files and names of files that were forced, each as often as it was, with the thread that waited for it. */
    List<Force> allForces() {
        return List.copyOf(all);
    }

    /** What was forced, and by which thread. */
    record Force(String file, boolean name, String thread) {
        boolean byWriter() {
            return thread.equals("kabar-journal-writer");
        }
    }

    private void note(Path path, boolean name) {
        all.add(new Force(
                path.getFileName().toString(), name, Thread.currentThread().getName()));
    }

    @Override
    public void forceName(Path path) {
        note(path, true);
        if (!counts) {
            SegmentFile.Opener.super.forceName(path);
        }
    }

    /** Calls of force are only counted from now on. */
    void onlyCounts() {
        counts = true;
    }

    /** Waits for that many segments to be forced. */
    boolean awaitForces(int count) throws InterruptedException {
        return forced.tryAcquire(count, 30, TimeUnit.SECONDS);
    }

    int forced() {
        return forced.availablePermits();
    }

    @Override
    public SegmentFile open(Path path, boolean create) throws IOException {
        if (!opens) {
            throw new FileSystemException(path.toString(), null, "Read-only file system");
        }
        SegmentFile file = ChannelFile.open(path, create);
        return new SegmentFile() {
            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public int write(ByteBuffer bytes, long offset) throws IOException {
                if (space.get() == 0) {
                    throw new IOException("No space left on device");
                }
                int length = (int) Math.min(space.get(), bytes.remaining());
                ByteBuffer part = bytes.duplicate().limit(bytes.position() + length);
                int written = file.write(part, offset);
                bytes.position(bytes.position() + written);
                if (space.get() != Long.MAX_VALUE) {
                    space.addAndGet(-written);
                }
                return written;
            }

            @Override
            public void truncate(long size) throws IOException {
                if (!truncates) {
                    throw new IOException("Input/output error");
                }
                file.truncate(size);
            }

            @Override
            public void force() throws IOException {
                if (!forces) {
                    throw new IOException("Input/output error");
                }
                held.countDown();
                try {
                    gate.acquire();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                gate.release();
                note(path, false);
                if (!counts) {
                    file.force();
                }
                if (path.getFileName().toString().startsWith("messages-")) {
                    forced.release();
                }
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
