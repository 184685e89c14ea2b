package io.kabar.cli.chat;

import io.kabar.chat.client.ChatClient;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.CommandRunner;
import io.kabar.chat.view.TranscriptLine.Notice.Kind;
import io.kabar.cli.config.ClientConfig;
import io.kabar.cli.fullscreen.FullScreenChat;
import io.kabar.cli.fullscreen.Habits;
import io.kabar.cli.input.InputHistory;
import io.kabar.cli.input.KeyReader;
import io.kabar.cli.screen.Look;
import io.kabar.cli.terminal.DrawnTerminal;
import io.kabar.cli.terminal.TerminalScreen;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The full screen of a terminal that can draw. What is told before it begins stands among its lines. */
final class FullScreenFace implements Face {

    private final ChatModel model;
    private final TerminalScreen screen;
    private final Executor executor;
    private final Look look;
    private final InputHistory history;
    private final ClientConfig config;
    private volatile @Nullable DrawnTerminal drawn;

    FullScreenFace(
            ChatModel model,
            TerminalScreen screen,
            Executor executor,
            Look look,
            ClientConfig config,
            InputHistory history) {
        this.model = model;
        this.screen = screen;
        this.executor = executor;
        this.look = look;
        this.history = history;
        this.config = config;
    }

    @Override
    public void say(String sentence) {
        executor.execute(() -> model.notice(Kind.INFO, sentence));
    }

    @Override
    public void complain(String sentence) {
        executor.execute(() -> model.notice(Kind.FAILURE, sentence));
    }

    @Override
    public void begin() {}

    @Override
    public int run(ChatClient client) {
        FullScreenChat chat = new FullScreenChat(
                model, client, executor, look, new Habits(config.bindings(), history), InstantSource.system());
        int code;
        try (DrawnTerminal terminal = screen.fullScreen(chat, chat.failed(), config.mouse())) {
            drawn = terminal;
            code = chat.run(
                    new CommandRunner(model, client, executor, chat), surface(terminal), new KeyReader(screen::read));
        }
        chat.lastWords().ifPresent(screen::print);
        return code;
    }

    @Override
    public void abandon() {
        DrawnTerminal terminal = drawn;
        if (terminal != null) {
            terminal.abandon();
        }
    }

    private FullScreenChat.Surface surface(DrawnTerminal terminal) {
        return new FullScreenChat.Surface() {
            @Override
            public void changed() {
                terminal.changed();
            }

            @Override
            public void redraw() {
                terminal.redraw();
            }

            @Override
            public void bell() {
                if (config.bell()) {
                    terminal.bell();
                }
            }

            @Override
            public void copy(String text) {
                terminal.copy(text);
            }

            @Override
            public void suspend() {
                terminal.suspend();
            }
        };
    }
}
