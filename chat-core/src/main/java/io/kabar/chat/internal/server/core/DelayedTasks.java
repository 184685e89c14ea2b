package io.kabar.chat.internal.server.core;

import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Things to be done at a later time that belong to no session. */
public final class DelayedTasks extends Deadlines.Item {

    private record Task(long at, long order, Runnable action) {}

    private final Deadlines deadlines;
    private final Consumer<RuntimeException> onDefect;
    private final PriorityQueue<Task> queue =
            new PriorityQueue<>(java.util.Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long order;

    public DelayedTasks(Deadlines deadlines, Consumer<RuntimeException> onDefect) {
        this.deadlines = deadlines;
        this.onDefect = onDefect;
    }

    public void at(long time, Runnable action) {
        queue.add(new Task(time, order++, action));
        reschedule();
    }

    public void runDue(long now) {
        while (!queue.isEmpty() && queue.peek().at() <= now) {
            Runnable action = queue.remove().action();
            try {
                action.run();
            } catch (RuntimeException e) { // the others are not to wait for it
                onDefect.accept(e);
            }
        }
        reschedule();
    }

    private void reschedule() {
        deadlines.set(this, queue.isEmpty() ? Long.MAX_VALUE : queue.peek().at());
    }
}
