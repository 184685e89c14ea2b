package io.kabar.chat.view;

import io.kabar.chat.Name;
import io.kabar.chat.UserName;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether a text names somebody. Anybody's text comes here, as long as it may be, on the thread that draws: each
 * character is looked at a fixed number of times, whatever the text is.
 */
final class Mentions {

    /** Scripts that put no space between words, or hang what belongs to a name on to it. */
    private static final Set<Character.UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL,
            Character.UnicodeScript.THAI,
            Character.UnicodeScript.LAO,
            Character.UnicodeScript.KHMER,
            Character.UnicodeScript.MYANMAR);

    /** Characters of a name with its marks written one by one; what is longer names nobody, and is not looked at. */
    private static final int LONGEST = 160;

    /** A name, as it is compared. */
    private record Wanted(String folded, String key) {}

    private Mentions() {}

    /**
     * The name stands there as a word of its own, in any case and in letters that look like its own, with or without an
     * {@code @}; behind an {@code @} the next word may follow at once where a script has no spaces. Names within
     * addresses of web and mail are nobody's.
     */
    static boolean of(UserName who, CharSequence text) {
        Wanted name = new Wanted(Name.folded(who.text()), who.key());
        int at = 0;
        while (at < text.length()) {
            int letter = Character.codePointAt(text, at);
            if (!isOfName(letter)) {
                at = isWebAddress(text, at) ? endOfToken(text, at) : at + Character.charCount(letter);
                continue;
            }
            int end = endOfWord(text, at);
            if (isWebHost(text, at, end)) {
                at = endOfToken(text, at);
                continue;
            }
            if (names(name, text, at, end)) {
                return true;
            }
            at = end;
        }
        return false;
    }

    private static boolean names(Wanted name, CharSequence text, int start, int end) {
        if (isWebAddress(text, end) || isMailAddress(text, start, end)) {
            return false;
        }
        if (isName(name, text, start, end)) {
            return true;
        }
        // A full stop or dash may be part of a name, or stand beside it.
        int from = start;
        while (from < end && isStop(text.charAt(from))) {
            from++;
        }
        int to = end;
        while (to > from && isStop(text.charAt(to - 1))) {
            to--;
        }
        return isName(name, text, from, to)
                || (start > 0 && text.charAt(start - 1) == '@' && goesOnWithoutSpace(name, text, start, end));
    }

    private static boolean goesOnWithoutSpace(Wanted name, CharSequence text, int start, int end) {
        int next = start + name.folded.length();
        return next < end
                && isName(name, text, start, next)
                && WITHOUT_SPACES.contains(Character.UnicodeScript.of(Character.codePointAt(text, next)));
    }

    /** What stands there, if it is not too long to be a name in any form, is folded, or looks like the name. */
    private static boolean isName(Wanted name, CharSequence text, int start, int end) {
        if (end <= start || end - start > LONGEST) {
            return false;
        }
        String word = text.subSequence(start, end).toString();
        return Name.folded(word).equals(name.folded) || looksLike(word, name.key);
    }

    /** By the rules of servers, where nobody else can have a name that looks like it. */
    private static boolean looksLike(String word, String key) {
        try {
            return word.length() <= 2 * UserName.MAX_CODE_POINTS
                    && new UserName(word).key().equals(key);
        } catch (IllegalArgumentException e) {
            return false; // nobody has such a name
        }
    }

    /** At the {@code ://} behind a scheme. */
    private static boolean isWebAddress(CharSequence text, int at) {
        return at + 2 < text.length()
                && text.charAt(at) == ':'
                && text.charAt(at + 1) == '/'
                && text.charAt(at + 2) == '/';
    }

    /** What people leave the scheme out before. */
    private static boolean isWebHost(CharSequence text, int start, int end) {
        return end - start > 4
                && (text.charAt(start) | 0x20) == 'w'
                && (text.charAt(start + 1) | 0x20) == 'w'
                && (text.charAt(start + 2) | 0x20) == 'w'
                && text.charAt(start + 3) == '.';
    }

    /** {@code name@host}: an {@code @} with a word on either side. */
    private static boolean isMailAddress(CharSequence text, int start, int end) {
        boolean before =
                start > 1 && text.charAt(start - 1) == '@' && isOfName(Character.codePointBefore(text, start - 1));
        boolean behind =
                end + 1 < text.length() && text.charAt(end) == '@' && isOfName(Character.codePointAt(text, end + 1));
        return before || behind;
    }

    private static int endOfWord(CharSequence text, int start) {
        int end = start;
        while (end < text.length()) {
            int letter = Character.codePointAt(text, end);
            if (!isOfName(letter)) {
                return end;
            }
            end += Character.charCount(letter);
        }
        return end;
    }

    private static int endOfToken(CharSequence text, int start) {
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Words are cut where no name can go on. */
    private static boolean isOfName(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER -> true;
            default -> codePoint == '_' || codePoint == '.' || codePoint == '-';
        };
    }

    private static boolean isStop(char letter) {
        return letter == '.' || letter == '-';
    }
}
