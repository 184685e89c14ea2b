package io.kabar.cli.script;

import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
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

/** {@code kabar who}: who is in a room. */
@Command(
        name = "who",
        description = "List who is in a room.",
        footer = "%nLeaves with 0 done, 1 failed, 2 refused, 3 unreachable, 4 timed out, 64 wrong usage.")
public final class WhoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Login login;

    @Option(
            names = {"-r", "--room"},
            paramLabel = "ROOM",
            description = "Which room (default: the link's room, or lobby).")
    private @Nullable String room;

    @Option(names = "--json", description = "One JSON object a line: room name role presence.")
    private boolean json;

    @Option(
            names = {"-b", "--beginning"},
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Only those whose names begin so, in either case.")
    private String beginning;

    @Parameters(index = "0", paramLabel = "LINK", description = "The server's link, or HOST:PORT.")
    private String link;

    private final Environment environment;

    @SuppressWarnings("NullAway.Init") // picocli sets the other fields
    public WhoCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Target target = Usage.check(spec, () -> Target.parse(List.of(link)));
        UserName name = Usage.check(spec, login::name).orElseGet(() -> Guest.name(login.identity(environment)));
        Optional<String> password = Usage.check(spec, () -> login.password(environment));
        RoomName of = Usage.check(spec, () -> target.room(room));
        Member.Query query = Usage.check(spec, () -> Member.Query.FIRST.beginningWith(beginning));
        String like = beginning.isEmpty() ? "" : " whose name begins with " + beginning;
        PrintWriter out = spec.commandLine().getOut();
        Connector connector =
                new Connector(environment, login, target, spec.commandLine().getErr());
        try (ChatClient client =
                connector.connect(name, password, new ChatClientListener() {}, CallbackThread.start())) {
            Deadline deadline = Deadline.in(login.timeout());
            Optional<Member.Query> next = Optional.of(query);
            boolean isFirst = true;
            while (next.isPresent()) {
                Member.Page page = deadline.await(client.members(of, next.get()));
                if (isFirst && page.members().isEmpty()) {
                    spec.commandLine().getErr().println("kabar: Nobody" + like + " is in " + of + ".");
                }
                page.members().stream()
                        .map(member -> json ? JsonLines.member(of, member) : Wording.member(member))
                        .forEach(out::println);
                next = page.next(next.get());
                isFirst = false;
            }
            out.flush();
        }
        return ExitCode.DONE;
    }
}
