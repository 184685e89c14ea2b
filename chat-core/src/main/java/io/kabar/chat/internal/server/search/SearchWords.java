package io.kabar.chat.internal.server.search;

import io.kabar.chat.ChatEvent;
import io.kabar.chat.internal.text.Parts;
import io.kabar.chat.internal.text.SearchFolding;
import java.util.List;

/**
 * Words that must all occur in a text, in any order, whatever their case; a part of a longer word will do. Each looks
 * at every character of a text once, so that looking costs {@link #count} times the text and never more.
 */
public final class SearchWords {

    private final List<Word> words;
    private final SearchFolding folding = new SearchFolding();

    private SearchWords(String line) {
        words = Parts.words(folding.folded(line)).stream()
                .distinct()
                .map(Word::new)
                .toList();
    }

    /** The words of a line, which are between its spaces. */
    public static SearchWords of(String line) {
        return new SearchWords(line);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** How many there are. */
    public int count() {
        return words.size();
    }

    /** Whether each of them occurs in {@code text}. */
    public boolean allIn(String text) {
        if (text.isEmpty()) {
            return false;
        }
        String folded = folding.folded(text);
        for (Word word : words) {
            if (!word.isIn(folded)) {
                return false;
            }
        }
        return true;
    }

    /** What of an event is searched: what somebody wrote. */
    public static String textOf(ChatEvent event) {
        return event.isComingOrGoing() ? "" : event.text();
    }

    /** A word and, for each of its beginnings, the longest other beginning it ends with (Knuth, Morris and Pratt). */
    private static final class Word {
        private final String text;
        private final int[] border;

        Word(String text) {
            this.text = text;
            border = new int[text.length()];
            for (int i = 1, matched = 0; i < text.length(); i++) {
                matched = next(matched, text.charAt(i));
                border[i] = matched;
            }
        }

        boolean isIn(String folded) {
            int matched = 0;
            for (int i = 0; i < folded.length(); i++) {
                matched = next(matched, folded.charAt(i));
                if (matched == text.length()) {
                    return true;
                }
            }
            return false;
        }

        /** How much of the word matches after one more character, if {@code matched} of it, and not all, did before. */
        private int next(int matched, char c) {
            int longest = matched;
            while (longest > 0 && text.charAt(longest) != c) {
                longest = border[longest - 1];
            }
            return text.charAt(longest) == c ? longest + 1 : 0;
        }
    }
}
