package io.kabar.cli.command;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import io.kabar.chat.view.words.Refusals;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How long a command waits: until a moment, which progress may move. */
public final class Deadline {

    private final Duration patience;
    private volatile long at;

    private Deadline(Duration patience) {
        this.patience = patience;
        progress();
    }

    public static Deadline in(Duration patience) {
        return new Deadline(patience);
    }

    /** Something went forward: the time starts anew. */
    public void progress() {
        at = System.nanoTime() + patience.toNanos();
    }

    /**
     * Waits for an answer.
     *
     * @throws ChatException if it is a refusal, or if it does not come in time
     */
    public <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        return await(answer, Duration.ZERO);
    }

    /** The same, a little longer: for an answer that has this deadline of its own and knows better what went wrong. */
    public <T> T await(CompletableFuture<T> answer, Duration grace) throws InterruptedException {
        while (true) {
            long moment = at;
            try {
                return answer.get(Math.max(0, moment + grace.toNanos() - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                Throwable cause = Refusals.cause(e);
                if (cause instanceof RuntimeException known) {
                    throw known;
                }
                throw new IllegalStateException(Refusals.sentence(cause), cause);
            } catch (TimeoutException e) {
                if (moment == at) {
                    throw ChatException.of(Refusal.TIMED_OUT);
                }
            }
        }
    }
}
