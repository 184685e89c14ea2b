package io.kabar.cli;

import io.kabar.chat.internal.process.Arguments;
import io.kabar.chat.internal.process.StandardOutput;
import io.kabar.cli.command.Environment;
import io.kabar.cli.command.ExitCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Where {@code kabar} starts. */
public final class Main {

    private Main() {}

    /** Runs the command in {@code arguments} and leaves with its exit code. */
    public static void main(String... arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> System.err.println(Failures.told(failure)));
        Logs.silence();
        Optional<String> unreadable = Arguments.unreadable(arguments);
        if (unreadable.isPresent()) {
            System.err.println("kabar: " + unreadable.get());
            System.exit(ExitCode.USAGE);
        }
        System.exit(Kabar.commandLine(Environment.ofThisProcess())
                .setOut(StandardOutput.ofThisProcess(charset(arguments)))
                .execute(arguments));
    }

    /** JSON is UTF-8 wherever it goes (RFC 8259 section 8.1); what a person reads is in the terminal's charset. */
    static Charset charset(String... arguments) {
        return List.of(arguments).contains("--json") ? StandardCharsets.UTF_8 : StandardOutput.terminalCharset();
    }
}
