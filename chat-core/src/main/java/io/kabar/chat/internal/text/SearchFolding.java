package io.kabar.chat.internal.text;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the ways to write a text one, so that words are found in each: case does not matter, nor whether a letter is
 * composed, wide or in a circle. Works on one letter with its marks at a time, so that it costs so much a character
 * whatever the text is, and a part of a text folds to a part of the folded text.
 *
 * <p>A code point that would become a whole phrase, such as U+FDFA with its 18, stays what it is: a text grows to
 * {@link #MAX_GROWTH} times its length at most. Belongs to one thread.
 */
public final class SearchFolding {

    /** Characters that one becomes at most; what is more than a letter with its marks is a phrase. */
    public static final int MAX_GROWTH = 6;

    /** Marks that are put in order with their letter; a run of more is cut. */
    private static final int MAX_MARKS = 30;
    /** After so many nothing changes any more: the great sharp s becomes a small one, and that becomes two letters. */
    private static final int STEPS = 2;
    /** Code points remembered: more than a language has letters. */
    private static final int REMEMBERED = 4096;

    private final Map<Integer, String> known = new HashMap<>();

    /** The text as all that are found by the same words have it. */
    public String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c < 0x80 && (at + 1 == text.length() || text.charAt(at + 1) < 0x80)) {
                folded.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
                at++;
            } else {
                at = foldLetter(text, at, folded);
            }
        }
        return folded.toString();
    }

    /** Folds the letter at {@code at} with the marks behind it; returns where the next one begins. */
    private int foldLetter(String text, int at, StringBuilder to) {
        int letter = text.codePointAt(at);
        int end = at + Character.charCount(letter);
        int marks = 0;
        while (end < text.length() && marks < MAX_MARKS && isMark(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
            marks++;
        }
        if (marks == 0) {
            to.append(folded(letter));
        } else {
            StringBuilder parts = new StringBuilder();
            text.substring(at, end).codePoints().forEach(part -> parts.append(folded(part)));
            to.append(Normalizer.normalize(parts, Normalizer.Form.NFD)); // which orders the marks
        }
        return end;
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private String folded(int codePoint) {
        String before = known.get(codePoint);
        if (before != null) {
            return before;
        }
        String folded = fold(codePoint);
        if (known.size() < REMEMBERED) {
            known.put(codePoint, folded);
        }
        return folded;
    }

    private static String fold(int codePoint) {
        String letter = Character.toString(codePoint);
        String folded = letter;
        for (int i = 0; i < STEPS; i++) {
            folded = decomposed(lower(decomposed(folded)));
        }
        return folded.length() <= MAX_GROWTH * letter.length() ? folded : letter;
    }

    /**
     * By way of upper case, in which more letters are one; each by itself, as the end of a word has a sigma of its own.
     */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder();
        text.toUpperCase(Locale.ROOT)
                .codePoints()
                .forEach(upper -> lower.appendCodePoint(Character.toLowerCase(upper)));
        return lower.toString();
    }

    private static String decomposed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD);
    }
}
