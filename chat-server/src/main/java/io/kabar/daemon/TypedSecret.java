package io.kabar.daemon;

import io.kabar.chat.internal.process.OwnTerminal;
import io.kabar.chat.internal.process.StandardInput;
import java.io.Console;
import java.io.IOException;
import java.util.Optional;

/** A password that somebody gives a command: never as one of its words, which others on the machine can see. */
final class TypedSecret {

    private TypedSecret() {}

    /**
     * On a terminal asked for twice, as nobody sees it; else the first line of standard input.
     *
     * @throws IOException in a sentence, if there is none
     */
    static String read() throws IOException {
        Optional<Console> console = OwnTerminal.console();
        if (console.isEmpty()) {
            String line = new StandardInput(StandardInput.ofThisProcess()).next();
            return line == null ? "" : line;
        }
        String first = typed(console.get(), "Password: ");
        if (!first.equals(typed(console.get(), "Again: "))) {
            throw new IOException("The two are not the same.");
        }
        return first;
    }

    private static String typed(Console console, String prompt) {
        char[] typed = console.readPassword("%s", prompt);
        return typed == null ? "" : new String(typed);
    }
}
