package io.kabar.cli.terminal;

import io.kabar.chat.view.Completer.Completions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/** Brings the model's completions to the line editor, which asks on a thread of its own. */
public final class TabCompletion implements Completer {

    private volatile io.kabar.chat.view.@Nullable Completer completer;
    private volatile Executor executor = Runnable::run;

    public TabCompletion() {}

    /** From now on completes from a model, which lives on {@code executor}. */
    public void use(io.kabar.chat.view.Completer from, Executor on) {
        executor = on;
        completer = from;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        io.kabar.chat.view.Completer from = completer;
        if (from == null) {
            return;
        }
        // A model that is busy for a second completes nothing, and typing goes on.
        Completions completions = CompletableFuture.supplyAsync(
                        () -> from.complete(line.line(), line.cursor()), executor)
                .completeOnTimeout(new Completions(line.cursor(), List.of()), 1, TimeUnit.SECONDS)
                .join();
        for (String candidate : completions.candidates()) {
            // What follows the word is part of the candidate already.
            candidates.add(new Candidate(candidate, candidate.strip(), null, null, null, null, false));
        }
    }
}
