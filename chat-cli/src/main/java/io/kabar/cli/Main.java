package io.kabar.cli;

/** Where {@code kabar} starts. */
public final class Main {

    private Main() {}

    /** Runs the command in {@code arguments} and leaves with its exit code. */
    public static void main(String... arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> System.err.println(Failures.told(failure)));
        Logs.silence();
        int code = Kabar.commandLine(Environment.ofThisProcess()).execute(arguments);
        System.out.flush();
        System.exit(code);
    }
}
