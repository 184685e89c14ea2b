package io.kabar.daemon;

import io.kabar.chat.internal.process.StandardOutput;
import io.kabar.chat.server.ChatServerListener;
import io.kabar.daemon.log.StderrLog;
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

    @Spec
    private @Nullable CommandSpec spec;

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
            return serve(Daemon.start(settings, new ChatServerListener() {}));
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

    private int serve(Daemon daemon) throws InterruptedException {
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
        daemon.awaitStop();
        exitCode.compareAndSet(RUNNING, daemon.wasAskedToStop() ? ExitCode.DONE : ExitCode.FAILED);
        return exitCode.get();
    }

    /** A signal is the ordinary end of a daemon; without the halt the JVM would report it as 143 or 130. */
    private static void stop(Daemon daemon, AtomicInteger exitCode) {
        exitCode.compareAndSet(RUNNING, ExitCode.DONE);
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
