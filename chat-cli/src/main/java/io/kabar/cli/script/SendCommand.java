package io.kabar.cli.script;

import io.kabar.chat.ChatException;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.MessageId;
import io.kabar.chat.Receipt;
import io.kabar.chat.RoomName;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.internal.process.StandardInput;
import io.kabar.chat.view.words.Refusals;
import io.kabar.cli.command.CallbackThread;
import io.kabar.cli.command.Deadline;
import io.kabar.cli.command.Environment;
import io.kabar.cli.command.ExitCode;
import io.kabar.cli.command.Usage;
import io.kabar.cli.connect.Connector;
import io.kabar.cli.connect.Login;
import io.kabar.cli.connect.Target;
import io.kabar.cli.output.JsonLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
        footer = "%nLeaves with 0 when all is accepted, 1 failed, 2 refused, 3 unreachable, 4 timed out, 64 wrong "
                + "usage.")
public final class SendCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Login login;

    @Option(
            names = {"-r", "--room"},
            paramLabel = "ROOM",
            description = "Where to say it (default: the link's room, or lobby).")
    private @Nullable String room;

    @Option(
            names = "--once",
            paramLabel = "KEY",
            description = {
                "Say each line once, however often this is run: run it again with the same KEY after a crash, and what "
                        + "is in the room already is not said again.",
                "A line is known by KEY, room and line number, not by its text; choose another KEY for other text. "
                        + "What stands before a line that is in the room already is never said behind it."
            })
    private @Nullable String once;

    @Option(names = "--action", description = "Say it in the third person, as /me does.")
    private boolean action;

    @Option(
            names = "--json",
            description = "For each message that is accepted one JSON object a line: room seq time (docs/json.md).")
    private boolean json;

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
    public SendCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Target target = Usage.check(spec, () -> Target.parse(List.of(link)));
        UserName name =
                Usage.check(spec, login::name).orElseThrow(() -> Usage.wrong(spec, "Say who sends it with -u NAME."));
        Optional<String> password = Usage.check(spec, () -> login.password(environment));
        RoomName to = Usage.check(spec, () -> target.room(room));
        if (String.join(" ", words).isBlank()) {
            throw Usage.wrong(spec, "There is nothing to send; give TEXT, or - to send stdin.");
        }
        if (once != null && action) {
            throw Usage.wrong(spec, "--once and --action cannot be had together.");
        }
        if (once != null && once.isBlank()) {
            throw Usage.wrong(spec, "--once needs a KEY, such as nightly-2026-11-24.");
        }
        Connector connector =
                new Connector(environment, login, target, spec.commandLine().getErr());
        try (ChatClient client =
                connector.connect(name, password, new ChatClientListener() {}, CallbackThread.start())) {
            Deadline deadline = Deadline.in(login.timeout());
            deadline.await(client.join(to, JoinHistory.NONE));
            if (!words.equals(List.of("-"))) {
                deadline.await(say(client, to, 1, String.join(" ", words)));
                return ExitCode.DONE;
            }
            return sendLines(new Outbox((line, text) -> say(client, to, line, text), deadline));
        }
    }

    private CompletableFuture<Receipt> say(ChatClient client, RoomName to, int line, String text) {
        CompletableFuture<Receipt> said = action
                ? client.sendAction(to, text)
                : once == null
                        ? client.send(to, text)
                        : client.send(
                                to,
                                text,
                                MessageId.numbered(
                                        line, "kabar send --once", client.name().key(), to.text(), once));
        return json ? said.thenApply(this::told) : said;
    }

    private Receipt told(Receipt receipt) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(JsonLines.receipt(receipt));
        out.flush();
        return receipt;
    }

    /** Each line is a message; one that is refused does not keep the others from being sent. */
    private int sendLines(Outbox outbox) throws IOException, InterruptedException {
        StandardInput lines = new StandardInput(environment.in());
        int number = 0;
        try {
            for (String line = lines.next(); line != null; line = lines.next()) {
                number++;
                if (!line.isBlank()) {
                    outbox.send(number, line);
                }
            }
        } finally {
            // Also when the input breaks off: what came before it is said, or told.
            outbox.awaitAll();
            outbox.failures().forEach((line, failure) -> {
                spec.commandLine().getErr().println("kabar: Line " + line + ": " + Refusals.sentence(failure));
            });
        }
        return outbox.failures().values().stream()
                .findFirst()
                .map((ChatException failure) -> ExitCode.of(failure))
                .orElse(ExitCode.DONE);
    }
}
