package io.kabar.daemon.prompt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way to a terminal, printed by a thread of their own: a terminal that somebody has stopped with Ctrl+S
 * holds up nobody else. Of more lines than can wait the newest are left out, and counted.
 */
final class LineQueue implements AutoCloseable {

    static final int MOST = 2_000;

    private static final long CLOSE_MILLIS = 1_000;

    private final Consumer<String> printer;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Thread thread = new Thread(this::print, "kabar-screen");
    private long lost;
    private boolean closed;

    LineQueue(Consumer<String> printer) {
        this.printer = printer;
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a line; never waits. */
    synchronized void add(String line) {
        if (closed || waiting.size() >= MOST) {
            lost++;
        } else {
            waiting.add(line);
            notifyAll();
        }
    }

    private synchronized @Nullable String next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        if (lost > 0 && waiting.isEmpty()) {
            String told = "(" + lost + " lines were not shown)";
            lost = 0;
            return told;
        }
        return waiting.poll();
    }

    private void print() {
        try {
            for (String line = next(); line != null; line = next()) {
                printer.accept(line);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            close(); // the terminal is gone
        }
    }

    /** Prints what waits, for a second at most. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
