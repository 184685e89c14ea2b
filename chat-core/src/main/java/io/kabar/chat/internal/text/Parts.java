package io.kabar.chat.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a text, in time that grows with its length and no faster. A regular expression may take far longer over
 * a text that somebody has made for it, so none looks at what others have written; see {@link OwnText}.
 */
public final class Parts {

    private Parts() {}

    /** What is between the separators, the empty parts too: always one more than there are separators. */
    public static List<String> of(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** What is between blanks, tabs and the ends of lines; none of them is empty. */
    public static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || isBlank(text.charAt(at))) {
                if (at > from) {
                    words.add(text.substring(from, at));
                }
                from = at + 1;
            }
        }
        return words;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Whether the text is not empty, and each of its code points is such. */
    public static boolean areAll(String text, IntPredicate such) {
        return !text.isEmpty() && text.codePoints().allMatch(such);
    }

    /** Whether the text is {@code least} to {@code most} of the digits 0 to 9. */
    public static boolean isDigits(String text, int least, int most) {
        return text.length() >= least && text.length() <= most && areAll(text, Parts::isDigit);
    }

    /** Whether this is one of the digits 0 to 9. */
    public static boolean isDigit(int codePoint) {
        return codePoint >= '0' && codePoint <= '9';
    }

    /** What is between a beginning and an end; null if the text does not have both. */
    public static @Nullable String between(String begin, String text, String end) {
        boolean fits = text.length() >= begin.length() + end.length() && text.startsWith(begin) && text.endsWith(end);
        return fits ? text.substring(begin.length(), text.length() - end.length()) : null;
    }
}
