package io.kabar.swing.monitor;

import io.kabar.chat.server.ServerStats;
import io.kabar.chat.view.files.UserFolders;
import io.kabar.daemon.Daemon;
import io.kabar.daemon.DaemonSettings;
import io.kabar.daemon.SettingsException;
import io.kabar.daemon.control.Answer;
import io.kabar.swing.settings.Settings;
import io.kabar.swing.settings.ThemeControl;
import io.kabar.swing.settings.Worker;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kabar monitor}: a server with its window; it serves until the window is closed. */
@Command(name = "monitor", description = "Run a server in a window.", sortOptions = false)
public final class MonitorCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ADDRESS",
            description = "The address to listen on; all of this machine's if none is given.")
    private @Nullable String address;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The UDP port; 2120 if none is given, any free one for 0.")
    private @Nullable String port;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept.")
    private @Nullable String data;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
    private @Nullable String config;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Its first line is the join password.")
    private @Nullable String passwordFile;

    @Option(names = "--open", description = "No join password.")
    private boolean open;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // picocli acts on it by itself
    private boolean help;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, InvocationTargetException {
        DaemonSettings settings = settings();
        Worker worker = new Worker();
        Settings remembered = Settings.read(Settings.file(UserFolders.ofThisUser()));
        CountDownLatch closed = new CountDownLatch(1);
        SwingUtilities.invokeAndWait(() -> {
            ThemeControl theme = new ThemeControl(remembered.theme(), remembered.zoom(), worker, (choice, zoom) -> {});
            new MonitorWindow(theme, worker, closed::countDown).open(listener -> {
                Served served = new Served(Daemon.start(settings, listener));
                // A signal ends the program without the window being closed.
                Runtime.getRuntime().addShutdownHook(new Thread(served::close, "kabar-stop"));
                return served;
            });
        });
        closed.await();
        worker.finish();
        return CommandLine.ExitCode.OK;
    }

    /**
     * What the server is to be like.
     *
     * @throws CommandLine.ParameterException if what was said makes no sense
     */
    public DaemonSettings settings() {
        try {
            return DaemonSettings.read(serverFlags(), System.getenv());
        } catch (SettingsException e) {
            throw new CommandLine.ParameterException(commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** What was said here, as {@code kabar server} would be told it; it decides what the words mean. */
    private List<String> serverFlags() {
        List<String> flags = new ArrayList<>();
        add(flags, "-p", port);
        add(flags, "--data", data);
        add(flags, "--config", config);
        add(flags, "--password-file", passwordFile);
        if (open) {
            flags.add("--open");
        }
        if (address != null) {
            flags.add(address);
        }
        return flags;
    }

    private static void add(List<String> flags, String name, @Nullable String value) {
        if (value != null) {
            flags.add(name);
            flags.add(value);
        }
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets it before it calls");
        }
        return spec.commandLine();
    }

    /** A daemon as the window sees it. */
    private record Served(Daemon daemon) implements RunningServer {

        @Override
        public String address() {
            return ServerLog.text(daemon.server().address());
        }

        @Override
        public String invitation() {
            return daemon.invitation().toString();
        }

        @Override
        public Optional<String> newPassword() {
            return daemon.joinPassword();
        }

        @Override
        public ServerStats stats() {
            return daemon.server().stats();
        }

        @Override
        public CompletableFuture<Answer> command(List<String> words, boolean yes) {
            return daemon.control().run(words, yes);
        }

        @Override
        public void close() {
            daemon.close();
        }
    }
}
