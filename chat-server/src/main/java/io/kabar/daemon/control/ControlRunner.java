package io.kabar.daemon.control;

import io.kabar.chat.ChatException;
import io.kabar.chat.Refusal;
import io.kabar.daemon.control.Answer.Done;
import io.kabar.daemon.control.Answer.Misuse;
import io.kabar.daemon.control.Answer.Question;
import io.kabar.daemon.control.Answer.Refused;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs commands on a server. Methods may be called from any thread, and do not wait for the server. */
public final class ControlRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ControlRunner.class);

    /** The server answers in milliseconds, or its disk hangs. */
    private static final int ANSWER_SECONDS = 60;

    private final ControlHost host;

    /** Runs commands on this server. */
    public ControlRunner(ControlHost host) {
        this.host = host;
    }

    /**
     * Runs a command. The future never fails, and completes on a thread that must not be held up.
     *
     * @param words its name and what it takes
     * @param yes whether the question before what cannot be undone has been answered
     */
    public CompletableFuture<Answer> run(List<String> words, boolean yes) {
        if (words.isEmpty()) {
            return CompletableFuture.completedFuture(new Misuse("Which command? help lists them."));
        }
        try {
            ControlCommand command = ControlTable.named(words.get(0));
            Arguments arguments = command.parse(words.subList(1, words.size()));
            CompletableFuture<String> question =
                    yes ? CompletableFuture.completedFuture("") : command.question(host, arguments);
            return question.thenCompose(asked -> asked.isEmpty()
                            ? command.run(host, arguments).<Answer>thenApply(Done::new)
                            : CompletableFuture.completedFuture(new Question(asked)))
                    .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(ControlRunner::failed);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failed(e));
        }
    }

    private static Answer failed(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof ChatException refused) {
            return new Refused(refused.refusal().name(), String.valueOf(refused.getMessage()));
        }
        if (cause instanceof IllegalArgumentException) {
            return new Misuse(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof TimeoutException) {
            return new Refused(Refusal.TIMED_OUT.name(), Refusal.TIMED_OUT.sentence());
        }
        LOG.warn("a command failed", cause);
        return new Refused(Refusal.DEFECT.name(), Refusal.DEFECT.sentence());
    }
}
