package io.kabar.cli.script;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.EventOrigin;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.RoomName;
import io.kabar.chat.SearchPage;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.client.ChatClientListener;
import io.kabar.cli.command.CallbackThread;
import io.kabar.cli.command.Deadline;
import io.kabar.cli.command.Environment;
import io.kabar.cli.command.ExitCode;
import io.kabar.cli.command.Usage;
import io.kabar.cli.connect.Connector;
import io.kabar.cli.connect.Login;
import io.kabar.cli.connect.Target;
import io.kabar.cli.output.ColorMode;
import io.kabar.cli.output.EventText;
import io.kabar.cli.output.JsonLines;
import io.kabar.cli.output.LineFormat;
import java.io.PrintWriter;
import java.time.Instant;
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

/** {@code kabar search}: what was said in a room, by words that stand in it. */
@Command(
        name = "search",
        description = "Print the messages of a room that have all these words, the newest first.",
        footer = "%nLeaves with 0 done, 1 failed, 2 refused, 3 unreachable, 4 timed out, 64 wrong usage.")
public final class SearchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Login login;

    @Option(
            names = {"-r", "--room"},
            paramLabel = "ROOM",
            description = "Which room (default: the link's room, or lobby).")
    private @Nullable String room;

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            defaultValue = "20",
            description = "At most N messages (default: 20).")
    private int most;

    @Option(names = "--json", description = "One JSON object a line, as those of kabar tail (docs/json.md).")
    private boolean json;

    @Parameters(index = "0", paramLabel = "LINK", description = "The server's link, or HOST:PORT.")
    private String link;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "WORDS", description = "What to search for.")
    private List<String> words = List.of();

    private final Environment environment;

    @SuppressWarnings("NullAway.Init") // picocli sets the other fields
    public SearchCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Target target = Usage.check(spec, () -> Target.parse(List.of(link)));
        UserName name =
                Usage.check(spec, login::name).orElseThrow(() -> Usage.wrong(spec, "Say who searches with -u NAME."));
        Optional<String> password = Usage.check(spec, () -> login.password(environment));
        RoomName in = Usage.check(spec, () -> target.room(room));
        if (most < 1) {
            throw Usage.wrong(spec, "-n is at least 1.");
        }
        Connector connector =
                new Connector(environment, login, target, spec.commandLine().getErr());
        try (ChatClient client =
                connector.connect(name, password, new ChatClientListener() {}, CallbackThread.start())) {
            Deadline deadline = Deadline.in(login.timeout());
            deadline.await(client.join(in, JoinHistory.NONE));
            print(client, in, deadline);
        }
        return ExitCode.DONE;
    }

    private void print(ChatClient client, RoomName in, Deadline deadline) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        LineFormat format = new LineFormat(ColorMode.paint(spec, environment), environment.zone(), Instant.now());
        String wanted = String.join(" ", words);
        SearchPage page = deadline.await(client.search(in, wanted));
        int left = most;
        while (true) {
            for (SearchPage.Hit hit : page.hits()) {
                ChatEvent event = hit.event();
                out.println(json ? JsonLines.event(event, EventOrigin.HISTORY) : EventText.of(event, format));
                left--;
                if (out.checkError() || left == 0) {
                    return;
                }
            }
            if (!page.more()) {
                return;
            }
            deadline.progress();
            page = deadline.await(client.search(in, wanted, page.searchedTo()));
        }
    }
}
