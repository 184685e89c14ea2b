package io.kabar.chat.view;

import io.kabar.chat.ChatException;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.view.TranscriptLine.Notice.Kind;
import io.kabar.chat.view.words.Refusals;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what the user types: says it, or runs the command. Answers and failures become lines of the transcript in front,
 * so a view has nothing to show but the model. Confined to the model's executor, like the model.
 */
public final class CommandRunner {

    /** Pages of nothing but comings and goings that one look at older lines goes through. */
    private static final int MOST_PAGES = 10;

    private final ChatModel model;
    private final ChatClient client;
    private final Executor executor;
    private final Frontend frontend;
    /** What is being said, by room, until the server has answered. */
    private final Map<RoomName, CompletableFuture<Void>> saying = new HashMap<>();

    /**
     * A runner for one model and client.
     *
     * @param executor the model's executor, where the client's answers are brought to
     */
    public CommandRunner(ChatModel model, ChatClient client, Executor executor, Frontend frontend) {
        this.model = model;
        this.client = client;
        this.executor = executor;
        this.frontend = frontend;
    }

    /** Does what was typed, in the current room. */
    @SuppressWarnings("FutureReturnValueIgnored") // it never fails, and the outcome is a line
    public void run(String typed) {
        perform(typed);
    }

    /**
     * The same, with a future that completes when it is done, whether it went well or not, and never fails: who leaves
     * can wait for it, so that nothing typed is lost.
     */
    public CompletableFuture<Void> perform(String typed) {
        UserInput input = UserInput.parse(typed);
        if (input instanceof UserInput.Say say) {
            return sayHere(say.text(), false);
        } else if (input instanceof UserInput.Invocation invocation) {
            return invocation.command().run(this, invocation.arguments());
        } else if (input instanceof UserInput.Invalid invalid) {
            return fail(invalid.sentence());
        }
        return done();
    }

    /**
     * Brings a room to the front; enters it first if this user is not in it, as a conversation that waits to be opened.
     * The future completes when it is there, or when a line says why it is not, and never fails.
     */
    public CompletableFuture<Void> open(RoomName room) {
        return open(room, model.usualHistory(room));
    }

    /**
     * Fetches a page that is older than what is shown of a room, for who has scrolled to the top; where nothing older
     * is kept, or as much is shown as may be, a line at the top says so. The future completes when it is there, and
     * never fails.
     */
    public CompletableFuture<Void> older(RoomModel room) {
        return HistoryCommands.older(this, room, MOST_PAGES);
    }

    /** Says something in a room, perhaps in the third person; its line shows at once, as <em>sending</em>. */
    @SuppressWarnings("FutureReturnValueIgnored") // it never fails, and the outcome is a line
    public void say(RoomModel room, String text, boolean action) {
        send(room, text, action);
    }

    CompletableFuture<Void> send(RoomModel room, String text, boolean action) {
        long line = model.sending(room, text, action);
        CompletableFuture<Void> answered = attempt(
                        () -> action ? client.sendAction(room.name(), text) : client.send(room.name(), text))
                .handleAsync((receipt, failure) -> settle(room, line, text, receipt, failure), executor);
        CompletableFuture<Void> all = CompletableFuture.allOf(answered, answered(room.name()));
        saying.put(room.name(), all);
        var unused = all.thenRun(() -> saying.remove(room.name(), all));
        return answered;
    }

    /** Done when the server has answered everything that was said in a room until now. */
    CompletableFuture<Void> answered(RoomName room) {
        return saying.getOrDefault(room, done());
    }

    private @Nullable Void settle(
            RoomModel room, long line, String text, @Nullable Receipt receipt, @Nullable Throwable failure) {
        if (receipt != null) {
            model.settle(room, line, SendState.accepted(receipt.sequence()));
        } else if (failure != null) {
            String sentence = Refusals.sentence(failure);
            if (!model.settle(room, line, SendState.refused(sentence))) {
                // Its line was taken for the same words from another device; the failure must be told all the same.
                tell(Kind.FAILURE, "Not sent: \"" + text + "\". " + sentence);
            }
        }
        return null;
    }

    // --- For the handlers -------------------------------------------------------------------------------------

    ChatModel model() {
        return model;
    }

    ChatClient client() {
        return client;
    }

    Frontend frontend() {
        return frontend;
    }

    CompletableFuture<Void> sayHere(String text, boolean action) {
        return inRoom(room -> send(room, text, action));
    }

    /** Does something with the current room, or says that there is none. */
    CompletableFuture<Void> inRoom(Function<RoomModel, CompletableFuture<Void>> body) {
        return model.current().map(body).orElseGet(() -> fail("You are in no room; /join one first."));
    }

    /** Parses what may be wrong, and says so if it is. */
    <T> CompletableFuture<Void> parsed(Supplier<T> parser, Function<T, CompletableFuture<Void>> body) {
        T value;
        try {
            value = parser.get();
        } catch (IllegalArgumentException e) {
            return fail(Refusals.sentence(e));
        }
        return body.apply(value);
    }

    /** Asks the client for something; {@code then} makes a line of the answer, or none if it gives null. */
    <T> CompletableFuture<Void> request(Supplier<CompletableFuture<T>> request, Function<T, @Nullable String> then) {
        return attempt(request)
                .handleAsync(
                        (answer, failure) -> {
                            if (failure != null) {
                                tell(Kind.FAILURE, Refusals.sentence(failure));
                                return null;
                            }
                            String line = then.apply(answer);
                            if (line != null) {
                                tell(Kind.ANSWER, line);
                            }
                            return null;
                        },
                        executor);
    }

    /** Asks the client to bring words to the server that show in no transcript before it has accepted them. */
    CompletableFuture<Void> submit(Supplier<CompletableFuture<Receipt>> words) {
        model.sendingWithoutLine();
        return request(words, receipt -> null).whenComplete((nothing, failure) -> model.answered());
    }

    /** Asks the client for something, and goes on with the answer; a failure becomes a line. */
    @SuppressWarnings("FutureReturnValueIgnored") // the inner one is what is returned
    <T> CompletableFuture<Void> ask(Supplier<CompletableFuture<T>> request, Function<T, CompletableFuture<Void>> then) {
        return attempt(request)
                .handleAsync(
                        (answer, failure) -> failure == null ? then.apply(answer) : fail(Refusals.sentence(failure)),
                        executor)
                .thenCompose(Function.identity());
    }

    /** Brings a room to the front, entering it first if need be; done when it is there, or refused. */
    CompletableFuture<Void> open(RoomName room, JoinHistory history) {
        Optional<RoomModel> open = model.meant(room);
        if (open.isPresent()) {
            model.select(open.get().name());
            return done();
        }
        CompletableFuture<Void> inFront = model.awaited().await(room);
        CompletableFuture<Void> asked = attempt(() -> client.join(room, model.having(room, history)))
                .handleAsync(
                        (found, failure) -> {
                            if (failure != null) {
                                model.awaited().settle(room);
                                tell(Kind.FAILURE, Refusals.sentence(failure));
                            }
                            return null;
                        },
                        executor);
        return asked.thenCompose(nothing -> inFront);
    }

    CompletableFuture<Void> answer(String text) {
        tell(Kind.ANSWER, text);
        return done();
    }

    CompletableFuture<Void> fail(String sentence) {
        tell(Kind.FAILURE, sentence);
        return done();
    }

    private void tell(Kind kind, String text) {
        model.notice(kind, text);
    }

    CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    /** A client that is closed may throw instead of failing the future; to the user it is the same. */
    private static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (IllegalArgumentException | IllegalStateException | ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
