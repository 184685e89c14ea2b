package io.kabar.cli.terminal;

import java.util.Optional;

/** Where a chat's lines come from and go to. */
public interface Screen extends AutoCloseable {

    /** Prints a line, or several; from any thread, and never through what is being typed. */
    void print(String lines);

    /** The next thing typed; empty at the end of input. Blocks. */
    Optional<String> read(String prompt);

    /** Whether there is a person to ask. */
    boolean asks();

    /**
     * Asks; empty if there is no answer to be had.
     *
     * @throws java.util.concurrent.CancellationException if the user wants to leave instead
     */
    Optional<String> ask(String question);

    /** Asks for something that must not be seen. */
    Optional<String> askSecretly(String question);

    /** Empties what can be emptied. */
    default void clear() {}

    /** Rings, where that is heard. */
    default void bell() {}

    /** Gives the terminal back as it was. */
    @Override
    void close();
}
