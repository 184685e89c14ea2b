package io.kabar.cli.script;

import io.kabar.chat.RoomSummary;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.chat.view.Wording;
import io.kabar.cli.command.CallbackThread;
import io.kabar.cli.command.Deadline;
import io.kabar.cli.command.Environment;
import io.kabar.cli.command.ExitCode;
import io.kabar.cli.command.Usage;
import io.kabar.cli.connect.Connector;
import io.kabar.cli.connect.Guest;
import io.kabar.cli.connect.Login;
import io.kabar.cli.connect.Target;
import io.kabar.cli.output.JsonLines;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kabar rooms}: which rooms a server has. */
@Command(
        name = "rooms",
        description = "List the rooms of a server.",
        footer = "%nLeaves with 0 done, 1 failed, 2 refused, 3 unreachable, 4 timed out, 64 wrong usage.")
public final class RoomsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Login login;

    @Option(names = "--json", description = "One JSON object a line: room members seq topic.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "LINK", description = "The server's link, or HOST:PORT.")
    private String link;

    private final Environment environment;

    @SuppressWarnings("NullAway.Init") // picocli sets the other fields
    public RoomsCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Target target = Usage.check(spec, () -> Target.parse(List.of(link)));
        UserName name = Usage.check(spec, login::name).orElseGet(() -> Guest.name(login.identity(environment)));
        Optional<String> password = Usage.check(spec, () -> login.password(environment));
        PrintWriter out = spec.commandLine().getOut();
        Connector connector =
                new Connector(environment, login, target, spec.commandLine().getErr());
        try (ChatClient client =
                connector.connect(name, password, new ChatClientListener() {}, CallbackThread.start())) {
            List<RoomSummary> rooms = Deadline.in(login.timeout()).await(client.rooms());
            rooms.stream()
                    .sorted(Comparator.comparing(RoomSummary::name))
                    .map(room -> json ? JsonLines.room(room) : Wording.room(room))
                    .forEach(out::println);
        }
        out.flush();
        return ExitCode.DONE;
    }
}
