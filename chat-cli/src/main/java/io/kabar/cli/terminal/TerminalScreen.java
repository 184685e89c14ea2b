package io.kabar.cli.terminal;

import io.kabar.chat.view.words.Refusals;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;

/** A terminal: lines are edited at the bottom, and everything else is printed above them. */
public final class TerminalScreen implements Screen {

    private static final long LONG_MILLIS = 3_600_000;

    private final Terminal terminal;
    private final Attributes original;
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
        // The character set that terminals had for lines before UTF-8, which some of today's do not have.
        System.setProperty("org.jline.utils.disableAlternateCharset", "true");
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
        original = terminal.getAttributes();
        // What is typed while nothing reads is read later, key by key, and must not show up in between.
        Attributes silent = terminal.getAttributes();
        silent.setLocalFlags(EnumSet.of(LocalFlag.ECHO, LocalFlag.ICANON), false);
        silent.setInputFlag(InputFlag.ICRNL, false);
        terminal.setAttributes(silent);
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
    public void bell() {
        terminal.writer().write("\u0007");
        terminal.flush();
    }

    @Override
    public void clear() {
        terminal.puts(InfoCmp.Capability.clear_screen);
        terminal.flush();
        if (lines.isReading()) {
            lines.callWidget(LineReader.REDISPLAY);
        }
    }

    /**
     * Draws on all of the terminal from now on, until what is returned is closed; lines are neither read nor printed
     * meanwhile.
     *
     * @param failed told what broke off the drawing, if something does
     * @param mouse whether its wheel is a key; then it selects text only with Shift held
     */
    public DrawnTerminal fullScreen(Frame.Source source, Consumer<Throwable> failed, boolean mouse) {
        DrawnTerminal drawn = new DrawnTerminal(terminal, original, source, failed, mouse);
        drawn.start();
        return drawn;
    }

    /** How wide text is on it. The terminal is asked, and answers among the keys: before anything else reads them. */
    public Cells cells() {
        return new Cells(terminal.supportsGraphemeClusterMode() && terminal.setGraphemeClusterMode(true, false));
    }

    /** What is typed, character by character; -1 at the end, -2 if nothing came in this time, a long one if it is 0. */
    public int read(long millis) throws IOException {
        // Who reads without a limit holds a lock that closing the terminal waits for.
        return terminal.reader().read(millis == 0 ? LONG_MILLIS : millis);
    }

    /** The charset of what is drawn. */
    public Charset charset() {
        return terminal.outputEncoding();
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
