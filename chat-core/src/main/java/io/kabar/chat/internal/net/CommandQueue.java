package io.kabar.chat.internal.net;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Calls from other threads, waiting for the loop. The loop is woken only when it sleeps: a wake-up costs a system call.
 */
final class CommandQueue {

    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Runnable wakeUp;
    private volatile boolean asleep;

    CommandQueue(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    /** From any thread. */
    void add(Runnable command) {
        commands.add(command);
        if (asleep) {
            asleep = false;
            wakeUp.run();
        }
    }

    /** The loop is about to sleep; false if it must not, because a command has come. */
    boolean fallAsleep() {
        asleep = true;
        if (commands.isEmpty()) {
            return true;
        }
        asleep = false;
        return false;
    }

    void awake() {
        asleep = false;
    }

    /** Runs what waits, at most {@code max} commands; one that meets a defect does not keep the others waiting. */
    void runSome(int max, Consumer<Throwable> onDefect) {
        for (int i = 0; i < max; i++) {
            Runnable command = commands.poll();
            if (command == null) {
                return;
            }
            try {
                command.run();
            } catch (Throwable e) { // whatever it is: the next one is somebody else's
                onDefect.accept(e);
            }
        }
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }
}
