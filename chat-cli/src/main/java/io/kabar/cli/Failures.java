package io.kabar.cli;

import io.kabar.chat.view.words.Refusals;
import io.kabar.chat.view.words.VisibleText;
import io.kabar.cli.command.ExitCode;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where something that went wrong becomes a sentence and an exit code. */
final class Failures {

    private Failures() {}

    /** For picocli: the arguments make no sense. */
    static int wrongUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("kabar: " + sentence(message(wrong)));
        err.println("'" + command.getCommandSpec().qualifiedName() + " --help' explains.");
        err.flush();
        return ExitCode.USAGE;
    }

    /** For picocli: a command failed. */
    static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        Throwable cause = Refusals.cause(failure);
        PrintWriter err = command.getErr();
        err.println(told(cause));
        err.flush();
        return ExitCode.of(cause);
    }

    /** What a person is told, in a sentence; the log, if there is one, gets the rest. */
    static String told(Throwable failure) {
        LoggerFactory.getLogger(Failures.class).debug("failed", failure);
        return "kabar: " + Refusals.sentence(failure);
    }

    /** At the place of a command, what picocli calls an unmatched argument is a command that does not exist. */
    private static String message(ParameterException wrong) {
        boolean command = wrong.getCommandLine().getParent() == null;
        if (command && wrong instanceof UnmatchedArgumentException e && !e.isUnknownOption()) {
            return "There is no command '" + e.getUnmatched().get(0) + "'.";
        }
        return String.valueOf(wrong.getMessage());
    }

    /** picocli's messages have no full stop, may go over several lines, and repeat what was typed or pasted. */
    private static String sentence(String message) {
        String line = VisibleText.onOneLine(message.lines()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" ")));
        return line.endsWith(".") || line.endsWith("?") ? line : line + ".";
    }
}
