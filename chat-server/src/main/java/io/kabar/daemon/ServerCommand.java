package io.kabar.daemon;

import io.kabar.chat.internal.process.StandardOutput;
import io.kabar.daemon.log.StderrLog;
import io.kabar.daemon.prompt.ServerFeed;
import io.kabar.daemon.prompt.ServerTerminal;
import io.kabar.storage.csv.exchange.DataCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kabar server}: serves until it is stopped by a signal. */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Runs a chat server; prints one line, ready kabar://HOST:PORT#KEY, when it serves.",
        footer = {
            "",
            "Environment: KABAR_DATA, KABAR_SERVER_PASSWORD. Flags come before the environment, and that before the "
                    + "file.",
            "Exit codes: 0 stopped, 1 could not start, 64 wrong usage or configuration."
        })
final class ServerCommand implements Callable<Integer> {

    private static final int RUNNING = -1;

    @Mixin
    private ServerFlags flags = new ServerFlags();

    @Option(names = "--check", description = "Only checks flags, configuration and, if it is there, the data.")
    private boolean check;

    @Option(
            names = "--show-messages",
            description = "On a terminal, shows also what is said in rooms; conversations of two are never shown.")
    private boolean showMessages;

    @Option(names = "--no-prompt", description = "Reads no commands from the terminal.")
    private boolean noPrompt;

    @Spec
    private @Nullable CommandSpec spec;

    private volatile @Nullable ServerTerminal terminal;

    @Override
    public Integer call() throws InterruptedException {
        DaemonSettings settings;
        try {
            settings = new SettingsReader(System.getenv()).read(flags);
        } catch (SettingsException e) {
            commandLine().getErr().println(e.getMessage());
            return ExitCode.USAGE;
        }
        if (check) {
            return check(settings);
        }
        StderrLog.level(settings.logLevel());
        HangupSignal.survive();
        try {
            ServerFeed feed = new ServerFeed(showMessages);
            return serve(Daemon.start(settings, feed), feed, settings.logLevel());
        } catch (IOException e) {
            commandLine().getErr().println(e.getMessage());
            return ExitCode.CANNOT_START;
        }
    }

    /** The files of another storage are its own affair; what it needs beside them a start finds out. */
    private int check(DaemonSettings settings) {
        try {
            Storages.named(settings.storage(), Storages.found());
        } catch (IOException e) {
            commandLine().getErr().println(e.getMessage());
            return ExitCode.USAGE;
        }
        out().println("config ok");
        out().flush();
        List<String> troubles = DataCheck.of(settings.data());
        troubles.forEach(commandLine().getErr()::println);
        return troubles.isEmpty() ? ExitCode.DONE : ExitCode.CANNOT_START;
    }

    private int serve(Daemon daemon, ServerFeed feed, String logLevel) throws InterruptedException {
        AtomicInteger exitCode = new AtomicInteger(RUNNING);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(daemon, exitCode), "kabar-stop"));
        Optional<String> made = daemon.joinPassword();
        made.ifPresent(password -> System.err.println("join password: " + password + " (shown once; keep it)"));
        if (made.isPresent() && System.err.checkError()) {
            // Nobody would ever know it, and the next start would take it for known.
            exitCode.set(ExitCode.CANNOT_START);
            daemon.closeAndForgetJoinPassword();
            return exitCode.get();
        }
        out().println("ready " + daemon.invitation());
        if (StandardOutput.trouble(out()).isPresent()) {
            // Whoever started it waits for this line, and for nothing else.
            exitCode.set(ExitCode.CANNOT_START);
            daemon.close();
            return exitCode.get();
        }
        if (!noPrompt) {
            prompt(daemon, feed, logLevel);
        }
        daemon.awaitStop();
        closeTerminal();
        exitCode.compareAndSet(RUNNING, daemon.wasAskedToStop() ? ExitCode.DONE : ExitCode.FAILED);
        return exitCode.get();
    }

    /** Who comes and goes is shown in the terminal anyhow, so the log there is left with the rest. */
    private void prompt(Daemon daemon, ServerFeed feed, String logLevel) {
        ServerTerminal.open(daemon, daemon.control(), feed).ifPresent(opened -> {
            terminal = opened;
            if (opened.showsLog() && logLevel.equals("info")) {
                StderrLog.warningsOnly(EventLog.class);
            }
        });
    }

    /** What is logged from now on stands below it. */
    private void closeTerminal() {
        ServerTerminal shown = terminal;
        if (shown != null) {
            shown.close();
        }
    }

    /** A signal is the ordinary end of a daemon; without the halt the JVM would report it as 143 or 130. */
    private void stop(Daemon daemon, AtomicInteger exitCode) {
        exitCode.compareAndSet(RUNNING, ExitCode.DONE);
        closeTerminal();
        daemon.close();
        System.err.flush();
        Runtime.getRuntime().halt(exitCode.get());
    }

    private PrintWriter out() {
        return commandLine().getOut();
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("only picocli makes commands");
        }
        return spec.commandLine();
    }
}
