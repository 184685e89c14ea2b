package io.kabar.cli.chat;

import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.KnownServersFile;
import io.kabar.chat.internal.process.BindTrouble;
import io.kabar.chat.view.ChatModel;
import io.kabar.chat.view.files.ReadMarkerFile;
import io.kabar.chat.view.files.ReadMarkers;
import io.kabar.chat.view.words.Refusals;
import io.kabar.cli.command.CallbackThread;
import io.kabar.cli.command.Deadline;
import io.kabar.cli.command.Environment;
import io.kabar.cli.command.ExitCode;
import io.kabar.cli.command.Usage;
import io.kabar.cli.config.ClientConfig;
import io.kabar.cli.config.Profile;
import io.kabar.cli.connect.Connector;
import io.kabar.cli.connect.Login;
import io.kabar.cli.connect.Target;
import io.kabar.cli.input.InputHistory;
import io.kabar.cli.input.InputHistoryFile;
import io.kabar.cli.output.ColorMode;
import io.kabar.cli.output.LineFormat;
import io.kabar.cli.screen.Glyphs;
import io.kabar.cli.screen.Look;
import io.kabar.cli.screen.Theme;
import io.kabar.cli.terminal.PipeScreen;
import io.kabar.cli.terminal.Screen;
import io.kabar.cli.terminal.TabCompletion;
import io.kabar.cli.terminal.TerminalScreen;
import io.kabar.cli.terminal.TerminalType;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kabar chat}: the interactive client. */
@Command(
        name = "chat",
        description = "Chat. /help lists what can be typed; /quit, QUIT or exit leaves.",
        footer = "%nWhat is missing is asked for on a terminal. From a pipe each line is sent, and the end of"
                + " input leaves when all of it is accepted.")
public final class ChatCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Login login;

    @Option(
            names = {"-r", "--room"},
            paramLabel = "ROOM",
            description = "The room to enter (default: the link's room, or lobby).")
    private @Nullable String room;

    @Option(
            names = "--history",
            paramLabel = "N",
            description = {
                "Restore the newest N messages without asking.",
                "Without it a room goes on where you left it, if you were there before, and else begins with its "
                        + "newest 50 messages; on a terminal you are asked. More than a page is told, not shown; "
                        + "/history shows it."
            })
    private @Nullable Integer history;

    @Option(
            names = "--plain",
            description = "One line after the other, without a screen that is drawn: for screen readers, and where "
                    + "lines are to stay. The default from a pipe, and where the terminal cannot do more.")
    private boolean plain;

    @Parameters(
            arity = "0..3",
            paramLabel = "LINK | HOST [PORT [LOCAL_PORT]]",
            hideParamSyntax = true,
            description = "The server's link; or its name or address, its port (2120) and a UDP port for this side. "
                    + "On a terminal it is asked for, with the servers that are known.")
    private @Nullable List<String> server;

    private final Environment environment;

    @SuppressWarnings("NullAway.Init") // picocli sets the other fields
    public ChatCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        ClientConfig config =
                Usage.check(spec, () -> ClientConfig.read(environment.folders().terminalConfig()));
        Optional<Start> given =
                Optional.ofNullable(server).map(words -> Usage.check(spec, () -> Start.of(config, words)));
        Optional<UserName> givenName = Usage.check(spec, login::name);
        Optional<String> givenPassword = Usage.check(spec, () -> login.password(environment));
        Usage.check(spec, () -> room == null ? RoomName.LOBBY : RoomName.of(room));
        Usage.check(spec, this::givenHistory);
        given.ifPresent(start -> requireFree(start.target().localPort()));
        TabCompletion completion = new TabCompletion();
        ExecutorService callbacks = CallbackThread.start();
        try (Screen screen = screen(completion)) {
            ChatQuestions questions = new ChatQuestions(screen);
            Start start = given.or(() -> questions.server(servers(config), words -> Start.of(config, words)))
                    .orElseThrow(
                            () -> Usage.wrong(spec, "Missing required parameter: the server's link, or its host."));
            Target target = start.target();
            Optional<Profile> profile = start.profile();
            UserName name = givenName
                    .or(() -> profile.flatMap(Profile::user))
                    .or(questions::name)
                    .orElseThrow(() -> Usage.wrong(spec, "Say who you are with -u NAME."));
            Optional<String> password = givenPassword.or(() -> profile.flatMap(Profile::passwordFile)
                    .map(file -> Usage.check(spec, () -> Login.passwordIn(file))));
            String asked = room == null ? profile.flatMap(Profile::room).orElse(null) : room;
            RoomName first = Usage.check(spec, () -> target.room(asked));
            Connector connector =
                    new Connector(environment, login, target, spec.commandLine().getErr());
            SignIn.SignedIn signedIn = new SignIn(connector, questions, callbacks).start(name, password);
            ChatModel model = signedIn.model();
            CompletableFuture.runAsync(() -> config.ignored().forEach(model::ignore), callbacks)
                    .join();
            try (ChatClient client = signedIn.client()) {
                LineFormat format =
                        new LineFormat(ColorMode.paint(spec, environment), environment.zone(), Instant.now());
                Face face = plain || !(screen instanceof TerminalScreen terminal)
                        ? new PlainFace(model, screen, callbacks, format, completion, config.bell())
                        : new FullScreenFace(
                                model, terminal, callbacks, look(terminal, config), config, inputHistory());
                environment.atExit().accept(face::abandon);
                face.say("Connected to " + target.link().address() + " as " + client.name() + ", key "
                        + client.info().key().fingerprint() + ". /help lists what you can type.");
                return chat(client, model, screen, callbacks, face, first);
            }
        } catch (CancellationException e) {
            return ExitCode.INTERRUPTED;
        } finally {
            callbacks.shutdown();
        }
    }

    /** What may be typed for servers: the names the user has given them, and where others are that are known. */
    private List<String> servers(ClientConfig config) {
        List<String> servers = new ArrayList<>(config.profiles().keySet());
        servers.addAll(new KnownServersFile(environment.folders().knownServers()).addresses());
        return servers;
    }

    private int chat(ChatClient client, ChatModel model, Screen screen, Executor callbacks, Face face, RoomName first)
            throws InterruptedException {
        ReadMarkers markers = markers(client, face::complain);
        // Whoever is stopped by a signal finds their place again all the same.
        environment.atExit().accept(markers::close);
        CompletableFuture.runAsync(() -> markers.follow(model), callbacks).join();
        face.begin();
        JoinHistory usual = model.usualHistory(first);
        JoinHistory restored = givenHistory()
                .or(() -> new ChatQuestions(screen).history(usual, sinceLeft(markers, first)))
                .orElse(usual);
        try {
            Deadline.in(login.timeout()).await(client.join(first, model.having(first, restored)));
            return face.run(client);
        } finally {
            // What still arrives while the client says goodbye is printed, and so it counts as read.
            client.close();
            markers.close();
        }
    }

    private Look look(TerminalScreen terminal, ClientConfig config) {
        Theme theme = ColorMode.paint(spec, environment).on() ? config.theme() : Theme.NONE;
        return new Look(terminal.cells(), Glyphs.of(terminal.charset()), theme, environment.zone());
    }

    private InputHistory inputHistory() {
        InputHistoryFile file = new InputHistoryFile(environment.folders().inputHistory());
        environment.atExit().accept(file::close);
        return file.history();
    }

    private Optional<JoinHistory> givenHistory() {
        return Optional.ofNullable(history).map(JoinHistory::last);
    }

    private ReadMarkers markers(ChatClient client, Consumer<String> complain) {
        return new ReadMarkers(
                new ReadMarkerFile(environment.folders().readMarkers()),
                client.info().key(),
                client.name(),
                InstantSource.system(),
                task -> {
                    Thread thread = new Thread(task, "kabar-keep-place");
                    thread.setDaemon(true);
                    thread.start();
                },
                complain);
    }

    private static Optional<Duration> sinceLeft(ReadMarkers markers, RoomName room) {
        return markers.find(room).map(marker -> Duration.between(marker.at(), Instant.now()));
    }

    /** Before anything is asked for: whoever has typed a name and a password should not have done so in vain. */
    private static void requireFree(int localPort) {
        InetSocketAddress address = new InetSocketAddress(localPort);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(address);
        } catch (BindException e) {
            throw new IllegalStateException(
                    "The local UDP port " + localPort + " cannot be used: " + BindTrouble.reason(address, e) + ".", e);
        } catch (IOException e) {
            throw new IllegalStateException("No UDP socket can be opened here: " + Refusals.sentence(e), e);
        }
    }

    private Screen screen(TabCompletion completion) {
        if (environment.terminal()) {
            TerminalType type = TerminalType.of(environment.variables().get("TERM"));
            type.complaint().ifPresent(this::complain);
            try {
                if (type.driven().isPresent()) {
                    return TerminalScreen.open(completion, type.driven().get());
                }
            } catch (IOException e) {
                complain(String.valueOf(e.getMessage()));
            }
        }
        return new PipeScreen(
                environment.in(), spec.commandLine().getOut(), environment.terminal() ? System.console() : null);
    }

    private void complain(String sentence) {
        spec.commandLine().getErr().println("kabar: " + sentence);
        spec.commandLine().getErr().flush();
    }
}
