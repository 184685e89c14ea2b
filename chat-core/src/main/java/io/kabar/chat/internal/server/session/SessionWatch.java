package io.kabar.chat.internal.server.session;

import org.jspecify.annotations.Nullable;

/**
 * What is due of a session by itself while it is signed in: it falls silent when nothing was heard of it for a while,
 * and it may wait to be reminded of a task.
 */
public final class SessionWatch {

    private final ServerSession session;
    private final long silentAfter;

    private boolean silent;
    private @Nullable Runnable reminder;
    private long reminderDue = Long.MAX_VALUE;

    /** @param silentAfter nanoseconds without a datagram after which it is silent */
    SessionWatch(ServerSession session, long silentAfter) {
        this.session = session;
        this.silentAfter = silentAfter;
    }

    /** Whether nothing has come for a while. */
    boolean isSilent() {
        return silent;
    }

    /** Runs a task once, at {@code due}, if the session is signed in then. There is one reminder at a time. */
    public void remindAt(long due, Runnable task) {
        reminderDue = due;
        reminder = task;
    }

    /** Runs the task that it waits for at once, if there is one. */
    public void remindNow() {
        Runnable task = reminder;
        if (session.isActive() && task != null) {
            reminderDue = Long.MAX_VALUE;
            reminder = null;
            task.run();
        }
    }

    /** A datagram has come: if the session had fallen silent, it is here again. */
    void heardAgain(long now) {
        if (silent && session.connection().lastReceivedAt() == now) {
            silent = false;
            if (session.isActive()) {
                session.user().show();
            }
        }
    }

    /** The time of something may have come. */
    void due(long now) {
        if (session.isActive() && !silent && now - session.connection().lastReceivedAt() >= silentAfter) {
            silent = true;
            session.user().show();
        }
        if (now >= reminderDue) {
            remindNow();
        }
    }

    /** When {@link #due} is to be called next. */
    long next() {
        return silent ? reminderDue : Math.min(reminderDue, session.connection().lastReceivedAt() + silentAfter);
    }
}
