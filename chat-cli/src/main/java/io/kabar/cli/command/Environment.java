package io.kabar.cli.command;

import io.kabar.chat.internal.process.OwnTerminal;
import io.kabar.chat.internal.process.StandardInput;
import io.kabar.chat.internal.text.LocalZone;
import io.kabar.chat.view.files.UserFolders;
import io.kabar.cli.terminal.TerminalType;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a command finds around it; tests hand in their own.
 *
 * @param in standard input
 * @param terminal whether a person sits at both ends, input and output
 * @param variables environment variables
 * @param userFolders where files are kept; only asked by those who keep any
 * @param zone in which times are told
 * @param atExit takes what is to be done when a signal ends the program; that it was done before does no harm
 */
public record Environment(
        InputStream in,
        boolean terminal,
        Map<String, String> variables,
        Supplier<UserFolders> userFolders,
        ZoneId zone,
        Consumer<Runnable> atExit) {

    public static Environment ofThisProcess() {
        return new Environment(
                StandardInput.ofThisProcess(),
                OwnTerminal.console().isPresent(),
                System.getenv(),
                UserFolders::ofThisUser,
                LocalZone.zone(),
                task -> Runtime.getRuntime().addShutdownHook(new Thread(task, "kabar-leave")));
    }

    /** A variable that is set to something. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * Where files are kept.
     *
     * @throws IllegalStateException with a sentence, if nothing says where
     */
    public UserFolders folders() {
        return userFolders.get();
    }

    /** Whether the terminal can move its cursor, so that a line can be edited while others are printed above. */
    public boolean cursorTerminal() {
        return terminal && TerminalType.of(variables.get("TERM")).canMoveCursor();
    }
}
