package io.kabar.cli;

import io.kabar.chat.internal.text.ForPeople;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Where {@code kabar} starts. */
public final class Main {

    private Main() {}

    /** Runs the command in {@code arguments} and leaves with its exit code. */
    public static void main(String... arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> System.err.println(Failures.told(failure)));
        Logs.silence();
        int code = Kabar.commandLine(Environment.ofThisProcess())
                .setOut(writer(System.out, charset(arguments)))
                .execute(arguments);
        System.out.flush();
        System.exit(code);
    }

    /** A writer that hears of the stream's errors, which one that wraps it twice does not: a reader who has gone is one. */
    static PrintWriter writer(PrintStream stream, Charset charset) {
        return new PrintWriter(stream, true, charset);
    }

    /** JSON is UTF-8 wherever it goes (RFC 8259 section 8.1); what a person reads is in the terminal's charset. */
    @ForPeople("a terminal shows what is in its charset")
    static Charset charset(String... arguments) {
        if (List.of(arguments).contains("--json")) {
            return StandardCharsets.UTF_8;
        }
        return Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
                .map(System::getProperty)
                .filter(name -> name != null && Charset.isSupported(name))
                .findFirst()
                .map(Charset::forName)
                .orElse(Charset.defaultCharset());
    }
}
