package io.kabar.chat.internal.process;

import io.kabar.chat.internal.text.ForPeople;
import java.util.Optional;

/** The words that a program was started with. */
public final class Arguments {

    /** What stands for a letter that could not be read. */
    private static final char REPLACEMENT = '\uFFFD';

    private Arguments() {}

    /**
     * A sentence if there are letters in them that the locale of this process does not have: what is left of
     * {@code Grüße} must neither be said to anybody nor name a file.
     */
    @ForPeople("the system hands over words in the locale's charset")
    public static Optional<String> unreadable(String... words) {
        return unreadableIn(System.getProperty("sun.jnu.encoding", "UTF-8"), words);
    }

    static Optional<String> unreadableIn(String charset, String... words) {
        if (charset.equalsIgnoreCase("UTF-8")) {
            return Optional.empty();
        }
        for (String word : words) {
            if (word.indexOf(REPLACEMENT) >= 0) {
                return Optional.of("What was typed has letters that this locale cannot read (its charset is " + charset
                        + "); set LC_ALL to a UTF-8 locale that is installed, such as C.UTF-8.");
            }
        }
        return Optional.empty();
    }
}
