package io.kabar.cli.chat;

import io.kabar.chat.client.ChatClient;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.CommandRunner;
import io.kabar.chat.view.Completer;
import io.kabar.cli.output.LineFormat;
import io.kabar.cli.terminal.Screen;
import io.kabar.cli.terminal.TabCompletion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Lines, one after the other, each printed once. */
final class PlainFace implements Face {

    private final ChatModel model;
    private final Screen screen;
    private final Executor executor;
    private final LineFormat format;
    private final TabCompletion completion;
    private final boolean rings;
    private final ChatSession session;

    PlainFace(
            ChatModel model,
            Screen screen,
            Executor executor,
            LineFormat format,
            TabCompletion completion,
            boolean rings) {
        this.model = model;
        this.screen = screen;
        this.executor = executor;
        this.format = format;
        this.completion = completion;
        this.rings = rings;
        session = new ChatSession(model, screen, executor);
    }

    @Override
    public void say(String sentence) {
        screen.print(format.notice(sentence));
    }

    @Override
    public void complain(String sentence) {
        screen.print(format.failure(sentence));
    }

    @Override
    public void begin() {
        CompletableFuture.runAsync(
                        () -> {
                            model.showAllRooms();
                            model.observe(new PlainView(model, format, screen::print, rings ? screen::bell : () -> {}));
                            model.observe(session);
                            completion.use(new Completer(model), executor);
                        },
                        executor)
                .join();
    }

    @Override
    public int run(ChatClient client) {
        return session.run(new CommandRunner(model, client, executor, session));
    }
}
