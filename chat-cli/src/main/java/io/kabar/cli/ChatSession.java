package io.kabar.cli;

import io.kabar.chat.RoomName;
import io.kabar.chat.view.Change;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.CommandRunner;
import io.kabar.chat.view.Frontend;
import io.kabar.chat.view.ModelObserver;
import io.kabar.chat.view.PasteGuard;
import io.kabar.chat.view.RoomModel;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
    private final Set<CompletableFuture<Void>> onTheirWay = ConcurrentHashMap.newKeySet();
    private final Semaphore room = new Semaphore(MOST_ON_THEIR_WAY);
    private volatile boolean leaving;

    /** A session whose model lives on {@code executor}. */
    ChatSession(ChatModel model, Screen screen, Executor executor) {
        this.model = model;
        this.screen = screen;
        this.executor = executor;
    }

    /** Reads and does what is typed; gives the exit code when the user has left or the connection has ended. */
    int run(CommandRunner runner) throws InterruptedException {
        // A thread of its own, because nothing can wake one that waits for input.
        Thread reader = new Thread(() -> read(runner), "kabar-input");
        reader.setDaemon(true);
        reader.start();
        try {
            return end.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void read(CommandRunner runner) {
        try {
            while (!leaving) {
                Optional<String> typed = screen.read(prompt());
                if (typed.isEmpty()) {
                    inputEnded();
                    return;
                }
                if (mayBeSent(typed.get())) {
                    perform(runner, typed.get());
                }
            }
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void perform(CommandRunner runner, String typed) throws InterruptedException {
        room.acquire();
        CompletableFuture<Void> done = CompletableFuture.supplyAsync(() -> runner.perform(typed), executor)
                .thenCompose(Function.identity());
        onTheirWay.add(done);
        CompletableFuture<Void> settled = done.whenComplete((nothing, failure) -> {
            onTheirWay.remove(done);
            room.release();
        });
        if (!isSaid(typed)) {
            awaitCommand(settled);
        }
    }

    /**
     * What follows a command in a file must not overtake it, so it is waited for; a person may go on typing after a
     * second, which nearly always shows them the right room at the prompt.
     */
    private void awaitCommand(CompletableFuture<Void> command) {
        CompletableFuture<Void> waited = command.handle((nothing, failure) -> nothing);
        if (screen.asks()) {
            waited.completeOnTimeout(null, 1, TimeUnit.SECONDS).join();
        } else {
            waited.join();
        }
    }

    private static boolean isSaid(String typed) {
        return io.kabar.chat.view.UserInput.parse(typed) instanceof io.kabar.chat.view.UserInput.Say;
    }

    private boolean mayBeSent(String typed) {
        if (!screen.asks() || !PasteGuard.asks(typed)) {
            return true;
        }
        String answer = screen.ask(PasteGuard.question(typed) + " [y/N] ").orElse("");
        return answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private String prompt() {
        return CompletableFuture.supplyAsync(
                                () -> model.current().map(RoomModel::title).orElse(""), executor)
                        .completeOnTimeout("", 1, TimeUnit.SECONDS)
                        .join()
                + "> ";
    }

    private CompletableFuture<Void> allSent() {
        return CompletableFuture.allOf(onTheirWay.toArray(CompletableFuture[]::new));
    }

    /** A file is sent to its last line, however long it takes; a person does not want to wait for ever. */
    private void inputEnded() {
        if (screen.asks()) {
            quit();
        } else {
            leaving = true;
            allSent().whenComplete((nothing, failure) -> end.complete(ExitCode.DONE));
        }
    }

    @Override
    public void quit() {
        leaving = true;
        allSent()
                .completeOnTimeout(null, SECONDS_TO_LEAVE, TimeUnit.SECONDS)
                .whenComplete((nothing, failure) -> end.complete(ExitCode.DONE));
    }

    @Override
    public void cleared() {
        screen.clear();
    }

    @Override
    public void onChanged(Change change, @Nullable RoomName where) {
        // The model tells why in a line of its own, which comes after this one and has to be printed first.
        if (change == Change.STATUS && model.closed().isPresent()) {
            leaving = true;
            executor.execute(() -> end.complete(ExitCode.of(model.closed().orElseThrow())));
        }
    }
}
