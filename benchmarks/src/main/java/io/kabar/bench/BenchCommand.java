package io.kabar.bench;

import io.kabar.chat.InviteLink;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kabar bench}: measures a server as its clients see it. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Measures a server: cost of a delivery, latency, memory, sign-ins. A delivery is one message that one "
                    + "session gets. Every delivery is checked for loss and order.",
            "Without LINK it starts a server of its own as a second process and a temporary folder."
        },
        footer = {
            "",
            "Latency counts from when a message was due, so a stall shows in every message it held up. At --full a "
                    + "room has 512 messages under way, and latency is mostly their waiting for each other.",
            "datagrams and bytes are those of both directions, acknowledgements included. CPU time, memory and heap "
                    + "are the server process's, user and system; they are known of a server of its own only.",
            "Exit codes: 0 done, 1 a message was lost, doubled or out of order, or the run failed, 64 wrong usage."
        })
final class BenchCommand implements Callable<Integer> {

    static final int DONE = 0;
    static final int FAILED = 1;
    /** EX_USAGE of sysexits.h. */
    static final int USAGE = 64;

    private static final int DEFAULT_RATE = 100;

    @Parameters(
            arity = "0..1",
            paramLabel = "LINK",
            description =
                    "The server to measure; it must be open. One address may have 256 sessions there, or what its "
                            + "configuration says.")
    private @Nullable String link;

    @Option(names = "--sessions", paramLabel = "N", description = "Clients signed in. Default: 1000.")
    private int sessions = 1000;

    @Option(names = "--rooms", paramLabel = "N", description = "Rooms they are spread over. Default: 1.")
    private int rooms = 1;

    @Option(names = "--senders", paramLabel = "N", description = "Those of a room who write. Default: 10.")
    private @Nullable Integer senders;

    @Option(names = "--size", paramLabel = "BYTES", description = "Bytes of a message. Default: 100.")
    private int size = 100;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages a second, in all rooms together. Default: " + DEFAULT_RATE + ".")
    private @Nullable Integer rate;

    @Option(names = "--full", description = "As many messages as the slowest reader takes.")
    private boolean full;

    @Option(names = "--warmup", paramLabel = "SECONDS", description = "Full load before anything counts. Default: 2.")
    private int warmup = 2;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "Load that counts. Default: 10.")
    private int duration = 10;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description = "Silence before the load. Default: 15, in which every session sends one keep-alive.")
    private int idle = 15;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Load load = checked(this::load);
        Progress progress = new Progress(commandLine().getErr());
        try {
            Report report = run(load, progress);
            progress.clear();
            commandLine().getOut().print(json ? report.json() + "\n" : report.table());
            commandLine().getOut().flush();
            return verdict(report);
        } catch (BenchException e) {
            progress.clear();
            commandLine().getErr().println(e.getMessage());
        } catch (IOException e) {
            progress.clear();
            commandLine().getErr().println("The run failed: " + e.getMessage());
        }
        return FAILED;
    }

    private Report run(Load load, Progress progress) throws IOException, BenchException, InterruptedException {
        String given = link;
        if (given != null) {
            InviteLink target = checked(() -> InviteLink.parse(given));
            return new Bench(load, null, target, progress).run();
        }
        progress.show("starting a server");
        try (LocalServer server = LocalServer.start(load.sessions())) {
            return new Bench(load, server, server.link(), progress).run();
        }
    }

    private Load load() {
        if (full && rate != null) {
            throw new IllegalArgumentException("Either --rate or --full.");
        }
        if (rate != null && rate < 1) {
            throw new IllegalArgumentException("--rate is at least 1; without end it is --full.");
        }
        int perRoom = rooms < 1 ? 1 : Math.max(1, sessions / rooms);
        return new Load(
                sessions,
                rooms,
                senders == null ? Math.min(10, perRoom) : senders,
                size,
                full ? 0 : rate == null ? DEFAULT_RATE : rate,
                warmup,
                duration,
                idle);
    }

    private int verdict(Report report) {
        long wrong = 0;
        for (String figure : new String[] {"lost", "doubled", "disordered"}) {
            wrong += report.figure(figure) instanceof Long count ? count : 0;
        }
        if (wrong == 0) {
            return DONE;
        }
        commandLine()
                .getErr()
                .println("The server failed: " + report.figure("lost") + " deliveries lost, " + report.figure("doubled")
                        + " doubled, " + report.figure("disordered") + " out of order.");
        return FAILED;
    }

    private interface Parser<T> {
        T parse();
    }

    private <T> T checked(Parser<T> parser) {
        try {
            return parser.parse();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("only picocli makes commands");
        }
        return spec.commandLine();
    }
}
