package io.kabar.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.stream.Stream;

/** Where {@code kabar} starts. */
public final class Main {

    private Main() {}

    /** Runs the command in {@code arguments} and leaves with its exit code. */
    public static void main(String... arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> System.err.println(Failures.told(failure)));
        Logs.silence();
        int code = Kabar.commandLine(Environment.ofThisProcess())
                .setOut(writer(System.out))
                .execute(arguments);
        System.out.flush();
        System.exit(code);
    }

    /** A writer that hears of the stream's errors, which one that wraps it twice does not: a reader who has gone is one. */
    static PrintWriter writer(PrintStream stream) {
        String charset = Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
                .map(System::getProperty)
                .filter(name -> name != null && Charset.isSupported(name))
                .findFirst()
                .orElseGet(() -> Charset.defaultCharset().name());
        return new PrintWriter(stream, true, Charset.forName(charset));
    }
}
