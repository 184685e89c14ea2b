package io.kabar.swing.input;

import io.kabar.chat.internal.text.Parts;
import io.kabar.swing.look.EmojiTable;
import java.util.Optional;

/** Emoji that are typed by their names: {@code :heart:} becomes one when the second colon is typed. */
final class EmojiCodes {

    private static final int SHORTEST = 2;
    private static final int LONGEST = 40;

    /** What is replaced. */
    record Found(int from, String emoji) {}

    private EmojiCodes() {}

    /** The emoji whose name ends where the caret is; empty if none does, or if a command is typed. */
    static Optional<Found> before(String text, int caret) {
        int end = caret - 1;
        int from = end < 1 ? -1 : text.lastIndexOf(':', end - 1);
        boolean fits = from >= 0
                && text.charAt(end) == ':'
                && end - from - 1 >= SHORTEST
                && end - from - 1 <= LONGEST
                && (from == 0 || Character.isWhitespace(text.charAt(from - 1)));
        if (!fits || text.startsWith("/") || !Parts.areAll(text.substring(from + 1, end), EmojiCodes::isOfName)) {
            return Optional.empty();
        }
        return EmojiTable.called(text.substring(from + 1, end)).map(entry -> new Found(from, entry.emoji()));
    }

    private static boolean isOfName(int c) {
        return (c >= 'a' && c <= 'z') || Parts.isDigit(c) || c == '_' || c == '+' || c == '-';
    }
}
