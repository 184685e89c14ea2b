package io.kabar.cli.script;

import io.kabar.chat.ChatException;
import io.kabar.chat.JoinHistory;
import io.kabar.chat.LogPosition;
import io.kabar.chat.Refusal;
import io.kabar.chat.RoomName;
import io.kabar.chat.RoomState;
import io.kabar.chat.UserName;
import io.kabar.chat.client.ChatClient;
import io.kabar.chat.internal.process.StandardOutput;
import io.kabar.cli.command.CallbackThread;
import io.kabar.cli.command.Deadline;
import io.kabar.cli.command.Environment;
import io.kabar.cli.command.Usage;
import io.kabar.cli.connect.Connector;
import io.kabar.cli.connect.Login;
import io.kabar.cli.connect.Target;
import io.kabar.cli.output.ColorMode;
import io.kabar.cli.output.EventText;
import io.kabar.cli.output.JsonLines;
import io.kabar.cli.output.LineFormat;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kabar tail}: prints what happens in a room. */
@Command(
        name = "tail",
        description = "Print the events of a room as they come.",
        footer = "%nLeaves with 0 after --count events, 1 failed, 2 refused, 3 unreachable, 4 timed out, 64 wrong "
                + "usage.")
public final class TailCommand implements Callable<Integer> {

    /** Messages of a first run, when nobody says how many. */
    private static final int USUAL = 50;

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
            names = "--json",
            description = "One JSON object a line: type room epoch seq time account from, and what the type has "
                    + "(docs/json.md).")
    private boolean json;

    @Option(
            names = "--from",
            paramLabel = "SEQ",
            description = "Begin with event number SEQ instead of what comes next.")
    private @Nullable Long from;

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            description = "Print the newest N messages, with what happened between them, and leave.")
    private @Nullable Integer last;

    @Option(
            names = "--since-last",
            paramLabel = "FILE",
            description = {
                "Print what has happened since the last run with this FILE, which remembers it, and leave.",
                "The first run prints the newest messages: 50, or as -n says."
            })
    private @Nullable Path sinceLast;

    @Option(
            names = {"-f", "--follow"},
            description = "After -n or --since-last go on with what comes, instead of leaving.")
    private boolean follow;

    @Option(names = "--count", paramLabel = "N", description = "Leave after N events; then a --timeout bounds it all.")
    private @Nullable Long count;

    @Parameters(index = "0", paramLabel = "LINK", description = "The server's link, or HOST:PORT.")
    private String link;

    private final Environment environment;

    @SuppressWarnings("NullAway.Init") // picocli sets the other fields
    public TailCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Target target = Usage.check(spec, () -> Target.parse(List.of(link)));
        UserName name =
                Usage.check(spec, login::name).orElseThrow(() -> Usage.wrong(spec, "Say who is reading with -u NAME."));
        Optional<String> password = Usage.check(spec, () -> login.password(environment));
        RoomName of = Usage.check(spec, () -> target.room(room));
        if (from != null && from < 1) {
            throw Usage.wrong(spec, "Events are numbered from 1.");
        }
        if (count != null && count < 1) {
            throw Usage.wrong(spec, "--count is at least 1.");
        }
        if (from != null && (last != null || sinceLast != null)) {
            throw Usage.wrong(spec, "--from cannot be had together with -n or --since-last.");
        }
        if (follow && last == null && sinceLast == null) {
            throw Usage.wrong(spec, "--follow is for -n and --since-last; without these, tail follows anyway.");
        }
        boolean looksBack = last != null || sinceLast != null;
        Optional<TailPosition> position = Optional.ofNullable(sinceLast).map(TailPosition::new);
        JoinHistory history = Usage.check(spec, () -> history(position));
        LineFormat format = new LineFormat(ColorMode.paint(spec, environment), environment.zone(), Instant.now());
        TailPrinter printer = new TailPrinter(
                of,
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                (event, origin) -> json ? JsonLines.event(event, origin) : EventText.of(event, format),
                from == null ? Optional.of(name) : Optional.empty(),
                looksBack,
                count == null ? Long.MAX_VALUE : count);
        if (spec.commandLine().getOut() instanceof StandardOutput standard) {
            // Whoever reads from a pipe takes what they want and leaves.
            standard.readerMayLeave();
        }
        long started = System.nanoTime();
        Connector connector =
                new Connector(environment, login, target, spec.commandLine().getErr());
        try (ChatClient client = connector.connect(name, password, printer, CallbackThread.start())) {
            RoomState found = Deadline.in(login.timeout()).await(client.join(of, history));
            if (looksBack && !follow) {
                printer.until(found.firstRestored() > found.lastSequence() ? 0 : found.lastSequence());
            }
            position.ifPresent(kept -> environment.atExit().accept(() -> kept.keep(client.lastSeen(of))));
            try {
                return await(printer, looksBack, started);
            } finally {
                position.ifPresent(kept -> kept.keep(client.lastSeen(of)));
            }
        }
    }

    /** What is there already bounds the time itself; otherwise a timeout that was given does, if events are counted. */
    private int await(TailPrinter printer, boolean looksBack, long started) throws InterruptedException {
        boolean bounded =
                looksBack ? !follow : count != null && login.givenTimeout().isPresent();
        if (!bounded) {
            return printer.await();
        }
        long left = login.timeout().toNanos() - (System.nanoTime() - started);
        return printer.await(left, TimeUnit.NANOSECONDS).orElseThrow(() -> ChatException.of(Refusal.TIMED_OUT));
    }

    private JoinHistory history(Optional<TailPosition> position) {
        Optional<LogPosition> seen = position.flatMap(TailPosition::find);
        if (seen.isPresent()) {
            return JoinHistory.after(seen.get());
        } else if (last != null || sinceLast != null) {
            return JoinHistory.last(last == null ? USUAL : last);
        }
        return from == null ? JoinHistory.NONE : JoinHistory.from(from);
    }
}
