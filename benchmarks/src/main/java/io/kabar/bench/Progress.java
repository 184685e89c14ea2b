package io.kabar.bench;

import java.io.Console;
import java.io.PrintWriter;

/** One line on a terminal that says what is going on; nothing elsewhere. */
final class Progress {

    private static final long INTERVAL = 200_000_000L;

    private final PrintWriter out;
    private final boolean terminal;
    private long shownAt;
    private int length;

    Progress(PrintWriter out) {
        this.out = out;
        terminal = isTerminal();
    }

    /** From JDK 22 on there may be a console without a terminal, and there is a method to tell. */
    @SuppressWarnings("SystemConsoleNull") // it does on 17
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    void show(String words) {
        long now = System.nanoTime();
        if (!terminal || (length > 0 && now - shownAt < INTERVAL)) {
            return;
        }
        shownAt = now;
        print(words);
    }

    /** Leaves an empty line for what comes. */
    void clear() {
        if (length > 0) {
            print("");
            out.print("\r");
            out.flush();
            length = 0;
        }
    }

    private void print(String words) {
        out.print("\r" + words + " ".repeat(Math.max(0, length - words.length())));
        out.flush();
        length = words.length();
    }
}
