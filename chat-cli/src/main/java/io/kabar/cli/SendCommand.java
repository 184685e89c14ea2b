package io.kabar.cli;

import io.kabar.chat.ChatException;
import io.kabar.chat.History;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kabar send}: says something and waits until it is in the log. */
@Command(
        name = "send",
        description = "Send one message, or each line of stdin, and wait until the server has accepted it.",
        footer = "%nLeaves with 0 when all is accepted, 2 refused, 3 unreachable, 4 timed out, 64 wrong usage.")
final class SendCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Login login;

    @Option(
            names = {"-r", "--room"},
            paramLabel = "ROOM",
            description = "Where to say it (default: the link's room, or lobby).")
    private @Nullable String room;

    @Parameters(index = "0", paramLabel = "LINK", description = "The server's link, or HOST:PORT.")
    private String link;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "TEXT",
            description = "What to say; - sends each line of stdin as a message.")
    private List<String> words = List.of();

    private final Environment environment;

    @SuppressWarnings("NullAway.Init") // picocli sets the other fields
    SendCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Target target = Usage.check(spec, () -> Target.parse(List.of(link)));
        UserName name =
                Usage.check(spec, login::name).orElseThrow(() -> Usage.wrong(spec, "Say who sends it with -u NAME."));
        Optional<String> password = Usage.check(spec, () -> login.password(environment));
        RoomName to = Usage.check(spec, () -> room == null ? target.room() : RoomName.of(room));
        if (String.join(" ", words).isBlank()) {
            throw Usage.wrong(spec, "There is nothing to send; give TEXT, or - to send stdin.");
        }
        Connector connector =
                new Connector(environment, login, target, spec.commandLine().getErr());
        try (ChatClient client =
                connector.connect(name, password, new ChatClientListener() {}, CallbackThread.start())) {
            Deadline deadline = Deadline.in(login.timeout());
            deadline.await(client.join(to, History.NONE));
            if (!words.equals(List.of("-"))) {
                deadline.await(client.send(to, String.join(" ", words)));
                return ExitCode.DONE;
            }
            return sendLines(new Outbox(client, to, deadline));
        }
    }

    /** Each line is a message; one that is refused does not keep the others from being sent. */
    private int sendLines(Outbox outbox) throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(environment.in(), StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                outbox.send(number, line);
            }
        }
        outbox.awaitAll();
        outbox.failures().forEach((line, failure) -> {
            spec.commandLine().getErr().println("kabar: Line " + line + ": " + failure.getMessage());
        });
        return outbox.failures().values().stream()
                .findFirst()
                .map((ChatException failure) -> ExitCode.of(failure))
                .orElse(ExitCode.DONE);
    }
}
