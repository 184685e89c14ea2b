package io.kabar.cli.fullscreen;

import io.kabar.chat.RoomName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.internal.text.Digits;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.view.Change;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.Command;
import io.kabar.chat.view.CommandRunner;
import io.kabar.chat.view.Frontend;
import io.kabar.chat.view.ModelObserver;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.Status;
import io.kabar.chat.view.Transcript;
import io.kabar.chat.view.TranscriptLine;
import io.kabar.chat.view.UserInput;
import io.kabar.chat.view.Wording;
import io.kabar.chat.view.commands.Consent;
import io.kabar.chat.view.words.PasteGuard;
import io.kabar.cli.command.ExitCode;
import io.kabar.cli.input.Action;
import io.kabar.cli.input.Key;
import io.kabar.cli.input.KeyReader;
import io.kabar.cli.screen.Look;
import io.kabar.cli.screen.Picture;
import io.kabar.cli.screen.RoomEntry;
import io.kabar.cli.screen.ScreenPainter;
import io.kabar.cli.screen.Shown;
import io.kabar.cli.screen.Writing;
import io.kabar.cli.terminal.Frame;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A chat on the full screen, from the first picture to the exit code. */
public final class FullScreenChat implements Frontend, ModelObserver, Frame.Source {

    /** What may pass before a picture with figures of the connection, or with the time that something takes, is old. */
    private static final Duration FIGURES = Duration.ofSeconds(10);

    private static final Duration TICKING = Duration.ofSeconds(1);

    private final ChatModel model;
    private final ChatClient client;
    private final Executor executor;
    private final ScreenPainter painter;
    private final InstantSource clock;
    private final Reading reading;
    private final Composing composing;
    private final Questions questions;
    private final Panes panes = new Panes();
    private final Keyboard keyboard;
    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    private @Nullable CommandRunner runner;
    private @Nullable Surface terminal;
    private @Nullable RoomModel fetching;
    private volatile @Nullable String lastWords;
    private boolean leaving;

    /** A chat whose model lives on {@code executor}. */
    public FullScreenChat(
            ChatModel model, ChatClient client, Executor executor, Look look, Habits habits, InstantSource clock) {
        this.model = model;
        this.client = client;
        this.executor = executor;
        this.clock = clock;
        painter = new ScreenPainter(look);
        reading = new Reading(model);
        composing = new Composing(model, habits.history());
        questions = new Questions(composing::type);
        keyboard = new Keyboard(model, habits.bindings(), reading, composing, questions, new Acts());
    }

    /** What is drawn on. */
    public interface Surface {

        /** Something is to be seen that was not. */
        void changed();

        /** Draws everything again. */
        void redraw();

        /** Rings. */
        void bell();

        /** Puts text on the clipboard. */
        void copy(String text);

        /** Goes back to the shell until that lets the program go on. */
        void suspend();
    }

    /** Follows the model, and does what is typed from now on; on the model's executor. */
    void begin(CommandRunner acts, Surface surface) {
        runner = acts;
        terminal = surface;
        model.observe(this);
        surface.changed();
    }

    /** Shows the chat and does what is typed; gives the exit code when the user has left or the chat has ended. */
    public int run(CommandRunner acts, Surface surface, KeyReader keys) {
        executor.execute(() -> begin(acts, surface));
        Thread reader = new Thread(() -> read(keys), "kabar-input");
        reader.setDaemon(true);
        reader.start();
        return end.join();
    }

    /** The exit code, once the chat has ended. */
    Optional<Integer> code() {
        return Optional.ofNullable(end.getNow(null));
    }

    /** What broke off the drawing ends the chat. */
    public Consumer<Throwable> failed() {
        return end::completeExceptionally;
    }

    private void read(KeyReader keys) {
        try {
            for (Optional<Key> key = keys.next(); key.isPresent(); key = keys.next()) {
                Key pressed = key.get();
                executor.execute(() -> press(pressed));
            }
            executor.execute(() -> end.complete(ExitCode.DONE));
        } catch (IOException | IllegalStateException | RejectedExecutionException e) {
            end.complete(ExitCode.DONE); // the terminal is gone, or the chat has ended already
        }
    }

    /** A key was pressed; on the model's executor. */
    void press(Key key) {
        keyboard.press(key);
        changed();
    }

    private void changed() {
        if (terminal != null) {
            terminal.changed();
        }
    }

    // --- Pictures ----------------------------------------------------------------------------------------------

    @Override
    public Frame next(int columns, int rows) {
        return CompletableFuture.supplyAsync(() -> frame(columns, rows), executor)
                .join();
    }

    private Frame frame(int columns, int rows) {
        reading.hasRows(rows - 6);
        Shown shown = new Shown(
                panes.rooms(),
                panes.roster(),
                panes.isBare(),
                reading.scroll(),
                reading.chosen(),
                reading.message().map(said -> "#" + said.state().sequence()).orElse(""),
                writing());
        Picture picture = painter.paint(model, client.info(), shown, columns, rows, clock.instant());
        panes.drawn(columns);
        reading.look();
        return new Frame(picture.rows(), picture.cursorRow(), picture.cursorColumn(), title(), good());
    }

    private Writing writing() {
        if (!questions.isOpen()) {
            return composing.writing(client.info().maxMessageBytes());
        }
        return new Writing(
                "",
                questions.answer().text(),
                questions.answer().cursor(),
                questions.isSecret(),
                List.of(questions.words()),
                "");
    }

    private Duration good() {
        boolean ticking = model.status().queued() > 0
                || model.status().kind() == Status.Kind.SEARCHING
                || model.current()
                        .filter(room -> !room.typing(clock.instant()).isEmpty())
                        .isPresent();
        return ticking ? TICKING : FIGURES;
    }

    private String title() {
        int mentions = model.rooms().stream().mapToInt(RoomModel::mentions).sum()
                + model.waiting().size();
        String room = model.current().map(RoomModel::title).orElse("Kabar");
        return (mentions > 0 ? "(" + mentions + ") " : "") + room;
    }

    @Override
    public void onChanged(Change change, @Nullable RoomName room) {
        if (change == Change.STATUS) {
            // Why is told in a line of its own, which comes after this call.
            model.closed().ifPresent(reason -> executor.execute(() -> end.complete(ExitCode.of(reason))));
            if (leaving && model.status().queued() == 0) {
                end.complete(ExitCode.DONE);
            }
        }
        changed();
    }

    /** Why the connection has ended, for when the screen is gone; empty if it is the user who left. */
    public Optional<String> lastWords() {
        return Optional.ofNullable(lastWords);
    }

    @Override
    public void onLine(Transcript transcript, TranscriptLine line) {
        if (model.closed().isPresent() && line instanceof TranscriptLine.Notice) {
            lastWords = line.text();
        }
        if (transcript == model.transcript()
                && line instanceof TranscriptLine.Notice notice
                && notice.kind() == TranscriptLine.Notice.Kind.ANSWER) {
            reading.answered(notice);
        }
        boolean inSight = reading.isFocused() && transcript == model.transcript();
        if (line instanceof TranscriptLine.Said said && said.mention() && !said.restored() && !inSight) {
            Optional.ofNullable(terminal).ifPresent(Surface::bell);
        }
    }

    // --- What commands ask ---------------------------------------------------------------------------------------

    @Override
    public void quit() {
        int queued = model.status().queued();
        if (queued == 0) {
            end.complete(ExitCode.DONE);
            return;
        }
        leaving = true;
        var unused = questions.ask(Wording.unsent(queued) + " Leave?").thenAccept(yes -> {
            leaving = yes;
            if (yes) {
                end.complete(ExitCode.DONE);
            }
        });
        changed();
    }

    @Override
    public void cleared() {
        reading.toNewest();
    }

    @Override
    public CompletableFuture<Consent> confirm(String question) {
        CompletableFuture<Consent> answer =
                questions.ask(question).thenApply(yes -> yes ? Consent.GIVEN : Consent.REFUSED);
        changed();
        return answer;
    }

    @Override
    public CompletableFuture<Optional<String>> secret(String question) {
        CompletableFuture<Optional<String>> answer = questions.askSecretly(question);
        changed();
        return answer;
    }

    private final class Acts implements Keyboard.Chat {

        @Override
        public void perform(String typed) {
            CommandRunner acts = runner;
            if (acts == null) {
                return;
            }
            if (!PasteGuard.asks(typed)) {
                run(acts, typed);
                return;
            }
            var unused = questions.ask(PasteGuard.question(typed)).thenAccept(yes -> {
                if (yes) {
                    run(acts, typed);
                } else {
                    composing.line().set(typed);
                }
            });
        }

        /** Whoever asks for history around a message is brought there. */
        private void run(CommandRunner acts, String typed) {
            boolean around = UserInput.parse(typed) instanceof UserInput.Invocation asked
                    && asked.command() == Command.HISTORY
                    && asked.arguments().stream()
                            .anyMatch(word -> word.startsWith("#") && Parts.isDigits(word.substring(1), 1, 15));
            var unused = acts.perform(typed).thenRun(() -> {
                if (around) {
                    reading.goTo(Digits.parseLong(
                            typed.substring(typed.indexOf('#') + 1).strip()));
                    changed();
                }
            });
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // it never fails, and the outcome is a line
        public void open(RoomEntry room) {
            if (runner != null) {
                reading.drop();
                runner.open(room.room());
            }
        }

        @Override
        public void typing() {
            model.current().map(RoomModel::name).ifPresent(client::typing);
        }

        @Override
        public void older() {
            RoomModel room = model.current().orElse(null);
            if (room == null || fetching == room || runner == null) {
                return;
            }
            fetching = room;
            var unused = runner.older(room).thenRun(() -> {
                fetching = null;
                changed();
            });
        }

        @Override
        public void leave() {
            var unused = questions.askWhoLeaves("Leave Kabar?").thenAccept(yes -> {
                if (yes) {
                    quit();
                }
            });
        }

        @Override
        public void copy(String text) {
            Optional.ofNullable(terminal).ifPresent(surface -> surface.copy(text));
        }

        @Override
        public void terminal(Action action) {
            if (terminal == null) {
                return;
            }
            if (action == Action.REDRAW) {
                terminal.redraw();
            } else {
                terminal.suspend();
            }
        }

        @Override
        public void toggle(Action action) {
            panes.toggle(action);
        }
    }
}
