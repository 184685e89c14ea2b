package io.kabar.cli.demo;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.server.ChatServer;
import io.kabar.chat.spi.PasswordVerifier;
import io.kabar.cli.command.Deadline;
import io.kabar.cli.command.Environment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kabar demo}: a server, two bots and you, in one terminal and with nothing to set up. */
@Command(
        name = "demo",
        description = "Try it: a server, two bots and you in one terminal. Nothing is set up, and nothing is kept.",
        footer = "%nThe server is reached from this machine only and ends with the demo.")
public final class DemoCommand implements Callable<Integer> {

    private static final UserName GUIDE = UserName.of("kancil");
    private static final UserName ECHO = UserName.of("gema");
    /** Nobody tries 2^64 passwords, so they need not be slow to try. */
    private static final int ROUNDS = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    private final Environment environment;
    private final Function<Environment, CommandLine> kabar;

    /** A demo in these surroundings; {@code kabar} is the command line that it chats with, in others. */
    @SuppressWarnings("NullAway.Init") // picocli sets the other field
    public DemoCommand(Environment environment, Function<Environment, CommandLine> kabar) {
        this.environment = environment;
        this.kabar = kabar;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String password =
                HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextLong());
        try (DemoFolder folder = new DemoFolder();
                ChatServer server = ChatServer.builder()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .joinVerifier(PasswordVerifier.derive(password, ROUNDS))
                        .start();
                DemoBot guide = new DemoBot(Set.of(GUIDE, ECHO), DemoCommand::guide);
                DemoBot echo = new DemoBot(Set.of(GUIDE, ECHO), DemoCommand::echo)) {
            var link = server.inviteLink(server.address().getHostString());
            Deadline deadline = Deadline.in(PATIENCE);
            guide.start(link, GUIDE.text(), password, deadline);
            echo.start(link, ECHO.text(), password, deadline);
            CommandLine line = spec.commandLine();
            return kabar.apply(inside(folder, password))
                    .setOut(line.getOut())
                    .setErr(line.getErr())
                    .execute("chat", link.toString(), "-u", you().text(), "--history", "10");
        }
    }

    /** The same surroundings with files elsewhere, so that what is tried here leaves nothing behind. */
    private Environment inside(DemoFolder folder, String password) {
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.put("KABAR_PASSWORD", password);
        return new Environment(
                environment.in(),
                environment.terminal(),
                variables,
                folder::folders,
                environment.zone(),
                folder::beforeItGoes);
    }

    /** Whoever is at the machine, by the name they have on it if that can be one here. */
    private UserName you() {
        return environment
                .variable("USER")
                .flatMap(DemoCommand::name)
                .filter(name -> !name.key().equals(GUIDE.key()) && !name.key().equals(ECHO.key()))
                .orElse(UserName.of("visitor"));
    }

    private static Optional<UserName> name(String text) {
        try {
            return Optional.of(UserName.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Shows a newcomer around. */
    static Optional<String> guide(ChatEvent event) {
        if (event.isJoined() && event.room().equals(RoomName.LOBBY)) {
            return Optional.of(
                    "Welcome, " + event.from() + "! Say something; gema says it again. /msg gema hi speaks to it"
                            + " alone, /help lists what else there is, /net shows the connection, /quit leaves.");
        }
        if (event.isSaid() && event.text().toLowerCase(Locale.ROOT).contains(GUIDE.text())) {
            return Optional.of(
                    "Yes, " + event.from() + "? I only know the way: kabar server starts a server of your own, and"
                            + " prints the link to hand out.");
        }
        return Optional.empty();
    }

    /** Says again what is said. */
    static Optional<String> echo(ChatEvent event) {
        return event.isSaid() && !event.text().toLowerCase(Locale.ROOT).contains(GUIDE.text())
                ? Optional.of(event.text())
                : Optional.empty();
    }
}
