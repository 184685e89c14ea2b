package io.kabar.chat.view.words;

/**
 * Asks before a slip of the clipboard is sent to everybody. What is pasted is one message, however many lines it has.
 */
public final class PasteGuard {

    /** Lines that are sent without asking. */
    public static final int LINES_WITHOUT_ASKING = 5;

    private PasteGuard() {}

    /** How many lines the text has; a break at its end begins no line. */
    public static int lines(String text) {
        return (int) text.stripTrailing().lines().count();
    }

    /** Whether to ask first. */
    public static boolean asks(String text) {
        return lines(text) > LINES_WITHOUT_ASKING;
    }

    /** What to ask. */
    public static String question(String text) {
        return "Send " + lines(text) + " lines as one message?";
    }
}
