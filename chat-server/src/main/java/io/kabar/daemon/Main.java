package io.kabar.daemon;

import io.kabar.chat.internal.process.Arguments;
import io.kabar.chat.internal.process.StandardOutput;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program; its first argument is the name of the command. */
@Command(
        name = "kabar",
        subcommands = {
            ServerCommand.class,
            CtlCommand.class,
            PasswdCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            EraseCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    private Main() {}

    /** Runs a command and ends the program with its exit code. */
    public static void main(String[] args) {
        Optional<String> unreadable = Arguments.unreadable(args);
        if (unreadable.isPresent()) {
            System.err.println("kabar: " + unreadable.get());
            System.exit(ExitCode.USAGE);
        }
        System.exit(commandLine().setOut(StandardOutput.ofThisProcess()).execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionStrategy(Main::execute)
                .setParameterExceptionHandler((e, args) -> {
                    e.getCommandLine().getErr().println(e.getMessage());
                    CommandLine.UnmatchedArgumentException.printSuggestions(
                            e, e.getCommandLine().getErr());
                    e.getCommandLine()
                            .getErr()
                            .println("Try '"
                                    + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, commandLine, result) -> {
                    commandLine.getErr().println("Internal error: " + e);
                    return ExitCode.FAILED;
                });
    }

    /** Runs a command, or prints its help, and finds out whether what it printed has arrived. */
    private static int execute(CommandLine.ParseResult parsed) {
        int code = new CommandLine.RunLast().execute(parsed);
        CommandLine line = parsed.commandSpec().commandLine();
        return StandardOutput.exitCode(code, line.getOut(), line.getErr());
    }
}
