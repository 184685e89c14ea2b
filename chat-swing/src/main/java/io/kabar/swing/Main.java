package io.kabar.swing;

import io.kabar.chat.internal.process.StandardOutput;
import io.kabar.chat.internal.text.ForPeople;
import io.kabar.chat.view.VisibleText;
import java.awt.GraphicsEnvironment;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The programs with a window: {@code desktop} and {@code monitor}. */
@Command(
        name = "kabar",
        description = "Secure, roaming chat over UDP.",
        subcommands = {DesktopCommand.class, MonitorCommand.class})
public final class Main {

    static final int WRONG_USAGE = 64;

    private static final int NO_DISPLAY = 1;

    private Main() {}

    /** Runs the window named by the first word, and ends when it is closed. */
    @ForPeople("a terminal shows what is in its charset")
    public static void main(String[] args) {
        System.setProperty("apple.awt.application.name", "Kabar");
        PrintWriter out = StandardOutput.ofThisProcess();
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        System.exit(run(out, err, !GraphicsEnvironment.isHeadless(), args));
    }

    static int run(PrintWriter out, PrintWriter err, boolean display, String... args) {
        CommandLine line = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setExecutionStrategy(parsed -> StandardOutput.exitCode(execute(parsed, err, display), out, err))
                .setParameterExceptionHandler((wrong, words) -> {
                    err.println("kabar: " + VisibleText.of(String.valueOf(wrong.getMessage())));
                    err.println("Try 'kabar " + wrong.getCommandLine().getCommandName() + " --help'.");
                    return WRONG_USAGE;
                });
        return line.execute(args);
    }

    private static int execute(CommandLine.ParseResult parsed, PrintWriter err, boolean display) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        if (!parsed.hasSubcommand()) {
            err.println("kabar: say 'desktop' or 'monitor'.");
            return WRONG_USAGE;
        }
        if (!display) {
            // Wrong usage is wrong on every machine, so it is said first.
            if (parsed.subcommand().commandSpec().userObject() instanceof MonitorCommand monitor) {
                monitor.settings();
            }
            err.println("kabar: there is no display to open a window on; 'kabar chat' and 'kabar server' need none.");
            return NO_DISPLAY;
        }
        return new CommandLine.RunLast().execute(parsed);
    }
}
