package io.kabar.daemon.prompt;

import io.kabar.chat.internal.process.OwnTerminal;
import io.kabar.chat.internal.process.StandardOutput;
import io.kabar.daemon.control.ControlHost;
import io.kabar.daemon.control.ControlRunner;
import java.io.IOError;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The terminal a server was started in: what happens, and the log if it is shown there, stands above the line in which
 * commands are typed. The server waits for none of it.
 */
public final class ServerTerminal implements AutoCloseable {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ServerTerminal.class);

    private final Terminal terminal;
    private final LineReader reader;
    private final LineQueue queue;
    private final @Nullable PrintStream errors;
    private boolean closed;

    private ServerTerminal(Terminal terminal, ControlHost host, boolean showsErrors) {
        this.terminal = terminal;
        DefaultParser words = new DefaultParser();
        words.setQuoteChars(new char[0]);
        words.setEscapeChars(new char[0]);
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(words)
                .completer(new CommandCompleter(host.server()))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
        queue = new LineQueue(reader::printAbove);
        errors = showsErrors ? System.err : null;
        if (showsErrors) {
            Charset charset = StandardCharsets.UTF_8;
            System.setErr(new PrintStream(new LineStream(charset, queue::add), true, charset));
        }
    }

    /**
     * Opens the terminal and begins to read commands; empty where there is none, where this program is not in its
     * foreground, and where it cannot do more than print lines.
     *
     * @param feed what is shown there from now on
     */
    public static Optional<ServerTerminal> open(ControlHost host, ControlRunner runner, ServerFeed feed) {
        if (OwnTerminal.console().isEmpty() || !Foreground.isOurs()) {
            return Optional.empty();
        }
        // What it has to say of a terminal goes to stderr with a stack trace.
        Logger.getLogger("org.jline").setLevel(Level.OFF);
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .name("kabar")
                    .system(true)
                    .dumb(false)
                    .encoding(StandardOutput.terminalCharset())
                    .build();
            ServerTerminal opened = new ServerTerminal(terminal, host, OwnTerminal.showsErrors());
            feed.show(opened.queue::add);
            opened.queue.add("Commands can be typed here; help lists them.");
            Prompt prompt = new Prompt(opened.new Keyboard(), opened.queue::add, runner);
            Thread thread = new Thread(() -> opened.run(prompt), "kabar-prompt");
            thread.setDaemon(true);
            thread.start();
            return Optional.of(opened);
        } catch (IOException | RuntimeException | LinkageError e) {
            // Such as a temporary folder from which nothing may be executed.
            LOG.debug("no commands are read from this terminal", e);
            return Optional.empty();
        }
    }

    /** Whether the log is shown here, too. */
    public boolean showsLog() {
        return errors != null;
    }

    private void run(Prompt prompt) {
        try {
            prompt.run();
        } catch (RuntimeException | IOError e) {
            if (!isClosed()) {
                LOG.warn("no more commands are read from this terminal: {}", String.valueOf(e.getMessage()));
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Prints what waits, and gives the terminal back as it was. May be called twice, from any thread. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (errors != null) {
            System.setErr(errors);
        }
        queue.close();
        try {
            terminal.close();
        } catch (IOException e) {
            // There is nobody left to tell.
        }
    }

    /** What is typed on the line at the bottom. */
    private final class Keyboard implements Prompt.Input {

        @Override
        public Optional<String> read(String prompt) throws Prompt.Interrupted {
            return read(() -> reader.readLine(prompt));
        }

        @Override
        public Optional<String> readSecretly(String prompt) throws Prompt.Interrupted {
            return read(() -> reader.readLine(prompt, '\0'));
        }

        private Optional<String> read(Supplier<String> line) throws Prompt.Interrupted {
            while (true) {
                try {
                    return Optional.of(line.get());
                } catch (UserInterruptException e) {
                    // Ctrl+C throws away what is typed first.
                    if (e.getPartialLine() == null || e.getPartialLine().isEmpty()) {
                        throw new Prompt.Interrupted();
                    }
                } catch (EndOfFileException e) {
                    return Optional.empty();
                }
            }
        }
    }
}
