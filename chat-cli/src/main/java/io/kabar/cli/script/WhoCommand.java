package io.kabar.cli.script;

import io.kabar.chat.ChatException;
import io.kabar.chat.Member;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
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
import java.util.concurrent.CompletableFuture;
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
        PrintWriter out = spec.commandLine().getOut();
        Connector connector =
                new Connector(environment, login, target, spec.commandLine().getErr());
        try (ChatClient client =
                connector.connect(name, password, new ChatClientListener() {}, CallbackThread.start())) {
            Deadline deadline = Deadline.in(login.timeout());
            List<Member> members = deadline.await(client.members(of));
            if (members.isEmpty()) {
                spec.commandLine().getErr().println("kabar: Nobody is in " + of + ".");
            }
            members.stream()
                    .sorted(Comparator.comparing(Member::name))
                    .map(member -> json ? JsonLines.member(of, member) : Wording.member(member))
                    .forEach(out::println);
            out.flush();
            if (RoomState.isCut(members)) {
                int all = count(of, client.rooms(), deadline);
                spec.commandLine().getErr().println("kabar: " + Wording.count(members.size(), all, of.toString()));
            }
        }
        return ExitCode.DONE;
    }

    /** How many there are; 0 if that is not known. Who was asked for is shown already, so it may fail or be late. */
    static int count(RoomName room, CompletableFuture<List<RoomSummary>> rooms, Deadline deadline)
            throws InterruptedException {
        try {
            return Wording.members(room, deadline.await(rooms));
        } catch (ChatException e) {
            return 0;
        }
    }
}
