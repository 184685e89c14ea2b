package io.kabar.chat.internal.room;

import io.kabar.chat.ChatEvent;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Words that must all occur in a text, in any order, whatever their case; a part of a longer word will do. */
public final class SearchWords {

    private final List<String> words;

    private SearchWords(List<String> words) {
        this.words = words;
    }

    /** The words of a line, which are between its spaces. */
    public static SearchWords of(String line) {
        return new SearchWords(Arrays.stream(folded(line).split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList());
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** Whether each of them occurs in {@code text}. */
    public boolean allIn(String text) {
        if (text.isEmpty()) {
            return false;
        }
        String folded = folded(text);
        return words.stream().allMatch(folded::contains);
    }

    /** What of an event is searched: what somebody wrote. */
    public static String textOf(ChatEvent event) {
        if (event instanceof ChatEvent.Said said) {
            return said.text();
        }
        return event instanceof ChatEvent.Topic set ? set.topic() : "";
    }

    /** The same for all ways to write a text: by way of upper case, in which more letters are one. */
    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
