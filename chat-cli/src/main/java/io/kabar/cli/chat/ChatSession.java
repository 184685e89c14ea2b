package io.kabar.cli.chat;

import io.kabar.chat.RoomName;
import io.kabar.chat.view.Change;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.CommandRunner;
import io.kabar.chat.view.Frontend;
import io.kabar.chat.view.ModelObserver;
import io.kabar.chat.view.RoomModel;
import io.kabar.chat.view.UserInput;
import io.kabar.chat.view.commands.Consent;
import io.kabar.chat.view.words.PasteGuard;
import io.kabar.chat.view.words.Refusals;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.cli.command.ExitCode;
import io.kabar.cli.terminal.Screen;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A chat from the first line typed to the last: takes lines from a screen and ends when there are none. */
final class ChatSession implements Frontend, ModelObserver {

    /** Lines that may be on their way; reading a file waits rather than filling the client's queue. */
    private static final int MOST_ON_THEIR_WAY = 256;

    /** How long somebody who leaves waits for what they have said to be accepted. */
    private static final int SECONDS_TO_LEAVE = 5;

    private final ChatModel model;
    private final Screen screen;
    private final Executor executor;
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final Semaphore free = new Semaphore(MOST_ON_THEIR_WAY);
    /** What the thread that reads is to do while it waits for a command: ask something, or look whether it is done. */
    private final BlockingQueue<Runnable> meanwhile = new LinkedBlockingQueue<>();

    private volatile boolean leaving;

    /** A session whose model lives on {@code executor}. */
    ChatSession(ChatModel model, Screen screen, Executor executor) {
        this.model = model;
        this.screen = screen;
        this.executor = executor;
    }

    /** Reads and does what is typed; gives the exit code when the user has left or the connection has ended. */
    int run(CommandRunner runner) {
        // A thread of its own, because nothing can wake one that waits for input.
        Thread reader = new Thread(() -> read(runner), "kabar-input");
        reader.setDaemon(true);
        reader.start();
        return end.join();
    }

    private void read(CommandRunner runner) {
        try {
            try {
                boolean more = true;
                while (more && !leaving) {
                    askWhatCameLate();
                    Optional<String> typed = screen.read(prompt());
                    more = typed.isPresent();
                    if (more && mayBeSent(typed.get())) {
                        perform(runner, typed.get());
                    }
                }
            } finally {
                // Also when the input breaks off: what came before it was meant.
                awaitAll();
            }
            end.complete(ExitCode.DONE);
        } catch (RuntimeException | InterruptedException e) {
            end.completeExceptionally(e);
        }
    }

    private void perform(CommandRunner runner, String typed) throws InterruptedException {
        boolean says = UserInput.parse(typed) instanceof UserInput.Say;
        if (!says && !screen.asks()) {
            // A command takes another way than words, and must not overtake them: /leave would lose them.
            free.acquire(MOST_ON_THEIR_WAY);
            free.release(MOST_ON_THEIR_WAY);
        }
        free.acquire();
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(() -> {
            CompletableFuture<Void> unused = runner.perform(typed).whenComplete((nothing, failure) -> {
                free.release();
                done.countDown();
                meanwhile.add(() -> {});
            });
        });
        if (UserInput.parse(typed) instanceof UserInput.Say say) {
            tellIfSlow(say.text(), done);
        } else {
            await(done);
        }
    }

    /**
     * What was typed is gone from the prompt and appears when it is accepted; if that takes long, it appears before.
     */
    private void tellIfSlow(String text, CountDownLatch accepted) {
        if (screen.asks()) {
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(() -> {
                if (accepted.getCount() > 0 && !end.isDone()) {
                    executor.execute(
                            () -> screen.print("-- sending" + inSlowMode() + ": " + VisibleText.onOneLine(text)));
                }
            });
        }
    }

    private String inSlowMode() {
        return model.current()
                .map(room -> room.voice().pause(Instant.now()))
                .filter(pause -> !pause.isZero())
                .map(pause -> " in " + Refusals.words(pause) + ", as the room is in slow mode")
                .orElse("");
    }

    /**
     * What follows a command in a file must not overtake it, so it is waited for; a person may go on typing after a
     * second, which nearly always shows them the right room at the prompt.
     */
    private void await(CountDownLatch command) throws InterruptedException {
        if (!screen.asks()) {
            command.await();
        }
        while (command.getCount() > 0) {
            Runnable next = meanwhile.poll(1, TimeUnit.SECONDS);
            if (next == null) {
                screen.print("-- still waiting for the server; go on typing");
                return;
            }
            next.run();
        }
    }

    /** A question of a command that was not waited for any more. */
    private void askWhatCameLate() {
        for (Runnable next = meanwhile.poll(); next != null; next = meanwhile.poll()) {
            next.run();
        }
    }

    @Override
    public CompletableFuture<Consent> confirm(String question) {
        if (!screen.asks()) {
            return CompletableFuture.completedFuture(Consent.NOBODY_TO_ASK);
        }
        return answered(
                () -> isYes(screen.ask(question + " [y/N] ")) ? Consent.GIVEN : Consent.REFUSED, Consent.REFUSED);
    }

    @Override
    public CompletableFuture<Optional<String>> secret(String question) {
        return screen.asks()
                ? answered(() -> screen.askSecretly(question), Optional.empty())
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /** Asks on the thread that reads; whoever wants to leave instead, or has gone, gives the usual answer. */
    private <T> CompletableFuture<T> answered(Supplier<T> question, T usual) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        meanwhile.add(() -> {
            try {
                answer.complete(question.get());
            } catch (CancellationException e) {
                answer.complete(usual);
            }
        });
        return answer;
    }

    private static boolean isYes(Optional<String> answer) {
        return answer.orElse("").strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /** A file is sent to its last line, however long it takes; a person does not want to wait for ever. */
    private void awaitAll() throws InterruptedException {
        if (!screen.asks()) {
            free.acquire(MOST_ON_THEIR_WAY);
        } else if (!free.tryAcquire(MOST_ON_THEIR_WAY, SECONDS_TO_LEAVE, TimeUnit.SECONDS)) {
            screen.print("-- left before everything was accepted");
        }
    }

    private boolean mayBeSent(String typed) {
        if (!screen.asks() || !PasteGuard.asks(typed)) {
            return true;
        }
        return isYes(screen.ask(PasteGuard.question(typed) + " [y/N] "));
    }

    private String prompt() {
        return CompletableFuture.supplyAsync(
                                () -> model.current().map(RoomModel::title).orElse(""), executor)
                        .completeOnTimeout("", 1, TimeUnit.SECONDS)
                        .join()
                + "> ";
    }

    @Override
    public void quit() {
        leaving = true;
    }

    @Override
    public void cleared() {
        screen.clear();
    }

    @Override
    public void onChanged(Change change, @Nullable RoomName room) {
        // The model tells why in a line of its own, which comes after this call and has to be printed first.
        if (change == Change.STATUS) {
            model.closed().ifPresent(reason -> {
                leaving = true;
                executor.execute(() -> end.complete(ExitCode.of(reason)));
            });
        }
    }
}
