package io.kabar.swing.input;

import io.kabar.swing.look.EmojiTable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Emoji that are typed by their names: {@code :heart:} becomes one when the second colon is typed. */
final class EmojiCodes {

    private static final Pattern CODE = Pattern.compile("(?:^|\\s):([a-z0-9_+-]{2,40}):$");

    /** What is replaced. */
    record Found(int from, String emoji) {}

    private EmojiCodes() {}

    /** The emoji whose name ends where the caret is; empty if none does, or if a command is typed. */
    static Optional<Found> before(String text, int caret) {
        String typed = text.substring(Math.max(0, caret - 48), caret);
        Matcher code = CODE.matcher(typed);
        if (text.startsWith("/") || !code.find()) {
            return Optional.empty();
        }
        int from = caret - code.group(1).length() - 2;
        return EmojiTable.called(code.group(1)).map(entry -> new Found(from, entry.emoji()));
    }
}
