package io.kabar.cli.input;

/** What came from a keyboard. */
public sealed interface Key {

    /** A character to write. */
    record Text(String text) implements Key {}

    /** What was pasted, as one piece; its lines end with {@code \n}. */
    record Pasted(String text) implements Key {}

    /**
     * A key that is bound to something or to nothing, by its name: {@code ctrl+a}, {@code alt+up}, {@code f7}. The
     * terminal's window comes and goes as {@code focus} and {@code blur}, its wheel turns as {@code wheel-up} and
     * {@code wheel-down}.
     */
    record Named(String name) implements Key {}
}
