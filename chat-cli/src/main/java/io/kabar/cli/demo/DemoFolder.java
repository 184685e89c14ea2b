package io.kabar.cli.demo;

import io.kabar.chat.view.files.UserFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where {@code kabar demo} keeps what its client keeps, for as long as it runs. It goes last: also when a signal ends
 * the demo, because the client would make again what was deleted before it has kept its user's place.
 */
final class DemoFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemoFolder.class);

    /** How long a signal waits for the demo to leave by itself. */
    private static final int SECONDS_TO_LEAVE = 5;

    private final Path path = Files.createTempDirectory("kabar-demo");
    private final Deque<Runnable> before = new ArrayDeque<>();
    private boolean ending;
    private final CountDownLatch closed = new CountDownLatch(1);

    DemoFolder() throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "kabar-demo-end"));
    }

    UserFolders folders() {
        return new UserFolders(path.resolve("config"), path.resolve("data"), path.resolve("state"));
    }

    /** To be done first if a signal ends the demo, the newest first of all; at once if one is ending it. */
    void beforeItGoes(Runnable task) {
        synchronized (this) {
            if (!ending) {
                before.push(task);
                return;
            }
        }
        run(task);
    }

    /** What a task throws keeps no other from being done, nor the folder from being deleted. */
    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.debug("at the end of the demo in {}", path, e);
        }
    }

    /** Whoever started the demo ends it, once its client has left. */
    void end() {
        if (closed.getCount() == 0) {
            return;
        }
        tasks().forEach(this::run);
        try {
            if (!closed.await(SECONDS_TO_LEAVE, TimeUnit.SECONDS)) {
                delete();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Runnable> tasks() {
        ending = true;
        return List.copyOf(before);
    }

    /** Deletes it; behind everything that writes there. */
    @Override
    public void close() {
        delete();
        closed.countDown();
    }

    private void delete() {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("the demo has left something in {}", path, e);
        }
    }
}
