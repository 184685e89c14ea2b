package io.kabar.chat.view.commands;

import io.kabar.chat.ChatException;
import io.kabar.chat.Member;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomChange;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.view.words.Refusals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a command acts by: the client that is asked, the room it is meant for, and where its answer goes. Every future
 * completes when the command is done, whether it went well or not, and never fails. Confined to one executor, where the
 * client's answers are brought to.
 */
public final class CommandContext {

    /** Where a user stands while they type. */
    public interface Place {

        /** Who they are. */
        UserName self();

        /** The room that is in front. */
        Optional<RoomName> room();

        /** What a room is called. */
        String title(RoomName room);

        /** Who is in a room, as far as that is known. */
        List<Member> members(RoomName room);

        /** What time it is. */
        Instant now();

        /** Tells the answer to a command. */
        void answer(String text);

        /** Tells why something was not done. */
        void fail(String sentence);

        /** Something goes to a room, and shows in no transcript before it is there. */
        void submitting();

        /** It is there, or never will be. */
        void submitted();

        /** Asks before something that cannot be undone. */
        CompletableFuture<Consent> confirm(String question);

        /** Asks for something that must not be seen; empty if there is no answer to be had. */
        CompletableFuture<Optional<String>> secret(String question);
    }

    private final ChatClient client;
    private final Executor executor;
    private final Place place;

    /** What commands act by; {@code executor} is where the client's answers are brought to. */
    public CommandContext(ChatClient client, Executor executor, Place place) {
        this.client = client;
        this.executor = executor;
        this.place = place;
    }

    /** The client that is asked. */
    public ChatClient client() {
        return client;
    }

    /** Where the user stands. */
    public Place place() {
        return place;
    }

    /** Done, with nothing to say. */
    public CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }

    /** Tells the answer. */
    public CompletableFuture<Void> answer(String text) {
        place.answer(text);
        return done();
    }

    /** Tells why it was not done. */
    public CompletableFuture<Void> fail(String sentence) {
        place.fail(sentence);
        return done();
    }

    /** Parses what may be wrong, and says so if it is. */
    public <T> CompletableFuture<Void> parsed(Supplier<T> parser, Function<T, CompletableFuture<Void>> body) {
        T value;
        try {
            value = parser.get();
        } catch (IllegalArgumentException e) {
            return fail(Refusals.sentence(e));
        }
        return body.apply(value);
    }

    /** Does something with the room in front, or says that there is none. */
    CompletableFuture<Void> inRoom(Function<RoomName, CompletableFuture<Void>> body) {
        return place.room().map(body).orElseGet(() -> fail("You are in no room; /join one first."));
    }

    /** Asks the client for something; {@code then} makes a line of the answer, or none if it gives null. */
    public <T> CompletableFuture<Void> request(
            Supplier<CompletableFuture<T>> request, Function<T, @Nullable String> then) {
        return ask(request, answer -> {
            String line = then.apply(answer);
            return line == null ? done() : answer(line);
        });
    }

    /** Asks the client for something, and goes on with the answer; a failure becomes a line. */
    @SuppressWarnings("FutureReturnValueIgnored") // the inner one is what is returned
    public <T> CompletableFuture<Void> ask(
            Supplier<CompletableFuture<T>> request, Function<T, CompletableFuture<Void>> then) {
        return attempt(request)
                .handleAsync(
                        (answer, failure) -> failure == null ? then.apply(answer) : fail(Refusals.sentence(failure)),
                        executor)
                .thenCompose(Function.identity());
    }

    /** Brings words to a room that show in no transcript before the server has accepted them. */
    public CompletableFuture<Void> submit(Supplier<CompletableFuture<Receipt>> words) {
        return submit(words, receipt -> done());
    }

    /** The same, and goes on when they are accepted. */
    CompletableFuture<Void> submit(
            Supplier<CompletableFuture<Receipt>> words, Function<Receipt, CompletableFuture<Void>> then) {
        place.submitting();
        return ask(() -> attempt(words).whenComplete((receipt, failure) -> executor.execute(place::submitted)), then);
    }

    /** Changes the room; what has changed shows as a line of it. */
    CompletableFuture<Void> change(RoomName room, RoomChange change) {
        return submit(() -> client.change(room, change));
    }

    /** Asks for a password, and goes on with it; without an answer says where one could be given. */
    @SuppressWarnings("FutureReturnValueIgnored") // the inner one is what is returned
    CompletableFuture<Void> secret(String question, Function<String, CompletableFuture<Void>> then) {
        return place.secret(question)
                .handleAsync(
                        (answer, failure) -> failure == null && answer.isPresent()
                                ? then.apply(answer.get())
                                : fail("A password is asked for where nobody sees it: on a terminal or in a window."),
                        executor)
                .thenCompose(Function.identity());
    }

    /**
     * Does what cannot be undone, once the user is sure.
     *
     * @param sure whether they have said so in the command
     * @param usage how to say it there, for whom there is nobody to ask
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the inner one is what is returned
    public CompletableFuture<Void> sure(
            boolean sure, String question, String usage, Supplier<CompletableFuture<Void>> body) {
        if (sure) {
            return body.get();
        }
        return place.confirm(question)
                .handleAsync(
                        (consent, failure) -> {
                            if (consent == Consent.GIVEN) {
                                return body.get();
                            }
                            return consent == Consent.REFUSED
                                    ? answer("Nothing was changed.")
                                    : fail("This cannot be undone. Say that you are sure: " + usage);
                        },
                        executor)
                .thenCompose(Function.identity());
    }

    /** A client that is closed may throw instead of failing the future; to the user it is the same. */
    public static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (IllegalArgumentException | IllegalStateException | ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
