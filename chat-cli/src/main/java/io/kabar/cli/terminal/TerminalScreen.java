package io.kabar.cli.terminal;

import io.kabar.chat.view.words.Refusals;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;

/** A terminal: lines are edited at the bottom, and everything else is printed above them. */
public final class TerminalScreen implements Screen {

    private final Terminal terminal;
    private final LineReader questions;
    private final LineReader lines;

    /**
     * Opens the terminal this program was started in.
     *
     * @param type what it is driven as
     * @throws IOException in a sentence, if that cannot be done
     */
    public static TerminalScreen open(Completer completer, String type) throws IOException {
        // What it has to say of a terminal goes to stderr with a stack trace.
        Logger.getLogger("org.jline").setLevel(Level.OFF);
        try {
            return new TerminalScreen(
                    completer,
                    TerminalBuilder.builder()
                            .name("kabar")
                            .system(true)
                            .dumb(false)
                            .type(type)
                            .build());
        } catch (IOException | RuntimeException | LinkageError e) {
            // Such as a temporary folder that is full, or from which nothing may be executed.
            throw new IOException(
                    "This terminal cannot be driven (" + Refusals.sentence(e)
                            + "), so lines are printed one after the other.",
                    e);
        }
    }

    TerminalScreen(Completer completer, Terminal terminal) {
        this.terminal = terminal;
        Attributes original = terminal.getAttributes();
        // What is typed while nothing reads is read later, and must not show up in between.
        terminal.echo(false);
        questions = LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .variable(LineReader.DISABLE_HISTORY, true)
                .build();
        lines = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new WordParser())
                .completer(completer)
                // A message may hold "!" and "\" like any other character.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                // What was said appears above when it is accepted, so the typed line need not stay.
                .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
        Keys.bind(questions, terminal, original);
        Keys.bind(lines, terminal, original);
    }

    @Override
    public void print(String text) {
        lines.printAbove(WordWrap.at(terminal.getSize().getColumns(), text));
    }

    @Override
    public Optional<String> read(String prompt) {
        while (true) {
            try {
                return Optional.of(lines.readLine(prompt));
            } catch (UserInterruptException e) {
                // Ctrl+C throws away what is typed first, and leaves when there is nothing.
                if (e.getPartialLine() == null || e.getPartialLine().isEmpty()) {
                    return Optional.empty();
                }
            } catch (EndOfFileException e) {
                return Optional.empty();
            }
        }
    }

    @Override
    public boolean asks() {
        return true;
    }

    @Override
    public Optional<String> ask(String question) {
        return answer(() -> questions.readLine(question));
    }

    @Override
    public Optional<String> askSecretly(String question) {
        return answer(() -> questions.readLine(question, '\0'));
    }

    private static Optional<String> answer(Supplier<String> read) {
        try {
            return Optional.of(read.get());
        } catch (UserInterruptException e) {
            CancellationException left = new CancellationException("Ctrl+C");
            left.initCause(e);
            throw left;
        } catch (EndOfFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void clear() {
        terminal.puts(InfoCmp.Capability.clear_screen);
        terminal.flush();
        if (lines.isReading()) {
            lines.callWidget(LineReader.REDISPLAY);
        }
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            // There is nobody left to tell.
        }
    }
}
