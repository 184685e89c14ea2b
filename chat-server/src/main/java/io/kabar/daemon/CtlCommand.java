package io.kabar.daemon;

import io.kabar.chat.internal.process.OwnTerminal;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.daemon.control.Answer;
import io.kabar.daemon.control.ControlTable;
import io.kabar.daemon.control.Outcome;
import io.kabar.daemon.control.TextTable;
import io.kabar.daemon.socket.ControlClient;
import io.kabar.daemon.socket.JsonLine;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kabar ctl}: has a running server do something. */
@Command(
        name = "ctl",
        versionProvider = Version.class,
        sortOptions = false,
        description = "Has a running server do something, over a socket that only its owner may open.",
        footer = {
            "",
            "A word that begins with - goes behind --, as in: kabar ctl say lobby -- -5 degrees",
            "Exit codes: 0 done, 2 refused, 3 no server answers, 4 no answer in time, 64 wrong usage."
        })
final class CtlCommand implements Callable<Integer> {

    private static final String STANDARD_SECONDS = "60";

    @Parameters(index = "0", arity = "0..1", paramLabel = "COMMAND", description = "One of those below.")
    private @Nullable String command;

    @Parameters(index = "1..*", paramLabel = "WORD", description = "What it takes.")
    private List<String> rest = List.of();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "Prints only JSON: an object for each row, or one that says what was done.")
    private boolean json;

    @Option(
            names = {"-y", "--yes"},
            description = "Does without asking what cannot be undone.")
    private boolean yes;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = STANDARD_SECONDS,
            converter = ServerFlags.WholeNumber.class,
            description = "How long to wait. Default: " + STANDARD_SECONDS + ".")
    private int timeout;

    @Option(
            names = {"-h", "--help"},
            description = "Shows this and the commands, or how to type COMMAND.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Prints the version.")
    @SuppressWarnings("unused") // picocli acts on it by itself
    private boolean version;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (help || "help".equals(command)) {
            return help();
        }
        if (command == null) {
            throw wrong("Which command?");
        }
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(rest);
        if (ControlTable.lacksSecret(words)) {
            try {
                words.add(TypedSecret.read());
            } catch (IOException e) {
                throw wrong(String.valueOf(e.getMessage()));
            }
        }
        try (ControlClient client = ControlClient.open(data.path())) {
            return ask(client, words);
        } catch (ControlClient.NotAllowed e) {
            err().println(e.getMessage());
            return ExitCode.REFUSED;
        } catch (AsynchronousCloseException e) {
            err().println("There was no answer within " + timeout + " s.");
            return ExitCode.TIMED_OUT;
        } catch (IOException e) {
            err().println(e.getMessage());
            return ExitCode.UNREACHABLE;
        }
    }

    private int ask(ControlClient client, List<String> words) throws IOException {
        Answer answer = timed(client, words, yes);
        if (answer instanceof Answer.Question) {
            String question = VisibleText.onOneLine(answer.sentence());
            Console console = OwnTerminal.console().orElseThrow(() -> wrong(question + " Say --yes."));
            String said = console.readLine("%s [y/N] ", question);
            if (said == null || !said.strip().equalsIgnoreCase("y")) {
                err().println("Nothing was done.");
                return ExitCode.REFUSED;
            }
            answer = timed(client, words, true);
        }
        if (answer instanceof Answer.Done done) {
            print(done.outcome());
            return ExitCode.DONE;
        }
        if (answer instanceof Answer.Misuse misuse) {
            throw wrong(VisibleText.onOneLine(misuse.sentence()));
        }
        err().println(VisibleText.onOneLine(answer.sentence()));
        return ExitCode.REFUSED;
    }

    /** Whoever waits for the answer waits in vain once the connection is closed. */
    private Answer timed(ControlClient client, List<String> words, boolean agreed) throws IOException {
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                () -> closeQuietly(client), CompletableFuture.delayedExecutor(timeout, TimeUnit.SECONDS));
        try {
            return client.ask(words, agreed);
        } finally {
            end.cancel(false);
        }
    }

    @SuppressWarnings("EmptyCatch")
    private static void closeQuietly(ControlClient client) {
        try {
            client.close();
        } catch (IOException e) {
            // The wait ends all the same.
        }
    }

    private void print(Outcome outcome) {
        PrintWriter out = line().getOut();
        if (!json) {
            TextTable.lines(outcome).forEach(out::println);
        } else if (outcome.list() || !outcome.rows().isEmpty()) {
            outcome.rows().stream().map(JsonLine::of).forEach(out::println);
        } else {
            out.println(JsonLine.of(Map.of("done", outcome.sentence())));
        }
        out.flush();
    }

    private int help() {
        String about = help ? command : rest.isEmpty() ? null : rest.get(0);
        PrintWriter out = line().getOut();
        if (about == null) {
            line().usage(out);
            out.println();
            out.println("Commands:");
            ControlTable.help().forEach(row -> out.println("  " + row));
        } else {
            ControlTable.find(about)
                    .ifPresentOrElse(
                            row -> out.println("kabar ctl " + row.usage() + System.lineSeparator() + "  " + row.help()),
                            () -> {
                                throw wrong("There is no command " + about + ".");
                            });
        }
        out.flush();
        return ExitCode.DONE;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(line(), sentence);
    }

    private PrintWriter err() {
        return line().getErr();
    }

    private CommandLine line() {
        if (spec == null) {
            throw new IllegalStateException("only picocli makes commands");
        }
        return spec.commandLine();
    }
}
