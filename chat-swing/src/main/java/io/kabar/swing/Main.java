package io.kabar.swing;

import io.kabar.chat.internal.process.Arguments;
import io.kabar.chat.internal.process.StandardOutput;
import io.kabar.chat.internal.text.ForPeople;
import io.kabar.chat.view.words.Refusals;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.swing.monitor.MonitorCommand;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The programs with a window: {@code desktop} and {@code monitor}. */
@Command(
        name = "kabar",
        description = "Secure, roaming chat over UDP.",
        subcommands = {DesktopCommand.class, MonitorCommand.class})
public final class Main {

    static final int WRONG_USAGE = 64;

    private static final int FAILED = 1;

    private Main() {}

    /** Runs the window named by the first word, and ends when it is closed. */
    @ForPeople("a terminal shows what is in its charset")
    public static void main(String[] args) {
        System.setProperty("apple.awt.application.name", "Kabar");
        PrintWriter out = StandardOutput.ofThisProcess();
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        Optional<String> unreadable = Arguments.unreadable(args);
        if (unreadable.isPresent()) {
            err.println("kabar: " + unreadable.get());
            System.exit(WRONG_USAGE);
        }
        System.exit(run(out, err, Main::noDisplay, args));
    }

    /** Why no window can be opened here; empty if one can. */
    private static Optional<String> noDisplay() {
        if (GraphicsEnvironment.isHeadless()) {
            return Optional.of("DISPLAY is not set");
        }
        try {
            GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
            return Optional.empty();
        } catch (AWTError | LinkageError | HeadlessException e) {
            // A display that is named and not there; a Java without windows.
            return Optional.of(VisibleText.onOneLine(String.valueOf(e.getMessage())));
        }
    }

    static int run(PrintWriter out, PrintWriter err, Supplier<Optional<String>> noDisplay, String... args) {
        CommandLine line = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setExecutionStrategy(parsed -> StandardOutput.exitCode(execute(parsed, err, noDisplay), out, err))
                .setExecutionExceptionHandler((failure, command, words) -> {
                    err.println("kabar: " + Refusals.sentence(failure));
                    return FAILED;
                })
                .setParameterExceptionHandler((wrong, words) -> {
                    err.println("kabar: " + VisibleText.of(String.valueOf(wrong.getMessage())));
                    err.println("Try 'kabar " + wrong.getCommandLine().getCommandName() + " --help'.");
                    return WRONG_USAGE;
                });
        return line.execute(args);
    }

    private static int execute(CommandLine.ParseResult parsed, PrintWriter err, Supplier<Optional<String>> noDisplay) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        if (!parsed.hasSubcommand()) {
            err.println("kabar: say 'desktop' or 'monitor'.");
            return WRONG_USAGE;
        }
        Optional<String> missing = noDisplay.get();
        if (missing.isPresent()) {
            // Wrong usage is wrong on every machine, so it is said first.
            if (parsed.subcommand().commandSpec().userObject() instanceof MonitorCommand monitor) {
                monitor.settings();
            }
            err.println("kabar: there is no display to open a window on (" + missing.get()
                    + "); 'kabar chat' and 'kabar server' need none.");
            return FAILED;
        }
        return new CommandLine.RunLast().execute(parsed);
    }
}
