package io.kabar.chat.internal.process;

import java.io.Console;
import java.util.Optional;

/** The terminal that a program was started in. */
public final class OwnTerminal {

    private OwnTerminal() {}

    /**
     * Its console, if a person sits at both ends, input and output. From JDK 22 on there is a console without a
     * terminal too, and a method to tell.
     */
    @SuppressWarnings("SystemConsoleNull") // it does on 17
    public static Optional<Console> console() {
        Console console = System.console();
        if (console == null) {
            return Optional.empty();
        }
        try {
            boolean terminal = (boolean) Console.class.getMethod("isTerminal").invoke(console);
            return terminal ? Optional.of(console) : Optional.empty();
        } catch (NoSuchMethodException e) {
            return Optional.of(console);
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    /** Whether standard error is shown in a terminal; false if it leads elsewhere, true if that cannot be known. */
    public static boolean showsErrors() {
        String target = Descriptors.target(Descriptors.ERR);
        return target.isEmpty()
                || target.startsWith("/dev/pts/")
                || target.startsWith("/dev/tty")
                || target.equals("/dev/console");
    }
}
