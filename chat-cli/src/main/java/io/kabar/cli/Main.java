package io.kabar.cli;

import java.io.PrintWriter;

/** Where {@code kabar} starts. */
public final class Main {

    private Main() {}

    /** Runs the command in {@code arguments} and leaves with its exit code. */
    public static void main(String... arguments) {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> Failures.tell(new PrintWriter(System.err, true), failure));
        Logs.silence();
        int code = Kabar.commandLine(Environment.ofThisProcess()).execute(arguments);
        System.out.flush();
        System.exit(code);
    }
}
