package io.kabar.chat.server;

import io.kabar.chat.internal.net.Machine;
import io.kabar.chat.internal.net.Ticker;
import io.kabar.chat.internal.net.WorkPool;
import io.kabar.chat.internal.server.core.Questions;
import io.kabar.chat.internal.server.core.ServerEvent;
import io.kabar.chat.internal.server.core.Verdict;
import io.kabar.chat.spi.Authenticator;
import io.kabar.chat.spi.Authorizer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the host program what it decides, on threads of its own; whatever it does is a verdict, or none. */
final class HostQuestions {

    /** Questions asked at a time, of a program that blocks. */
    private static final int ASKED_AT_ONCE = 8;
    /**
     * Questions that wait for their turn: beyond them there is no verdict, which is what whoever asks would hear in
     * some seconds in any case. Each may hold a message.
     */
    static final int WAITING = 1024;

    private final @Nullable Authenticator authenticator;
    private final @Nullable Authorizer authorizer;
    private final ListenerCalls listener;
    private final WorkPool pool;
    private final Ticker ticker;
    private final AtomicInteger waiting = new AtomicInteger();

    HostQuestions(
            @Nullable Authenticator authenticator,
            @Nullable Authorizer authorizer,
            ListenerCalls listener,
            Machine machine) {
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.listener = listener;
        pool = machine.pool("kabar-server-questions", ASKED_AT_ONCE);
        ticker = machine.ticker();
    }

    /** Asks whose a token is. */
    void authenticate(ServerEvent.Authenticate question, Consumer<Verdict> answer) {
        Authenticator asked = authenticator;
        if (asked != null) {
            ask("The authenticator", () -> asked.authenticate(question.credentials()), HostQuestions::verdict, answer);
        }
    }

    void maySignIn(ServerEvent.MaySignIn question, Consumer<Verdict> answer) {
        decide(asked -> asked.maySignIn(question.person()), answer);
    }

    void mayEnter(ServerEvent.MayEnter question, Consumer<Verdict> answer) {
        decide(asked -> asked.mayEnter(question.person(), question.room()), answer);
    }

    void maySay(ServerEvent.MaySay question, Consumer<Verdict> answer) {
        decide(asked -> asked.maySay(question.person(), question.room(), question.content()), answer);
    }

    private interface Deciding {
        CompletionStage<Authorizer.Decision> ask(Authorizer authorizer);
    }

    private void decide(Deciding question, Consumer<Verdict> answer) {
        Authorizer asked = authorizer;
        if (asked != null) {
            ask("The authorizer", () -> question.ask(asked), HostQuestions::verdict, answer);
        }
    }

    private static Verdict verdict(Authenticator.Answer answer) {
        if (answer instanceof Authenticator.Accepted accepted) {
            return new Verdict.Known(accepted.account());
        }
        return new Verdict.Refused(((Authenticator.Refused) answer).sentence());
    }

    private static Verdict verdict(Authorizer.Decision decision) {
        return decision instanceof Authorizer.Refused refused
                ? new Verdict.Refused(refused.sentence())
                : new Verdict.Allowed();
    }

    private interface Meaning<T> {
        Verdict of(T answer);
    }

    private <T> void ask(
            String who, Supplier<CompletionStage<T>> question, Meaning<T> meaning, Consumer<Verdict> answer) {
        if (waiting.incrementAndGet() > WAITING) {
            waiting.decrementAndGet();
            answer.accept(new Verdict.Missing());
            return;
        }
        long since = ticker.nanos();
        pool.execute(() -> {
            waiting.decrementAndGet();
            if (ticker.nanos() - since > Questions.PATIENCE) { // nobody waits for it any more: others do
                answer.accept(new Verdict.Missing());
                return;
            }
            try {
                var unused = question.get().whenComplete((said, failure) -> {
                    if (failure == null && said != null) {
                        answer.accept(meaning.of(said));
                    } else {
                        failed(who, failure == null ? new NullPointerException("no answer") : failure, answer);
                    }
                });
            } catch (Throwable e) { // it is the program's
                failed(who, e, answer);
            }
        });
    }

    private void failed(String who, Throwable e, Consumer<Verdict> answer) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        listener.failed(who, cause);
        answer.accept(new Verdict.Missing());
    }

    /** Nothing is asked any more. */
    void close() {
        pool.close();
    }
}
