package io.kabar.chat.view;

import io.kabar.chat.ChatException;
import io.kabar.chat.Conversation;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.Member;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.rules.Rule;
import io.kabar.chat.view.TranscriptLine.Notice.Kind;
import io.kabar.chat.view.commands.CommandContext;
import io.kabar.chat.view.commands.Consent;
import io.kabar.chat.view.words.Excerpt;
import io.kabar.chat.view.words.Reading;
import io.kabar.chat.view.words.Refusals;
import io.kabar.chat.view.words.VisibleText;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
    private final CommandContext context;
    /** What is being said, by room, until the server has answered. */
    private final Map<RoomName, CompletableFuture<Void>> saying = new HashMap<>();

    /** Searches that have not come to the end. */
    private final Map<RoomName, HistoryCommands.Progress> searches = new HashMap<>();

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
        context = new CommandContext(client, executor, new Here());
        model.observe(new ReadTeller(model, client));
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
            return context.fail(invalid.sentence());
        }
        return context.done();
    }

    /**
     * Brings a room to the front; enters it first if this user is not in it, as a conversation that waits to be opened.
     * The future completes when it is there, or when a line says why it is not, and never fails.
     */
    public CompletableFuture<Void> open(RoomName room) {
        return called(room, known -> open(known, model.usualHistory(known)));
    }

    /**
     * By its own name a conversation goes on where its user left it; the name of the other one, by which people ask for
     * it, tells no place. One that nobody has heard of is entered by that name.
     */
    private CompletableFuture<Void> called(RoomName asked, Function<RoomName, CompletableFuture<Void>> then) {
        RoomName known = model.toEnter(asked);
        if (known.person().isEmpty() || model.meant(known).isPresent()) {
            return then.apply(known);
        }
        String key = known.person().get().key();
        return CommandContext.attempt(client::conversations)
                .handleAsync(
                        (all, failure) -> failure != null
                                ? known
                                : all.stream()
                                        .filter(one -> one.with()
                                                .filter(who -> who.key().equals(key))
                                                .isPresent())
                                        .map(Conversation::name)
                                        .findFirst()
                                        .orElse(known),
                        executor)
                .thenCompose(then);
    }

    /**
     * Fetches a page that is older than what is shown of a room, for who has scrolled to the top; where nothing older
     * is kept, or as much is shown as may be, a line at the top says so. The future completes when it is there, and
     * never fails.
     */
    public CompletableFuture<Void> older(RoomModel room) {
        return HistoryCommands.older(this, room, MOST_PAGES);
    }

    /**
     * What a search has found.
     *
     * @param hits the newest first
     * @param before the event before which to go on; empty if nothing older is kept
     * @param failure why nothing was searched, in a sentence; empty if it was
     */
    public record Found(List<Excerpt> hits, OptionalLong before, String failure) {}

    /** Searches a room for messages with all these words, from the newest on or before an event; never fails. */
    public CompletableFuture<Found> find(RoomModel room, String words, OptionalLong before) {
        return HistoryCommands.find(this, room, words, before);
    }

    /**
     * Brings a message among the lines of its room, from the history if need be. Tells whether it stands there then,
     * and never fails.
     */
    public CompletableFuture<Boolean> fetch(RoomModel room, long sequence) {
        return HistoryCommands.fetch(this, room, sequence);
    }

    /** Says something in a room, perhaps in the third person; its line shows at once, as <em>sending</em>. */
    @SuppressWarnings("FutureReturnValueIgnored") // it never fails, and the outcome is a line
    public void say(RoomModel room, String text, boolean action) {
        send(room, text, action);
    }

    CompletableFuture<Void> send(RoomModel room, String text, boolean action) {
        return send(
                room,
                text,
                Reading.of(VisibleText.of(text)),
                action,
                () -> action ? client.sendAction(room.name(), text) : client.send(room.name(), text));
    }

    /** Says something that answers a message. */
    CompletableFuture<Void> reply(RoomModel room, long number, String text) {
        Reading reading = Reading.of(VisibleText.of(text)).answering(room.quote(number));
        return send(room, text, reading, false, () -> client.reply(room.name(), number, text));
    }

    private CompletableFuture<Void> send(
            RoomModel room, String text, Reading reading, boolean action, Supplier<CompletableFuture<Receipt>> words) {
        long line = model.ownWords().sending(room, reading, action);
        CompletableFuture<Void> answered = CommandContext.attempt(words)
                .handleAsync((receipt, failure) -> settle(room, line, text, receipt, failure), executor);
        CompletableFuture<Void> all = CompletableFuture.allOf(answered, answered(room.name()));
        saying.put(room.name(), all);
        var unused = all.thenRun(() -> saying.remove(room.name(), all));
        return answered;
    }

    /** Done when the server has answered everything that was said in a room until now. */
    CompletableFuture<Void> answered(RoomName room) {
        return saying.getOrDefault(room, context.done());
    }

    private @Nullable Void settle(
            RoomModel room, long line, String text, @Nullable Receipt receipt, @Nullable Throwable failure) {
        if (receipt != null) {
            model.ownWords().settle(room, line, SendState.accepted(receipt.sequence()));
        } else if (failure != null) {
            String sentence = Refusals.sentence(failure);
            // Who is put out of a room sees its lines no more.
            boolean shown = model.room(room.name()).filter(room::equals).isPresent();
            if (!shown || !model.ownWords().settle(room, line, SendState.refused(sentence))) {
                // Its line was taken for the same words from another device; the failure must be told all the same.
                context.place().fail("Not sent: \"" + text + "\". " + sentence);
            }
        }
        return null;
    }

    // --- For the handlers -------------------------------------------------------------------------------------

    ChatModel model() {
        return model;
    }

    /** What commands act by that know nothing of the model. */
    CommandContext context() {
        return context;
    }

    Frontend frontend() {
        return frontend;
    }

    Executor executor() {
        return executor;
    }

    Map<RoomName, HistoryCommands.Progress> searches() {
        return searches;
    }

    CompletableFuture<Void> sayHere(String text, boolean action) {
        return inRoom(room -> send(room, text, action));
    }

    /** Does something with the current room, or says that there is none. */
    CompletableFuture<Void> inRoom(Function<RoomModel, CompletableFuture<Void>> body) {
        return model.current().map(body).orElseGet(() -> context.fail("You are in no room; /join one first."));
    }

    /** Brings a room to the front, entering it first if need be; done when it is there, or refused. */
    CompletableFuture<Void> open(RoomName asked, JoinHistory history) {
        Optional<RoomModel> open = model.meant(asked);
        if (open.isPresent()) {
            model.select(open.get().name());
            return context.done();
        }
        RoomName room = model.toEnter(asked);
        CompletableFuture<Void> inFront = model.awaited().await(room);
        CompletableFuture<Void> entered = enter(
                room,
                () -> client.join(room, model.having(room, history)),
                failure -> isKeptByPassword(failure) ? askForPassword(room, history, failure) : refused(room, failure));
        return entered.thenCompose(nothing -> inFront);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the inner one is what is returned
    private CompletableFuture<Void> enter(
            RoomName asked,
            Supplier<CompletableFuture<RoomState>> join,
            Function<Throwable, CompletableFuture<Void>> otherwise) {
        return CommandContext.attempt(join)
                .handleAsync(
                        (found, failure) -> failure == null ? inside(asked, found) : otherwise.apply(failure), executor)
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Void> inside(RoomName asked, RoomState found) {
        model.entered(asked, found.name());
        return context.done();
    }

    private CompletableFuture<Void> refused(RoomName room, Throwable failure) {
        model.awaited().settle(room);
        return context.fail(Refusals.sentence(failure));
    }

    private static boolean isKeptByPassword(Throwable failure) {
        return Refusals.cause(failure) instanceof ChatException.NotPermitted refused
                && refused.obstacle().rule() == Rule.PASSWORD;
    }

    /** Whoever has nobody to ask is told why they cannot enter. */
    @SuppressWarnings("FutureReturnValueIgnored") // the inner one is what is returned
    private CompletableFuture<Void> askForPassword(RoomName room, JoinHistory history, Throwable failure) {
        return frontend.secret("Password of " + model.title(room) + ": ")
                .handleAsync(
                        (password, none) -> none != null
                                        || password.isEmpty()
                                        || password.get().isEmpty()
                                ? refused(room, failure)
                                : enter(
                                        room,
                                        () -> client.join(room, model.having(room, history), password.get()),
                                        again -> refused(room, again)),
                        executor)
                .thenCompose(Function.identity());
    }

    /** The user is where they look: in the room in front, and their answers come there. */
    private final class Here implements CommandContext.Place {
        @Override
        public UserName self() {
            return model.self();
        }

        @Override
        public Optional<RoomName> room() {
            return model.current().map(RoomModel::name);
        }

        @Override
        public String title(RoomName room) {
            return model.title(room);
        }

        @Override
        public List<Member> members(RoomName room) {
            return model.room(room).map(RoomModel::roster).orElse(List.of());
        }

        @Override
        public Instant now() {
            return model.now();
        }

        @Override
        public void answer(String text) {
            model.notice(Kind.ANSWER, text);
        }

        @Override
        public void fail(String sentence) {
            model.notice(Kind.FAILURE, sentence);
        }

        @Override
        public void submitting() {
            model.ownWords().sendingWithoutLine();
        }

        @Override
        public void submitted() {
            model.ownWords().answered();
        }

        @Override
        public CompletableFuture<Consent> confirm(String question) {
            return frontend.confirm(question);
        }

        @Override
        public CompletableFuture<Optional<String>> secret(String question) {
            return frontend.secret(question);
        }
    }
}
